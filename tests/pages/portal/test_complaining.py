"""Somebody without an account complains: what he is asked, what he gets, and where it lands in the house."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.pages.desk import Desk
from tests.pages.html import read
from tests.pages.portal.conftest import SAID, Visitor, given, picture, settled

from kesu.caseload.models import CaseRow
from kesu.ledger.read import entries_of


def test_a_complaint_is_taken_with_number_code_and_promised_dates_of_time_alone(visitor: Visitor) -> None:
    page = visitor.complain()
    number, code = given(page)
    assert (visitor.status, number) == (200, "TS-2026-0001")
    assert [len(group) for group in code.split(" ")] == [4, 4]
    row = CaseRow.objects.get(organisation="hengce", label=number)
    first, second = entries_of("hengce", row.file)[:2]
    assert [(one.kind, one.by, one.post, one.recorder, one.medium) for one in (first, second)] == [
        ("received", "complainant", None, None, "online"),
        ("registered", "complainant", None, None, "online"),
    ]
    assert first.at == first.noted
    assert (first.facts["channel"], first.facts["form"]) == ("website", "written")
    assert page.one("section").text() == "您什么时候得到答复 2026年3月11日（周三） 之前：告知已收到"


def test_what_was_agreed_is_on_record_with_the_version_of_its_text(visitor: Visitor) -> None:
    settled(visitor.house, notice="只用于处理本投诉。")
    number, _ = given(visitor.complain())
    facts = entries_of("hengce", CaseRow.objects.get(label=number, organisation="hengce").file)[0].facts
    settled(visitor.house, notice="另一份告知。")
    other, _ = given(visitor.complain())
    later = entries_of("hengce", CaseRow.objects.get(label=other, organisation="hengce").file)[0].facts
    assert "health agreed" not in facts
    assert facts["notice agreed"] != later["notice agreed"]


def test_without_the_notice_nothing_is_taken_and_nothing_typed_is_lost(visitor: Visitor) -> None:
    page = visitor.complain(agree=None)
    assert visitor.status == 422
    assert "请先阅读个人信息告知并勾选同意" in page.one(class_="summary").text()
    assert page.one("textarea", name="f-account").text() == SAID["f-account"]
    assert not CaseRow.objects.exists()


def test_the_account_is_the_only_thing_that_anybody_has_to_say_besides_a_name(visitor: Visitor) -> None:
    page = visitor.complain(**{"f-account": "", "f-phone": ""})
    listed = page.one(class_="summary").all("li")
    assert [one.text() for one in listed] == ["您要反映什么 ：还没有填"]


def test_a_complaint_may_come_without_a_name_where_the_house_lets_it(visitor: Visitor) -> None:
    nameless = {"f-complainant": "", "f-complainant--unknown": "1"}
    given(visitor.complain(**nameless))
    assert visitor.status == 200
    settled(visitor.house, anonymous="no")
    page = visitor.complain(**nameless)
    assert visitor.status == 422
    assert "您的姓名或单位 ：还没有填" in page.one(class_="summary").text()


def test_the_same_form_sent_twice_is_one_complaint_with_one_code(visitor: Visitor) -> None:
    sent = visitor.get("complain/").form(visitor.at("complain/"))
    typed = {"key": sent["key"], "procedure": sent["procedure"], **SAID}
    first = given(visitor.post("complain/", typed))
    again = given(visitor.post("complain/", typed))
    assert first == again
    assert CaseRow.objects.filter(organisation="hengce").count() == 1


def test_evidence_comes_with_it_and_what_is_no_evidence_is_said_so(visitor: Visitor, desk: Desk) -> None:
    number, _ = given(visitor.complain(**{"f-evidence-files": picture()}))
    file = CaseRow.objects.get(organisation="hengce", label=number).file
    assert "收据.png" in desk.as_("周小雨").case(file).one(id="papers").text()
    assert "收据.png" in visitor.get("own/").one("ol", class_="told").text()
    program = SimpleUploadedFile("x.png", b"MZ\x90\x00" + bytes(500), content_type="image/png")
    page = visitor.complain(**{"f-evidence-files": program})
    assert visitor.status == 422
    assert "不是能收的类型" in page.one(class_="summary").text()


def test_it_lies_in_the_work_of_the_desk(visitor: Visitor, desk: Desk) -> None:
    number, _ = given(visitor.complain())
    assert number in desk.as_("周小雨").get("/").text()
    page = desk.as_("周小雨").case(CaseRow.objects.get(organisation="hengce", label=number).file)
    assert [one.text() for one in page.one(id="told").all("h3")] == [
        "登记 投诉人本人 （网上）",
        "收到投诉 投诉人本人 （网上）",
    ]


def test_a_house_that_has_not_opened_its_portal_answers_like_none(visitor: Visitor) -> None:
    settled(visitor.house, open="no")
    closed = visitor.client.get(visitor.at("complain/"))
    nowhere = visitor.client.get("/portal/nobody/complain/")
    assert (closed.status_code, nowhere.status_code) == (404, 404)
    assert read(closed.content.decode()).text() == read(nowhere.content.decode()).text()


def test_where_the_house_has_several_places_he_may_say_which(visitor: Visitor) -> None:
    given(visitor.complain(**{"f-site": "east"}))
    assert CaseRow.objects.get(organisation="hengce").site == "east"


def test_who_asks_to_stay_unnamed_while_he_sends_it_is_named_to_nobody_of_the_house(
    visitor: Visitor, desk: Desk
) -> None:
    number, _ = given(visitor.complain(**{"f-source-secrecy": "yes"}))
    file = CaseRow.objects.get(organisation="hengce", label=number).file
    page = desk.as_("周小雨").case(file).text()
    assert ("李女士" in page, "来源保密" in page) == (False, True)
    assert "李女士" in visitor.get("own/").text()
