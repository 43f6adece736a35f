"""Naming somebody has its ground and is confirmed by another; before that he may not act, and loses sight of nothing."""

from __future__ import annotations

from tests.rulebook.casework.test_decide import found, problems, tried
from tests.rulebook.small import act, filed, written

from kesu.casework.deciding.decide import Accepted, Actor
from kesu.casework.file.naming import confirmed_at, seen_still, waiting
from kesu.casework.waiting.options import option
from kesu.casework.waiting.takers import Takers
from kesu.reading.text import Text

RULES = written("rule: named stay out\nkeep apart: [named]\nfrom: [found]")
NAMED = act(
    "named", by="an", facts={"persons": ["gu", "lu"], "units": ["lab"], "reason": "the caller says so"}
)
CONFIRMED = act("naming confirmed", by="bo", entry="1")


def test_a_naming_without_its_ground_is_refused() -> None:
    assert problems(tried(filed(RULES), "named", persons=["gu"])) == [
        Text("列明要写明依据：谁怎样说的", "naming somebody needs its ground: who said what")
    ]
    assert isinstance(tried(filed(RULES), "named", persons=["gu"], reason="the caller says so"), Accepted)


def test_before_it_is_confirmed_the_named_may_not_act_and_see_the_file_still() -> None:
    file = filed(RULES, NAMED)
    assert found(tried(file, "found", by="gu")) == [("named stay out", "broken", 2)]
    assert seen_still(file.history) == {"gu", "lu", "lab"}
    assert [one.number for one in waiting(file.history)] == [1]


def test_confirmed_by_another_it_hides_the_file_and_it_is_known_since_when() -> None:
    file = filed(RULES, NAMED, CONFIRMED)
    assert (seen_still(file.history), waiting(file.history)) == (frozenset(), [])
    assert set(confirmed_at(file.history)) == {"gu", "lu"}


def test_neither_the_namer_nor_the_named_confirms_it_nor_somebody_of_a_named_unit() -> None:
    file = filed(RULES, NAMED)
    other = [
        Text("要由列明的人和被列明的人以外的人确认", "somebody confirms it who neither named nor is named")
    ]
    for person, units in (("an", ()), ("gu", ()), ("bo", ("lab",))):
        assert problems(tried(file, "naming confirmed", by=person, entry="1", units=units)) == other
    assert isinstance(tried(file, "naming confirmed", by="bo", entry="1"), Accepted)
    assert problems(tried(filed(RULES, NAMED, CONFIRMED), "naming confirmed", by="bo", entry="1")) == [
        Text("没有等确认的列明", "no naming waits to be confirmed")
    ]


def test_who_may_not_confirm_any_naming_that_waits_finds_the_button_shut_and_no_row_of_his() -> None:
    file = filed(RULES, NAMED)
    takers, step = Takers(file, now=file.history.acts[-1].noted), file.procedure.steps["naming confirmed"]
    people = (Actor("an"), Actor("gu"), Actor("bo", units=("lab",)), Actor("bo"))
    assert [option(takers, step, actors=[one]).allowed for one in people] == [False, False, False, True]
    assert [takers.may("naming confirmed", one) for one in people] == [False, False, False, True]
    assert takers.addressees("naming confirmed").left_out == {"an", "gu", "lu"}


def test_whoever_named_may_confirm_what_another_named() -> None:
    by_bo = act("named", by="bo", facts={"persons": ["lu"], "reason": "so the letter says"})
    file = filed(RULES, NAMED, by_bo)
    takers, step = Takers(file, now=file.history.acts[-1].noted), file.procedure.steps["naming confirmed"]
    people = (Actor("an"), Actor("bo"), Actor("gu"), Actor("lu"))
    assert [option(takers, step, actors=[one]).allowed for one in people] == [True, True, True, False]
    assert takers.addressees("naming confirmed").left_out == {"lu"}


def test_a_naming_that_is_struck_names_nobody() -> None:
    file = filed(
        RULES, NAMED, CONFIRMED, act("struck", by="bo", entry="1", reason="another person of that name")
    )
    assert found(tried(file, "found", by="gu")) == [("named stay out", "kept", 4)]
    assert dict(confirmed_at(file.history)) == {}


def test_who_was_named_by_another_entry_or_did_the_work_stays_hidden_whatever_waits() -> None:
    again = act("named", by="bo", persons=["gu"], reason="the caller says so again")
    work = act("item noted", by=None, item="R-1", did_the_work=["lu"])
    assert seen_still(filed(RULES, NAMED, CONFIRMED, again, work).history) == frozenset()
