"""Pauses: hours stand still exactly, days are not counted when the clock stands still at their end."""

import datetime as dt

import pytest
from tests.rulebook.worktime.times import at, counted

from kesu.worktime.due import Pause, PauseError, Policy, Roll, in_time

TEST = Pause(at("2026-03-04T10:00"), at("2026-03-09T11:00"), "送检")
OPEN = Pause(at("2026-03-04T10:00"), None, "送检")


def test_working_hours_stand_still_in_a_pause() -> None:
    found = counted("2026-03-02T09:30", "24 working hours", pauses=[TEST])
    assert found.explain("zh") == [
        "自2026年3月2日（周一）09:30起计算，只计上班时间。",
        "2026年3月2日（周一）09:30–12:00、13:00–18:00：计7小时30分钟，累计7小时30分钟。",
        "2026年3月3日（周二）09:00–12:00、13:00–18:00：计8小时，累计15小时30分钟。",
        "2026年3月4日（周三）09:00–10:00：计1小时，累计16小时30分钟。",
        "2026年3月4日（周三）10:00至2026年3月9日（周一）11:00：暂停计时（送检），不计。",
        "2026年3月9日（周一）11:00–12:00、13:00–18:00：计6小时，累计22小时30分钟。",
        "2026年3月10日（周二）09:00–10:30：计1小时30分钟，累计24小时。",
        "到期：2026年3月10日（周二）10:30。",
    ]


def test_clock_hours_stand_still_in_a_pause() -> None:
    found = counted("2026-03-02T09:30", "72 clock hours", pauses=[TEST])
    assert found.explain("en") == [
        "Runs on from Mon 2 Mar 2026 09:30; nights, weekends and holidays count.",
        "Mon 2 Mar 2026 09:30–24:00: 14 h 30 min, 14 h 30 min in all.",
        "Tue 3 Mar 2026 00:00–24:00: 24 h, 38 h 30 min in all.",
        "Wed 4 Mar 2026 00:00–10:00: 10 h, 48 h 30 min in all.",
        "Wed 4 Mar 2026 10:00 to Mon 9 Mar 2026 11:00: paused (送检), not counted.",
        "Mon 9 Mar 2026 11:00–24:00: 13 h, 61 h 30 min in all.",
        "Tue 10 Mar 2026 00:00–10:30: 10 h 30 min, 72 h in all.",
        "Due: Tue 10 Mar 2026 10:30.",
    ]


def test_working_days_on_which_the_clock_stands_still_at_the_end_are_not_counted() -> None:
    found = counted("2026-03-02T09:30", "5 working days", pauses=[TEST])
    assert found.explain("zh") == [
        "自2026年3月2日（周一）起算，当日不计入。",
        "2026年3月3日（周二）：第1个工作日。",
        "2026年3月4日（周三）至3月8日（周日）：暂停计时（送检），不计（5天）。",
        "2026年3月9日（周一）至3月12日（周四）：第2至第5个工作日。",
        "到期：2026年3月12日（周四）24:00。",
    ]


def test_paused_days_are_added_to_a_month() -> None:
    found = counted("2026-03-02T09:30", "1 month", pauses=[TEST])
    assert found.explain("zh")[2:] == [
        "2026年3月4日（周三）至3月8日（周日）：暂停计时（送检），不计（5天）。",
        "补足暂停的5天，最后一日延至2026年4月7日（周二）。",
        "到期：2026年4月7日（周二）24:00。",
    ]
    assert found.explain("en") == [
        "Counted from Mon 2 Mar 2026; that day itself does not count.",
        "1 month ends on the corresponding day, Thu 2 Apr 2026.",
        "Wed 4 Mar to Sun 8 Mar 2026: paused (送检), not counted (5 days).",
        "The 5 paused days are added: the last day is Tue 7 Apr 2026.",
        "Due: Tue 7 Apr 2026 24:00.",
    ]


def test_a_pause_within_one_day_costs_no_day_but_its_hours() -> None:
    short = Pause(at("2026-03-04T10:00"), at("2026-03-04T15:00"), "送检")
    assert counted("2026-03-02T09:30", "5 working days", pauses=[short]).date == dt.date(2026, 3, 9)
    assert counted("2026-03-04T09:00", "4 working hours", pauses=[short]).at == at("2026-03-04T18:00")


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-03-04T00:00", "2026-03-05T00:00", 1),
        ("2026-03-04T23:59", "2026-03-05T00:00", 1),
        ("2026-03-04T23:59", "2026-03-05T00:01", 1),
        ("2026-03-04T00:00", "2026-03-04T23:59", 0),
        ("2026-03-04T12:00", "2026-03-06T12:00", 2),
    ],
)
def test_a_pause_costs_as_many_days_as_it_has_midnights(start: str, end: str, days: int) -> None:
    found = counted("2026-03-02T09:30", "10 natural days", pauses=[Pause(at(start), at(end), "送检")])
    assert found.date == dt.date(2026, 3, 12) + dt.timedelta(days=days)


def test_pauses_that_overlap_are_counted_once() -> None:
    other = Pause(at("2026-03-06T08:00"), at("2026-03-09T11:00"), "等样")
    one = counted("2026-03-02T09:30", "24 working hours", pauses=[TEST])
    both = counted("2026-03-02T09:30", "24 working hours", pauses=[other, TEST])
    assert one.at == both.at
    assert both.explain("en")[4] == (
        "Wed 4 Mar 2026 10:00 to Mon 9 Mar 2026 11:00: paused (送检 / 等样), not counted."
    )


def test_a_pause_before_the_start_or_after_the_end_changes_nothing() -> None:
    before = Pause(at("2026-02-01T10:00"), at("2026-02-03T10:00"), "送检")
    after = Pause(at("2026-03-20T10:00"), None, "送检")
    for text in ("5 working days", "24 working hours", "10 natural days", "72 clock hours"):
        free, paused = (counted("2026-03-02T09:30", text, pauses=pauses) for pauses in ([], [before, after]))
        assert (paused.at, paused.explain("zh")) == (free.at, free.explain("zh"))


def test_of_several_pauses_each_costs_its_own_days() -> None:
    earlier, met = (
        Pause(at(f"2026-03-{first}T08:00"), at(f"2026-03-{last}T08:00"), "送检")
        for first, last in (("02", "04"), ("11", "12"))
    )
    found = counted("2026-03-01T10:00", "8 calendar days", pauses=[earlier, met])
    assert found.explain("zh") == [
        "自2026年3月1日（周日）起算，当日不计入。",
        "2026年3月2日（周一）至3月3日（周二）：暂停计时（送检），不计（2天）。",
        "2026年3月4日（周三）至3月6日（周五）：第1至第3天。",
        "2026年3月7日（周六）至3月8日（周日）：周末，照计，第4至第5天。",
        "2026年3月9日（周一）至3月10日（周二）：第6至第7天。",
        "2026年3月11日（周三）：暂停计时（送检），不计。",
        "2026年3月12日（周四）：第8天。",
        "到期：2026年3月12日（周四）24:00。",
    ]


def test_a_last_day_rolls_past_the_pause_that_it_meets_and_no_other() -> None:
    earlier, met = (
        Pause(at(f"2026-03-{first}T08:00"), at(f"2026-03-{last}T08:00"), "送检")
        for first, last in (("02", "04"), ("09", "10"))
    )
    found = counted("2026-03-01T10:00", "5 calendar days", pauses=[earlier, met])
    assert found.explain("en")[-4:] == [
        "Sat 7 Mar to Sun 8 Mar 2026: weekend, counted all the same, days 4 to 5.",
        "Sun 8 Mar 2026: weekend, the last day moves on.",
        "Mon 9 Mar 2026: paused (送检), not counted.",
        "Due: Tue 10 Mar 2026 24:00.",
    ]


def test_a_last_day_does_not_roll_onto_a_paused_day() -> None:
    monday = Pause(at("2026-03-09T08:00"), at("2026-03-10T08:00"), "送检")
    found = counted("2026-03-01T10:00", "7 calendar days", pauses=[monday])
    assert found.explain("en")[-3:] == [
        "Sun 8 Mar 2026: weekend, the last day moves on.",
        "Mon 9 Mar 2026: paused (送检), not counted.",
        "Due: Tue 10 Mar 2026 24:00.",
    ]


@pytest.mark.parametrize(
    ("text", "left", "at_the_earliest"),
    [
        (
            "5 working days",
            "From Wed 4 Mar 2026 on: paused (送检) with no end yet, 4 working days left.",
            "2026-03-09",
        ),
        (
            "1 month",
            "From Wed 4 Mar 2026 on: paused (送检) with no end yet, 30 calendar days left.",
            "2026-04-02",
        ),
        (
            "24 working hours",
            "From Wed 4 Mar 2026 10:00 on: paused (送检) with no end yet, 7 h 30 min left.",
            "2026-03-05",
        ),
    ],
)
def test_while_a_pause_has_no_end_the_date_is_the_earliest_possible_and_provisional(
    text: str, left: str, at_the_earliest: str
) -> None:
    found = counted("2026-03-02T09:30", text, pauses=[OPEN])
    assert (found.date.isoformat(), found.provisional) == (at_the_earliest, True)
    assert found.explain("en")[-3] == left
    assert found.explain("en")[-2].startswith("Due at the earliest: ")
    assert found.explain("zh")[-1] == "暂定：暂停尚未结束，恢复计时后重新计算。"


def test_while_a_pause_has_no_end_nothing_is_late() -> None:
    found = counted("2026-03-02T09:30", "5 working days", pauses=[OPEN])
    assert in_time(due=found, moment=at("2027-01-01T00:00"))


def test_a_last_day_that_would_roll_into_a_pause_without_end_waits_for_it() -> None:
    monday = Pause(at("2026-03-09T08:00"), None, "送检")
    found = counted("2026-03-01T10:00", "7 calendar days", Policy(roll=Roll.FORWARD), pauses=[monday])
    assert (found.date.isoformat(), found.provisional) == ("2026-03-09", True)
    assert found.explain("en")[-5:] == [
        "Sat 7 Mar to Sun 8 Mar 2026: weekend, counted all the same, days 6 to 7.",
        "Sun 8 Mar 2026: weekend, the last day moves on.",
        "From Mon 9 Mar 2026 on: paused (送检) with no end yet.",
        "Due at the earliest: Mon 9 Mar 2026 24:00.",
        "Provisional: the pause has no end yet; counted anew when it ends.",
    ]


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(PauseError) as error:
        Pause(at("2026-03-04T10:00"), at("2026-03-04T10:00"), "送检")
    assert str(error.value) == (
        "the pause from 2026-03-04 10:00:00+08:00 ends at 2026-03-04 10:00:00+08:00, not after it begins; "
        "correct one of them"
    )


def test_a_pause_without_a_zone_is_refused() -> None:
    with pytest.raises(PauseError) as error:
        Pause(dt.datetime(2026, 3, 4, 10), None, "送检")
    assert error.value.in_("zh") == "自 2026-03-04 10:00:00 起的暂停没有时区；起止都要带时区"
