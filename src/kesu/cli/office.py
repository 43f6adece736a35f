"""Opens the office (Django and its database) for the commands that need it; no other command comes here."""

from __future__ import annotations

import getpass
import os

from .wrong_use import WrongUse

SETTINGS = "kesu.site.settings"


def account() -> str:
    """Who runs the command, as the operating system knows him: by number where he has no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def vendor() -> str:
    """The kind of database that this installation uses."""
    return "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"


def setup() -> None:
    """Makes models importable and the database usable.

    A database without any table is made ready at once (a first use); one that lags behind this version is
    left alone, because somebody may be using it. Raises WrongUse when it lags or cannot be reached, OfALaterRelease.
    """
    connect()
    from kesu.ledger.clock_watch import hear_the_database
    from kesu.upkeep.upgrading import bring_up_to_date, nothing_there, require_known, waiting

    hear_the_database()
    if nothing_there():
        bring_up_to_date()
        return
    require_known()
    if steps := waiting():
        raise WrongUse(
            zh=f"数据库的结构比程序旧，差 {steps} 步。先用 kesu serve 启动一次，由它升级",
            en=f"the database is {steps} steps behind this version; `kesu serve` upgrades it",
        )


def connect() -> None:
    """Makes models importable and looks whether the database answers, whatever state it is in."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django
    from django.db import connection

    django.setup()
    connection.ensure_connection()
