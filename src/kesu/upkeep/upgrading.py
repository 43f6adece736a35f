"""Whether the tables are those of this release; bringing those of an earlier one up to date."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.upkeep.refused import Refused

_TABLE = "django_migrations"


class OfALaterRelease(Refused):
    """The database, or a backup, was written by a release that is newer than this one."""

    def __init__(self, names: Iterable[str]) -> None:
        listed, now = ", ".join(names), version("kesu")
        super().__init__(
            zh=f"数据库是更新的版本写的（{listed}），本程序是 {now}，没有改动它。请用那个版本启动，或恢复升级之前的备份",
            en=f"the database was written by a later release ({listed}) than this program, {now}; it was left as it is."
            " Start that release, or restore the backup from before the upgrade",
        )


def nothing_there() -> bool:
    """Whether the database has no tables of ours yet."""
    return _TABLE not in connection.introspection.table_names()


def waiting() -> int:
    """How many steps tables that hold something already are behind this release."""
    if nothing_there():
        return 0
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def require_known() -> None:
    """Raises OfALaterRelease where the database has steps that this release does not know."""
    loader = MigrationLoader(connection)
    refuse_unknown(list(loader.applied_migrations))


def refuse_unknown(applied: Iterable[tuple[str, str]]) -> None:
    """Raises OfALaterRelease for steps that this release does not know; those of applications that are not ours are passed."""
    loader = MigrationLoader(None)
    unknown = [
        f"{app} {name}"
        for app, name in applied
        if app in loader.migrated_apps and (app, name) not in loader.disk_migrations
    ]
    if unknown:
        raise OfALaterRelease(sorted(unknown))


def bring_up_to_date() -> bool:
    """Makes the tables those of this release, and every row anew where they were behind; whether they were."""
    behind = bool(waiting())
    call_command("migrate", verbosity=0, interactive=False)
    if behind:
        rebuild(check=False)
    return behind
