"""What the running application asks of its database, and where it keeps its secrets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from kesu.ledger.triggers import TriggersDiffer
from kesu.site.database import DatabaseAddress, chosen, postgres, sqlite

RUNNING = """
import django; django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
import kesu.site.wsgi
with connection.cursor() as cursor:
    for pragma in ("journal_mode", "synchronous", "busy_timeout"):
        print(pragma, cursor.execute(f"PRAGMA {pragma}").fetchone()[0])
print(connection.transaction_mode)
"""


def run(home: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Python with the settings of the application itself, in a home of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"KESU_HOME": str(home), "DJANGO_SETTINGS_MODULE": "kesu.site.settings"}
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )


def test_the_running_application_waits_for_the_disk_and_for_its_turn(tmp_path: Path) -> None:
    done = run(tmp_path / "home", RUNNING)
    assert (done.stderr, done.stdout.splitlines()) == (
        "",
        ["journal_mode wal", "synchronous 2", "busy_timeout 20000", "IMMEDIATE"],
    )
    made = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "home").iterdir()}
    assert {name: mode for name, mode in made.items() if name.endswith("-key")} == {
        "secret-key": 0o600,
        "signing-key": 0o600,
        "mac-key": 0o600,
    }


READING = """
import os
writable = os.access
os.access = lambda path, mode: mode != os.W_OK and writable(path, mode)
import sys
from kesu.cli.main import main
status = main(["verify", "--lang", "en"])
from django.db import connection
with connection.cursor() as cursor:
    try:
        cursor.execute("CREATE TABLE anything (id)")
    except Exception as refused:
        print(refused)
sys.exit(status)
"""


def test_a_copy_that_cannot_be_written_is_verified_as_it_stands(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert run(home, RUNNING).returncode == 0
    before = (home / "kesu.sqlite3").read_bytes()
    done = run(home, READING)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-2:] == [
        "The ledger is as it was written.",
        "attempt to write a readonly database",
    ]
    assert (home / "kesu.sqlite3").read_bytes() == before


@pytest.mark.django_db
def test_tests_run_on_a_database_as_careful_as_the_application() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            asked = [
                cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
            ]
            assert (asked, connection.transaction_mode) == (["wal", 2], "IMMEDIATE")
        else:
            cursor.execute("SHOW default_transaction_isolation")
            assert cursor.fetchone() == ("read committed",)
            assert connection.settings_dict["CONN_MAX_AGE"] == 600


def test_an_application_whose_triggers_are_gone_does_not_start(tmp_path: Path) -> None:
    drop = 'connection.cursor().execute("DROP TRIGGER ledger_leaf_no_update")\nimport kesu.site.wsgi'
    done = run(tmp_path / "home", RUNNING.replace("import kesu.site.wsgi", drop))
    assert done.returncode == 1
    assert (
        f"{TriggersDiffer.__name__}: database triggers of the ledger: ledger_leaf_no_update is missing"
        in done.stderr
    )


def test_the_address_of_a_postgresql_is_understood(tmp_path: Path) -> None:
    found = postgres("postgresql://kesu:p%40ss@db.example:5433/office?sslmode=require")
    assert {
        name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS", "CONN_MAX_AGE")
    } == {
        "NAME": "office",
        "USER": "kesu",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"options": "-c lock_timeout=20s", "sslmode": "require"},
        "CONN_MAX_AGE": 600,
    }
    assert postgres("postgres:///office?host=/run/pg")["HOST"] == "/run/pg"
    assert chosen(tmp_path, None) == sqlite(tmp_path / "kesu.sqlite3")
    for wrong in ("mysql://x/y", "postgresql://host", "kesu"):
        with pytest.raises(DatabaseAddress, match="must look like postgresql://"):
            chosen(tmp_path, wrong)


def test_there_is_no_admin_and_chinese_comes_first() -> None:
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert (settings.LANGUAGE_CODE, settings.TIME_ZONE, settings.USE_TZ) == ("zh-hans", "Asia/Shanghai", True)
    assert [code for code, _ in settings.LANGUAGES] == ["zh-hans", "en"]
