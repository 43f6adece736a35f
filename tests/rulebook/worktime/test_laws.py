"""Laws of counting, over calendars of every make: several shifts, closures, make-up days, summer time."""

import datetime as dt
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rulebook.worktime.walker import walk_days, walk_minutes

from kesu.worktime.calendar import Calendar
from kesu.worktime.due import Pause, due
from kesu.worktime.span import Span, Unit

FEW = settings(max_examples=25, derandomize=True, deadline=None)
SETTLED = {"version": "any", "known_from": "1990-01-01", "known_until": "2030-12-31"}

# Around changes of the clock: New York, London, Lord Howe (half an hour), Sao Paulo (at midnight), and none.
STARTS = (
    ("America/New_York", dt.date(2026, 3, 5)),
    ("America/New_York", dt.date(2026, 10, 29)),
    ("Europe/London", dt.date(2026, 10, 22)),
    ("Australia/Lord_Howe", dt.date(2026, 4, 2)),
    ("America/Sao_Paulo", dt.date(2018, 11, 1)),
    ("America/Sao_Paulo", dt.date(2018, 2, 15)),
    ("Asia/Shanghai", dt.date(2026, 2, 12)),
)


@st.composite
def shifts(draw: st.DrawFn) -> list[str]:
    """One to three shifts of a day that do not overlap; the last may end at 24:00."""
    number = 2 * draw(st.integers(1, 3))
    cuts = sorted(draw(st.sets(st.integers(0, 96), min_size=number, max_size=number)))
    clock = [f"{cut // 4:02d}:{cut % 4 * 15:02d}" for cut in cuts]
    return [f"{a}-{b}" for a, b in zip(clock[::2], clock[1::2], strict=True)]


@st.composite
def calendars(draw: st.DrawFn) -> tuple[dict[str, Any], dt.date]:
    """The data of a calendar, and a day around which something happens in it."""
    zone, first = draw(st.sampled_from(STARTS))
    near = st.integers(0, 12).map(lambda n: (first + dt.timedelta(days=n)).isoformat())
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    worked = draw(st.sets(st.sampled_from(names), min_size=3))
    week = {name: draw(st.one_of(st.just("standard"), shifts())) for name in sorted(worked)}
    kinds = st.sampled_from(["off", "festival", "work"])
    days = draw(st.dictionaries(near, kinds, max_size=5))
    closures = [{"from": day, "to": day} for day in draw(st.lists(near, max_size=2))]
    parts = [
        {"from": day, "to": day, "between": draw(shifts())[0]} for day in draw(st.lists(near, max_size=2))
    ]
    openings = draw(st.dictionaries(near, st.one_of(st.just([]), shifts()), max_size=2))
    data = SETTLED | {
        "zone": zone,
        "shifts": draw(shifts()),
        "week": week,
        "days": [{"date": day, "kind": kind} for day, kind in days.items()],
        "closures": closures + parts,
        "openings": [{"date": day, "shifts": own} for day, own in openings.items()],
    }
    return data, first


moments = st.integers(0, 5 * 24 * 60)


def moment(data: dict[str, Any], first: dt.date, minutes: int) -> dt.datetime:
    """So many minutes after the midnight of `first`."""
    midnight = dt.datetime.combine(first, dt.time(), ZoneInfo(data["zone"])).astimezone(dt.UTC)
    return midnight + dt.timedelta(minutes=minutes)


@FEW
@given(calendars(), moments, st.integers(1, 10 * 20), st.booleans())
def test_hours_run_out_when_the_minutes_have_been_walked(
    made: tuple[dict[str, Any], dt.date], begun: int, twentieths: int, working: bool
) -> None:
    data, first = made
    start = moment(data, first, begun)
    unit = Unit.WORKING_HOURS if working else Unit.CLOCK_HOURS
    found = due(calendar=Calendar.from_data(data), start=start, span=Span(Decimal(twentieths) / 20, unit))
    assert found.at.astimezone(dt.UTC) == walk_minutes(data, start, twentieths * 3, working=working)


@FEW
@given(
    calendars(),
    moments,
    st.integers(1, 10 * 20),
    st.booleans(),
    st.lists(st.tuples(moments, moments), max_size=3),
)
def test_minutes_in_a_pause_are_not_walked(
    made: tuple[dict[str, Any], dt.date],
    begun: int,
    twentieths: int,
    working: bool,
    marks: list[tuple[int, int]],
) -> None:
    data, first = made
    start = moment(data, first, begun)
    pauses = [(moment(data, first, min(pair)), moment(data, first, max(pair) + 1)) for pair in marks]
    found = due(
        calendar=Calendar.from_data(data),
        start=start,
        span=Span(Decimal(twentieths) / 20, Unit.WORKING_HOURS if working else Unit.CLOCK_HOURS),
        pauses=[Pause(begin, end, "any") for begin, end in pauses],
    )
    walked = walk_minutes(data, start, twentieths * 3, working=working, pauses=pauses)
    assert found.at.astimezone(dt.UTC) == walked


@FEW
@given(calendars(), moments, st.integers(1, 12), st.booleans())
def test_days_run_out_when_the_days_have_been_walked(
    made: tuple[dict[str, Any], dt.date], begun: int, number: int, working: bool
) -> None:
    data, first = made
    start = moment(data, first, begun)
    unit = Unit.WORKING_DAYS if working else Unit.NATURAL_DAYS
    found = due(calendar=Calendar.from_data(data), start=start, span=Span(Decimal(number), unit))
    received = start.astimezone(ZoneInfo(data["zone"])).date()
    assert found.date == walk_days(data, received, number, working=working)


@FEW
@given(calendars(), moments, st.integers(1, 400), st.integers(1, 400), st.sampled_from([*Unit][:2]))
def test_hours_add_up(
    made: tuple[dict[str, Any], dt.date], begun: int, one: int, other: int, unit: Unit
) -> None:
    data, first = made
    calendar = Calendar.from_data(data)
    start = moment(data, first, begun)
    middle = due(calendar=calendar, start=start, span=Span(Decimal(one) / 4, unit)).at
    end = due(calendar=calendar, start=middle, span=Span(Decimal(other) / 4, unit)).at
    assert end == due(calendar=calendar, start=start, span=Span(Decimal(one + other) / 4, unit)).at


@FEW
@given(calendars(), moments, st.integers(1, 40), st.integers(1, 40))
def test_working_days_add_up(made: tuple[dict[str, Any], dt.date], begun: int, one: int, other: int) -> None:
    data, first = made
    calendar = Calendar.from_data(data)

    def days(start: dt.datetime, number: int) -> dt.date:
        return due(calendar=calendar, start=start, span=Span(Decimal(number), Unit.WORKING_DAYS)).date

    start = moment(data, first, begun)
    middle = dt.datetime.combine(days(start, one), dt.time(12), calendar.zone_info)
    assert days(middle, other) == days(start, one + other)


@FEW
@given(calendars(), moments, st.integers(1, 60), st.sampled_from(Unit))
def test_an_explanation_ends_with_the_number_that_was_asked_for(
    made: tuple[dict[str, Any], dt.date], begun: int, number: int, unit: Unit
) -> None:
    """The walk of the explanation shares no table with the answer, so both have to come to the same."""
    data, first = made
    span = Span(Decimal(number), unit)
    found = due(calendar=Calendar.from_data(data), start=moment(data, first, begun), span=span)
    counted = [step for step in found.steps if hasattr(step, "number") or hasattr(step, "total")]
    ends = [getattr(step, "total", None) or step.number + (step.last - step.first).days for step in counted]  # type: ignore[attr-defined]
    assert ends[-1:] == ([] if unit in (Unit.WEEKS, Unit.MONTHS, Unit.YEARS) else [span.whole])
    assert len(found.explain("zh")) == len(found.explain("en")) >= 2


@FEW
@given(calendars())
def test_a_calendar_comes_back_from_its_own_data(made: tuple[dict[str, Any], dt.date]) -> None:
    calendar = Calendar.from_data(made[0])
    again = Calendar.from_data(calendar.to_data())
    assert (again, again.digest, again.to_data()) == (calendar, calendar.digest, calendar.to_data())
