"""CI skips nothing: with the plugin, a skip of any kind is a failure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

SKIPS = """
import pytest

@pytest.mark.skip(reason="by a mark")
def test_marked(): ...

def test_inside():
    pytest.skip("inside")

@pytest.fixture
def nothing():
    pytest.skip("in a fixture")

def test_fixture(nothing): ...

@pytest.mark.xfail(reason="known to be wrong")
def test_expected_to_fail():
    assert 1 == 2

def test_that_runs(): ...
"""


def _closing_line(folder: Path, *options: str) -> str:
    """The last line of a run of its own, without any of this run's configuration."""
    plain = ("-q", "-p", "no:cacheprovider", "-p", "no:django", "-c", str(folder / "own.ini"))
    own = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *plain, *options, str(folder)],
        cwd=ROOT,
        env=own,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout.splitlines()[-1].partition(" in ")[0]


def test_a_skip_of_any_kind_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "own.ini").write_text("[pytest]\n")
    (tmp_path / "test_skips.py").write_text(SKIPS)
    (tmp_path / "test_whole_file.py").write_text("import pytest\npytest.importorskip('no_such_module')\n")
    assert _closing_line(tmp_path) == "1 passed, 4 skipped, 1 xfailed"
    assert _closing_line(tmp_path, "-p", "tests.no_skips") == "1 error"
    (tmp_path / "test_whole_file.py").unlink()
    assert _closing_line(tmp_path, "-p", "tests.no_skips") == "2 failed, 1 passed, 2 errors"
