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


def setup() -> None:
    """Makes models importable and the database usable.

    A database without any table is made ready at once (a first use); one that lags behind this version is
    left alone, because somebody may be using it. Raises WrongUse when it lags or cannot be reached.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django
    from django.db import OperationalError, connection

    django.setup()
    try:
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
    except OperationalError as error:
        message = str(error).strip().splitlines()[0]
        raise WrongUse(
            zh=f"连不上数据库：{message}。请检查 DATABASE_URL 或 KESU_HOME",
            en=f"cannot reach the database: {message}. Check DATABASE_URL or KESU_HOME",
        ) from None
    _make_ready(empty="django_migrations" not in tables)


def _make_ready(*, empty: bool) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    if empty:
        call_command("migrate", verbosity=0, interactive=False)
        return
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise WrongUse(
            zh=f"数据库的结构比程序旧，差 {len(waiting)} 步。先用 kesu serve 启动一次，由它升级",
            en=f"the database is {len(waiting)} steps behind this version; `kesu serve` upgrades it",
        )
