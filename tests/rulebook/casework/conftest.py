"""A calendar on which one working day is closed."""

from __future__ import annotations

import pytest

from kesu.worktime.calendar import Calendar
from kesu.worktime.china import china_calendar


@pytest.fixture
def shut_on_thursday() -> Calendar:
    """China's calendar, closed on Thursday 5 March 2026."""
    closure = {"from": "2026-03-05", "to": "2026-03-05", "name": "搬迁", "name_en": "Moving house"}
    return Calendar.from_data(
        china_calendar().to_data() | {"closures": [closure], "version": "with moving day"}
    )
