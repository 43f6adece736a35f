"""A password that somebody else hands over: easily read out, good for one sign-in."""

from __future__ import annotations

import secrets
from typing import Final

MARKS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another when it is read out
GROUPS, IN_A_GROUP = 4, 4


def drawn() -> str:
    """A new one, in groups: k7mq-4tzn-bw3e-9pfa."""
    return "-".join("".join(secrets.choice(MARKS) for _ in range(IN_A_GROUP)) for _ in range(GROUPS))
