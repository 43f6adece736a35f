"""Rules that count over many cases, in the review of a log: who is promoted when, and what follows from it in each case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.rulebook.small import from_text, when

from kesu.procedure.history.act import EVERYTHING, Shown
from kesu.procedure.written.model import Procedure
from kesu.review import counting
from kesu.review.engine import review
from kesu.review.log import Log, open_log
from kesu.review.mapping_reading import read_mapping
from kesu.review.report import Report
from kesu.worktime.china import china_calendar

PROCEDURE = """
procedure: small
title: {zh: 小程序, en: Small procedure}
edition: "1"
kind: complaint
ends: [closed]
posts:
  clerk: {title: {zh: 文员, en: Clerk}}
steps:
  received: {outside: "yes"}
  registered: {}
  progress told: {outside: "yes"}
  joined: {}
  reopened: {}
  corrected: {}
  promoted: {}
  closed: {}
rules:
  - {rule: received first, clause: [S-1], first: received}
  - rule: three of one batch
    clause: [S-2]
    watch: batches
    counts: received
    by: [product, batch]
    at least: "3"
    in: 7 natural days
    follows: {grade: major}
  - rule: two of one batch
    clause: [S-4]
    watch: pairs
    counts: received
    by: [product, batch]
    at least: "2"
    in: 7 natural days
  - {rule: progress of major cases, clause: [S-3], when: {grade: major}, within: 1 working day, from: promoted, to: progress told}
"""

MAPPING = """
mapping: small-log
procedure: small
times: {zone: Asia/Shanghai, written: [iso]}
case: number
acts:
  - step: {column: what, values: {in: received, reg: registered, told: progress told, join: joined, end: closed, back: reopened}}
    at: when
    noted: noted
    by: who
    as: {column: who, values: {wu: clerk}}
    facts: {product: {column: product, not known: ["?"]}, batch: {column: batch, not known: ["?"]}}
"""
HEAD = "number,what,when,noted,who,product,batch\n"
Reviewed = Callable[..., Report]


@pytest.fixture
def procedure() -> Procedure:
    return from_text(PROCEDURE)


@pytest.fixture
def reviewed(tmp_path: Path, procedure: Procedure) -> Reviewed:
    def run(
        rows: str, *, shown: Shown | None = None, as_of: str | None = None, in_memory: int = 200_000
    ) -> Report:
        (tmp_path / "map.yaml").write_text(MAPPING, encoding="utf-8")
        (tmp_path / "log.csv").write_text(HEAD + rows, encoding="utf-8")
        mapping = read_mapping(tmp_path / "map.yaml", procedure=procedure)
        log: Log = open_log(tmp_path / "log.csv", mapping=mapping, in_memory=in_memory)
        moment = when(as_of) if as_of else None
        return review(
            procedure=procedure, calendar=china_calendar(), log=log, shown=shown or EVERYTHING, as_of=moment
        )

    return run


def told(report: Report) -> list[tuple[str, str]]:
    """In which cases the duty of a major case is owed or was missed."""
    return sorted(
        (one.case, one.finding.verdict.value)
        for one in report.findings
        if one.finding.rule == "progress of major cases"
    )


def row(
    case: int, what: str, moment: str, *, noted: str = "", product: str = "milk", batch: str = "A"
) -> str:
    return f"{case},{what},{moment},{noted},wu,{product},{batch}\n"


TWO = row(1, "in", "2026-03-02 09:00") + row(2, "in", "2026-03-03 09:00")
THREE = TWO + row(3, "in", "2026-03-04 09:00")


@pytest.mark.parametrize("at_once", [counting.BATCH, 2])
def test_the_third_of_a_batch_makes_all_three_major_from_then_on(
    reviewed: Reviewed, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """However many events are put down at once; and an alarm from which nothing follows promotes nobody."""
    monkeypatch.setattr(counting, "BATCH", at_once)
    assert told(reviewed(TWO, as_of="2026-03-10 09:00")) == []
    report = reviewed(THREE, as_of="2026-03-05 17:00")
    assert told(report) == [("1", "open"), ("2", "open"), ("3", "open")]
    late = reviewed(THREE + row(1, "told", "2026-03-05 10:00"), as_of="2026-03-10 09:00")
    assert told(late) == [("2", "broken"), ("3", "broken")]
    assert late.notes[-1].en == "rules that count over many cases promoted 3 cases"


@pytest.mark.parametrize(
    "third",
    [
        row(3, "in", "2026-03-09 09:00"),
        row(3, "in", "2026-03-04 09:00", batch="B"),
        row(3, "in", "2026-03-04 09:00", batch="?"),
        row(2, "reg", "2026-03-04 09:00"),
    ],
)
def test_another_week_another_batch_none_known_or_the_same_case_again_is_no_third(
    reviewed: Reviewed, third: str
) -> None:
    assert told(reviewed(TWO + third, as_of="2026-03-20 09:00")) == []


def test_spelling_makes_no_difference(reviewed: Reviewed) -> None:
    third = row(3, "in", "2026-03-04 09:00", product=" ＭＩＬＫ", batch="ａ")
    assert len(told(reviewed(TWO + third, as_of="2026-03-20 09:00"))) == 3


def test_noted_late_it_counts_by_the_day_it_happened_and_promotes_from_the_noting(reviewed: Reviewed) -> None:
    third = row(3, "in", "2026-03-04 09:00", noted="2026-03-18 09:00")
    assert told(reviewed(TWO + third, as_of="2026-03-19 17:00")) == [(one, "open") for one in "123"]
    assert told(reviewed(TWO + third, as_of="2026-03-17 17:00")) == []


def test_a_joined_case_does_not_count_and_a_closed_one_is_promoted_when_it_is_reopened(
    reviewed: Reviewed,
) -> None:
    joined = TWO + row(1, "join", "2026-03-03 12:00") + row(3, "in", "2026-03-04 09:00")
    assert told(reviewed(joined, as_of="2026-03-20 09:00")) == []
    closed = TWO + row(1, "end", "2026-03-03 12:00") + row(3, "in", "2026-03-04 09:00")
    assert told(reviewed(closed, as_of="2026-03-05 17:00")) == [("2", "open"), ("3", "open")]
    again = closed + row(1, "back", "2026-03-16 09:00")
    assert ("1", "open") in told(reviewed(again, as_of="2026-03-17 12:00"))


def test_a_log_that_shows_no_batch_says_that_nothing_was_counted(reviewed: Reviewed) -> None:
    shown = replace(EVERYTHING, facts=frozenset({"product"}))
    report = reviewed(THREE, shown=shown, as_of="2026-03-20 09:00")
    assert told(report) == []
    assert report.notes[-1].zh == "记录里看不出计数所用的事实，按多案计数的升级没有算"


def test_a_log_that_memory_does_not_hold_gives_the_same(reviewed: Reviewed) -> None:
    rows = "".join(
        row(number, "in", f"2026-03-{2 + number % 20:02} 09:00", batch=f"B{number % 7}")
        for number in range(1, 120)
    )
    whole, spilled = (reviewed(rows, as_of="2026-04-01 09:00", in_memory=size) for size in (200_000, 10))
    assert told(whole) == told(spilled)
    assert len(told(whole)) > 50
