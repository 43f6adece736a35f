"""Branches whose ways are kept: stated beside the procedure, put on record on the way, written down and read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from kesu.casework.examples.trying import exemplified
from kesu.names import StepName
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import ReadError
from kesu.ways.kept import kept_text, read_kept
from kesu.ways.stated import FILE, Branch, read_stated
from kesu.ways.survey import KeptWay, Survey, ways_of_branches
from kesu.worktime.china import china_calendar

CALENDAR = china_calendar()
TEXT = """\
branches:
  - {where: {request kind: doubt}}
  - where: {request kind: technical request}
    to: closed
"""


@pytest.fixture(scope="module")
def enquiry() -> Procedure:
    return exemplified(here(), "lab-enquiry")[0]


def stated(folder: Path, text: str, procedure: Procedure) -> tuple[Branch, ...]:
    (folder / FILE).write_text(text, encoding="utf-8")
    return read_stated(folder / FILE, procedure).branches


def kept(folder: Path, text: str, procedure: Procedure) -> list[KeptWay]:
    return list(ways_of_branches(procedure, stated(folder, text, procedure), calendar=CALENDAR))


def steps(way: KeptWay) -> list[str]:
    return [taken.step for taken in way.steps]


def test_a_branch_names_its_facts_and_its_ends_which_are_all_where_none_is_named(
    tmp_path: Path, enquiry: Procedure
) -> None:
    closed = (StepName("closed"),)
    assert stated(tmp_path, TEXT, enquiry) == (
        Branch({"request kind": "doubt"}, closed),
        Branch({"request kind": "technical request"}, closed),
    )


def test_each_branch_has_its_own_way(tmp_path: Path, enquiry: Procedure) -> None:
    doubt, request = kept(tmp_path, TEXT, enquiry)
    assert (doubt.where, steps(doubt)[1]) == ((("request kind", "doubt"),), "explanation given")
    assert steps(request)[1:5] == [
        "test department analysis",
        "request analysed",
        "request agreed",
        "client answered",
    ]


def test_a_fact_that_nothing_on_the_way_asks_is_put_on_record_first(tmp_path: Path) -> None:
    dairy = exemplified(here(), "fmcg-emergency")[0]
    (way,) = kept(tmp_path, "branches:\n  - {where: {external body: media}, to: closed}\n", dairy)
    assert steps(way)[2:4] == ["external body stepped in", "promoted"]
    assert {"working group formed", "leadership consulted", "leader told", "final result reported"} < {
        *steps(way)
    }


def test_what_is_kept_of_a_branch_is_read_back_whole(tmp_path: Path, enquiry: Procedure) -> None:
    survey = Survey("lab-enquiry", 3, tuple(kept(tmp_path, TEXT, enquiry)))
    (tmp_path / "ways.txt").write_text(kept_text(survey), encoding="utf-8")
    assert read_kept(tmp_path / "ways.txt") == survey


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{where: {request knd: doubt}}", "the fact “request knd” is not known; did you mean “request kind”"),
        ("{where: {email: a text}}", "the fact “email” is not known"),
        (
            "{where: {request kind: doubts}}",
            "the value of “request kind” “doubts” is not known; did you mean “doubt”",
        ),
        ("{where: doubt}", "“where” names the facts of the branch"),
        ("{where: {request kind: doubt}, to: closd}", "the end “closd” is not known; did you mean “closed”"),
        ("{to: closed}", "needs “where”"),
    ],
)
def test_a_branch_that_nothing_could_tell_apart_is_refused(
    tmp_path: Path, enquiry: Procedure, wrong: str, said: str
) -> None:
    with pytest.raises(ReadError, match=said):
        stated(tmp_path, f"branches:\n  - {wrong}\n", enquiry)
