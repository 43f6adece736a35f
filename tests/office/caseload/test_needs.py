"""What is remembered of a step's needs is what asking anew would say, after every act of every example."""

from __future__ import annotations

from pathlib import Path

import pytest

from kesu.casework.examples.trying import exemplified
from kesu.casework.file.case_file import CaseFile
from kesu.casework.waiting.needs import Needs
from kesu.casework.waiting.outstanding import outstanding
from kesu.procedure.written.library import Library
from kesu.worktime.china import china_calendar

LIBRARY = Library(Path(__file__).parents[3] / "procedures")
CALENDAR = china_calendar()


@pytest.mark.parametrize("name", ["lab-pd-007", "lab-corrective-action", "it-help-desk"])
def test_remembered_needs_are_those_that_asking_anew_finds(name: str) -> None:
    procedure, examples = exemplified(LIBRARY, name)
    asked = 0
    for example in list(examples)[::3]:
        file, needs = CaseFile(procedure, calendar=CALENDAR), Needs()
        for act in example.given:
            file.apply(act)
            for one in file.following(at=act.at, noted=act.noted):
                file.apply(one)
            assert outstanding(file, needs) == outstanding(file), (example, act)
            asked += 1
    assert asked > 20


def test_after_an_act_only_what_it_touches_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    procedure, examples = exemplified(LIBRARY, "lab-pd-007")
    longest = max(examples, key=lambda example: len(example.given))
    questions: list[str] = []
    barring = CaseFile.barring
    monkeypatch.setattr(
        CaseFile, "barring", lambda self, act: questions.append(act.step) or barring(self, act)
    )

    def questions_in(needs: Needs | None) -> int:
        file = CaseFile(procedure, calendar=CALENDAR)
        questions.clear()
        for act in longest.given:
            file.apply(act)
            outstanding(file, needs)
        return len(questions)

    assert questions_in(Needs()) * 2 < questions_in(None)


def test_a_step_about_a_thing_waits_until_there_is_one() -> None:
    procedure, examples = exemplified(LIBRARY, "lab-corrective-action")
    story = max(examples, key=lambda example: len(example.given)).given
    file, ready = CaseFile(procedure, calendar=CALENDAR), {}
    for act in story:
        file.apply(act)
        ready.setdefault(act.step, [one.step for one in outstanding(file)])
    assert ready["opened"] == ["cause analysed"]
    assert ready["cause analysed"] == ["measure proposed"]
    assert ready["measure proposed"] == ["measure approved"]
