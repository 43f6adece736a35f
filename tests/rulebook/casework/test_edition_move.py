"""A running file that is moved to another edition of its procedure: what it owed, what it owes now, what stays settled."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.rulebook.small import act, when, written

from kesu.casework.deciding.decide import clock_acts
from kesu.casework.file.case_file import CaseFile
from kesu.procedure.history.act import Act
from kesu.procedure.written.model import Procedure
from kesu.worktime.china import china_calendar

ANSWER = "rule: answer\nwithin: {} working days\nfrom: accepted\nto: result notified"
LOOK = "rule: look\nwithin: 5 working days\nfrom: accepted\nto: investigated"
CHECK = "rule: check\nwithin: 2 working days\nfrom: accepted\nto: data checked"
ACCEPTED = act("accepted", "2026-03-02 09:00")
MOVED = act("edition moved", "2026-03-12 09:00", by=None, edition_digest="second")

Owed = list[
    tuple[str, str, str, int]
]  # rule, state, the day until which there is time, the entry that opened it


def moved(first: Procedure, second: Procedure, *acts: Act, late: bool = False) -> CaseFile:
    """The file under the first edition, with time up to the move where `late`, then moved to the second."""
    file = CaseFile(first, calendar=china_calendar(), editions={"second": second})
    for one in acts:
        file.apply(replace(one, number=file.number + 1))
    if late:
        clock_acts(file, MOVED.noted)
    file.apply(replace(MOVED, number=file.number + 1))
    return file


def owed(file: CaseFile) -> Owed:
    return [
        (duty.rule, duty.state, f"{duty.due.date:%m-%d}" if duty.due else "", duty.opened_by)
        for duty in file.duties
    ]


def test_it_is_judged_by_the_other_edition_from_then_on() -> None:
    second = written("rule: looked into\nat: found\nafter: investigated")
    file = moved(written(), second, ACCEPTED)
    assert file.procedure is second
    assert [(one.rule, one.verdict) for one in file.judge(act("found", number=3))] == [
        ("looked into", "broken")
    ]
    assert [one.step for one in file.history.acts] == ["accepted", "edition moved"]


def test_a_running_duty_gets_the_time_of_the_other_edition_and_is_open_again() -> None:
    longer = moved(written(ANSWER.format(5)), written(ANSWER.format(15)), ACCEPTED, late=True)
    assert owed(longer) == [("answer", "open", "03-23", 3)]
    assert [one.step for one in clock_acts(longer, when("2026-03-23 09:00"))] == []


def test_one_that_has_the_same_time_in_both_stays_late() -> None:
    assert owed(moved(written(LOOK), written(LOOK, CHECK), ACCEPTED, late=True)) == [
        ("look", "late", "03-09", 1),
        ("check", "open", "03-04", 3),
    ]


def test_what_is_settled_stays_settled_however_the_other_edition_would_have_judged_it() -> None:
    told = act("result notified", "2026-03-06 09:00")
    for first, second, state in ((5, 2, "met"), (2, 5, "met late")):
        file = moved(written(ANSWER.format(first)), written(ANSWER.format(second)), ACCEPTED, told)
        assert [(one.state, one.answered_by) for one in file.duties] == [(state, 2)]


def test_what_the_other_edition_does_not_want_falls_away_and_what_was_void_stays_void() -> None:
    assert owed(moved(written(LOOK, CHECK), written(CHECK), ACCEPTED)) == [
        ("look", "void", "03-09", 1),
        ("check", "open", "03-04", 1),
    ]
    withdrawn = act("withdrawn", "2026-03-03 09:00")
    void = ("answer", "void", "03-09", 1)
    assert owed(moved(written(ANSWER.format(5)), written(LOOK), ACCEPTED, withdrawn)) == [
        void,
        ("look", "open", "03-09", 3),
    ]


@pytest.mark.parametrize("day", ["2026-03-03", "2026-03-11"])
def test_what_only_the_other_edition_wants_and_was_done_before_is_done_and_never_late(day: str) -> None:
    done = act("data checked", f"{day} 09:00")
    assert owed(moved(written(), written(CHECK), ACCEPTED, done)) == [("check", "met", "03-04", 1)]


def test_an_edition_that_is_not_at_hand_changes_nothing() -> None:
    first = written(LOOK)
    file = CaseFile(first, calendar=china_calendar())
    for one in (ACCEPTED, replace(MOVED, number=2)):
        file.apply(replace(one, number=file.number + 1))
    assert (file.procedure is first, owed(file)) == (True, [("look", "open", "03-09", 1)])


def test_striking_something_judges_all_anew_and_keeps_the_move() -> None:
    second = written(CHECK)
    file = moved(written(LOOK), second, ACCEPTED, act("note"))
    file.apply(act("struck", "2026-03-12 10:00", number=4, entry="2", reason="x"))
    assert (file.procedure is second, owed(file)) == (
        True,
        [("look", "void", "03-09", 1), ("check", "open", "03-04", 3)],
    )
