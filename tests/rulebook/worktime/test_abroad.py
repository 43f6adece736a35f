"""Days off of other countries: out of the library of holidays by region and year, and out of iCalendar files."""

from __future__ import annotations

from datetime import date

import pytest

from kesu.reading.strict import ReadError
from kesu.worktime.calendar_text import Form, form_of_text
from kesu.worktime.first_calendar import first_calendar
from kesu.worktime.importing import lay_over, read_schedule

FILE = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260101
DTEND;VALUE=DATE:20260103
SUMMARY:New Year\\, and the day
  after
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260704
SUMMARY:Make-up day
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260501
STATUS:CANCELLED
SUMMARY:Off
END:VEVENT
END:VCALENDAR
"""


def listed(text: str, form: Form) -> list[tuple[str, str, str]]:
    return [
        (day.date.isoformat(), day.kind.value, day.name.en)
        for day in read_schedule(text, source="told", form=form).days
    ]


def wrong(text: str, form: Form) -> str:
    with pytest.raises(ReadError) as found:
        read_schedule(text, source="told", form=form)
    return found.value.in_("en")


def test_the_public_holidays_of_a_region_come_by_its_name_and_the_years() -> None:
    assert listed("holidays:DE-BW 2026", "region") == [
        ("2026-01-01", "festival", "New Year's Day"),
        ("2026-01-06", "festival", "Epiphany"),
        ("2026-04-03", "festival", "Good Friday"),
        ("2026-04-06", "festival", "Easter Monday"),
        ("2026-05-01", "festival", "Labor Day"),
        ("2026-05-14", "festival", "Ascension Day"),
        ("2026-05-25", "festival", "Pentecost Monday"),
        ("2026-06-04", "festival", "Corpus Christi"),
        ("2026-10-03", "festival", "German Unity Day"),
        ("2026-11-01", "festival", "All Saints' Day"),
        ("2026-12-25", "festival", "Christmas Day"),
        ("2026-12-26", "festival", "Second Day of Christmas"),
    ]
    assert {day[:4] for day, _, _ in listed("holidays:de-be 2026 2027", "region")} == {"2026", "2027"}


def test_china_brings_its_make_up_days() -> None:
    worked = [day for day, kind, _ in listed("holidays:CN 2026", "region") if kind == "work"]
    assert "2026-02-14" in worked


def test_a_calendar_abroad_knows_the_year_that_was_laid_over_it() -> None:
    bare = first_calendar("Europe/Berlin", year=2026)
    made = lay_over(bare, read_schedule("holidays:DE-BW 2026", source="told", form="region"), source="told")
    worked = [bool(made.day(day).shifts) for day in (date(2026, 1, 6), date(2026, 1, 7))]
    assert worked == [False, True]
    assert (made.known_until, made.zone) == (date(2026, 12, 31), "Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("holidays:DE-BW", "told, line 1: name the years, one to 10 of them: holidays:DE 2026"),
        ("holidays:Germany 2026", "told, line 1: name the region and the years like this: holidays:DE-BW 2026 2027"),
        ("holidays:XQ 2026", "told, line 1: the library of holidays knows no country “XQ”; it is two letters, such as DE, FR, US"),
    ],
)  # fmt: skip
def test_a_region_that_there_is_not_is_said_to_be_none(text: str, said: str) -> None:
    assert wrong(text, "region") == said


def test_a_part_that_a_country_does_not_have_is_answered_with_those_that_it_has() -> None:
    assert wrong("holidays:DE-ZZ 2026", "region").startswith(
        "told, line 1: DE has no part “ZZ” in the library; it has BB, BE, BW"
    )


def test_all_day_events_are_days_off_and_make_up_days_are_worked() -> None:
    assert listed(FILE, "ics") == [
        ("2026-01-01", "off", "New Year, and the day after"),
        ("2026-01-02", "off", "New Year, and the day after"),
        ("2026-07-04", "work", "Make-up day"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("DTSTART;VALUE=DATE:20260704", "DTSTART:20260704T090000Z", "told, line 10: “20260704T090000Z” is no whole day"),
        ("SUMMARY:Make-up day", "RRULE:FREQ=YEARLY", "told, line 11: the event repeats by a rule"),
        ("DTEND;VALUE=DATE:20260103", "DTEND;VALUE=DATE:20261231", "told, line 4: 364 days are no holiday"),
        ("SUMMARY:Off\nEND:VEVENT\n", "", "told, line 13: the event has no end"),
        ("VERSION:2.0", "VERSION", "told, line 2: no line of a calendar file"),
        ("DTSTART;VALUE=DATE:20260704\n", "", "told, line 9: the event has no DTSTART"),
    ],
)  # fmt: skip
def test_what_is_no_calendar_of_holidays_is_refused_at_its_line(before: str, after: str, said: str) -> None:
    text = FILE.replace(before, after)
    assert wrong(text, "ics").startswith(said)


def test_what_was_pasted_shows_what_it_is() -> None:
    forms = [form_of_text(text) for text in ("\n" + FILE, " holidays:FR 2027", "date,kind\n2027-01-01,off")]
    assert forms == ["ics", "region", "csv"]
