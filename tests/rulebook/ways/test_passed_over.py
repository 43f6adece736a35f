"""An end that is reached without a clause that bars something is a fault, unless it is said why the paper has it so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kesu.casework.examples.trying import exemplified
from kesu.procedure.written.catalogue import FILE as CATALOGUE
from kesu.procedure.written.catalogue import Clause, read_catalogue
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import ReadError
from kesu.ways.exhaustive import Exhausted
from kesu.ways.passed_over import faults_of_ways
from kesu.ways.stated import FILE, Passed, read_stated
from kesu.ways.survey import KeptWay, ways_to_the_ends
from kesu.worktime.china import china_calendar

CLAUSES: list[Clause] = read_catalogue(here().roots[0] / CATALOGUE)
MENDED = {"which measure", "measure before its approval"}


def corrective(*, without: set[str]) -> Procedure:
    procedure = exemplified(here(), "lab-corrective-action")[0]
    return replace(procedure, rules=tuple(rule for rule in procedure.rules if rule.name not in without))


def ways(procedure: Procedure) -> list[KeptWay]:
    return list(ways_to_the_ends(procedure, Exhausted(0, 0), calendar=china_calendar()))


def said(procedure: Procedure, passed: tuple[Passed, ...] = ()) -> list[str]:
    return [fault.text.en for fault in faults_of_ways(procedure, ways(procedure), CLAUSES, passed)]


def test_an_end_reached_without_a_clause_that_bars_is_said_once_with_the_clause() -> None:
    assert said(corrective(without=MENDED)) == [
        (
            "“Closed” can be reached without the clause A03-4.1.9b (Quality manager approves the measures), whose row lets "
            "nothing pass before or without it; shut that, or say in ways.yaml why it is so"
        )
    ]


def test_where_the_hole_is_shut_nothing_is_said() -> None:
    assert said(corrective(without=set())) == []


TEXT = """\
without:
  - to: closed
    clause: A03-4.1.9b
    reading: {zh: 没有措施, en: There is no measure.}
"""


def written(folder: Path, text: str, procedure: Procedure) -> tuple[Passed, ...]:
    (folder / FILE).write_text(text, encoding="utf-8")
    return read_stated(folder / FILE, procedure).passed


def test_a_reading_excuses_it_and_one_that_excuses_nothing_is_a_fault_itself(tmp_path: Path) -> None:
    open_, shut = corrective(without=MENDED), corrective(without=set())
    passed = written(tmp_path, TEXT, open_)
    assert said(open_, passed) == []
    (fault,) = faults_of_ways(shut, ways(shut), CLAUSES, passed)
    assert (fault.line, fault.text.en) == (
        3,
        "no way to “closed” leaves the clause A03-4.1.9b out; its reading is not needed",
    )


def test_an_end_that_the_procedure_does_not_have_and_a_missing_reading_are_refused(tmp_path: Path) -> None:
    procedure = corrective(without=set())
    with pytest.raises(ReadError, match="the end “closd” is not known; did you mean “closed”"):
        written(tmp_path, TEXT.replace("to: closed", "to: closd"), procedure)
    with pytest.raises(ReadError, match="needs “reading”"):
        written(tmp_path, TEXT.rpartition("    reading")[0], procedure)
    assert read_stated(tmp_path / "none.yaml", procedure).passed == ()
