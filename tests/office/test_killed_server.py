"""A few of the kills of `make crash`, on the database of this run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("server", "kills"), [("served", "3"), ("harness", "10"), ("errands", "2")])
def test_a_server_killed_between_any_two_statements_loses_nothing_and_doubles_nothing(
    database: str, server: str, kills: str
) -> None:
    which = ["--server", server, "--kills", kills, "--clients", "2", "--database", database]
    ran = subprocess.run(
        [sys.executable, "-m", "bench.crash", *which],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    said = "nothing missing, nothing twice; the ledger verifies and every row equals its fold"
    assert (ran.returncode, ran.stdout.splitlines()[-1:]) == (0, [said]), ran.stdout + ran.stderr
