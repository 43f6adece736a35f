"""A PostgreSQL role for the application that could not change the ledger even if the triggers were gone.

The role that owns the tables runs migrations; the application signs in with this one.
"""

from __future__ import annotations

import re

from kesu.ledger.triggers_postgres import APPEND_ONLY, PERSONAL


class RoleName(ValueError):
    """Not a name for a role."""


def role_statements(role: str) -> list[str]:
    """The statements that grant this role what the application needs and nothing on what only grows. Raises RoleName."""
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", role):
        raise RoleName(
            f"{role!r}: a role is named with small letters, digits and underscores, for example kesu_app"
        )
    only_grow = ", ".join(APPEND_ONLY)
    return [
        f"GRANT USAGE ON SCHEMA public TO {role};",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};",
        f"REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON {only_grow} FROM {role};",
        f"REVOKE UPDATE, TRUNCATE, REFERENCES, TRIGGER ON {PERSONAL} FROM {role};",
    ]
