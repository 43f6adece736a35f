"""A file that a complaint opens is about the same report: whoever tested it neither sees the retest nor can be given it."""

from __future__ import annotations

from tests.pages.desk import Desk
from tests.pages.house import House
from tests.pages.test_near_misses import cases, register

from kesu.caseload.models import CaseRow


def retest_of(house: House, file: str) -> str:
    """The retest that the technical manager decides on in a complaint about a result."""
    day = "2026-03-09 10:"
    asked = {"event": "结果不对", "time and place": "上周", "report concerned": "HC-0101"}
    asked |= {"persons concerned": "不清楚", "loss suffered": "没有", "wish": "复检"}
    house.do("周小雨", "acknowledged", day + "21", file, text="当面告知")
    house.do("周小雨", "handed to quality manager", day + "22", file, intake_questions=asked)
    house.do("顾明", "relevance decided", day + "23", file, ours="yes", relevance_reason="本机构的报告")
    house.do("顾明", "graded", day + "24", file, grade="ordinary", grade_reason="没有损失")
    house.do("周小雨", "accepted", day + "25", file, responsible_unit="materials")
    house.do("顾明", "team appointed", day + "26", file, team=[house.persons["韩松"]])
    told = {"complaint_content": "结果不对", "demand": "复检", "touches_system": "no", "touches_duties": "no"}
    house.do("顾明", "analysed", day + "27", file, data_validity="yes", **told)
    house.do("沈立", "retest decided", day + "28", file, retest="yes", retest_reason="留样还在")
    return CaseRow.objects.get(organisation=house.organisation, parent=file, procedure="lab-retest").file


def test_the_retest_of_a_report_is_hidden_from_who_tested_it_however_its_number_was_typed(desk: Desk) -> None:
    house = desk.house
    register(desk.as_("周小雨"), item="ｈｃ 0101")
    (case,) = cases(desk)
    retest = retest_of(house, case.file)
    tester = desk.as_("吴涛")
    tester.case(retest)
    assert tester.status == 404
    planning = desk.as_("沈立")
    form = planning.get(planning.step(retest, "retest planned"))
    given = {one.attrs["value"]: one for one in form.all("input", name="f-testers")}
    assert "disabled" in given[house.persons["吴涛"]].attrs
    assert "disabled" not in given[house.persons["方静"]].attrs
    assert "须回避，看不到本案： 吴涛" in form.one(id="apart").text()
