"""Whether the tables are those of this release; bringing those of an earlier one up to date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from kesu.caseload.models import RowsMade
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
    """Makes the tables those of this release, and every row anew where another made them; whether it did.

    All of it is one transaction: cut short at whatever statement, it has not begun, and the next start does it. Where the
    tables were brought on by another way (`django migrate`), the rows are still owed, and made now.
    """
    with _all_or_nothing():
        call_command("migrate", verbosity=0, interactive=False)
        by = _this_release()
        owed = not RowsMade.objects.filter(by=by).exists()
        if owed:
            rebuild(check=False)
            RowsMade.objects.all().delete()
            RowsMade.objects.create(by=by)
        connection.check_constraints()
    return owed


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """One transaction in which tables may be changed: SQLite wants the keys between them unchecked, from before it begins."""
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":  # which alters no table that still has something to check
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            yield
    finally:
        connection.enable_constraint_checking()


def _this_release() -> str:
    """Its version, and the newest step of each application: what makes rows other than they were."""
    leaves = sorted(f"{app}.{name}" for app, name in MigrationLoader(None).graph.leaf_nodes())
    return f"kesu {version('kesu')}: {', '.join(leaves)}"
