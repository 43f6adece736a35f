"""A newer release over the database of an older one: cut short at whatever statement, it goes on at the next start."""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.loader import MigrationLoader
from pytest_django import DjangoDbBlocker
from tests.ledgers.following import as_then, rows
from tests.ledgers.homes import bring
from tests.office.offices import empty_database
from tests.office.upkeep.homes import ROOT, Home, new_home, small_home

from kesu.caseload.models import DutyRow, RowsMade
from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.ledger.keys import vouch
from kesu.ledger.oneway import writing
from kesu.ledger.triggers import check_triggers
from kesu.ledger.verify import verify
from kesu.upkeep.upgrading import bring_up_to_date, waiting

LEDGERS = ROOT / "tests" / "ledgers"
HOMES = sorted(path.parent for path in LEDGERS.glob("*/home.jsonl.gz"))
RELEASES = [
    home for home in HOMES if (home / "ledger.jsonl").exists()
]  # the others are of states between two releases
SOME = 7  # of the statements that make rows, every seventh; they are one like the other
READS = ("SELECT", "PRAGMA foreign_keys")  # what changes nothing: a cut there is that at the next that does

pytestmark = pytest.mark.tampers  # databases of their own, looked at here


class PowerCut(BaseException):
    """Whatever ends a process."""


@pytest.fixture(params=RELEASES, ids=lambda release: release.name)
def release(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Path]:
    """A release whose database stands there as it left it; its key is trusted."""
    with standing(request.param, django_db_blocker, tmp_path, monkeypatch):
        yield request.param


@pytest.fixture(params=HOMES, ids=lambda home: home.name)
def any_home(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Path]:
    """The same of a release or of a state between two."""
    with standing(request.param, django_db_blocker, tmp_path, monkeypatch):
        yield request.param


@contextmanager
def standing(
    found: Path, blocker: DjangoDbBlocker, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """The database as it was left, its key trusted."""
    vouch(folder / "signing-key", (found / "key").read_text().strip())
    monkeypatch.setattr(settings, "LEDGER_SIGNING_KEY", folder / "signing-key")
    monkeypatch.setattr(
        settings, "LEDGER_MAC_KEY", folder / "mac-key"
    )  # not there: its codes have another key
    with empty_database(blocker, migrated=False):
        bring(found / "home.jsonl.gz")
        yield


def everything() -> str:
    """A digest of every table: its name, its columns, its rows."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT * FROM "{name}" ORDER BY 1')
            digest.update(repr((name, [column[0] for column in cursor.description])).encode())
            for row in cursor.fetchall():
                digest.update(
                    repr([bytes(one) if isinstance(one, memoryview) else one for one in row]).encode()
                )
    return digest.hexdigest()


def cut_at(place: int) -> list[str] | None:
    """An upgrade in which the database hears nothing any more from the first change after so many statements; those that it heard.

    As when the process is killed, nothing is rolled back by it: its connection is gone. None where the upgrade was over before.
    """
    statements: list[str] = []

    def execute(run: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if len(statements) >= place and not sql.lstrip().startswith(READS):
            connection.connection.close()
            raise PowerCut
        statements.append(sql)
        return run(sql, *rest)

    try:
        with connection.execute_wrapper(execute):
            bring_up_to_date()
    except (PowerCut, DatabaseError):
        assert len(statements) >= place
        if connection.connection is not None:
            connection.connection.close()
        del connections["default"]
        return statements
    return None


def test_every_migration_is_one_transaction() -> None:
    """So that an upgrade can be one. A migration that cannot be is `atomic = False` and says why; then this test names it."""
    loader = MigrationLoader(None)
    assert [key for key, migration in sorted(loader.disk_migrations.items()) if not migration.atomic] == []


def test_there_is_a_home_of_a_release() -> None:
    assert RELEASES


def test_the_database_of_each_home_is_brought_to_this_release_and_is_sound(any_home: Path) -> None:
    bring_up_to_date()
    assert (waiting(), rebuild(check=True), verify().faults, check_triggers()) == (0, [], (), [])


def test_an_upgrade_brings_the_rows_of_the_ledger(release: Path) -> None:
    assert waiting() > 0
    assert bring_up_to_date()
    then = json.loads((release / "rows.json").read_text(encoding="utf-8"))
    assert as_then(rows(), then) == as_then(then, then)
    assert (waiting(), rebuild(check=True), verify().faults, check_triggers()) == (0, [], (), [])
    assert not bring_up_to_date()


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_upgrade_that_is_cut_short_at_any_statement_has_not_begun_and_goes_on_at_the_next_start(
    release: Path,
) -> None:
    begun, place, cuts = everything(), 0, 0
    while (statements := cut_at(place)) is not None:
        assert everything() == begun, statements[-3:]
        cuts += 1
        rows_are_made = any("caseload_rowsmade" in one and "SELECT" in one for one in statements)
        place = len(statements) + (SOME if rows_are_made else 1)
    assert cuts > 50
    then = json.loads((release / "rows.json").read_text(encoding="utf-8"))
    assert as_then(rows(), then) == as_then(then, then)
    assert (waiting(), rebuild(check=True), verify().faults, check_triggers()) == (0, [], (), [])


KILLED = """
import os, signal, sys
import django
django.setup()
from django.db import DatabaseError, connection, connections
from django.db.migrations.loader import MigrationLoader
left = int(sys.argv[1])
def execute(run, sql, *rest):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return run(sql, *rest)
with connection.execute_wrapper(execute):
    from kesu.upkeep.upgrading import bring_up_to_date
    bring_up_to_date()
print(int(sys.argv[1]) - left)
"""
BROUGHT = """
from pathlib import Path
from tests.ledgers.homes import bring
bring(Path("{file}"))
"""
LOOKED_AT = """
import json
from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.upkeep.upgrading import waiting
from tests.ledgers.following import rows
print(json.dumps([waiting(), len(rebuild(check=True)), rows()], sort_keys=True))
"""


def home_of(release: Path, folder: Path, database: str) -> Home:
    """A home of the release, on a disk."""
    home = new_home(folder, database)
    folder.mkdir(mode=0o700)
    home.python(BROUGHT.format(file=release / "home.jsonl.gz"))
    vouch(folder / "signing-key", (release / "key").read_text().strip())
    return home


def upgraded(home: Home, *, killed_after: int) -> subprocess.CompletedProcess[str]:
    """An upgrade in a process of its own, which kills itself before the statement after so many."""
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(killed_after)],
        cwd=ROOT, env=home.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.name)
def test_a_start_that_is_killed_while_it_upgrades_is_made_good_by_the_next(
    release: Path, database: str, tmp_path: Path
) -> None:
    whole = home_of(release, tmp_path / "whole", database)
    count = int(upgraded(whole, killed_after=10**9).stdout)
    assert whole.prepared().returncode == 0
    cut = home_of(release, tmp_path / "cut", database)
    for place in (5, count // 3, count * 2 // 3, count - 2):
        killed = upgraded(cut, killed_after=place)
        assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, ""), killed.stderr
    prepared = cut.prepared()
    assert prepared.returncode == 0, prepared.stderr
    assert json.loads(cut.python(LOOKED_AT)) == json.loads(whole.python(LOOKED_AT))
    assert json.loads(cut.python(LOOKED_AT))[:2] == [0, 0]


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.name)
def test_a_backup_of_an_earlier_release_is_taken_and_restored_by_this_one(
    release: Path, database: str, tmp_path: Path
) -> None:
    """Before the upgrade, by the new program; the restore brings the tables up to date and leaves the backup as it is."""
    home, out = home_of(release, tmp_path / "home", database), tmp_path / "out.tar.gz"
    (home.folder / "signing-key").write_text(bytes(range(32)).hex())  # of that ledger alone, see its building
    (home.folder / "signing-key.retired").unlink()
    home.kesu("backup", "--to", str(out))
    assert json.loads(home.python("from kesu.upkeep.upgrading import waiting\nprint(waiting())")) > 0
    there = new_home(tmp_path / "there", database)
    told = there.told("restore", str(out))
    assert (told["upgraded"], told["sound"], told["faults"]) == (True, True, [])
    assert there.prepared().returncode == 0
    assert there.told("verify")["fault_count"] == 0


def test_a_database_of_a_later_release_is_left_alone_by_every_command_and_not_served(
    database: str, tmp_path: Path
) -> None:
    home = small_home(tmp_path / "home", database)
    home.python(
        "from django.db.migrations.recorder import MigrationRecorder\n"
        "from django.db import connection\n"
        "MigrationRecorder(connection).record_applied('ledger', '9999_of_tomorrow')"
    )
    for words in (["verify"], ["rebuild"], ["demo"]):
        assert "was written by a later release (ledger 9999_of_tomorrow)" in home.refused(*words)
    prepared = home.prepared()
    assert (prepared.returncode, "恢复升级之前的备份" in prepared.stderr) == (2, True)
    assert home.told("backup", "--to", str(tmp_path))["entries"] > 0


def test_rows_are_still_owed_where_the_tables_alone_were_brought_on(release: Path) -> None:
    call_command("migrate", verbosity=0)
    with writing(), connection.cursor() as cursor:  # a table that the release did not have
        cursor.execute("DELETE FROM caseload_dutyrow")
    assert waiting() == 0
    assert bring_up_to_date()
    assert DutyRow.objects.exists()
    assert rebuild(check=True) == []
    assert RowsMade.objects.count() == 1
