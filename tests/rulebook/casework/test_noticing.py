"""A history that notes what it is asked about, and answers that are kept until something of that changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.rulebook.small import act, filed, from_text, text_of, written

from kesu.casework.waiting.memory import Memory
from kesu.casework.waiting.needs import Need
from kesu.casework.waiting.noticing import Noticing
from kesu.procedure.history.act import Act
from kesu.procedure.history.of_a_file import History

ACTS = (
    act("received", grade="major"),
    act("accepted", "2026-03-03 09:00"),
    act("found", "2026-03-04 09:00", finding="upheld"),
)
PROCEDURE = written()


def noticing() -> Noticing:
    return Noticing(filed(PROCEDURE, *ACTS).history)


@pytest.mark.parametrize(
    ("look", "steps", "facts"),
    [
        (lambda history: history.done("accepted"), {"accepted"}, set()),
        (lambda history: history.last("closed"), {"closed"}, set()),
        (lambda history: history.all("found"), {"found"}, set()),
        (lambda history: history.by_step["found"], {"found"}, set()),
        (lambda history: "found" in history.by_step, {"found"}, set()),
        (lambda history: history.value("grade"), set(), {"grade"}),
        (lambda history: history.changed("grade"), set(), {"grade"}),
        (lambda history: history.left_out("closed"), {"not possible"}, set()),
        (lambda history: history.persons(("found", "closed")), {"found", "closed"}, set()),
    ],
)
def test_it_notes_the_steps_and_the_facts_that_were_looked_up_whether_they_were_there_or_not(
    look: Callable[[History], object], steps: set[str], facts: set[str]
) -> None:
    history = noticing()
    assert look(history) == look(filed(PROCEDURE, *ACTS).history)
    assert (history.steps, history.words) == (steps, facts)


@pytest.mark.parametrize(
    "look",
    [
        lambda history: list(history.acts),
        lambda history: list(reversed(history.acts)),
        lambda history: len(history.acts),
        lambda history: history.acts[-1],
        lambda history: history.acts[1:],
        lambda history: [one.number for one in history.all_standing()],
        lambda history: history.standing_act(2),
        lambda history: history.entry(2),
        lambda history: list(history.by_step),
        lambda history: list(history.by_step.keys()),
        lambda history: list(history.by_step.values()),
        lambda history: list(history.by_step.items()),
    ],
)
def test_who_goes_through_the_acts_or_the_steps_has_looked_at_everything(
    look: Callable[[History], object],
) -> None:
    history = noticing()
    assert look(history) == look(filed(PROCEDURE, *ACTS).history)
    assert (history.steps, history.words) == ({"*"}, set())


def test_whether_there_are_any_acts_can_not_change_and_is_not_noted() -> None:
    history = noticing()
    assert (bool(history.acts), history.steps) == (True, set())


def test_a_new_beginning_forgets_what_was_looked_at() -> None:
    history = noticing()
    history.done("accepted")
    history.value("grade")
    history.begin()
    assert (history.steps, history.words) == (set(), set())


# -- answers that are kept -------------------------------------------------------------------------------------------

WAITS = "rule: looked into first\nat: found\nafter: investigated"
GRADED = "rule: the head takes what is major\nwhen: {grade: major}\nsend: accepted\nto: boss"
CASE = written(WAITS, GRADED, "rule: the clerk\nwhen: {grade: ordinary}\nsend: accepted\nto: clerk")


def test_what_a_step_lacks_is_remembered_until_one_of_its_steps_is_taken() -> None:
    file, memory = filed(CASE, act("received")), Memory()
    memory.catch_up(file)
    lacking = memory.need(file, "found")
    assert (lacking, lacking.ready) == (Need((("investigated", "looked into first"),), held=False), False)
    file.apply(act("note", number=2))
    memory.catch_up(file)
    assert memory.need(file, "found") is lacking
    file.apply(act("investigated", number=3))
    memory.catch_up(file)
    assert (memory.need(file, "found"), memory.need(file, "found").ready) == (Need((), held=False), True)


def test_with_whom_a_step_lies_is_remembered_until_a_fact_of_its_rules_is_put_on_record() -> None:
    file, memory = filed(CASE, act("received", grade="ordinary")), Memory()
    memory.catch_up(file)
    assert memory.addressees(file, "accepted").posts == ("clerk",)
    file.apply(act("note", number=2, grade="major"))
    memory.catch_up(file)
    assert memory.addressees(file, "accepted").posts == ("boss",)


@pytest.mark.parametrize(
    "taking_out",
    [act("struck", entry="2", reason="x"), act("taken back", entry="2")],
)
def test_nothing_is_remembered_once_an_act_was_taken_out(taking_out: Act) -> None:
    file, memory = filed(CASE, act("received"), act("investigated")), Memory()
    memory.catch_up(file)
    assert memory.need(file, "found").ready
    file.apply(filed(CASE, *file.history.acts, taking_out).history.acts[-1])
    memory.catch_up(file)
    assert memory.need(file, "found").lacks == (("investigated", "looked into first"),)


def test_another_file_is_answered_anew_and_a_copy_is_not() -> None:
    file, memory = filed(CASE, act("received"), act("investigated")), Memory()
    memory.catch_up(file)
    ready = memory.need(file, "found")
    same = file.copy()
    memory.catch_up(same)
    assert memory.need(same, "found") is ready
    other = filed(CASE, act("received"), act("note"))
    memory.catch_up(other)
    assert memory.need(other, "found").lacks == (("investigated", "looked into first"),)


def test_a_rule_that_hangs_on_time_is_asked_each_time() -> None:
    window = written("rule: in time\nwithin: 15 calendar days\nfrom: received\nbars: accepted")
    file, memory = filed(window, act("received")), Memory()
    memory.catch_up(file)
    assert memory.need(file, "accepted").ready
    file.apply(act("note", "2026-04-20 09:00", number=2))
    memory.catch_up(file)
    assert memory.need(file, "accepted") == Need((), held=True)


def test_work_that_no_longer_counts_unsettles_what_was_remembered() -> None:
    apart = written(WAITS, "rule: stay out\nkeep apart: [named]\nfrom: [investigated, found]")
    file, memory = filed(apart, act("received"), act("investigated", by="wu")), Memory()
    memory.catch_up(file)
    assert memory.need(file, "found").ready
    file.apply(act("named", number=3, persons=["wu"]))
    memory.catch_up(file)
    assert memory.need(file, "found").lacks == (("investigated", "looked into first"),)


def test_a_step_about_a_thing_waits_for_the_step_that_puts_one_on_record() -> None:
    text = text_of().replace("  registered: {}", "  registered: {asks: [topic]}")
    text = text.replace("  investigated: {}", "  investigated: {asks: [of topic]}")
    file, memory = filed(from_text(text), act("received")), Memory()
    memory.catch_up(file)
    assert memory.need(file, "investigated") == Need((("registered", ""),), held=False)
    file.apply(act("registered", number=2, topic=["conduct"]))
    memory.catch_up(file)
    assert memory.need(file, "investigated") == Need((), held=False)


def test_a_fact_that_is_lacking_is_brought_by_the_steps_whose_form_asks_it() -> None:
    text = text_of("rule: grave ones only\nat: found\nonly if: {grade: major}")
    file, memory = (
        filed(from_text(text.replace("  registered: {}", "  registered: {asks: [grade]}")), act("received")),
        Memory(),
    )
    memory.catch_up(file)
    assert memory.need(file, "found") == Need((("registered", "grave ones only"),), held=False)
    file.apply(act("registered", number=2))
    memory.catch_up(file)
    assert memory.need(file, "found") == Need((), held=True)
    file.apply(act("note", number=3, grade="ordinary"))
    memory.catch_up(file)
    assert memory.need(file, "found") == Need((), held=True)
