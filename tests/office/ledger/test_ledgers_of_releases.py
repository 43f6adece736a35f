"""What a release wrote stays readable: it verifies, rows and findings are what they were (semantics 3.14)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import SettingsWrapper
from tests.ledgers.bringing_back import bring_back
from tests.ledgers.following import as_then, findings, rows

from kesu.caseload import books
from kesu.caseload.fold import folds
from kesu.caseload.rebuilding import rebuild
from kesu.ledger.offline.kesu_verify import Verifier
from kesu.ledger.verify import verify
from kesu.people import cast

LEDGERS = Path(__file__).parents[2] / "ledgers"
RELEASES = sorted(path.parent for path in LEDGERS.glob("*/ledger.jsonl"))


def told(release: Path, name: str) -> Any:
    return json.loads((release / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture
def nothing_remembered() -> Any:
    """What is kept in memory belongs to another database."""
    for known in (folds, cast, books):
        known.forget()
    yield
    for known in (folds, cast, books):
        known.forget()


@pytest.fixture(params=RELEASES, ids=lambda release: release.name)
def release(
    request: pytest.FixtureRequest,
    fresh_database: None,
    nothing_remembered: None,
    settings: SettingsWrapper,
    tmp_path: Path,
) -> Path:
    """A release whose ledger stands in the database; its key is trusted."""
    found: Path = request.param
    settings.LEDGER_SIGNING_KEY = tmp_path / "signing-key"
    (tmp_path / "signing-key.retired").write_text((found / "key").read_text())
    bring_back(found / "ledger.jsonl")
    return found


def test_there_is_a_ledger_of_a_release() -> None:
    assert RELEASES


def test_it_verifies_with_the_key_of_then(release: Path) -> None:
    report = verify()
    assert report.faults == ()
    assert report.checkpoints == 2
    assert 0 < report.unsealed < report.entries == report.leaves + report.unsealed


def test_it_verifies_without_kesu(release: Path) -> None:
    verifier = Verifier("en", [(release / "key").read_text().strip()], [])
    with (release / "ledger.jsonl").open("rb") as lines:
        verifier.read(lines)
    assert (verifier.faults, verifier.checkpoints) == ([], 2)


def test_the_rows_that_follow_are_those_of_then(release: Path) -> None:
    then = told(release, "rows")
    assert as_then(rows(), then) == then
    assert rebuild(check=True) == []


def test_a_review_finds_what_it_found_then(release: Path) -> None:
    assert findings("hengce") == told(release, "findings")


def test_an_altered_byte_is_noticed_so_this_is_a_test_at_all(release: Path, tmp_path: Path) -> None:
    text = (release / "ledger.jsonl").read_text(encoding="utf-8").replace("样品混放", "样品正常", 1)
    verifier = Verifier("en", [(release / "key").read_text().strip()], [])
    verifier.read(text.encode().splitlines())
    assert len(verifier.faults) == 1
