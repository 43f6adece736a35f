"""Pages of PostgreSQL that the disk gives back otherwise than they were written: a sentence that says what to do.

With checksums of its pages (initdb's --data-checksums), without which PostgreSQL does not notice.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from tests.office.upkeep.homes import small_home
from tests.office.upkeep.served import served
from tests.postgres import QUICK, Cluster, cluster


@contextmanager
def damaged_pages(cluster: Cluster, address: str, table: str) -> Iterator[None]:
    """A server on whose disk each page of this table has bytes that are not its own, and no longer its checksum."""
    with cluster.running(QUICK, stop=signal.SIGINT), psycopg.connect(address) as connection:
        row = connection.execute("SELECT pg_relation_filepath(%s)", [table]).fetchone()
        assert row is not None
    with (cluster.data / "d" / row[0]).open("r+b") as pages:
        for start in range(4096, pages.seek(0, os.SEEK_END), 8192):
            pages.seek(start)
            before = pages.read(64)
            pages.seek(start)
            pages.write(bytes(byte ^ 0xFF for byte in before))
    with cluster.running(QUICK):
        yield


def test_a_damaged_page_of_postgresql_is_named_by_commands_and_start_with_what_to_do(
    database: str, tmp_path: Path
) -> None:
    if database != "postgres":
        return  # a damaged file of SQLite is looked at in test_machine_faults.py
    with cluster("--data-checksums") as made:
        with made.running(QUICK, stop=signal.SIGINT):
            home = small_home(tmp_path / "home", "postgres", server=made.address)
            assert home.told("verify")["fault_count"] == 0
        assert home.address is not None
        with damaged_pages(made, home.address, "ledger_entry"):
            for words in (["verify"], ["rebuild", "--check"], ["backup", "--to", str(tmp_path / "out")]):
                said = home.refused(*words)
                assert re.search(
                    r"the database is damaged \(invalid page in block \d+ of relation base/", said
                )
                assert "kesu restore" in said
                assert len(said.splitlines()) == 1
            assert not (tmp_path / "out").exists()
            prepared = home.prepared()
            assert (prepared.returncode, len(prepared.stderr.splitlines())) == (2, 2), prepared.stderr
            assert "恢复最近完好的备份" in prepared.stderr


def test_a_page_of_the_desk_over_a_damaged_page_of_postgresql_says_so_and_shows_what_was_typed(
    database: str, tmp_path: Path
) -> None:
    if database != "postgres":
        return  # a damaged file of SQLite is looked at in test_machine_faults.py
    with cluster("--data-checksums") as made, ExitStack() as after:
        with made.running(QUICK, stop=signal.SIGINT):
            home = small_home(tmp_path / "home", "postgres", server=made.address)
            server = after.enter_context(served(home))
            sent = server.form()
        assert home.address is not None
        with damaged_pages(made, home.address, "ledger_entry"):
            for _ in range(20):  # connections of before know first that their server was started anew
                status, page = server.send(sent)
                if "数据库没有应答" not in page.text():
                    break
                time.sleep(0.5)
            assert (status, "数据库文件已损坏" in page.text()) == (503, True), page.text()
            assert "写到一半的话" in page.text()
            assert "Traceback" not in page.text()
