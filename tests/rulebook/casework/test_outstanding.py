"""What a file waits for next, asked backwards from its ends."""

from __future__ import annotations

from tests.rulebook.small import act, filed, from_text, text_of, written

from kesu.casework.file.case_file import CaseFile
from kesu.casework.waiting.memory import Memory
from kesu.casework.waiting.outstanding import outstanding
from kesu.procedure.history.act import Act
from kesu.procedure.written.model import Procedure
from kesu.worktime.china import china_calendar

RULES = (
    "rule: told before the end\nat: closed\nafter: result notified",
    "rule: found before told\nat: result notified\nafter: found",
    "rule: looked into and checked\nat: found\nafter: [investigated, data checked]",
)
PROCEDURE = written(*RULES)
RECEIVED = act("received", "2026-03-02 09:00")


def waiting(file: CaseFile) -> list[tuple[str, str, str]]:
    """The steps that can be taken, the rule that wants each, and the rule of the limit that waits for it."""
    memory = Memory()
    memory.catch_up(file)
    listed = outstanding(file, lambda step: memory.need(file, step))
    return [(one.step, one.rule, one.limit.rule if one.limit else "") for one in listed]


def waits(procedure: Procedure, *acts: Act) -> list[tuple[str, str, str]]:
    return waiting(filed(procedure, *acts))


def test_it_waits_for_what_the_end_lacks_and_for_what_that_lacks() -> None:
    looked = act("investigated")
    assert waits(PROCEDURE, RECEIVED) == [
        ("investigated", "looked into and checked", ""),
        ("data checked", "looked into and checked", ""),
    ]
    assert waits(PROCEDURE, RECEIVED, looked) == [("data checked", "looked into and checked", "")]
    assert waits(PROCEDURE, RECEIVED, looked, act("data checked")) == [("found", "found before told", "")]
    done = (RECEIVED, looked, act("data checked"), act("found"), act("result notified"))
    assert waits(PROCEDURE, *done) == [("closed", "told before the end", "")]


def test_it_waits_for_nothing_before_its_first_act_and_after_its_end() -> None:
    assert waiting(CaseFile(PROCEDURE, calendar=china_calendar())) == []
    assert waits(PROCEDURE, RECEIVED, act("closed")) == []
    assert waits(written(), RECEIVED) == [("closed", "", "")]


def test_another_end_is_waited_for_once_its_turn_has_come() -> None:
    text = text_of(
        "rule: told before the end\nat: closed\nafter: result notified",
        "rule: withdrawn before void\nat: archived\nafter: void proposed",
        "rule: destroyed when it is due\nat: destroyed\nonly if: {grade: ordinary}",
    ).replace("ends: [closed]", "ends: [closed, archived, destroyed, note]")
    procedure = from_text(text)
    told = ("result notified", "told before the end", "")
    assert waits(procedure, RECEIVED) == [told]
    proposed = waits(procedure, RECEIVED, act("void proposed"))
    assert proposed == [told, ("archived", "withdrawn before void", "")]
    graded = waits(procedure, act("received", grade="ordinary"))
    assert graded == [told, ("destroyed", "destroyed when it is due", "")]


def test_each_step_shows_the_first_limit_that_waits_for_it_or_for_what_lacks_it() -> None:
    timed = written(
        *RULES,
        "rule: answer\nwithin: 5 working days\nfrom: received\nto: result notified",
        "rule: quick look\nwithin: 1 working day\nfrom: received\nto: investigated",
        "rule: whenever\nwithin: no limit\nfrom: received\nto: data checked",
    )
    assert waits(timed, RECEIVED) == [
        ("investigated", "looked into and checked", "quick look"),
        ("data checked", "looked into and checked", "answer"),
    ]
    assert waits(timed, RECEIVED, act("investigated"))[0][2] == "answer"


def test_a_limit_that_stands_still_waits_for_nothing() -> None:
    paused = written(
        "rule: solve\nwithin: 8 working hours\nfrom: received\nto: closed\n"
        "pauses: {from: put on hold, to: taken in charge}"
    )
    assert waits(paused, RECEIVED) == [("closed", "", "solve")]
    assert waits(paused, RECEIVED, act("put on hold")) == [("closed", "", "")]


def test_a_round_of_steps_that_lack_each_other_is_gone_through_once() -> None:
    circle = written(
        "rule: one\nat: closed\nafter: found",
        "rule: two\nat: found\nafter: accepted",
        "rule: three\nat: accepted\nafter: found",
    )
    assert waits(circle, RECEIVED) == []


def test_what_another_procedure_does_and_what_is_on_record_already_is_not_waited_for() -> None:
    text = text_of(
        "rule: one\nat: closed\nonly if: {grade: ordinary}",
        "rule: two\nat: closed\nafter: withdrawn",
    ).replace("  note: {}", "  note: {asks: [grade]}")
    assert waits(from_text(text), RECEIVED) == [("note", "one", "")]
    assert waits(from_text(text), RECEIVED, act("note", grade="major")) == []
