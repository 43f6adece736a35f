"""A programme as a calendar of a year, and a report as a page to read and to print: views of files like any other."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from tests.office.caseload.office import at
from tests.pages.conftest import Clock
from tests.pages.desk import Desk
from tests.pages.house import House
from tests.pages.html import Element
from tests.pages.recurring import a_report, a_year, enforce
from tests.pages.test_who_sees_what import without_marks

from kesu.caseload.models import CaseRow

_keys = itertools.count(1)
WEEK = {"period_from": "2026-02-23", "period_to": "2026-03-01"}


@pytest.fixture
def house_(desk: Desk) -> House:
    """The laboratory with a programme and reports of its own in force."""
    enforce(desk.house)
    return desk.house


@pytest.fixture
def year(house_: House) -> str:
    return a_year(house_)


def page(desk: Desk, kind: str, file: str, query: str = "") -> Element:
    return desk.get(f"/{kind}/{file.partition('/')[2]}/{query}")


def month(found: Element, number: int) -> list[str]:
    """The cells of a month in the table of the year."""
    (row,) = [
        row for row in found.one("table", class_="year").all("tr") if row.all("th")[0].text() == f"{number}月"
    ]
    return [cell.text() for cell in row.all("td")]


def test_a_month_shows_what_was_done_what_is_late_and_the_report_that_came_of_it(
    desk: Desk, year: str
) -> None:
    found = page(desk.as_("顾明"), "programmes", year)
    report = CaseRow.objects.get(procedure="office-report", organisation="hengce")
    assert month(found, 2)[0] == f"✓ 已办 2026-W09 2月23日（周一）09:00 {report.label} 立项"
    assert month(found, 3)[0].startswith(
        "■ 逾期 2026-W10 期限 3月2日（周一） ○ 待办 2026-W11 期限 3月9日（周一） · 未到 2026-W12"
    )
    assert month(found, 12)[1].count("○ 待办 2026 ·") == 4


def test_what_recurs_is_listed_with_how_often_it_was_done_and_late(desk: Desk, year: str) -> None:
    found = page(desk.as_("顾明"), "programmes", year)
    rows = found.one("div", aria_labelledby="courses").all("tr")[1:]
    said = [[cell.text() for cell in row.all("td")] for row in rows]
    weeks = sum(1 for _ in range(9, 54))
    assert said[0][:2] == ["每周一", "客服专员"]
    assert said[0][2:] == [f"1 / {weeks}", "1"]
    assert [one[0] for one in said] == ["每周一", "每天", "每年至少 4 次"]


def test_every_day_stands_in_a_grid_of_its_own(desk: Desk, year: str) -> None:
    found = page(desk.as_("顾明"), "programmes", year)
    (february,) = [
        row for row in found.one("table", class_="days").all("tr") if row.all("th")[0].text() == "2月"
    ]
    cells = february.all("td")
    assert (len(cells), cells[16].text(), cells[23].text()[:1], cells[24].text()[:1]) == (31, "", "■", "■")
    assert cells[17].attrs["title"] == "2026-02-18 逾期后办"


def test_the_page_of_the_file_leads_to_the_calendar_and_back(desk: Desk, year: str) -> None:
    mine = desk.as_("顾明")
    address = mine.case(year).link("按年历查看")
    assert address == f"/programmes/{year.partition('/')[2]}/"
    assert mine.get(address).link("查看案卷和办理") == f"/cases/{year.partition('/')[2]}/"
    assert [one.text() for one in mine.get("/programmes/").all("th", scope="row")] == [
        CaseRow.objects.get(file=year).label
    ]


def test_in_english_as_well(desk: Desk, year: str) -> None:
    found = page(desk.as_("顾明", "en"), "programmes", year)
    assert "every Monday" in found.text()
    assert "■ overdue 2026-W10 due Mon 2 Mar ○ to be done 2026-W11 due Mon 9 Mar" in found.text()


def test_a_file_without_periods_has_no_calendar_and_a_hidden_one_answers_the_same(
    desk: Desk, year: str
) -> None:
    case = desk.house.received(item="HC-0102").partition("/")[2]
    mine = desk.as_("沈立")
    answers = [
        mine.client.get(f"/{kind}/{one}/") for kind in ("programmes", "reports") for one in (case, "0" * 32)
    ]
    assert {one.status_code for one in answers} == {404}
    assert len({without_marks(one.content).replace(case.encode(), b"0" * 32) for one in answers[:2]}) == 1


# -- reports ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def report(house_: House) -> str:
    return a_report(house_)


def test_the_figures_the_content_and_who_did_what_stand_on_the_page(desk: Desk, report: str) -> None:
    found = page(desk.as_("顾明"), "reports", report)
    figures = found.one("section", aria_label="数据").text()
    assert figures.startswith("数据 2026年3月2日（周一） – 2026年3月8日（周日） 2 件，其中 0 件已办结")
    assert "投诉事项 检测时限 2" in figures
    assert "两件，都在办。" in found.one("section", aria_labelledby="content").text()
    stages = [
        [cell.text() for cell in row.all("td")]
        for row in found.one("div", aria_labelledby="course").all("tr")[1:]
    ]
    assert [one[0][:4] for one in stages] == ["✓ 已办", "✓ 已办", "未办"]
    assert stages[1][1] == "周小雨（客服专员）"


def test_from_whom_a_counted_case_is_hidden_no_figure_tells_it_by_subtraction(
    desk: Desk, report: str
) -> None:
    labels = sorted(
        row.label for row in CaseRow.objects.filter(organisation="hengce", procedure="lab-pd-007")
    )
    whole = page(desk.as_("顾明"), "reports", report).one("section", aria_label="数据").text()
    assert all(label in whole for label in labels)
    house = desk.house
    house.note("秦越", "post/quality manager", "stand-in named", "2026-03-09 08:00", **stand_in(house))
    shen = desk.as_("沈立")
    hidden = page(shen, "reports", report).one("section", aria_label="数据").text()
    assert (
        hidden
        == "数据 2026年3月2日（周一） – 2026年3月8日（周日） 其中有不向你显示的案卷，本期数据不向你显示。"
    )
    told = shen.case(report).one(id="told").text()
    assert "TS-2026-" not in told
    assert "检测时限" not in told


def stand_in(house: House) -> dict[str, Any]:
    """Shen Li stands in for Gu Ming for a week."""
    return {
        "person": house.persons["沈立"],
        "behalf": house.persons["顾明"],
        "from": at("2026-03-09 08:00"),
        "until": at("2026-03-13 18:00"),
    }


def test_counted_again_the_page_says_that_it_is_the_same(desk: Desk, report: str, clock: Clock) -> None:
    desk.house.received("2026-03-09 09:50")
    clock.set("2026-03-09 12:00")
    mine = desk.as_("顾明")
    address = page(mine, "reports", report).link("重新统计核对")
    assert address == "?check=1"
    assert page(mine, "reports", report, address).one(role="status").text() == "已依台账重新统计：一致。"


def test_reports_are_listed_and_the_list_of_cases_leads_there(desk: Desk, report: str) -> None:
    mine = desk.as_("顾明")
    assert mine.get("/cases/").link("汇总表和调查") == "/reports/"
    assert [one.text() for one in mine.get("/reports/").all("th", scope="row")] == [
        CaseRow.objects.get(file=report).label
    ]


def test_the_report_speaks_english(desk: Desk, report: str) -> None:
    found = page(desk.as_("顾明", "en"), "reports", report)
    assert found.one("h2", id="course").text() == "Review and sending"
    assert "Time limits 2" in found.one("section", aria_label="Figures").text()
