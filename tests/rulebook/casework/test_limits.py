"""Limits are found in the order in which they run out, whatever became of the duties meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rulebook.small import when

from kesu.casework.duties.duty import Duty, Key
from kesu.casework.duties.limits import Limits
from kesu.worktime.china import china_calendar
from kesu.worktime.due import Pause, due, in_time
from kesu.worktime.span import Span, SpanRange

CALENDAR = china_calendar()
SPANS = ["1 natural day", "30 clock hours", "2 natural days", "24 clock hours", "no limit"]
START = when("2026-03-02 00:00")


def duty(number: int, hours: int, span: str, state: str, owed: bool) -> Duty:
    start = START + timedelta(hours=hours)
    taken = None if span == "no limit" else Span.parse(span)
    assert not isinstance(taken, SpanRange)
    limit = None if taken is None else due(calendar=CALENDAR, start=start, span=taken)
    return Duty(
        rule="rule", number=number, thing="", start=start, steps=(), owner="", calendar="", due=limit, aim=None,
        opened_by=number, state=state, owed=owed,
    )  # fmt: skip


def ran_out(duties: dict[Key, Duty], until: datetime) -> list[Duty]:
    """By looking at every one of them."""
    found = [
        one
        for one in duties.values()
        if one.owed and one.state == "open" and one.due is not None and not one.paused
        and not in_time(due=one.due, moment=until)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.due.at if one.due else one.start, one.key))


DUTIES = st.lists(
    st.tuples(st.integers(0, 72), st.sampled_from(SPANS), st.sampled_from(["open", "met"]), st.booleans()),
    max_size=12,
)
CHANGES = st.lists(
    st.tuples(
        st.integers(0, 11),
        st.sampled_from(["late", "void", "pause", "resume", "recount"]),
        st.integers(0, 150),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(DUTIES, CHANGES)
def test_the_first_to_run_out_is_the_one_that_looking_at_all_would_find(
    made: list[tuple[int, str, str, bool]], changes: list[tuple[int, str, int]]
) -> None:
    duties: dict[Key, Duty] = {}
    limits = Limits(duties)
    for number, (hours, span, state, owed) in enumerate(made):
        one = duty(number, hours, span, state, owed)
        duties[one.key] = one
        limits.add(one)
    for place, change, hours in changes:
        until = START + timedelta(hours=hours)
        assert limits.first(until) is next(iter(ran_out(duties, until)), None)
        if place < len(duties):
            _change(list(duties.values())[place], change, limits)
    left = [one.open_until for one in duties.values() if one.owed and one.open_until]
    copied = Limits(duties)
    copied.like(limits)
    assert limits.next() == copied.next() == min(left, default=None)


def _change(one: Duty, change: str, limits: Limits) -> None:
    if change in ("late", "void"):
        one.state = change
    elif change == "pause":
        one.pauses = (*one.pauses, Pause(start=one.start, end=None, reason="x"))
    else:
        one.pauses = ()
        if one.due is not None:
            one.due = due(calendar=CALENDAR, start=one.start + timedelta(hours=9), span=one.due.span)
            limits.add(one)
