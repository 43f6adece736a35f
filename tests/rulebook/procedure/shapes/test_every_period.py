"""every, by the calendar: each Monday, each first working day, so many times a year."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.rulebook.clocked import clocked, ticks
from tests.rulebook.refused import refused
from tests.rulebook.small import act, says, settled, written

from kesu.casework.file.case_file import CaseFile
from kesu.procedure.history.act import Act
from kesu.procedure.history.periods import PERIODS
from kesu.reading.text import Text

MONDAYS = written(
    "every: week, Monday\nfrom: accepted\ndo: progress told\nuntil: result notified\nforce: reason"
)
MONTHLY = written("every: month, first working day\nfrom: accepted\ndo: progress told")
YEARLY = written("every: at least 4 a year\nfrom: accepted\ndo: progress told")
DAILY = written("every: day\nfrom: accepted\ndo: progress told")
WHILE_MAJOR = written("when: {grade: major}\nevery: week, Monday\nfrom: accepted\ndo: progress told")
ACCEPTED = act("accepted", "2026-03-04 09:00")  # a Wednesday


def told(at: str) -> Act:
    return act("progress told", at)


def periods(file: CaseFile) -> list[str]:
    """Each period that began: its name, its first and its last day."""
    found = file.history.all("period began")
    return [f"{one.facts['period']} {one.facts['from']} {one.facts['to']}" for one in found]


def duties(file: CaseFile) -> list[tuple[str, str, str]]:
    return [(one.due.date.isoformat(), one.thing, one.state) for one in file.duties if one.due]


def test_it_says_in_which_periods_and_what_becomes_of_a_day_off() -> None:
    assert says(MONDAYS) == Text(
        zh="从“受理”起，每周一要有“告知进展”，直到“通报处理结果”（写明理由可以不办）。",
        en="From “Accepted” until “Result notified”, every Monday: “Progress told” (it may be left out with a reason).",
    )
    assert says(MONTHLY) == Text(
        zh="从“受理”起，每月第一个工作日要有“告知进展”，直到办结。",
        en="From “Accepted” until the end, on the first working day of every month: “Progress told”.",
    )
    assert says(YEARLY).zh == "从“受理”起，每年至少 4 次要有“告知进展”，直到办结。"
    rolled = written("every: week, Monday\nroll: forward\nfrom: accepted\ndo: progress told")
    assert says(rolled) == Text(
        zh="从“受理”起，每周一要有“告知进展”，遇休息日顺延到下一个工作日，直到办结。",
        en="From “Accepted” until the end, every Monday, or on the next working day where that day is off: “Progress told”.",
    )


@pytest.mark.parametrize(
    ("every", "title"),
    [
        ("day", "每天"),
        ("week", "每周"),
        ("week, Sunday", "每周日"),
        ("month", "每月"),
        ("quarter", "每季度"),
        ("quarter, first working day", "每季度第一个工作日"),
        ("at least 1 a year", "每年至少 1 次"),
    ],
)
def test_every_period_has_its_name(every: str, title: str) -> None:
    rule = written(f"every: {every}\nfrom: accepted\ndo: progress told")
    assert says(rule).zh == f"从“受理”起，{title}要有“告知进展”，直到办结。"


def test_the_first_period_is_the_first_that_begins_after_it() -> None:
    assert periods(clocked(MONDAYS, ACCEPTED, until="2026-03-08 23:59")) == []
    assert periods(clocked(MONDAYS, ACCEPTED, until="2026-03-09 00:00")) == ["2026-W11 2026-03-09 2026-03-15"]
    monday = act("accepted", "2026-03-09 00:00")
    assert periods(clocked(MONDAYS, monday, until="2026-03-16 00:00")) == ["2026-W12 2026-03-16 2026-03-22"]


def test_of_a_year_that_runs_already_the_rest_counts_too() -> None:
    file = clocked(YEARLY, ACCEPTED, told("2026-06-01 09:00"), until="2027-01-01 00:00")
    assert periods(file) == ["2026 2026-03-04 2026-12-31", "2027 2027-01-01 2027-12-31"]
    late = [("2026-12-31", str(time), "late") for time in (2, 3, 4)]
    new = [("2027-12-31", str(time), "open") for time in (1, 2, 3, 4)]
    assert duties(file) == [("2026-12-31", "1", "met"), *late, *new]


def test_each_time_it_is_done_answers_one_of_so_many_and_late_ones_count_as_late() -> None:
    rounds = [told(f"2026-0{month}-01 09:00") for month in (4, 5, 6, 7)]
    assert [
        state for _, _, state in duties(clocked(YEARLY, ACCEPTED, *rounds, until="2026-08-01 00:00"))
    ] == ["met"] * 4
    after = clocked(YEARLY, ACCEPTED, *rounds[:3], told("2027-01-05 09:00"), until="2027-01-06 00:00")
    assert [state for _, _, state in duties(after)] == ["met", "met", "met", "met late"] + ["open"] * 4


def test_in_time_until_the_end_of_its_monday_and_late_after_it() -> None:
    assert duties(clocked(MONDAYS, ACCEPTED, told("2026-03-09 23:59"), until="2026-03-10 00:00")) == [
        ("2026-03-09", "", "met")
    ]
    late = clocked(MONDAYS, ACCEPTED, told("2026-03-10 00:00"), until="2026-03-10 00:00")
    assert duties(late) == [("2026-03-09", "", "met late")]
    began = act("period began", "2026-03-09 00:00", by=None, rule="the rule", period="2026-W11")
    assert settled(MONDAYS, ACCEPTED, began, told("2026-03-10 00:00")) == [
        (
            "the rule",
            "broken late",
            "“告知进展”逾期1个自然日，应在2026年3月9日前办",
            "“Progress told” is 1 natural day late; it was due by 2026-03-09",
        )
    ]


def test_a_stopped_clock_appends_every_period_afterwards_in_order() -> None:
    file = clocked(MONDAYS, ACCEPTED, until="2026-03-24 08:00")
    assert ticks(file) == [
        ("period began", "03-09 00:00", "2026-W11"),
        ("fell late", "03-10 00:00", "2"),
        ("period began", "03-16 00:00", "2026-W12"),
        ("fell late", "03-17 00:00", "4"),
        ("period began", "03-23 00:00", "2026-W13"),
        ("fell late", "03-24 00:00", "6"),
    ]
    answered = clocked(MONDAYS, ACCEPTED, told("2026-03-24 08:00"), until="2026-03-24 08:00")
    assert [state for _, _, state in duties(answered)] == ["met late", "late", "late"]


def test_its_until_and_the_end_stop_it_and_void_what_is_owed() -> None:
    stopped = clocked(MONDAYS, ACCEPTED, act("result notified", "2026-03-09 08:00"), until="2026-05-01 00:00")
    assert duties(stopped) == [("2026-03-09", "", "void")]
    ended = clocked(DAILY, ACCEPTED, act("closed", "2026-03-05 08:00"), until="2026-05-01 00:00")
    assert duties(ended) == [("2026-03-05", "", "void")]


def test_a_reopened_file_goes_on_from_there_with_what_had_not_run_out() -> None:
    again = act("reopened", "2026-03-25 09:00", reason="x")
    closed = act("closed", "2026-03-09 08:00")
    weekly = clocked(MONDAYS, ACCEPTED, closed, again, until="2026-03-30 00:00")
    assert duties(weekly) == [("2026-03-09", "", "void"), ("2026-03-30", "", "open")]
    yearly = clocked(YEARLY, ACCEPTED, told("2026-03-05 09:00"), closed, again, until="2026-06-01 00:00")
    assert periods(yearly) == ["2026 2026-03-04 2026-12-31"]
    assert [state for _, _, state in duties(yearly)] == ["met", "open", "open", "open"]


def test_a_period_counts_where_the_rule_applies_as_it_begins() -> None:
    major, ordinary = (
        act("registered", "2026-03-17 09:00", grade="major"),
        act("registered", "2026-03-25 09:00", grade="ordinary"),
    )
    file = clocked(WHILE_MAJOR, ACCEPTED, major, ordinary, until="2026-05-01 00:00")
    assert periods(file) == ["2026-W13 2026-03-23 2026-03-29"]
    assert duties(file) == [("2026-03-23", "", "void late")]  # the regrade came after that Monday


def test_what_began_earlier_than_it_was_noted_counts_from_when_it_began() -> None:
    phoned = act("received", "2026-03-04 09:00", noted="2026-03-17 09:00")
    rule = written("every: week, Monday\nfrom: received\ndo: progress told")
    assert periods(clocked(rule, phoned, until="2026-03-17 10:00")) == [
        "2026-W11 2026-03-09 2026-03-15",
        "2026-W12 2026-03-16 2026-03-22",
    ]


def test_a_reason_discharges_one_period() -> None:
    waived = act(
        "not possible", "2026-03-09 09:00", facts={"instead of": "progress told", "reason": "abroad"}
    )
    file = clocked(MONDAYS, ACCEPTED, waived, until="2026-03-16 00:00")
    assert duties(file) == [("2026-03-09", "", "reasoned"), ("2026-03-16", "", "open")]


def test_said_for_each_thing_every_thing_has_its_own() -> None:
    each = written("for each: topic\nevery: week, Monday\nfrom: accepted\ndo: progress told")
    topics = act("registered", "2026-03-03 09:00", topic=["contract", "conduct"])
    one = act("progress told", "2026-03-09 09:00", of_topic="conduct")
    file = clocked(each, topics, ACCEPTED, one, until="2026-03-09 10:00")
    assert duties(file) == [("2026-03-09", "contract", "open"), ("2026-03-09", "conduct", "met")]


def test_a_file_that_slept_for_years_is_woken_with_a_bounded_number_of_periods() -> None:
    slept = clocked(DAILY, act("accepted", "1999-03-04 09:00"), until="2026-03-04 09:00")
    assert len(periods(slept)) == 4_000
    assert periods(slept)[-1].startswith("2010-02-14")
    assert clocked(DAILY, ACCEPTED, until="2027-03-05 00:00").duties.began["the rule"][1] == 366


def test_it_takes_a_period_of_the_calendar_and_a_roll_where_one_makes_sense() -> None:
    assert refused("every: week, Mondays\nfrom: accepted\ndo: progress told") == (
        f"“week, Mondays” is no period; there are {PERIODS}",
        f"没有“week, Mondays”这种周期；可以写 {PERIODS}",
    )
    assert refused("every: week, Monday\nroll: backward\nfrom: accepted\ndo: progress told") == (
        "“roll” “backward” is not known; known are forward, none",
        "“roll”“backward”没有定义；可用的有 forward、none",
    )
    assert refused("every: at least 4 a year\nroll: forward\nfrom: accepted\ndo: progress told") == (
        "“roll” says nothing of this period",
        "这种周期用不上“roll”",
    )
    assert refused("every: day\ncutoff: close\nfrom: accepted\ndo: progress told")[0].startswith(
        "the rule “the rule” does not know the key “cutoff”"
    )


def test_the_period_and_its_roll_may_be_settings() -> None:
    more = "settings:\n  report day: {value: to be set, kind: period}\n  day off: {value: none, kind: roll}\n"
    rule = "every: <report day>\nroll: <day off>\nfrom: accepted\ndo: progress told"
    assert written(rule, more=more).unset == ("report day",)
    chosen = written(rule, more=more, settings={"report day": "week, Friday", "day off": "forward"})
    assert says(chosen).zh == "从“受理”起，每周五要有“告知进展”，遇休息日顺延到下一个工作日，直到办结。"


def test_what_was_done_before_a_period_began_does_not_answer_for_it_though_it_is_noted_later() -> None:
    began = "2026-03-10 09:00"
    for at, state in (("2026-03-08 23:59", "late"), ("2026-03-09 00:00", "met")):
        file = clocked(MONDAYS, ACCEPTED, until=began)
        file.apply(replace(act("progress told", at, noted=began), number=file.number + 1))
        assert [duty.state for duty in file.duties] == [state]


def test_a_rule_that_the_clock_itself_makes_apply_begins_with_the_next_period() -> None:
    by_itself = written(
        "rule: weekly\nwhen: {grade: major}\nevery: week, Monday\nfrom: accepted\ndo: progress told",
        "rule: grave\npromote: {grade: major}\nover: 5 natural days\nfrom: accepted\nuntil: closed",
    )
    file = clocked(by_itself, ACCEPTED, until="2026-03-16 09:00")
    assert ticks(file) == [
        ("promoted", "03-10 00:00", "1"),
        ("period began", "03-16 00:00", "2026-W12"),
    ]
