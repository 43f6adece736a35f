"""A fact belongs to the steps that ask it (semantics 1.6): with another step it is refused, and on record it counts for nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.rulebook.small import act, filed, from_text, text_of, when

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Accepted, Barred, decide
from kesu.casework.deciding.foreign import foreign_facts
from kesu.casework.file.case_file import CaseFile
from kesu.procedure.history.act import MISSING, Act
from kesu.procedure.kinds.files import named
from kesu.procedure.words import facts as fact_words
from kesu.procedure.words import spoken
from kesu.procedure.written.canonical import canonical, from_canonical
from kesu.procedure.written.library import Library
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text
from kesu.worktime.china import china_calendar

LIBRARY = Library(Path(__file__).parents[3] / "procedures")


def small() -> Procedure:
    """A procedure in which the finding is asked by its own step, and wanted by nobody else."""
    return from_text(text_of().replace("  found: {}", "  found: {asks: [finding]}"))


def tried(procedure: Procedure, step: str, **facts: str) -> Accepted | Barred:
    file = filed(procedure, act("received"))
    return decide(file, Command(step=step, by="an", facts=facts), now=when("2026-03-02 10:00"))


def test_an_addition_that_brings_a_finding_is_refused_and_told_which_step_says_it() -> None:
    assert tried(small(), "added", finding="upheld") == Barred(
        problems=(
            Text(
                "“补充”里不能填“认定结论”；这一项在“作出认定”时填写",
                "“Added” does not say “Finding”; that is said with “Finding made”",
            ),
        )
    )


def test_the_step_that_asks_a_fact_may_say_it() -> None:
    decided = tried(small(), "found", finding="upheld")
    assert isinstance(decided, Accepted)
    assert decided.after.history.value("finding") == "upheld"


def test_on_record_a_fact_of_another_step_changes_nothing() -> None:
    file = filed(
        small(), act("received"), act("found", finding="upheld"), act("added", finding="no responsibility")
    )
    assert file.history.value("finding") == "upheld"
    assert file.history.changed("finding") == 2
    assert file.history.acts[-1].facts == {"finding": "no responsibility"}  # what was written stays written


def test_a_correction_cannot_make_an_entry_say_what_its_step_does_not_say() -> None:
    file = filed(
        small(),
        act("received"),
        act("found", finding="upheld"),
        act("added", text="by phone"),
        act("corrected", entry="3", word="finding", value="no responsibility"),
    )
    assert file.history.value("finding") == "upheld"


def test_how_an_act_came_about_may_be_said_with_any_step() -> None:
    decided = tried(small(), "investigated", reason="asked for by the client", scan=[named("S-1")])
    assert isinstance(decided, Accepted)


@pytest.mark.parametrize("name", LIBRARY.names())
def test_in_every_procedure_a_step_is_refused_every_fact_of_the_others(name: str) -> None:
    procedure = LIBRARY.load(name)
    assert procedure.foreign, name
    with spoken(procedure.words):
        _each_is_refused(procedure)


def _each_is_refused(procedure: Procedure) -> None:
    start = when("2026-03-02 09:00")
    for step, foreign in procedure.foreign.items():
        refused = [problem.en for problem in foreign_facts(procedure, procedure.steps[step], sorted(foreign))]
        assert len(refused) == len(foreign)
        assert list(foreign_facts(procedure, procedure.steps[step], procedure.belonging[step])) == []
        file = CaseFile(procedure, calendar=china_calendar())
        facts = dict.fromkeys(foreign, "x")
        file.history.add(Act(1, step, start, start + timedelta(minutes=1), by="an", facts=facts))
        said = [word for word in foreign if file.history.value(word) is not MISSING]
        assert [word for word in said if fact_words()[word].derived is None] == []


def test_a_file_judged_by_an_edition_of_the_first_release_hears_whoever_said_a_fact_last() -> None:
    text = canonical(LIBRARY, "lab-pd-007", settings={})
    old = from_canonical(text.replace('{"language":2,', "{"))
    acts = (act("found", finding="upheld"), act("added", finding="no responsibility"))
    assert filed(from_canonical(text), *acts).history.value("finding") == "upheld"
    assert filed(old, *acts).history.value("finding") == "no responsibility"
    decided = decide(
        filed(old, act("received")),
        Command(step="added", by="an", facts={"finding": "upheld"}),
        now=when("2026-03-02 10:00"),
    )
    assert isinstance(decided, Barred)
    assert [problem.en for problem in decided.problems] == [
        "“Added” does not say “Finding”; that is said with “Finding made”"
    ]
