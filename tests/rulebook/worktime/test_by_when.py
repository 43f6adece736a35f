"""Time as an office says it: by when in a word, and how much of its own working time is left or over."""

import pytest
from tests.rulebook.worktime.times import SHANGHAI, at

from kesu.worktime.by_when import by_when
from kesu.worktime.china import china_calendar
from kesu.worktime.until import until

CHINA = china_calendar()
NOW = "2026-03-04T15:30"  # a Wednesday; the office works from 9:00 to 12:00 and from 13:30 to 17:30 or so


def said(end: str, now: str = NOW) -> tuple[str, str]:
    moment = at(now)
    one = by_when(until(at(end), zone=SHANGHAI, now=moment), now=moment, calendar=CHINA)
    return one.whole.zh, one.whole.en


@pytest.mark.parametrize(
    ("end", "zh", "en"),
    [
        ("2026-03-04T17:00", "今天 17:00 前，还剩 1 个工作小时", "by 17:00 today, 1 working hour left"),
        ("2026-03-04T15:50", "今天 15:50 前，还剩 20 分钟", "by 15:50 today, 20 minutes left"),
        ("2026-03-05T10:00", "明天 10:00 前，还剩 1 个工作日", "by 10:00 tomorrow, 1 working day left"),
        ("2026-03-06T00:00", "明天内，还剩 1 个工作日", "tomorrow, 1 working day left"),
        ("2026-03-07T00:00", "周五前，还剩 2 个工作日", "by Friday, 2 working days left"),
        ("2026-03-06T17:30", "周五 17:30 前，还剩 2 个工作日", "by 17:30 on Friday, 2 working days left"),
        ("2026-03-11T00:00", "下周二前，还剩 4 个工作日", "by Tuesday next week, 4 working days left"),
        ("2026-03-17T00:00", "3月16日前，还剩 8 个工作日", "by 16 Mar, 8 working days left"),
        ("2027-01-05T00:00", "2027年1月4日前，还剩 209 个工作日", "by 4 Jan 2027, 209 working days left"),
    ],
)
def test_what_is_still_in_time_is_told_by_its_day_with_what_is_left(end: str, zh: str, en: str) -> None:
    assert said(end) == (zh, en)


@pytest.mark.parametrize(
    ("end", "zh", "en"),
    [
        ("2026-03-04T14:30", "今天 14:30，逾期 1 个工作小时", "today 14:30, 1 working hour overdue"),
        ("2026-03-04T15:10", "今天 15:10，逾期 20 分钟", "today 15:10, 20 minutes overdue"),
        ("2026-03-03T17:00", "昨天 17:00，逾期 1 个工作日", "yesterday 17:00, 1 working day overdue"),
        ("2026-03-04T00:00", "昨天，逾期 1 个工作日", "yesterday, 1 working day overdue"),
        ("2026-02-28T00:00", "2月27日，逾期 4 个工作日", "27 Feb, 4 working days overdue"),
    ],
)
def test_what_is_late_is_told_by_when_it_was_due_and_by_how_much(end: str, zh: str, en: str) -> None:
    assert said(end) == (zh, en)


def test_where_no_working_time_lies_between_only_the_day_is_told_and_lateness_in_words() -> None:
    assert said("2026-03-09T00:00", now="2026-03-07T10:00") == (
        "明天内",
        "tomorrow",
    )  # Saturday, due by Sunday
    assert said("2026-03-07T00:00", now="2026-03-07T10:00")[0] == "昨天，刚逾期"
    assert said("2026-03-05T00:00", now="2026-03-04T22:00") == ("今天内", "today")


def test_a_make_up_day_counts_and_a_holiday_does_not() -> None:
    assert said("2026-02-27T00:00", now="2026-02-13T10:00")[0].endswith("还剩 4 个工作日")
