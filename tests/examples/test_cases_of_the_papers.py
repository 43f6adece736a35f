"""Histories held against what the papers ask for: every file of cases beside a procedure comes out right, case by case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kesu.casework.examples.answers import answers
from kesu.casework.examples.cases import Cases
from kesu.cli.clauses import SHOWN, clause_rows, untold
from kesu.cli.main import main
from kesu.procedure.written.library import here
from kesu.worktime.china import china_calendar

# Papers whose enforced and timed clauses all have cases.
TOLD = (
    *("A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08"),
    *("A09", "A10", "A11", "A12", "A14", "A15", "A16"),
    *("B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B09", "B10", "B11"),
    *("B12", "B13", "B14", "B15", "B16", "B17", "B18", "B19", "B20", "B21"),
    *("C01", "D01", "D02", "E01", "E02", "E03", "E04", "E05", "E06", "E07", "E08", "E09", "E10"),
)
FILES = [path for name in here().names() if (path := here().find(name) / "cases.yaml").exists()]


@cache
def told(path: Path) -> Cases:
    return Cases(path, here())


def _cases() -> Iterator[object]:
    for path in FILES:
        for place, case in enumerate(told(path)):  # the two sides of a pair may share a name
            yield pytest.param(path, place, id=f"{path.parent.name}: {case.name}")


def test_both_papers_have_their_cases() -> None:
    assert {path.parent.name for path in FILES} >= {"lab-pd-007", "fmcg-emergency"}


@pytest.mark.parametrize(("path", "place"), list(_cases()))
def test_a_case_comes_out_as_the_paper_asks(path: Path, place: int) -> None:
    case = list(told(path))[place]
    assert [
        answer for answer in answers(told(path), case, calendar=china_calendar()) if not answer.right
    ] == []


def test_every_enforced_or_timed_clause_of_these_papers_has_cases_that_keep_and_break_it() -> None:
    assert [row["id"] for row in clause_rows(here()) if row["document"] in TOLD and untold(row)] == []


def test_every_one_of_the_three_papers_is_also_broken_by_leaving_something_out() -> None:
    rows = [row for row in clause_rows(here()) if row["document"] in ("A03", "A06", "B21")]
    assert [row["id"] for row in rows if row["how"] in SHOWN and not row["cases_left_out"]] == []


@pytest.mark.parametrize(
    ("case", "left_out"),
    [
        ("want: broken, always: [{without: found}]", True),
        ("want: broken, always: [{set: {line: found, as: boss}}]", False),
        ("want: kept, always: [{without: found}]", False),
        ("want: late", True),
        ("kept: a, broken: b, change: {unset: {line: found, fact: cause}}", True),
        ("kept: a, broken: b, always: [{without: note}], change: {set: {line: found, as: boss}}", False),
        ("kept: a", False),
    ],
)
def test_a_case_says_whether_it_breaks_by_what_is_not_there(
    tmp_path: Path, case: str, left_out: bool
) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(f"cases: [{{case: C1, clause: [P-1], story: s, at: found, {case}}}]\n", encoding="utf-8")
    assert [one.leaves_out for one in Cases(path, here())] == [left_out]


@pytest.mark.parametrize(("paper", "status"), [("B21", 0), ("GMP", 1)])
def test_the_command_lists_the_clauses_without_their_cases_and_fails_where_there_are_any(
    capsys: pytest.CaptureFixture[str], paper: str, status: int
) -> None:
    assert main(["clauses", "--document", paper, "--untold", "--json"]) == status
    lacking = [row for row in clause_rows(here()) if row["document"] == paper and untold(row)]
    assert json.loads(capsys.readouterr().out) == lacking
    assert bool(lacking) is bool(status)
