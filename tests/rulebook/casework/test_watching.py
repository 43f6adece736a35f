"""Counting over many cases, without an office: where a case counts, which alarms are due, and that none is lost or doubled."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rulebook.small import act, filed, when, written

from kesu.casework.many.watching import Alarm, CountingRule, Tally, countings, due_alarms, normalised
from kesu.procedure.history.act import Act
from kesu.procedure.shapes.abilities import Counts

ZONE = ZoneInfo("Asia/Shanghai")
PROCEDURE = written(
    "rule: three\nwatch: w\ncounts: received\nby: [product, batch]\nat least: '3'\nin: 7 natural days\nleaves out: [withdrawn]",
    "rule: five\nwatch: w\ncounts: received\nby: [product, batch]\nat least: '5'\nin: 7 natural days\nleaves out: [withdrawn]\n"
    "follows: {grade: major}",
)
THREE, FIVE = PROCEDURE.able(Counts)


def tally(*days: str, **alarmed: set[str]) -> Tally:
    """Cases c0, c1 … received on these days (or instants)."""
    at = {f"c{place}": when(day if " " in day else f"{day} 12:00") for place, day in enumerate(days)}
    return Tally(at, {rule: set(cases) for rule, cases in alarmed.items()})


def due(found: Tally, *rules: CountingRule) -> list[Alarm]:
    return due_alarms(found, rules or (THREE,), zone=ZONE)


# -- spelling --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["a-12", "A-12", " ａ－１２ ", "A-12\u200b", "Ａ-12\u3000", "\ufeffa-12"])
def test_width_case_spaces_and_unseen_characters_make_no_difference(said: str) -> None:
    assert normalised(said) == "a-12"


def test_composed_and_decomposed_letters_are_one() -> None:
    assert normalised("re\u0301serve") == normalised("r\u00e9serve")


def test_what_differs_stays_different() -> None:
    assert len({normalised(one) for one in ("a-12", "a12", "a-21", "a 12", "a-12b")}) == 5


# -- where a case counts ---------------------------------------------------------------------------------------------

MILK = act("received", product="milk", batch="A1")


def place(*acts: Act) -> tuple[str, ...] | None:
    found = countings(filed(PROCEDURE, *acts).history, PROCEDURE).get("w")
    return None if found is None or found.lacking else found.key


def test_a_case_counts_by_the_values_as_they_stand() -> None:
    assert place(MILK) == ("w", "small", "product", "batch", "milk", "a1")
    assert place(MILK, act("registered", batch="B2")) == ("w", "small", "product", "batch", "milk", "b2")
    correction = act("corrected", entry="1", word="batch", value="C3")
    assert place(MILK, correction) == ("w", "small", "product", "batch", "milk", "c3")


@pytest.mark.parametrize("batch", [None, "", "   "])
def test_a_case_whose_batch_is_not_known_counts_nowhere_and_says_what_it_lacks(batch: str | None) -> None:
    history = filed(PROCEDURE, act("received", product="milk", batch=batch)).history
    assert countings(history, PROCEDURE)["w"].lacking == ("batch",)


@pytest.mark.parametrize("step", ["joined", "voided", "withdrawn"])
def test_joined_voided_and_left_out_files_do_not_count_until_they_are_reopened(step: str) -> None:
    assert place(MILK, act(step)) is None
    assert place(MILK, act(step), act("reopened")) is not None
    assert place(MILK, act(step), act("reopened"), act(step)) is None


def test_a_struck_arrival_does_not_count() -> None:
    assert place(MILK, act("struck", entry="1")) is None


def test_imported_acts_do_not_count() -> None:
    assert place(act("received", product="milk", batch="A1", origin="row 3")) is None


def test_a_file_that_others_joined_counts_from_the_earliest_receipt() -> None:
    since = when("2026-02-27 10:00").isoformat()
    linked = act("linked", "2026-03-03 09:00", by=None, kind="joined", since=since)
    found = countings(filed(PROCEDURE, MILK, linked).history, PROCEDURE)
    assert found["w"].at == when("2026-02-27 10:00")


def test_another_spelling_moves_nothing() -> None:
    first, second = (
        countings(filed(PROCEDURE, MILK, *more).history, PROCEDURE)["w"]
        for more in ((), (act("registered", batch=" ａ1 "),))
    )
    assert (first.values != second.values, first.place == second.place) == (True, True)


# -- which alarms are due --------------------------------------------------------------------------------------------


def test_one_fewer_than_the_limit_raises_nothing_the_limit_does() -> None:
    assert due(tally("2026-03-02", "2026-03-03")) == []
    assert due(tally("2026-03-02", "2026-03-03", "2026-03-03")) == [
        Alarm("three", 3, ("c0", "c1", "c2"), date(2026, 3, 2), date(2026, 3, 3), wider=False)
    ]


def test_the_seventh_day_is_inside_and_the_eighth_is_not() -> None:
    assert len(due(tally("2026-03-02 23:59", "2026-03-03", "2026-03-08 23:59"))) == 1
    assert due(tally("2026-03-02 23:59", "2026-03-03", "2026-03-09 00:00")) == []


def test_days_are_those_of_the_calendars_zone() -> None:
    late = {name: datetime.fromisoformat(at) for name, at in (
        ("a", "2026-03-02T16:30:00+00:00"), ("b", "2026-03-04T00:00:00+00:00"), ("c", "2026-03-09T15:59:00+00:00"),
    )}  # fmt: skip
    assert len(due_alarms(Tally(late), (THREE,), zone=ZONE)) == 1  # 3 to 9 March in Shanghai
    assert due_alarms(Tally(late), (THREE,), zone=ZoneInfo("UTC")) == []  # 2 to 9 March in London


def test_what_was_raised_before_is_widened_by_later_cases_and_not_raised_again() -> None:
    days = ("2026-03-02", "2026-03-03", "2026-03-03", "2026-03-08")
    assert due(tally(*days[:3], three={"c0", "c1", "c2"})) == []
    assert due(tally(*days, three={"c0", "c1", "c2"})) == [
        Alarm("three", 4, ("c3",), date(2026, 3, 2), date(2026, 3, 8), wider=True)
    ]


def test_a_later_run_is_an_alarm_of_its_own() -> None:
    found = tally(*["2026-03-02"] * 3, *["2026-04-02"] * 3, three={"c0", "c1", "c2"})
    assert [(alarm.files, alarm.wider) for alarm in due(found)] == [(("c3", "c4", "c5"), False)]


def test_each_rule_has_its_own_limit() -> None:
    found = tally(*["2026-03-02"] * 5, three={"c0", "c1", "c2", "c3", "c4"})
    assert [alarm.rule for alarm in due(found, THREE, FIVE)] == ["five"]


def test_windows_that_share_cases_are_one_run() -> None:
    found = tally("2026-03-01", "2026-03-06", "2026-03-07", "2026-03-12", "2026-03-13")
    assert due(found) == [
        Alarm("three", 3, ("c0", "c1", "c2", "c3", "c4"), date(2026, 3, 1), date(2026, 3, 13), wider=False)
    ]


def test_the_entries_of_a_watch_say_what_is_counted() -> None:
    said = Tally.of([
        act("counted", "2026-03-02 09:00", by=None, counted_case="a"),
        act("counted", "2026-03-02 10:00", by=None, counted_case="b"),
        act("count withdrawn", by=None, counted_case="a"),
        act("alarm raised", by=None, alarm="three", files=["a", "b"]),
        act("alarm widened", by=None, alarm="three", files=["c"]),
        act("departments talked to"),
    ])  # fmt: skip
    assert (said.cases, said.alarmed) == ({"b": when("2026-03-02 10:00")}, {"three": {"a", "b", "c"}})


def test_a_running_total_forgets_nothing() -> None:
    rule = written("watch: w\ncounts: received\nby: [product, batch]\nat least: '3'\nin: no limit").able(
        Counts
    )[0]
    assert len(due(tally("2024-01-01", "2025-06-01", "2026-03-02"), rule)) == 1


# -- laws ------------------------------------------------------------------------------------------------------------

DAYS = st.lists(st.integers(0, 30), max_size=25)
FIRST = when("2026-03-01 12:00")


def of(days: list[int]) -> Tally:
    return Tally({f"c{place}": FIRST + timedelta(days=day) for place, day in enumerate(days)})


def in_a_full_window(days: list[int], least: int) -> set[str]:
    """By brute force: the cases that lie in some seven days with so many."""
    return {
        f"c{place}"
        for place, day in enumerate(days)
        if any(sum(start <= one < start + 7 for one in days) >= least for start in range(day - 6, day + 1))
    }


@settings(max_examples=100, derandomize=True, deadline=None)
@given(DAYS)
def test_alarmed_are_exactly_the_cases_in_a_window_that_reaches_the_limit(days: list[int]) -> None:
    for rule, least in ((THREE, 3), (FIVE, 5)):
        found = due(of(days), rule)
        assert {case for alarm in found for case in alarm.files} == in_a_full_window(days, least)
        assert sum(len(alarm.files) for alarm in found) == len(in_a_full_window(days, least))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(DAYS)
def test_the_order_of_noting_changes_neither_who_is_alarmed_nor_twice_anything(days: list[int]) -> None:
    growing, told = Tally(), []
    for place, day in enumerate(days):
        growing.cases[f"c{place}"] = FIRST + timedelta(days=day)
        for alarm in due(growing):
            told += alarm.files
            growing.alarmed.setdefault(alarm.rule, set()).update(alarm.files)
    assert sorted(told) == sorted(in_a_full_window(days, 3))
