"""Opens the office (Django and its database) for the commands that need it; no other command comes here."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kesu.reading.text import Text

from .wrong_use import WrongUse

if TYPE_CHECKING:
    from kesu.people.directory import Directory

SETTINGS = "kesu.site.settings"
BY = Text(
    "以谁的名义办：登录名或人员编号；只有一个人可以办时不必写",
    "in whose name: a sign-in name or the id of a person; may be left out when only one may do it",
)


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


def organisation_named(name: str | None) -> Directory:
    """The organisation of this name, or the only one. Raises WrongUse."""
    from kesu.people.directory import directory_of
    from kesu.people.models import Revision

    names = list(Revision.objects.order_by("organisation").values_list("organisation", flat=True))
    if name in names or (name is None and len(names) == 1):
        return directory_of(name or names[0])
    if not names:
        raise WrongUse(
            zh="还没有单位；先用 kesu demo 或网页建立",
            en="there is no organisation yet; make one with `kesu demo` or in the browser",
        )
    if name is None:
        raise WrongUse(
            zh=f"用 --organisation 写明单位：{'、'.join(names)}",
            en=f"name one with --organisation: {', '.join(names)}",
        )
    raise WrongUse(
        zh=f"没有“{name}”这个单位；有 {'、'.join(names)}",
        en=f"there is no organisation “{name}”; known are {', '.join(names)}",
    )


@contextmanager
def names_of_persons() -> Iterator[None]:
    """Whoever is named with an option has to be there and the only one meant. Raises WrongUse, in words, where that is not so."""
    from kesu.people.in_whose_name import NotInThatName

    try:
        yield
    except NotInThatName as why:
        raise WrongUse(zh=why.text.zh, en=why.text.en) from None
