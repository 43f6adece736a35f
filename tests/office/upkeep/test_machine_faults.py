"""A full disk, a damaged file, a lock, a disk that is read-only, a server that is gone: a sentence that says what to do.

Commands, the start and pages, each on a real home with the real fault.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest
from tests.office.upkeep.homes import ROOT, Home, small_home
from tests.office.upkeep.served import Served, served

from kesu.upkeep.machine import fault_of


def refused_and_sent_again(
    server: Served, sent: dict[str, object], words: str, mend: Callable[[], None]
) -> None:
    """A form is answered with these words and with what was typed; once the fault is gone the same form is one entry."""
    status, page = server.send(sent)
    assert (status, words in page.text()) == (503, True), page.text()
    assert "写到一半的话" in page.text()
    again = page.form(server.action)
    mend()
    assert server.send(again)[0] == 302
    assert server.page(f"/cases/{server.case}/").text().count("写到一半的话") == 1
    assert server.home.told("verify")["fault_count"] == 0


@pytest.fixture
def home(database: str, tmp_path: Path) -> Home:
    """A small home of SQLite: what its file suffers, PostgreSQL's server suffers elsewhere (see the states below)."""
    return small_home(tmp_path / "home", "sqlite")


def test_a_full_disk_loses_nothing_that_was_typed_and_says_so_on_the_page(home: Home) -> None:
    """This process may write no file beyond its first page: a disk that is full, for it alone."""
    with served(home) as server:
        sent = server.form()
        before = server.process.rlimit(psutil.RLIMIT_FSIZE)

        def mend() -> None:
            server.process.rlimit(psutil.RLIMIT_FSIZE, before)

        server.process.rlimit(psutil.RLIMIT_FSIZE, (4096, before[1]))
        refused_and_sent_again(server, sent, "服务器的磁盘满了，或写不进去", mend)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes, where this account may mount one; else a folder on which processes may write as much."""
    folder = tmp_path / "disk"
    folder.mkdir(mode=0o700)
    mounted = (
        shutil.which("mount")
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=6m,mode=0700", "kesu-test", str(folder)],
            capture_output=True,
            check=False,
        ).returncode
    )
    try:
        yield folder
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def filled(folder: Path) -> Path:
    """The rest of the disk, taken."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.tell() < 8 * 2**20:
                file.write(b"x" * 4096)
        except OSError as full:
            assert full.errno == errno.ENOSPC
    filler.chmod(0o600)
    return filler


def limited(home: Home, *words: str) -> subprocess.CompletedProcess[str]:
    """A command that may write no file any further than the database reaches now."""
    size = (home.folder / "kesu.sqlite3").stat().st_size
    command = "import resource, sys; from kesu.cli.main import main; resource.setrlimit(resource.RLIMIT_FSIZE, (%d, %d)); sys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", command % (size // 8, size // 8), "--lang", "en", *words],
        cwd=ROOT, env=home.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_commands_on_a_full_disk_say_so_and_leave_nothing_half(small_disk: Path, tmp_path: Path) -> None:
    home = small_home(small_disk / "home", "sqlite")
    mounted = os.path.ismount(small_disk)
    filler = filled(small_disk) if mounted else None
    for words in (["demo"], ["backup", "--to", str(small_disk)]):
        done = home.ran(*words) if mounted else limited(home, *words)
        assert done.returncode == 2, done.stderr
        assert "the disk takes nothing more" in done.stderr
        assert "Make room on the disk of the data" in done.stderr
        assert len(done.stderr.splitlines()) == 1
    if filler:
        filler.unlink()
    assert [path.name for path in small_disk.iterdir()] == ["home"]
    assert home.told("verify")["fault_count"] == 0
    home.kesu("backup", "--to", str(tmp_path))


def damaged(home: Home) -> None:
    """Every page after the first few has bytes that are not its own."""
    file = home.folder / "kesu.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    with file.open("r+b") as pages:
        for start in range(size * 2, file.stat().st_size, size):
            pages.seek(start)
            pages.write(b"\xff" * 64)


def test_a_damaged_file_is_named_by_commands_and_start_with_what_to_do(home: Home, tmp_path: Path) -> None:
    damaged(home)
    for words in (["verify"], ["rebuild", "--check"], ["figures"], ["backup", "--to", str(tmp_path / "out")]):
        said = home.refused(*words)
        assert "is damaged" in said
        assert "kesu restore" in said
        assert len(said.splitlines()) == 1
    assert not (tmp_path / "out").exists()
    prepared = home.prepared()
    assert (prepared.returncode, len(prepared.stderr.splitlines())) == (2, 2)
    assert "恢复最近完好的备份" in prepared.stderr


def test_a_page_over_a_damaged_file_says_so_and_shows_what_was_typed(home: Home) -> None:
    with served(home) as server:
        sent = server.form()
        damaged(home)
        status, page = server.send(sent)
        assert (status, "数据库文件已损坏" in page.text()) == (503, True), page.text()
        assert "写到一半的话" in page.text()
        assert "Traceback" not in page.text()
        assert server.browser.ask("/healthz") == (503, "", "not well: database\n")


HOLDS = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held(home: Home) -> Iterator[Callable[[], None]]:
    """Another process holds the lock of the database; a function that lets it go."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(home.folder / "kesu.sqlite3")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    try:
        yield lambda: holder.communicate() and None
    finally:
        holder.communicate()


def test_a_lock_that_another_program_keeps_is_said_by_page_and_command(home: Home) -> None:
    with served(home) as server:
        sent = server.form()
        with held(home) as let_go:
            command = subprocess.Popen(
                [sys.executable, "-m", "kesu.cli.main", "--lang", "en", "checkpoint", "--organisation", "hengce"],
                cwd=ROOT, env=home.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )  # fmt: skip

            def mend() -> None:
                said = command.communicate(timeout=60)
                let_go()
                assert (command.returncode, said[0]) == (2, ""), said
                assert "another program holds the database" in said[1]
                assert "fuser" in said[1]

            refused_and_sent_again(server, sent, "数据库正被别的程序占着", mend)


ON_READ_ONLY = """
import os
writable = os.access
os.access = lambda path, mode: mode != os.W_OK and writable(path, mode)
import sys
from kesu.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_home_that_cannot_be_written_is_read_and_a_command_that_writes_says_why_not(home: Home) -> None:
    def ran(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", ON_READ_ONLY, "--lang", "en", *words],
            cwd=ROOT, env=home.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert ran("verify").returncode == 0
    refused = ran("enforce", "public-replies", "--organisation", "hengce", "--by", "admin@hengce")
    assert refused.returncode == 2
    assert "nothing can be written here" in refused.stderr
    assert "mounted read-only" in refused.stderr


def test_a_database_server_that_is_not_there_is_said_with_what_to_look_at(tmp_path: Path) -> None:
    away = Home(tmp_path / "home", f"postgresql://kesu@/kesu?host={tmp_path}")
    for words in (["verify"], ["backup", "--to", str(tmp_path)]):
        said = away.refused(*words)
        assert "cannot reach the database" in said
        assert "whether the database server runs" in said
        assert len(said.splitlines()) == 1


@pytest.fixture(scope="module")
def of_postgres(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Home | None:
    """A small home of PostgreSQL, where this run has one."""
    if request.config.getoption("--database") != "postgres":
        return None
    return small_home(tmp_path_factory.mktemp("postgres") / "home", "postgres")


def test_postgresql_that_is_locked_or_read_only_is_said_in_the_same_words(of_postgres: Home | None) -> None:
    if of_postgres is None:
        return  # what SQLite suffers is looked at above
    assert of_postgres.address is not None
    writes = ("enforce", "public-replies", "--organisation", "hengce", "--by", "admin@hengce")
    with psycopg.connect(of_postgres.address) as other:
        other.execute("LOCK TABLE ledger_entry IN ACCESS EXCLUSIVE MODE")
        said = of_postgres.refused(*writes)
        assert "another program holds the database" in said
        assert "pg_stat_activity" in said
        other.rollback()
    with psycopg.connect(of_postgres.address, autocommit=True) as other:
        name = other.info.dbname
        other.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    assert "nothing can be written here" in of_postgres.refused(*writes)
    assert of_postgres.told("verify")["fault_count"] == 0


def test_postgresql_whose_disk_is_full_is_said_in_the_same_words_and_loses_nothing(
    database: str, tmp_path: Path, small_disk: Path
) -> None:
    """Its tables stand on a disk of their own of a few megabytes, where this account may mount one."""
    if database != "postgres" or not os.path.ismount(small_disk):
        return  # its words are looked at below, by their states
    server = psycopg.conninfo.conninfo_to_dict(os.environ["TEST_DATABASE_URL"])
    with ExitStack() as after:
        place = Path(tempfile.mkdtemp(dir="/tmp", prefix="kesu-space-"))
        after.callback(place.rmdir)
        subprocess.run(["mount", "--bind", str(small_disk), str(place)], check=True)
        after.callback(subprocess.run, ["umount", str(place)], check=True)
        shutil.chown(place, "nobody", "nogroup")
        name = f"space_{place.name[-8:]}"
        connection = after.enter_context(psycopg.connect(**{**server, "dbname": "postgres"}, autocommit=True))
        connection.execute(f"CREATE TABLESPACE \"{name}\" LOCATION '{place}'")
        after.callback(connection.execute, f'DROP TABLESPACE "{name}"')
        home = small_home(tmp_path / "home", "postgres")
        assert home.address is not None
        own = home.address.partition("?")[0].rpartition("/")[2]
        after.callback(connection.execute, f'DROP DATABASE "{own}" WITH (FORCE)')
        with psycopg.connect(home.address, autocommit=True) as inside:
            for table in ("ledger_entry", "ledger_unsealed", "people_edition"):
                inside.execute(f'ALTER TABLE {table} SET TABLESPACE "{name}"')
        filler = filled(small_disk)
        after.callback(filler.unlink, missing_ok=True)
        writes = ("enforce", "public-replies", "--organisation", "hengce", "--by", "admin@hengce")
        assert "the disk takes nothing more" in home.refused(*writes)
        assert home.told("verify")["fault_count"] == 0
        filler.unlink()
        home.kesu(*writes)
        assert home.told("verify")["fault_count"] == 0


class OfPostgres(Exception):
    """An error as psycopg raises it: the state says what it is."""

    __module__ = "psycopg.errors"

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("what the server said")
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("state", "what"),
    {
        "53100": "full", "58030": "full", "XX001": "damaged", "XX002": "damaged", "55P03": "locked", "40P01": "locked",
        "25006": "read only", "57P01": "away", "57P03": "away", "53300": "away", "08006": "away", "23505": None, "42601": None,
    }.items(),
)  # fmt: skip
def test_what_postgresql_says_of_its_machine_is_told_from_what_it_says_of_a_statement(
    state: str, what: str | None
) -> None:
    fault = fault_of(OfPostgres(state))
    assert (fault.what if fault else None) == what


@pytest.mark.parametrize(
    "error", [ValueError("disk"), sqlite3.IntegrityError("unique"), OSError(errno.ENOENT, "none"), None]
)
def test_other_errors_are_no_fault_of_the_machine(error: BaseException | None) -> None:
    assert fault_of(error) is None
