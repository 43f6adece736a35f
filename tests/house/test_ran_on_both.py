"""The record of which office test ran on which database: nothing on record is lost, and a difference is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.house.ran_on_both import only_on_one
from tests.ran_on import case_of

ROOT = Path(__file__).parents[2]


def test_a_run_inside_a_run_keeps_what_is_on_record(tmp_path: Path) -> None:
    (tmp_path / "sqlite.txt").write_text("an earlier test[*]\tsqlite\n")
    of_this_run = {
        "PYTEST_ADDOPTS",
        "PYTEST_XDIST_WORKER",
        "PYTEST_XDIST_WORKER_COUNT",
        "PYTEST_XDIST_TESTRUNUID",
    }
    own = {name: value for name, value in os.environ.items() if name not in of_this_run}
    inside = "tests/office/ledger/test_merkle_tree.py"
    subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:xdist", "-p", "no:cacheprovider", inside],
        cwd=ROOT,
        env=own | {"KESU_RAN_ON": str(tmp_path)},
        capture_output=True,
        check=True,
    )
    first, *others = (tmp_path / "sqlite.txt").read_text().splitlines()
    assert first == "an earlier test[*]\tsqlite"
    assert others
    assert all(line.startswith(inside) and line.endswith("\tsqlite") for line in others)


def test_a_test_that_ran_on_one_database_only_is_told(tmp_path: Path) -> None:
    (tmp_path / "sqlite.txt").write_text("both[*]\tsqlite\nhere[*]\tsqlite\n")
    (tmp_path / "postgres.txt").write_text("both[*]\tpostgresql\nthere[*]\tpostgresql\nwrong[*]\tsqlite\n")
    assert only_on_one(tmp_path) == [
        "here[*]: ran on SQLite only",
        "there[*]: ran on PostgreSQL only",
        "wrong[*]: said postgres, ran on sqlite",
    ]


def test_a_run_that_is_not_on_record_is_told(tmp_path: Path) -> None:
    (tmp_path / "sqlite.txt").write_text("both[*]\tsqlite\n")
    assert only_on_one(tmp_path) == [f"no run on postgres is on record in {tmp_path}"]


def test_a_test_is_the_same_on_both_in_whatever_order_its_parameters_stand() -> None:
    here = case_of("tests/a.py::test_b[sqlite-0.1.0]", database="sqlite")
    there = case_of("tests/a.py::test_b[0.1.0-postgres]", database="postgres")
    assert here == there == "tests/a.py::test_b[*-0.1.0]"
    assert (
        case_of("tests/a.py::test_b[postgres-sqlite_master]", database="postgres")
        == "tests/a.py::test_b[*-sqlite_master]"
    )
    assert case_of("tests/a.py::test_c", database="sqlite") == "tests/a.py::test_c"
