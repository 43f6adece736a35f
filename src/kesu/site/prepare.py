"""Makes an installation ready to serve: translations, tables, static files (`python -m kesu.site.prepare`).

Each part looks first whether there is anything to do, so that a second start is quick.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def main() -> None:
    """All parts, in this order."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kesu.site.settings")
    import django

    from . import translations

    translations.compiled()
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    behind = tables_behind()
    call_command("migrate", verbosity=0, interactive=False)
    if behind:
        rows_anew()
    collect_static(Path(settings.STATIC_ROOT))


def tables_behind() -> bool:
    """Whether tables that hold something already are of an earlier version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    if "django_migrations" not in connection.introspection.table_names():
        return False
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def rows_anew() -> int:
    """Makes every row from the ledger again: a newer version may show more in them. How many were different."""
    from kesu.caseload.rebuilding.rebuild import rebuild

    return len(rebuild(check=False))


def collect_static(root: Path) -> bool:
    """Gathers the static files when one of them changed since the last time; whether it did."""
    from django.core.management import call_command

    mark, stamp = static_mark(), root / ".mark"
    if stamp.exists() and stamp.read_text() == mark:
        return False
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(mark)
    return True


def static_mark() -> str:
    """A digest of name, size and time of every static file: another one when any of them changed."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name))
            stat = file.stat()
            digest.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
