"""Calendars that cannot be are refused at load, each with where, what and what to do, in both languages."""

import pytest
from tests.rulebook.worktime.times import plain

from kesu.reading.strict import ReadError
from kesu.worktime.calendar import Calendar

IMPOSSIBLE: list[tuple[dict[str, object], str, str]] = [
    (
        {"shifts": []},
        (
            "calendar, shifts: there is no shift at all, so that no working time ever passes; "
            "give the shifts of a working day, like 09:00-12:00 and 13:00-18:00"
        ),
        "calendar, shifts：没有任何上班时间，期限永远走不完；写明工作日的上班时间，如 09:00-12:00 和 13:00-18:00",
    ),
    (
        {"shifts": ["09:00-12:00", "11:30-18:00"]},
        "calendar, shifts: shifts 09:00-12:00 and 11:30-18:00 overlap; let one end before the other begins",
        "calendar, shifts：上班时间 09:00-12:00 与 11:30-18:00 重叠；让前一段在后一段开始前结束",
    ),
    (
        {"shifts": ["09:00-09:00"]},
        "calendar, shifts: shift “09:00-09:00” ends when it begins; give it a later end or leave it out",
        "calendar, shifts：上班时间“09:00-09:00”起止相同；把结束时间写晚些，或删去这一段",
    ),
    (
        {"week": {"monday": ["22:00-06:00"]}},
        (
            "calendar, week, monday: shift “22:00-06:00” ends before it begins; "
            "write a night shift as two, one up to 24:00 and one from 00:00 of the next day"
        ),
        "calendar, week, monday：上班时间“22:00-06:00”的结束早于开始；夜班请分两段写：前一天到 24:00，次日从 00:00 起",
    ),
    (
        {"shifts": ["9:00-12:00"]},
        "calendar, shifts: “9:00” in shift “9:00-12:00” is no time; write hours and minutes, 00:00 to 24:00",
        "calendar, shifts：上班时间“9:00-12:00”里的“9:00”不是时刻；按时:分写，00:00 至 24:00",
    ),
    (
        {"shifts": ["morning"]},
        "calendar, shifts: “morning” is no shift; write its start and end, like 09:00-12:00",
        "calendar, shifts：“morning”不是一段上班时间；写明起止，如 09:00-12:00",
    ),
    (
        {"week": {}},
        (
            "calendar, week: no weekday is worked and no single day either, so that nothing would ever fall due; "
            "name the weekdays worked, like monday: standard"
        ),
        (
            "calendar, week：一周七天都不上班，也没有单独列出的上班日，任何期限都不会到期；"
            "写明每周哪几天上班，如 monday: standard"
        ),
    ),
    (
        {"sites": {"east": {"week": {}}}},
        (
            "calendar, sites, east, week: no weekday is worked and no single day either, so that nothing would "
            "ever fall due; name the weekdays worked, like monday: standard"
        ),
        (
            "calendar, sites, east, week：一周七天都不上班，也没有单独列出的上班日，任何期限都不会到期；"
            "写明每周哪几天上班，如 monday: standard"
        ),
    ),
    (
        {"week": {"monady": "standard"}},
        "calendar, week: the week does not know the key “monady”; did you mean “monday”?",
        "calendar, week：一周没有“monady”这个键；是不是“monday”？",
    ),
    (
        {"zone": "Asia/Beijing"},
        "calendar, zone: “Asia/Beijing” is no time zone; write a name of the IANA list, like Asia/Shanghai",
        "calendar, zone：没有“Asia/Beijing”这个时区；写 IANA 时区名，如 Asia/Shanghai",
    ),
    (
        {"days": [{"date": "2026-01-01", "kind": "off"}, {"date": "2026-01-01", "kind": "work"}]},
        "calendar, days, 2: 2026-01-01 stands here a second time; keep one",
        "calendar, days, 2：2026-01-01 重复出现；只留一个",
    ),
    (
        {"days": [{"date": "2026-02-29", "kind": "off"}]},
        "calendar, days, 1, date: “2026-02-29” is no date; write year, month and day, like 2027-02-06",
        "calendar, days, 1, date：“2026-02-29”不是日期；按年-月-日写，如 2027-02-06",
    ),
    (
        {"days": [{"date": "2026-01-01", "kind": "of"}]},
        "calendar, days, 1, kind: “of” is no kind of day; did you mean “off”?",
        "calendar, days, 1, kind：没有“of”这一类日子；是不是“off”？",
    ),
    (
        {"days": "2026-01-01"},
        "calendar, days: “days” of the calendar has to be a list",
        "calendar, days：日历的“days”应是列表",
    ),
    (
        {"days": [{"kind": "off"}]},
        "calendar, days, 1: the day needs “date”",
        "calendar, days, 1：这一天缺少“date”",
    ),
    (
        {"known_until": "2019-12-31"},
        (
            "calendar, known_until: the calendar is known until 2019-12-31, before it is first known on 2020-01-01; "
            "give the last day whose schedule is known"
        ),
        "calendar, known_until：已知范围止于 2019-12-31，早于起点 2020-01-01；写明放假安排已知的最后一天",
    ),
    (
        {"settled_until": "2031-01-01"},
        (
            "calendar, settled_until: 2031-01-01 does not lie between 2020-01-01 and 2030-12-31; "
            "give the last day that no later schedule will alter"
        ),
        "calendar, settled_until：2031-01-01 不在 2020-01-01 至 2030-12-31 之间；写明不会再被下一年安排改动的最后一天",
    ),
    (
        {"closures": [{"from": "2026-03-05", "to": "2026-03-04"}]},
        "calendar, closures, 1: the closure ends on 2026-03-04, before 2026-03-05; swap from and to",
        "calendar, closures, 1：停止办公的结束日 2026-03-04 早于开始日 2026-03-05；对调 from 与 to",
    ),
    (
        {"openings": [{"date": "2026-03-08"}, {"date": "2026-03-08"}]},
        "calendar, openings, 2: 2026-03-08 stands here a second time; keep one",
        "calendar, openings, 2：2026-03-08 重复出现；只留一个",
    ),
    (
        {"fixed": [{"day": "02-30"}]},
        "calendar, fixed, 1, day: “02-30” is no day of the year; write month and day, like 05-01",
        "calendar, fixed, 1, day：“02-30”不是一年中的某一天；按月-日写，如 05-01",
    ),
    (
        {"fixed": [{"day": f"{month:02d}-{day:02d}"} for month in (1, 3, 5) for day in range(1, 32)]},
        (
            "calendar, fixed: 93 fixed festivals a year are too many; "
            "name at most 60, and what is off for one year under days or closures"
        ),
        "calendar, fixed：每年固定节日多达93天；最多写60天，只在某一年放假的写进 days 或 closures",
    ),
    (
        {"sites": ["east"]},
        "calendar, sites: “sites” of the calendar has to be a mapping (key: value)",
        "calendar, sites：日历的“sites”应写成“键: 值”的形式",
    ),
    (
        {"xyz": []},
        (
            "calendar: the calendar does not know the key “xyz”; known are closures, days, fixed, known_from, "
            "known_until, openings, settled_until, shifts, sites, version, week, zone"
        ),
        (
            "calendar：日历没有“xyz”这个键；可用的有 closures、days、fixed、known_from、"
            "known_until、openings、settled_until、shifts、sites、version、week、zone"
        ),
    ),
    (
        {"shifts": "09:00-12:00"},
        "calendar, shifts: shifts are a list, like [09:00-12:00, 13:00-18:00]",
        "calendar, shifts：上班时间应是列表，如 [09:00-12:00, 13:00-18:00]",
    ),
    ({"version": " "}, "calendar, version: “version” is empty", "calendar, version：“version”是空的"),
    (
        {"version": 3},
        "calendar, version: text, a list or a mapping is wanted, not 3",
        "calendar, version：应是文字、列表或“键: 值”，不是 3",
    ),
]


@pytest.mark.parametrize(("changes", "en", "zh"), IMPOSSIBLE, ids=[str(one[0])[:60] for one in IMPOSSIBLE])
def test_an_impossible_calendar_is_refused(changes: dict[str, object], en: str, zh: str) -> None:
    with pytest.raises(ReadError) as error:
        Calendar.from_data(plain(**changes))
    assert (str(error.value), error.value.in_("zh")) == (en, zh)


def test_what_is_no_mapping_at_all_is_refused() -> None:
    with pytest.raises(ReadError) as error:
        Calendar.from_data([])  # type: ignore[arg-type]  # as a file may hold it
    assert str(error.value) == "calendar: the calendar has to be a mapping (key: value)"
