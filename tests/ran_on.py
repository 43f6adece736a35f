"""Where a test run notes on which database each office test ran: in the folder KESU_RAN_ON, when it is set.

A record only ever grows: a test may run pytest in a process of its own, which notes its tests in the same record.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest


def record_of_run(config: pytest.Config) -> Path:
    """The record of this run's database, which is there from now on (read by tests/house/ran_on_both.py)."""
    folder = os.environ.get("KESU_RAN_ON")
    if not folder:
        return Path(os.devnull)
    Path(folder).mkdir(parents=True, exist_ok=True)
    record = Path(folder) / f"{config.getoption('--database')}.txt"
    record.touch()
    return record


def case_of(test: str, *, database: str) -> str:
    """The test without its database. The parts of its parameters are sorted: their order hangs on what else is collected."""
    name, bracket, parameters = test.rstrip("]").partition("[")
    general = re.sub(rf"(?<![^-]){database}(?![^-])", "*", parameters)
    return f"{name}[{'-'.join(sorted(general.split('-')))}]" if bracket else name
