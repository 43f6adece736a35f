"""Which database: SQLite in the home folder, or PostgreSQL by `DATABASE_URL`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from kesu.upkeep.home import DATABASE

PATIENCE = 20  # seconds that a statement waits for what another program holds


class DatabaseAddress(ValueError):
    """`DATABASE_URL` is not an address that Kesu understands."""


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite that waits for its turn and loses nothing it has acknowledged, not even at a power cut."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": PATIENCE,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def read_only(path: Path) -> dict[str, Any]:
    """SQLite on a medium that cannot be written, such as the copy that an assessor was given: it is read as it stands.

    What still waits in a write-ahead log beside it is read as well, where SQLite can.
    """
    log = path.with_name(path.name + "-wal")
    still = "" if log.exists() and log.stat().st_size else "&immutable=1"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"file:{quote(str(path))}?mode=ro{still}",
        "OPTIONS": {"timeout": PATIENCE},
    }


def postgres(address: str) -> dict[str, Any]:
    """PostgreSQL with lasting connections, which waits for a lock no longer than SQLite does. The query part goes to the driver (`?host=/socket&sslmode=require`).

    Raises DatabaseAddress.
    """
    parts = urlsplit(address)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgres", "postgresql") or not name:
        raise DatabaseAddress(
            "DATABASE_URL must look like postgresql://user:password@host:5432/name"
            f" (this one begins with {parts.scheme or 'nothing'!r})"
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or options.pop("host", "")),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": f"-c lock_timeout={PATIENCE}s", **options},
    }


def chosen(home: Path, address: str | None) -> dict[str, Any]:
    """The default database of this installation."""
    if address:
        return postgres(address)
    path = home / DATABASE
    return read_only(path) if path.exists() and not os.access(path, os.W_OK) else sqlite(path)
