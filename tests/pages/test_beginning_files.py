"""登记, for files of every kind: what is in force can be begun at the desk, with the form of its own first step."""

from __future__ import annotations

import pytest
from tests.office.caseload.office import LIBRARY, at
from tests.pages.desk import Desk, fields
from tests.pages.html import Element

from kesu.caseload.acting.answers import Done
from kesu.caseload.models import CaseRow
from kesu.registry.editions import put_in_force


def offered(page: Element) -> dict[str, list[str]]:
    """Kinds of file with the procedures offered under each."""
    (nav,) = page.all("nav", class_="kinds")
    return {div.one("h2").text(): [link.text() for link in div.all("a")] for div in nav.all("div")}


def test_every_kind_in_force_is_offered_by_its_kind_in_both_languages(desk: Desk) -> None:
    found = offered(desk.as_("顾明").get("/register/"))
    assert found["投诉"] == ["服务客户及投诉处理程序"]
    assert found["预防措施"] == ["预防措施"]
    english = offered(desk.as_("顾明", "en").get("/register/"))
    assert english["Preventive action"] == ["Preventive action"]
    assert len(english) == len(found) >= 7


def test_the_complaint_stays_the_form_that_opens_first(desk: Desk) -> None:
    page = desk.as_("周小雨").get("/register/")
    assert page.one("nav", class_="kinds").one("a", aria_current="true").text() == "服务客户及投诉处理程序"
    assert [one.attrs["name"] for one in page.all("textarea")][:1] == ["f-account"]


def test_a_file_of_another_kind_begins_with_its_own_form(desk: Desk) -> None:
    mine = desk.as_("顾明")
    address = "/register/?procedure=lab-preventive-action"
    page = mine.get(address)
    assert page.all("input", name="f-at") == []
    sent = page.form("/register/") | fields(text="两位客户都问到了同一件事")
    done = mine.post("/register/", sent)
    (row,) = CaseRow.objects.filter(organisation="hengce", procedure="lab-preventive-action")
    assert (row.state, row.parent) == ("opened", "")
    assert done.one("p", class_="big").text() == row.label
    assert done.link("再登一件") == address


def test_the_same_form_sent_twice_opens_one_file(desk: Desk) -> None:
    mine = desk.as_("顾明")
    sent = mine.get("/register/?procedure=lab-preventive-action").form("/register/")
    mine.post("/register/", sent)
    mine.post("/register/", sent)
    assert CaseRow.objects.filter(organisation="hengce", procedure="lab-preventive-action").count() == 1


@pytest.fixture
def report(desk: Desk) -> str:
    """The address of a file that the quality manager begins."""
    answer = put_in_force(
        "office-report",
        library=LIBRARY,
        organisation="hengce",
        person=desk.house.persons["秦越"],
        now=at("2026-03-02 09:00"),
        since=at("2026-03-02 09:00"),
        key="report",
    )
    assert isinstance(answer, Done)
    return "/register/?procedure=office-report"


def test_what_somebody_else_begins_names_who_that_is(desk: Desk, report: str) -> None:
    page = desk.as_("周小雨").get(report)
    assert page.all("form", action="/register/") == []
    assert "这份案卷由顾明（质量负责人）开立。" in page.one("main").text()
    assert "试用汇总表 由他人开立" in page.one("nav", class_="kinds").text()


def test_what_the_first_step_wants_is_wanted_on_the_form_and_a_refusal_keeps_what_was_typed(
    desk: Desk, report: str
) -> None:
    mine = desk.as_("顾明")
    sent = mine.get(report).form("/register/") | fields(period_from="3月2日")
    page = mine.post("/register/", sent)
    assert mine.status == 422
    assert [one.attrs["href"] for one in page.one(id="summary").all("a")] == ["#f-period-to"]
    assert page.one("input", id="f-period-from").attrs["value"] == "3月2日"
    assert page.one("input", type="hidden", name="procedure").attrs["value"] == "office-report"


def test_a_procedure_that_nobody_knows_falls_back_to_the_first(desk: Desk) -> None:
    page = desk.as_("周小雨").get("/register/?procedure=nowhere")
    assert page.one("nav", class_="kinds").one("a", aria_current="true").text() == "服务客户及投诉处理程序"


def test_lists_are_narrowed_by_the_kind_of_file(desk: Desk) -> None:
    mine = desk.as_("顾明")
    desk.house.received()
    mine.post("/register/", mine.get("/register/?procedure=lab-preventive-action").form("/register/"))
    listed = [row.text() for row in mine.get("/cases/?kind=preventive+action").all("th", scope="row")]
    assert listed == [CaseRow.objects.get(procedure="lab-preventive-action", organisation="hengce").label]
    options = mine.get("/cases/").one("select", id="n-kind").all("option")
    assert [one.text() for one in options][:2] == ["不限", "投诉"]
