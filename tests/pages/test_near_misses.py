"""The number of a report as people type it: found however it is written, asked where it is near one on record, said where it is unknown."""

from __future__ import annotations

from tests.pages.desk import Desk, fields
from tests.pages.html import Element
from tests.pages.test_registering import FOUR, cases

ABOUT_A_RESULT = FOUR | {
    "topic": ["result quality"],
    "matter": "complaint",
    "source": "client",
    "complainant_kind": "client",
    "form": "oral",
    "demanded_amount": "0",
    "item_concerned": "yes",
}


def register(desk: Desk, **typed: object) -> Element:
    sent = desk.get("/register/").form("/register/")
    return desk.post("/register/", {**sent, **fields(**ABOUT_A_RESULT), **fields(**typed)})


def subjects(page: Element) -> list[str]:
    """What the page says of the items, once the case is registered."""
    return [
        one.text()
        for one in page.all("p", class_="second")
        if "登记册" in one.text() or "登记在册" in one.text()
    ]


def kept_out(desk: Desk) -> str:
    (case,) = cases(desk)
    return desk.as_("周小雨").case(case.file).one(id="apart").text()


def test_a_number_is_found_however_it_is_written_and_the_page_says_who_worked_on_it(desk: Desk) -> None:
    page = register(desk.as_("周小雨"), item="ｈｃ 0102")
    assert subjects(page) == ["HC-0102：登记在册，做过它的工作的是沈立。"]
    assert "须回避，看不到本案： 沈立" in kept_out(desk)
    assert "说不准" not in kept_out(desk)
    (case,) = cases(desk)
    other = desk.as_("沈立")
    other.case(case.file)
    assert other.status == 404


def test_a_number_near_one_on_record_is_asked_and_nothing_is_recorded_until_it_is_answered(
    desk: Desk,
) -> None:
    mine = desk.as_("周小雨")
    page = register(mine, item="HC-0112")
    assert mine.status == 422
    assert cases(desk) == []
    said = page.one("p", id="f-item-error").text()
    assert said == "没有 HC-0112；是不是 HC-0102 或 HC-0101？请选一个，或者照写的先记下"
    offered = [one.attrs["value"] for one in page.all("input", name="f-item--meant")]
    assert offered == ["HC-0102", "HC-0101", "HC-0112"]
    assert all("checked" not in one.attrs for one in page.all("input", name="f-item--meant"))
    sent = page.form("/register/")
    assert subjects(mine.post("/register/", sent | {"f-item--meant": "HC-0102"})) == [
        "HC-0102：登记在册，做过它的工作的是沈立。"
    ]


def test_a_number_that_is_typed_anew_is_looked_up_anew_whatever_was_chosen(desk: Desk) -> None:
    mine = desk.as_("周小雨")
    sent = register(mine, item="HC-0112").form("/register/")
    page = mine.post("/register/", sent | {"f-item": "HC-0122", "f-item--meant": "HC-0112"})
    assert mine.status == 422
    assert page.one("p", id="f-item-error").text().startswith("没有 HC-0122；是不是 HC-0102")


def test_what_is_recorded_as_written_is_linked_when_the_register_has_it_written_otherwise(desk: Desk) -> None:
    mine = desk.as_("周小雨")
    sent = register(mine, item="hc 0112").form("/register/")
    page = mine.post("/register/", sent | {"f-item--meant": "hc 0112"})
    assert subjects(page) == ["hc 0112：登记册里没有，照写的记下；登记以后自动关联，在此之前说不准谁须回避。"]
    assert "还说不准谁须回避" in kept_out(desk)
    house, now = desk.house, "2026-03-09 10:21"
    house.note("邓颖", "item/HC-0112", "item registered", now, kind="report", received="2026-03-02")
    house.note("邓颖", "item/HC-0112", "work done", now, person=house.persons["沈立"], what="检测")
    assert "须回避，看不到本案： 沈立" in kept_out(desk)


def test_a_number_that_is_near_none_is_said_to_be_unknown_and_not_asked(desk: Desk) -> None:
    page = register(desk.as_("周小雨"), item="ZX/77/30661")
    assert [one.partition("：")[2][:6] for one in subjects(page)] == ["登记册里没有"]


def test_a_correction_is_asked_too_and_whoever_worked_on_the_wrong_report_is_free_again(desk: Desk) -> None:
    mine = desk.as_("周小雨")
    register(mine, item="hc0102")
    (case,) = cases(desk)
    entry = {"entry": "3", "word": "item", "reason": "看错了报告上的编号"}
    page = mine.take(case.file, "corrected", value="HC-0111", **entry)
    assert "没有 HC-0111；是不是 HC-0101" in page.one("p", id="f-value-error").text()
    address = mine.step(case.file, "corrected")
    page = mine.post(address, page.form(address) | {"f-value--meant": "HC-0101"})
    assert "HC-0101：登记在册，做过它的工作的是吴涛。" in page.one(role="status").text()
    assert "须回避，看不到本案： 吴涛" in kept_out(desk)
    assert "沈立" not in kept_out(desk)


def test_a_choice_is_corrected_by_the_name_that_people_see_and_a_wrong_one_names_those_there_are(
    desk: Desk,
) -> None:
    mine = desk.as_("周小雨")
    register(mine, item="HC-0101")
    (case,) = cases(desk)
    entry = {"entry": "1", "word": "form", "reason": "后来补交了书面材料"}
    page = mine.take(case.file, "corrected", value="口头转述", **entry)
    assert "“口头转述”不在可选项内：书面、口头" in page.one(id="act").text()
    page = mine.take(case.file, "corrected", value="书面", **entry)
    assert page.one(role="status").text().startswith("✓ 已记下")
    entry |= {"entry": "3", "word": "topic"}
    mine.take(case.file, "corrected", value="检测结果质量、检测时限", **entry)
    assert "检测结果质量、检测时限" in mine.case(case.file).one(id="told").text()
