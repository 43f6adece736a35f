"""The stories that procedures tell of themselves can be told again in newer weeks, whatever day it is."""

from __future__ import annotations

from datetime import date

import pytest

from kesu.casework.examples.courses import as_command, run
from kesu.demo.kept_stories import kept_story
from kesu.procedure.written.library import here
from kesu.worktime.china import china_calendar

CALENDAR = china_calendar()


@pytest.mark.parametrize("today", [date(2026, 2, 24), date(2026, 10, 10), date(2027, 3, 1)], ids=str)
def test_the_stories_pass_in_the_weeks_found_for_them_whatever_day_it_is(today: date) -> None:
    refused = []
    for name in here().names():
        story = kept_story(here(), name, today=today, calendar=CALENDAR)
        if story is not None:
            course = run(as_command, story.acts, procedure=story.procedure, calendar=CALENDAR)
            refused += [(name, one.act.step) for one in course.passages if one.refused]
            assert course.file.ended, name
            assert story.acts[0].noted.date() < today, name
    assert refused == []
