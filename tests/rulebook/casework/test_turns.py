"""From when until when a step can be taken, where time alone opens or shuts it."""

from __future__ import annotations

import pytest
from tests.rulebook.small import act, filed, written

from kesu.casework.waiting.memory import Memory
from kesu.casework.waiting.turns import MOST_CHANGES, turns
from kesu.procedure.history.act import Act
from kesu.procedure.written.model import Procedure

ACCEPTED_FIRST = "rule: accepted first\nat: closed\nafter: accepted"
WINDOW = "rule: in time\nwithin: 15 calendar days\nfrom: received\nbars: accepted"
UNLESS = written(ACCEPTED_FIRST, WINDOW + "\nunless: window extended")
RECEIVED = act("received", "2026-03-02 09:00")


def listed(procedure: Procedure, *acts: Act) -> list[tuple[str, str, str, int]]:
    """The step, from when and until when (empty: now, and for good), and which of its turns it is."""
    file, memory = filed(procedure, *acts), Memory()
    memory.catch_up(file)
    return [
        (
            turn.ready.step,
            f"{turn.start:%m-%d %H:%M:%S}" if turn.start else "",
            f"{turn.until:%m-%d %H:%M:%S.%f}" if turn.until else "",
            turn.nth,
        )
        for turn in turns(file, lambda step: memory.need(file, step))
    ]


SHUTS = "03-18 00:00:00.000000"
EXTEND = ("window extended", "03-18 00:00:00", "", 0)


def test_without_a_limit_a_step_can_be_taken_as_it_stands_and_for_good() -> None:
    assert listed(written(ACCEPTED_FIRST), RECEIVED) == [("accepted", "", "", 0)]
    assert listed(written(ACCEPTED_FIRST), RECEIVED, act("closed")) == []


def test_a_window_shuts_its_step_and_opens_the_one_that_extends_it() -> None:
    assert listed(written(ACCEPTED_FIRST, WINDOW), RECEIVED) == [("accepted", "", SHUTS, 0)]
    assert listed(UNLESS, RECEIVED) == [("accepted", "", SHUTS, 0), EXTEND]


@pytest.mark.parametrize(
    ("limit", "shuts"),
    [
        ("2026-03-20", "03-21 00:00:00.000000"),  # its last day still counts
        ("2026-03-20 12:00", "03-20 12:00:00.000001"),  # that very instant, too
        ("2026-03-10", SHUTS),  # what was earlier than the rule's own limit takes nothing away
        ("another week", SHUTS),
        (None, ""),
    ],
)
def test_an_extension_moves_the_instant_at_which_it_shuts(limit: str | None, shuts: str) -> None:
    extended = act("window extended", "2026-03-10 09:00", new_limit=limit)
    assert listed(UNLESS, RECEIVED, extended)[0] == ("accepted", "", shuts, 0)


def test_a_window_whose_start_is_not_on_record_changes_with_nothing() -> None:
    of_a_date = written(ACCEPTED_FIRST, WINDOW.replace("from: received", "from: report received"))
    assert listed(of_a_date, RECEIVED) == []
    known = act("item noted", report_received="2026-03-04")
    assert listed(of_a_date, RECEIVED, known) == [("accepted", "", "03-20 00:00:00.000000", 0)]


def test_what_the_other_side_did_in_time_or_not_no_longer_changes() -> None:
    theirs = written(ACCEPTED_FIRST, WINDOW + "\nto: written form received")
    in_time = act("written form received", "2026-03-17 09:00")
    too_late = act("written form received", "2026-03-18 09:00")
    assert listed(theirs, RECEIVED, in_time) == [("accepted", "", "", 0)]
    assert listed(theirs, RECEIVED, too_late) == []


@pytest.mark.parametrize(
    ("before", "until"), [(MOST_CHANGES - 1, "05-02 00:00:00.000000"), (MOST_CHANGES, "")]
)
def test_what_comes_after_so_many_changes_is_told_when_it_is_nearer(before: int, until: str) -> None:
    shut = [
        f"rule: within {days}\nwithin: {days} natural days\nfrom: received\nbars: accepted"
        for days in range(1, before + 1)
    ]
    last = "rule: found in time\nwithin: 60 natural days\nfrom: received\nbars: found"
    procedure = written("rule: found first\nat: closed\nafter: found", *shut, last)
    assert listed(procedure, RECEIVED) == [("found", "", until, 0)]
