"""What a release wrote stays readable: it verifies, rows and findings are what they were (semantics 3.14)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from tests.ledgers.bringing_back import bring_back
from tests.ledgers.following import as_then, findings, rows
from tests.office.offices import empty_database

from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.ledger.keys import vouch
from kesu.ledger.offline.kesu_verify import Verifier
from kesu.ledger.verify import verify

LEDGERS = Path(__file__).parents[2] / "ledgers"
RELEASES = sorted(path.parent for path in LEDGERS.glob("*/ledger.jsonl"))


def told(release: Path, name: str) -> Any:
    return json.loads((release / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=RELEASES, ids=lambda release: release.name)
def release(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """A release whose ledger stands in a database of its own; its key is trusted."""
    found: Path = request.param
    key = tmp_path_factory.mktemp("key") / "signing-key"
    vouch(key, (found / "key").read_text().strip())
    with empty_database(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "LEDGER_SIGNING_KEY", key)
        bring_back(found / "ledger.jsonl")
        yield found


def test_there_is_a_ledger_of_a_release() -> None:
    assert RELEASES


def test_it_verifies_with_the_key_of_then(release: Path) -> None:
    report = verify()
    assert report.faults == ()
    assert report.checkpoints > 1
    assert 0 < report.unsealed < report.entries == report.leaves + report.unsealed


def test_it_verifies_without_kesu(release: Path) -> None:
    verifier = Verifier("en", [(release / "key").read_text().strip()], [])
    with (release / "ledger.jsonl").open("rb") as lines:
        verifier.read(lines)
    assert (verifier.faults, verifier.entries, verifier.checkpoints) == (
        [],
        verify().entries,
        verify().checkpoints,
    )


def test_the_rows_that_follow_are_those_of_then(release: Path) -> None:
    then = told(release, "rows")
    assert as_then(rows(), then) == as_then(then, then)
    assert rebuild(check=True) == []


def test_a_review_finds_what_it_found_then(release: Path) -> None:
    assert findings("hengce") == told(release, "findings")


def test_an_altered_byte_is_noticed_so_this_is_a_test_at_all(release: Path) -> None:
    text = (release / "ledger.jsonl").read_text(encoding="utf-8").replace("样品混放", "样品正常", 1)
    verifier = Verifier("en", [(release / "key").read_text().strip()], [])
    verifier.read(text.encode().splitlines())
    assert len(verifier.faults) == 1


def test_the_ledger_of_the_next_release_can_be_written_and_verifies(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tests.ledgers.building", "9.9.9", "--to", str(tmp_path)]
    done = subprocess.run(words, cwd=LEDGERS.parents[1], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    made = tmp_path / "9.9.9"
    assert sorted(path.name for path in made.iterdir()) == sorted(
        path.name for path in (LEDGERS / "0.1.0").iterdir()
    )
    verifier = Verifier("en", [(made / "key").read_text().strip()], [])
    with (made / "ledger.jsonl").open("rb") as lines:
        verifier.read(lines)
    assert verifier.faults == []
