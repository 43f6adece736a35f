"""日历: other hours and a year's schedule by the administrator's page; nothing is written before it was looked at."""

from __future__ import annotations

from typing import Any

from tests.pages.desk import Desk

from kesu.people.directory import directory_of
from kesu.people.models import CalendarVersion
from kesu.registry.calendars import present_calendar

PAGE = "/calendars/main/change/"
YEAR = "日期\t类型\t名称\n2027-01-01\t节\t元旦\n2027-01-02\t休\t元旦\n2027-01-03\t班\t元旦\n"


def versions() -> int:
    return CalendarVersion.objects.filter(organisation="hengce", calendar="main").count()


def test_a_pasted_year_is_shown_day_by_day_before_it_is_brought_in(desk: Desk) -> None:
    mine = desk.as_("秦越")
    sent = {**mine.get(PAGE).form(PAGE), "schedule": YEAR}
    page = mine.post(PAGE, {**sent, "act": "look"})
    said = page.one(role="status")
    assert "还没有写入任何内容。 会改 2 天。" in said.text()
    assert [line.text() for line in said.all("li")] == [
        "2027年1月2日（周六） ： 不上班 → 不上班 元旦假期",
        "2027年1月3日（周日） ： 不上班 → 上班 元旦调休上班",
    ]
    assert versions() == 1
    page = mine.post(PAGE, {**sent, "act": "bring"})
    assert (mine.status, versions()) == (200, 2)
    january = mine.get("/calendars/main/?year=2027").all("table")[0]
    marks = {cell.text() for cell in january.all("td") if cell.all("small")}
    assert marks == {"1 休", "2 休", "3 班"}


def test_a_line_that_cannot_be_read_is_named_and_nothing_is_written(desk: Desk) -> None:
    mine = desk.as_("秦越")
    sent = {**mine.get(PAGE).form(PAGE), "schedule": "日期,类型\n2027-01-41,休\n", "act": "look"}
    page = mine.post(PAGE, sent)
    assert (mine.status, versions()) == (422, 1)
    assert [link.attrs["href"] for link in page.one(role="alert").all("a")] == ["#schedule"]
    assert "2027-01-41" in page.one("textarea", id="schedule").text()


def test_other_working_hours_make_a_new_version_and_wrong_ones_none(desk: Desk) -> None:
    mine = desk.as_("秦越")
    form = mine.get(PAGE).form(PAGE)
    page = mine.post(PAGE, {**form, "act": "hours", "hours": "8:30-12"})
    assert (mine.status, page.one("input", id="hours").attrs["value"]) == (422, "8:30-12")
    mine.post(PAGE, {**form, "act": "hours", "hours": "08:30-12:00，13:30-17:30"})
    assert present_calendar(directory_of("hengce"), "main").to_data()["shifts"] == [
        "08:30-12:00",
        "13:30-17:30",
    ]


def test_a_year_that_nobody_brought_in_says_that_it_is_provisional(desk: Desk) -> None:
    mine = desk.as_("周小雨")
    told = {
        year: "放假安排还没有导入，期限暂定" in mine.get(f"/calendars/main/?year={year}").text()
        for year in (2026, 2027)
    }
    assert told == {2026: False, 2027: True}


def test_a_region_and_an_icalendar_file_are_looked_at_and_brought_in_like_a_year(desk: Desk) -> None:
    mine = desk.as_("秦越", "en")
    event = "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270701\nSUMMARY:Founding day\nEND:VEVENT\n"
    for text, said in (
        ("holidays:DE-BW 2027", "Epiphany"),
        (f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n", "Founding day"),
    ):
        before = versions()
        sent = {**mine.get(PAGE).form(PAGE), "schedule": text}
        assert said in mine.post(PAGE, {**sent, "act": "look"}).one(role="status").text()
        assert versions() == before
        mine.post(PAGE, {**sent, "act": "bring"})
        assert (mine.status, versions()) == (200, before + 1)
    data: Any = present_calendar(directory_of("hengce"), "main").to_data()
    known = {day["date"] for day in data["days"]}
    assert {"2027-01-06", "2027-07-01"} <= known


def test_a_region_that_there_is_not_is_said_beside_what_was_typed(desk: Desk) -> None:
    mine = desk.as_("秦越")
    sent = {**mine.get(PAGE).form(PAGE), "schedule": "holidays:DE-ZZ 2027", "act": "look"}
    page = mine.post(PAGE, sent)
    assert (mine.status, versions()) == (422, 1)
    assert "节假日库里 DE 没有“ZZ”" in page.one(role="alert").text()
