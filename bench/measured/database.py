"""A fresh installation on one of the two databases, set up as in real use: what is acknowledged is on the disk.

SQLite with a write-ahead log, synchronous FULL and IMMEDIATE transactions; PostgreSQL with fsync. One process
measures one database, so a script starts itself once for each.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("sqlite", "postgres")
ROOT = Path(__file__).parents[2]
LASTING = ("fsync=on", "synchronous_commit=on", "full_page_writes=on", "shared_buffers=256MB")


def on_each(script: str, names: tuple[str, ...], *options: str) -> list[dict[str, Any]]:
    """What the script prints as JSON for each of the databases, one after the other."""
    found = []
    for name in names:
        words = [sys.executable, script, "--database", name, "--json", *options]
        done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False)
        if not done.stdout:
            raise SystemExit(f"{script} on {name} ended with status {done.returncode}; what it said is above")
        found += json.loads(done.stdout)
    return found


@contextmanager
def installed(name: str) -> Iterator[None]:
    """Kesu with an empty database, and the tables of the bare application; gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="kesu-bench-"))
    try:
        os.environ["KESU_HOME"] = str(home)
        os.environ["DJANGO_SETTINGS_MODULE"] = "measured.settings"
        if name == "sqlite":
            os.environ.pop("DATABASE_URL", None)
            os.environ["KESU_BARE"] = str(home / "bare.sqlite3")
            _migrate()
            yield
        else:
            with _postgres() as address:
                os.environ["DATABASE_URL"], os.environ["KESU_BARE"] = address, "bare"
                _migrate()
                yield
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _postgres() -> Iterator[str]:
    """The server that the tests use, told to lose nothing."""
    sys.path.insert(0, str(ROOT))
    import psycopg
    from tests.postgres import server

    with server(options=LASTING) as address:
        with psycopg.connect(address.replace("/kesu?", "/postgres?"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE kesu")
            connection.execute("CREATE DATABASE bare")
        yield address


def _migrate() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from measured.bare.models import MODELS

    call_command("migrate", verbosity=0)
    bare = connections["bare"]
    with bare.schema_editor() as editor:
        for model in MODELS:
            editor.create_model(model)
    bare.execute_wrappers.clear()  # Kesu's guard is no part of the floor
