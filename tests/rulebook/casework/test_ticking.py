"""Whether the clock looks every hour, now and then, or not for a month: the same entries and the same findings (semantics 2.2)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rulebook.clocked import clocked, ticks
from tests.rulebook.small import act, filed, when, written

from kesu.casework.deciding.clock import next_instant
from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Accepted, clock_acts, decide
from kesu.casework.deciding.replay import replay
from kesu.casework.file.case_file import CaseFile
from kesu.procedure.history.act import Value
from kesu.worktime.china import china_calendar

PROGRAMME = written(
    "rule: mondays\nevery: week, Monday\nroll: forward\nfrom: accepted\ndo: progress told\nforce: reason",
    "rule: monthly\nwhen: {grade: major}\nevery: month, first working day\nfrom: accepted\ndo: investigated",
    "rule: rounds\nevery: at least 2 a year\nfrom: accepted\ndo: data checked\nuntil: result notified",
    "rule: by time\npromote: {grade: major}\nover: 5 natural days\nfrom: accepted\nuntil: result notified\n"
    "pauses: {from: put on hold, to: taken in charge}",
    "rule: report\nwhen: {grade: major}\nwithin: 1 working day\nfrom: promoted\nto: [found, closed]",
    "rule: by hand\nwhen: {topic: conduct}\nfollows: {grade: major}",
    "rule: told first\nat: closed\nafter: progress told",
)
STEPS: dict[str, dict[str, Value]] = {
    "accepted": {},
    "progress told": {},
    "investigated": {},
    "data checked": {},
    "found": {},
    "result notified": {},
    "put on hold": {},
    "taken in charge": {},
    "closed": {},
    "reopened": {"reason": "x"},
    "not possible": {"instead of": "progress told", "reason": "x"},
    "registered": {"grade": "ordinary"},
    "evidence added": {"grade": "major"},
    "note": {"topic": ["conduct"]},
    "struck": {"reason": "x"},
}
MOVES = st.lists(
    st.tuples(
        st.sampled_from(sorted(STEPS)),
        st.sampled_from([1, 2, 30, 60 * 5, 60 * 24, 60 * 24 * 3, 60 * 24 * 9, 60 * 24 * 20]),
        st.sampled_from([0, 0, 0, 60 * 24 * 2]),
        st.booleans(),
    ),
    min_size=3,
    max_size=10,
)
EXAMPLES = int(os.environ.get("KESU_TICKING", "40"))
START = when("2025-12-24 10:00")


def acted(
    file: CaseFile, moves: Sequence[tuple[str, int, int, bool]], *, clock: bool
) -> dict[int, list[tuple[object, ...]]]:
    """The moves as commands; between them the clock runs or stands still. The findings that each entry got."""
    now, found = START, {}
    opening = ("accepted", 0, 0, False)
    for step, minutes, back, looks in (opening, *moves):
        end = now + timedelta(minutes=minutes)
        if clock and looks:
            for part in (end - (end - now) * 2 / 3, end - (end - now) / 3, end):
                clock_acts(file, part)
        now = end
        at = now - timedelta(minutes=back) if step in ("result notified", "progress told") else None
        facts = {**STEPS[step], **({"reason": "x"} if at else {})}
        if step == "struck":
            mine = [one.number for one in file.history.acts if one.by == "an"]
            facts |= {"entry": str(mine[-1 - minutes % 2] if len(mine) > 1 else mine[-1])}
        decision = decide(file, Command(step=step, by="an", post="clerk", at=at, facts=facts), now=now)
        if isinstance(decision, Accepted):
            for one in decision.acts:
                file.apply(one)
            found[decision.act.number] = sorted(one.key() for one in decision.findings)
    clock_acts(file, now + timedelta(days=31))
    return found


def entries(file: CaseFile) -> list[tuple[object, ...]]:
    """What stands in the file, without when the clock came to note it."""
    return [(one.number, one.step, one.at, one.by, tuple(one.facts.items())) for one in file.history.acts]


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
@given(MOVES)
def test_the_clock_running_or_stopped_for_a_month_makes_the_same_file_and_a_review_finds_the_same(
    moves: list[tuple[str, int, int, bool]],
) -> None:
    running, stopped = filed(PROGRAMME), filed(PROGRAMME)
    found = acted(running, moves, clock=True)
    assert found == acted(stopped, moves, clock=False)
    assert entries(running) == entries(stopped)
    fresh = CaseFile(PROGRAMME, calendar=china_calendar())
    log = [one for one in running.history.acts if one.by is not None]
    reviewed = {one.number: sorted(said.key() for said in said_) for one, said_ in replay(fresh, log)}
    assert {number: keys for number, keys in reviewed.items() if number in found} == found
    clock_acts(fresh, running.history.acts[-1].noted)
    assert entries(fresh) == entries(running)


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
@given(MOVES)
def test_what_the_clock_notes_is_in_the_order_in_which_it_came_about_and_the_next_instant_is_known(
    moves: list[tuple[str, int, int, bool]],
) -> None:
    file = filed(PROGRAMME)
    acted(file, moves, clock=True)
    told: datetime | None = None
    for one in file.history.acts:
        if one.by is not None:
            told = None
        else:
            assert told is None or one.at >= told
            told = one.at
    following = next_instant(file)
    if following is None:
        assert clock_acts(file, START + timedelta(days=3_000)) == []
    else:
        assert clock_acts(file.copy(), following - timedelta(seconds=1)) == []
        assert clock_acts(file.copy(), following + timedelta(seconds=1)) != []


def test_what_falls_together_comes_in_a_fixed_order() -> None:
    daily = written(
        "rule: b\nevery: day\nfrom: accepted\ndo: progress told",
        "rule: a\nevery: week, Saturday\nfrom: accepted\ndo: found",
        "rule: c\npromote: {grade: major}\nover: 1 natural day\nfrom: accepted\nuntil: closed",
    )
    file = clocked(daily, act("accepted", "2026-03-05 09:00"), until="2026-03-07 00:00")
    assert ticks(file) == [
        ("period began", "03-06 00:00", "2026-03-06"),
        ("fell late", "03-07 00:00", "2"),
        ("promoted", "03-07 00:00", "1"),
        ("period began", "03-07 00:00", "2026-03-07"),
        ("period began", "03-07 00:00", "2026-03-07"),
    ]
    assert [one.facts["rule"] for one in file.history.acts[-2:]] == ["a", "b"]


def test_years_of_sleep_take_no_time_and_call_for_no_more_than_a_bounded_number() -> None:
    rules = "rule: days\nevery: day\nfrom: accepted\ndo: progress told"
    more = "rule: weeks\nevery: week, Monday\nfrom: accepted\ndo: found\nuntil: closed"
    file = clocked(written(rules, more), act("accepted", "1990-01-01 09:00"), until="2026-01-01 00:00")
    counted = {rule: count for rule, (_, count) in file.duties.began.items()}
    assert counted == {"days": 4_000, "weeks": 1_878}
    assert len(file.history.acts) == 1 + 2 * 4_000 + 2 * 1_878
    assert next_instant(file) == when("2026-01-05 00:00")


def test_an_edition_that_has_no_such_rule_calls_for_nothing_more() -> None:
    weekly = written("every: week, Monday\nfrom: accepted\ndo: progress told", more="")
    other = replace(weekly, rules=(), edition="2")
    file = filed(weekly, act("accepted", "2026-03-04 09:00"))
    clock_acts(file, when("2026-03-09 00:00"))
    moved = filed(other, *file.history.acts)
    assert clock_acts(moved, when("2026-06-01 00:00")) == []
    assert list(moved.duties) == []


def test_what_a_strike_takes_out_stops_nothing() -> None:
    weekly = written("every: week, Monday\nfrom: accepted\ndo: progress told\nuntil: result notified")
    by_mistake = act("result notified", "2026-03-10 09:00")
    struck = act("struck", "2026-03-12 09:00", entry="4", reason="another case")
    file = clocked(weekly, act("accepted", "2026-03-04 09:00"), by_mistake, struck, until="2026-03-16 00:00")
    assert [one.step for one in file.history.acts] == [
        "accepted",
        "period began",
        "fell late",
        "result notified",
        "struck",
        "period began",
    ]
    assert [one.state for one in file.duties] == ["late", "open"]


def test_a_period_falls_away_with_what_began_it() -> None:
    weekly = written("every: week, Monday\nfrom: accepted\ndo: progress told")
    struck = act("struck", "2026-03-10 09:00", entry="1", reason="another case")
    file = clocked(weekly, act("accepted", "2026-03-04 09:00"), struck, until="2026-04-01 00:00")
    assert (ticks(file)[1:], list(file.duties)) == ([("fell late", "03-10 00:00", "2")], [])
    again = act("accepted", "2026-03-20 09:00")
    file = clocked(weekly, act("accepted", "2026-03-04 09:00"), struck, again, until="2026-03-24 00:00")
    assert [(one.number, one.state) for one in file.duties] == [(6, "late")]


def test_a_review_makes_its_own_promotions_anew_and_keeps_those_that_came_from_a_watch() -> None:
    counted = written(
        "rule: many\nwatch: other\ncounts: accepted\nby: [matter]\nat least: 2\nin: 7 natural days\nfollows: {grade: major}",
        "rule: by hand\nwhen: {topic: conduct}\nfollows: {grade: major}",
    )
    log = [
        act("accepted", "2026-03-04 09:00", topic=["contract"]),
        act("promoted", "2026-03-05 09:00", by=None, facts={"grade": "major", "rule": "many"}),
        act("promoted", "2026-03-05 10:00", by=None, facts={"grade": "major", "rule": "by hand"}),
        act("note", "2026-03-06 09:00"),
    ]
    fresh = CaseFile(counted, calendar=china_calendar())
    assert [(one.step, one.facts.get("rule")) for one, _ in replay(fresh, log)] == [
        ("accepted", None),
        ("promoted", "many"),
        ("note", None),
    ]
