"""No row but that of the search holds a word that may have to be erased: rows stand in lists and in what other files are told.

Stories of every procedure are told with a mark in each word that can be erased, and then every other step is taken with
the same mark; no row that follows may hold it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from kesu.caseload.folded.fold import Folded
from kesu.caseload.folded.recorded import erasable
from kesu.caseload.models import CustomerRow, SearchRow
from kesu.caseload.rows.case import case_rows
from kesu.caseload.rows.register import register_rows
from kesu.casework.examples.trying import exemplified
from kesu.casework.file import roles_in_file
from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.edition_move import MOVING
from kesu.casework.many.watching import RAISED
from kesu.ledger.entry import NewEntry, body_of, stored
from kesu.ledger.read import Head
from kesu.people.registers import REGISTERS, Noted
from kesu.procedure import words
from kesu.procedure.history.act import Act
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure, Step
from kesu.worktime.china import china_calendar

MARK = "personal-7391"
FILE = "case/" + "a" * 32
NAMES = here().names()
ADDED_BY_THE_OFFICE = {MOVING: {FACT.EDITION_DIGEST: "f" * 64}, RAISED: {FACT.ALARM_LIMIT: "5"}}
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@cache
def told(name: str) -> tuple[Procedure, tuple[tuple[Act, ...], ...]]:
    """A procedure with its stories."""
    procedure, examples = exemplified(here(), name)
    return procedure, tuple(tuple(examples.story(story)) for story in examples.stories)


def marked(act: Act, procedure: Procedure) -> Act:
    """The act with the mark in every word that can be erased and that its step asks or that it says."""
    step = procedure.steps.get(act.step)
    said = (*(step.asks if step else ()), *act.facts, FACT.OVERRIDE_REASON)
    facts = {**ADDED_BY_THE_OFFICE.get(act.step, {}), **act.facts}
    facts |= {word: MARK for word in said if erasable(word)}
    if act.step == STEP.CORRECTED and not erasable(str(act.facts.get(FACT.WORD))):
        facts[FACT.VALUE] = act.facts.get(FACT.VALUE)
    return replace(act, facts=facts)


def taken(procedure: Procedure, story: Sequence[Act]) -> Iterator[Act]:
    """The story, marked; then every other step of people that needs no earlier entry, by whoever acted last."""
    yield from (marked(act, procedure) for act in story)
    last = story[-1]
    for step in procedure.steps.values():
        if step.name not in {act.step for act in story} and _stands_alone(step):
            act = Act(0, step.name, last.at, last.noted, by=last.by, post=last.post, units=last.units)
            yield marked(act, procedure)


def _stands_alone(step: Step) -> bool:
    return step.word.by_people and step.word.mends is None and step.name != MOVING


def folded(procedure: Procedure) -> Folded:
    """A file without entries, as the office folds it."""
    first = NewEntry(
        kind="x", at=NOW, noted=NOW, by="p-1", edition="e" * 64, facts={"label": "TS-1", "calendar": "c" * 64}
    )
    body = body_of(
        first, organisation="o", file=FILE, number=1, noted=NOW, at=NOW, previous=None, commitments={}
    )
    case = CaseFile(procedure, calendar=china_calendar())
    return Folded("o", FILE, case, stored(body), Head(number=1, digest="d" * 64, noted=NOW))


@pytest.mark.parametrize("name", NAMES)
def test_no_row_of_a_file_holds_a_word_that_can_be_erased(name: str) -> None:
    procedure, stories = told(name)
    holding: set[tuple[str, str]] = set()
    for story in stories:
        fold = folded(procedure)
        for number, act in enumerate(taken(procedure, story), 1):
            fold.case.apply(replace(act, number=number))
            rows = [
                (model.__name__, column, str(value))
                for model, row in case_rows(fold)
                if model
                not in (
                    SearchRow,
                    CustomerRow,
                )  # people are found by what was said; tests/office/caseload/test_searching.py
                for column, value in row.items()
            ]
            holding |= {(model, column) for model, column, value in rows if MARK in value}
    assert holding == set()


def test_the_stories_say_every_word_that_can_be_erased() -> None:
    stories = [(procedure, story) for procedure, stories in map(told, NAMES) for story in stories]
    acts = [act for procedure, story in stories for act in taken(procedure, story)]
    said = {word for act in acts for word, value in act.facts.items() if value == MARK}
    assert said == {word for word in words.facts() if erasable(word)}


def test_a_row_that_did_hold_one_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a list shows of a case is made of classified facts; here its title is made of what the complainant wrote."""
    monkeypatch.setattr(roles_in_file, "TITLE_FACTS", (FACT.ACCOUNT,))
    with pytest.raises(AssertionError, match="title_zh"):
        test_no_row_of_a_file_holds_a_word_that_can_be_erased("lab-pd-007")


def test_of_registers_a_row_holds_the_names_of_persons_and_holders_and_no_other_personal_word() -> None:
    """Both are read anew from the register when they are erased there."""
    personal = {
        (kind, step, word)
        for kind, register in REGISTERS.items()
        for step, form in register.forms.items()
        for word in form.personal
    }
    assert personal == {
        ("person", "person registered", "name"),
        ("person", "renamed", "name"),
        ("item", "item registered", "holder"),
    }
    person = [Noted(1, "person registered", NOW, NOW, "p-1", {"name": MARK})]
    item = [Noted(1, "item registered", NOW, NOW, "p-1", {"kind": "report", "holder": MARK})]
    rows = [*register_rows("person/p-2", person), *register_rows("item/R-1", item)]
    holding = [
        (model.__name__, column) for model, row in rows for column, value in row.items() if value == MARK
    ]
    assert holding == [("Person", "name"), ("Item", "holder")]
