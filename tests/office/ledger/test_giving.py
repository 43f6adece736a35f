"""A checkpoint that is given away is written down, and verification asks for another one when that is a month ago."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from tests.office.ledger.writers import NINE, entry, write

from kesu.cli import main as front
from kesu.ledger.giving import note_given, nudges
from kesu.ledger.marked import begin_marks, newest_checkpoints
from kesu.ledger.marks import Given, MarksBroken, add, read_marks
from kesu.ledger.seal import seal


@pytest.fixture
def ledger(fresh_database: None) -> None:
    """One file, sealed at nine; marks are kept."""
    begin_marks(NINE)
    write("case/1", entry("received"))
    seal("lab", NINE)


def asked(lang: str = "en") -> list[str]:
    found = nudges(read_marks(settings.LEDGER_MARKS), newest_checkpoints(None))
    return [one.zh if lang == "zh" else one.en for one in found]


def test_nothing_was_given_away_yet_and_verification_says_so(
    ledger: None, capsys: pytest.CaptureFixture[str]
) -> None:
    zh = "机构 lab：还没有把检查点交给别人保存；主机的主人若改写台账，只有它能看出来：kesu checkpoint --organisation lab --out FILE"
    en = (
        "organisation lab: no checkpoint was given away yet; only one that somebody else keeps shows what the owner of this"
        " host rewrites: kesu checkpoint --organisation lab --out FILE"
    )
    assert (asked("zh"), asked("en")) == ([zh], [en])
    for lang, sentence in (("zh", zh), ("en", en)):
        assert front.main(["verify", "--lang", lang]) == 0
        assert sentence in capsys.readouterr().out.splitlines()
    assert front.main(["verify", "--json"]) == 0
    assert {"zh": zh, "en": en} in json.loads(capsys.readouterr().out)["notices"]


def test_what_is_written_to_a_file_is_given_away_and_what_is_only_shown_is_not(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert front.main(["checkpoint", "--organisation", "lab", "--no-seal"]) == 0
    assert len(asked()) == 1
    assert (
        front.main(["checkpoint", "--organisation", "lab", "--no-seal", "--out", str(tmp_path / "kept")]) == 0
    )
    assert asked() == []
    marks = read_marks(settings.LEDGER_MARKS)
    assert marks is not None
    assert marks.given["lab"].number == 1


@pytest.mark.parametrize(("days", "old"), [(31, False), (32, True)])
def test_after_a_month_another_one_is_asked_for(ledger: None, days: int, old: bool) -> None:
    given = NINE + timedelta(minutes=1) - timedelta(days=days)
    add(settings.LEDGER_MARKS, Given(organisation="lab", number=1, time=given))
    write("case/2", entry(minute=1))
    seal("lab", NINE + timedelta(minutes=1))
    said = (
        f"organisation lab: the last checkpoint given away is 1, on {given:%Y-%m-%d}; give away another one:"
        " kesu checkpoint --organisation lab --out FILE"
    )
    assert asked() == ([said] if old else [])


def test_where_no_marks_are_kept_nothing_is_asked_or_written_down(ledger: None) -> None:
    settings.LEDGER_MARKS.unlink()
    (newest,) = newest_checkpoints("lab")
    note_given(newest, NINE)
    assert (settings.LEDGER_MARKS.exists(), asked()) == (False, [])


@pytest.mark.tampers
def test_a_line_about_what_was_given_that_is_none_is_a_fault(ledger: None) -> None:
    with settings.LEDGER_MARKS.open("a") as file:
        file.write('{"organisation": "lab", "given": "1", "time": "2025-01-01"}\n')
    with pytest.raises(MarksBroken):
        read_marks(settings.LEDGER_MARKS)
