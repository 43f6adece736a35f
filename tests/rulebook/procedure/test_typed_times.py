"""Times as people in an office type them are read alike, and shown in full before they count."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kesu.procedure.kinds.typed_times import calendar_day, in_full, moment

ZONE = "Asia/Shanghai"
NOW = datetime(2026, 3, 9, 10, 20, tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3.6 17:10", "2026-03-06 17:10"),
        ("0306 1710", "2026-03-06 17:10"),
        ("昨天17:10", "2026-03-08 17:10"),
        ("今天 9:05", "2026-03-09 09:05"),
        ("前天下午5点", "2026-03-07 17:00"),
        ("3月6日 下午5点半", "2026-03-06 17:30"),
        ("３．６　１７：１０", "2026-03-06 17:10"),
        ("2026-03-06 17:10", "2026-03-06 17:10"),
        ("2026-03-06T17:10", "2026-03-06 17:10"),
        ("2026年3月6日17:10", "2026-03-06 17:10"),
        ("20260306 1710", "2026-03-06 17:10"),
        ("17:10", "2026-03-09 17:10"),
        ("12.31 17:00", "2025-12-31 17:00"),  # what happened lies behind us
        ("3.10 09:00", "2026-03-10 09:00"),
        ("yesterday 5:10 pm", "2026-03-08 17:10"),
        ("  3.6 \t 17 : 10  ", "2026-03-06 17:10"),
        ("2026-03-06T17:10:59+08:00", "2026-03-06 17:10:59"),
        ("3.6" + " " * 100_000 + "17:10", "2026-03-06 17:10"),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, meant: str) -> None:
    assert moment(typed, now=NOW, zone=ZONE) == datetime.fromisoformat(meant).replace(tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "3.6",
        "昨天",
        "2.30 10:00",
        "25:00",
        "3.6 17:60",
        "99.99 10:00",
        "3.6 17:10 oder so",
        "T17:10",
        "2026-02-30 10:00",
        "3.6 10:10:60",
        "3.6 10:10:99",
        "0001-01-01 00:00",
        "9999-12-31 23:59",
        "3.6 17:10" + "\N{ZERO WIDTH SPACE}",
        "3.6 " + "1" * 5000,
        "1:" + " " * 1500 + "x",
    ],
)
def test_what_is_no_time_is_none(typed: str) -> None:
    assert moment(typed, now=NOW, zone=ZONE) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3.6", date(2026, 3, 6)),
        ("2026/12/1", date(2026, 12, 1)),
        ("12.31", date(2025, 12, 31)),
        ("8.1", date(2026, 8, 1)),
        ("明年", None),
        ("0001-01-01", None),
        ("9999/12/31", None),
        ("3." + " " * 100_000 + "x", None),
    ],
)
def test_a_date_without_a_year_is_the_nearest(typed: str, meant: date | None) -> None:
    assert calendar_day(typed, now=NOW, zone=ZONE) == meant


def test_a_time_is_shown_with_year_and_weekday() -> None:
    said = in_full(NOW, zone=ZONE)
    assert (said.zh, said.en) == ("2026年3月9日（周一）10:20", "Mon 9 Mar 2026 10:20")
