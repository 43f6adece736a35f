"""What is remembered of a step's needs is what asking anew would say, after every act of every example."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from kesu.casework.examples.trying import exemplified
from kesu.casework.file.case_file import CaseFile
from kesu.casework.waiting.memory import Memory
from kesu.casework.waiting.needs import need
from kesu.casework.waiting.outstanding import Ready, outstanding
from kesu.casework.waiting.takers import Addressees, Takers
from kesu.procedure.written.library import Library
from kesu.worktime.china import china_calendar

LIBRARY = Library(Path(__file__).parents[3] / "procedures")
CALENDAR = china_calendar()

Answers = tuple[
    list[Ready], list[Addressees]
]  # what the file waits for, and with whom each of these steps lies


def remembered(file: CaseFile, memory: Memory) -> Answers:
    memory.catch_up(file)
    ready = outstanding(file, partial(memory.need, file))
    return ready, [memory.addressees(file, one.step) for one in ready]


def asked_anew(file: CaseFile) -> Answers:
    takers = Takers(file, now=file.history.acts[-1].noted)
    ready = outstanding(file, partial(need, takers))
    return ready, [takers.addressees(one.step) for one in ready]


@pytest.mark.parametrize("name", ["lab-pd-007", "lab-corrective-action", "it-help-desk"])
def test_remembered_needs_are_those_that_asking_anew_finds(name: str) -> None:
    procedure, examples = exemplified(LIBRARY, name)
    asked = 0
    for example in list(examples)[::3]:
        file, memory = CaseFile(procedure, calendar=CALENDAR), Memory()
        for act in example.given:
            file.apply(act)
            for one in file.following(at=act.at, noted=act.noted):
                file.apply(one)
            assert remembered(file, memory) == asked_anew(file), (example, act)
            asked += 1
    assert asked > 20


def test_after_an_act_only_what_it_touches_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    procedure, examples = exemplified(LIBRARY, "lab-pd-007")
    longest = max(examples, key=lambda example: len(example.given))
    questions: list[str] = []
    barred_by = CaseFile.barred_by
    monkeypatch.setattr(
        CaseFile, "barred_by", lambda self, *asked: questions.append("") or barred_by(self, *asked)
    )

    def questions_in(memory: Memory | None) -> int:
        file = CaseFile(procedure, calendar=CALENDAR)
        questions.clear()
        for act in longest.given:
            file.apply(act)
            remembered(file, memory or Memory())
        return len(questions)

    assert questions_in(Memory()) * 5 < questions_in(None)


def test_a_step_about_a_thing_waits_until_there_is_one() -> None:
    procedure, examples = exemplified(LIBRARY, "lab-corrective-action")
    story = max(examples, key=lambda example: len(example.given)).given
    file, ready = CaseFile(procedure, calendar=CALENDAR), {}
    for act in story:
        file.apply(act)
        ready.setdefault(act.step, [one.step for one in asked_anew(file)[0]])
    assert ready["opened"] == ["cause analysed"]
    assert ready["cause analysed"] == ["measure proposed"]
    assert ready["measure proposed"] == ["measure approved"]
