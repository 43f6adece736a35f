"""The portal seen from the desk: who opens it, and how a complainant who called gets his code."""

from __future__ import annotations

from tests.pages.desk import Desk
from tests.pages.portal.conftest import SAID, Visitor, given, settled

from kesu.caseload.models import CaseRow
from kesu.desk.models import Access
from kesu.people.directory import directory_of
from kesu.registry.portal_settings import portal_of


def registered(desk: Desk) -> tuple[str, str]:
    """Number and code on the page that comes after registering; “” where no code is given."""
    clerk = desk.as_("周小雨")
    form = clerk.get("/register/").form("/register/")
    typed = {**form, "f-complainant": "李女士", "f-channel": "phone", "f-account": "报告比约定晚了三天。"}
    page = clerk.post("/register/", typed)
    values = [one.text() for one in page.all("dd", class_="big")]
    again = clerk.get(clerk.last.redirect_chain[-1][0])
    assert again.all("dd", class_="big") == []  # shown once
    return (values[0], values[1]) if values else ("", "")


def test_whoever_registers_gets_the_code_once_and_it_opens_the_case(visitor: Visitor, desk: Desk) -> None:
    number, code = registered(desk)
    assert visitor.look_up(number, code).one("h1").text() == f"您的投诉 {number}"
    assert Access.objects.filter(what="lookup code given", person=desk.house.persons["周小雨"]).count() == 1


def test_where_the_portal_is_closed_no_code_is_given(visitor: Visitor, desk: Desk) -> None:
    settled(visitor.house, open="no")
    assert registered(desk) == ("", "")


def test_another_code_is_given_on_request_and_ends_the_one_before(visitor: Visitor, desk: Desk) -> None:
    number, code = given(visitor.complain(**SAID))
    file = CaseRow.objects.get(organisation="hengce", label=number).file.partition("/")[2]
    page = desk.as_("周小雨").post(f"/cases/{file}/code/", {})
    new = page.all("dd", class_="big")[1].text()
    assert f"编号 {number}，查询码 {new}" in page.one("textarea").text()
    assert Visitor(visitor.house).look_up(number, code).one("h1").text() == "查投诉进展"
    assert Visitor(visitor.house).look_up(number, new).one("h1").text() == f"您的投诉 {number}"


def test_who_handles_no_cases_gives_no_code(visitor: Visitor, desk: Desk) -> None:
    number, _ = given(visitor.complain(**SAID))
    file = CaseRow.objects.get(organisation="hengce", label=number).file.partition("/")[2]
    administrator = desk.as_("秦越")
    administrator.post(f"/cases/{file}/code/", {})
    assert administrator.status == 404


def test_the_administrator_opens_it_and_writes_its_texts(visitor: Visitor, desk: Desk) -> None:
    settled(visitor.house, open="no")
    office = desk.as_("秦越")
    form = office.get("/setup/portal/").form("/setup/portal/")
    texts = {"s-notice": "只用于处理本投诉。", "s-ICP-record": "京ICP备00000000号", "s-help": "010-5550000"}
    office.post("/setup/portal/", {**form, "s-open": "yes", **texts})
    portal = portal_of(directory_of("hengce"))
    assert (portal.is_open, portal.notice.zh, portal.icp) == (True, "只用于处理本投诉。", "京ICP备00000000号")
    page = visitor.get("complain/")
    assert "只用于处理本投诉。" in page.text()
    assert "京ICP备00000000号" in page.one("footer").text()


def test_a_text_that_is_taken_away_is_gone(visitor: Visitor) -> None:
    settled(visitor.house, help="010-5550000")
    settled(visitor.house, help="")
    assert portal_of(directory_of("hengce")).help == ""


def test_what_is_no_setting_is_refused_and_nothing_is_set(visitor: Visitor, desk: Desk) -> None:
    office = desk.as_("秦越")
    form = office.get("/setup/portal/").form("/setup/portal/")
    page = office.post("/setup/portal/", {**form, "s-open": "perhaps", "s-help": "x" * 10})
    assert office.status == 422
    assert "“开放投诉门户”请选是或否" in page.one(class_="summary").text()
    assert portal_of(directory_of("hengce")).help == ""
