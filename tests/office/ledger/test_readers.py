"""The readers of the ledger are tested in a process that has no other thread: forking beside threads may never end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
MOST = 240  # seconds


def test_several_processes_read_one_moment_and_find_what_one_finds(database: str) -> None:
    of_this_run = (
        "PYTEST_ADDOPTS",
        "PYTEST_XDIST_WORKER",
        "PYTEST_XDIST_WORKER_COUNT",
        "PYTEST_XDIST_TESTRUNUID",
    )
    own = {name: value for name, value in os.environ.items() if name not in of_this_run}
    alone = ("-p", "no:xdist", "-p", "no:cacheprovider", "--database", database)
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *alone, "tests/office/ledger/readers_alone.py"],
        cwd=ROOT,
        env=own,
        capture_output=True,
        text=True,
        check=False,
        timeout=MOST,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert " passed in " in ran.stdout.splitlines()[-1]
