"""What the complainant may see: what he brought, what he was told, the end; and nothing from inside (B21-S4.3, S6.7.3)."""

from __future__ import annotations

from tests.pages.desk import Desk
from tests.pages.html import Element
from tests.pages.test_who_sees_what import without_marks

INSIDE = {
    "relevance": "内部：受理理由",
    "grade": "内部：定级理由",
    "note": "内部：记事",
    "statement": "内部：陈述",
    "question": "内部：询问",
    "handover": "内部：移交说明",
}


def sheet(desk: Desk, file: str, language: str = "zh") -> Element:
    return desk.as_("周小雨", language).get(f"/cases/{file.partition('/')[2]}/for-the-complainant/")


def paper(page: Element) -> str:
    """Everything that is on the paper itself, the heading above it included."""
    return page.one(class_="title").text() + page.one("section", class_="letter").text()


def told(page: Element) -> list[str]:
    """The headings of the list."""
    return [one.text() for one in page.one("ol", class_="told").all("h3")]


def worked_on(desk: Desk) -> str:
    """A case with something in every corner of it that stays inside."""
    house = desk.house
    file = house.received(source="media", complainant_kind="report user")
    asked = dict.fromkeys(
        ("event", "time and place", "report concerned", "persons concerned", "loss suffered", "wish"),
        "内部：询问单",
    )
    house.do(
        "周小雨",
        "handed to quality manager",
        "2026-03-09 09:20",
        file,
        intake_questions=asked,
    )
    house.do("周小雨", "note", "2026-03-09 09:21", file, text=INSIDE["handover"])
    house.do(
        "顾明",
        "relevance decided",
        "2026-03-09 09:30",
        file,
        ours="yes",
        relevance_reason=INSIDE["relevance"],
    )
    house.do("顾明", "graded", "2026-03-09 09:35", file, grade="major", grade_reason=INSIDE["grade"])
    house.do("顾明", "note", "2026-03-09 09:36", file, text=INSIDE["note"])
    house.do(
        "顾明",
        "asked",
        "2026-03-09 09:37",
        file,
        to_person=house.persons["沈立"],
        question=INSIDE["question"],
    )
    house.do("沈立", "statement given", "2026-03-09 09:38", file, statement=INSIDE["statement"])
    house.do(
        "顾明",
        "evidence added",
        "2026-03-09 09:39",
        file,
        evidence="内部证据一号",
        evidence_origin="site",
        text=INSIDE["note"],
    )
    return file


def test_it_holds_the_arrival_and_what_he_was_told(desk: Desk) -> None:
    page = sheet(desk, worked_on(desk))
    assert told(page) == ["收到投诉", "告知已收到"]
    shown = paper(page)
    assert "李女士" in shown
    assert "报告比约定晚了三天。" in shown
    assert "138****6621" in shown
    assert "当面告知" in shown


def test_nothing_from_inside_is_in_it(desk: Desk) -> None:
    file = worked_on(desk)
    text = paper(sheet(desk, file))
    assert "内部" not in text
    for name in ("顾明", "沈立", "周小雨"):
        assert name not in text
    for word in (
        "重大",
        "媒体报道",
        "报告使用人",
        "信息来源",
        "级别",
        "质量负责人",
        "逾期",
        "询问单",
        "A03-",
    ):
        assert word not in text, word


def test_every_entry_that_is_no_telling_stays_out_whatever_it_is(desk: Desk) -> None:
    file = worked_on(desk)
    page = desk.as_("周小雨").case(file)
    entries = {one.text() for one in page.one(id="told").all("h3")}
    assert len(entries) >= 9
    assert len(told(sheet(desk, file))) == 2


def test_the_end_is_told_without_what_was_written_of_it(desk: Desk) -> None:
    house, file = desk.house, desk.house.received()
    house.do("周小雨", "void proposed", "2026-03-09 09:40", file, reason="内部：重复")
    house.do("顾明", "voided", "2026-03-09 09:45", file, reason="内部：重复")
    page = sheet(desk, file)
    assert told(page) == ["收到投诉", "告知已收到", "办结"]
    assert "内部" not in paper(page)


def test_a_struck_telling_is_not_shown_and_a_corrected_account_is_shown_as_it_stands(desk: Desk) -> None:
    house, file = desk.house, desk.house.received()
    mended = {"entry": "1", "word": "account", "value": "报告晚了五天。", "reason": "听录音后改正"}
    house.do("周小雨", "corrected", "2026-03-09 09:40", file, **mended)
    house.do("周小雨", "struck", "2026-03-09 09:41", file, entry="3", reason="记错案件")
    page = sheet(desk, file)
    assert told(page) == ["收到投诉"]
    assert "报告晚了五天。" in paper(page)
    assert "报告比约定晚了三天。" not in paper(page)


def test_the_page_of_the_case_leads_there_and_it_speaks_both_languages(desk: Desk) -> None:
    file = desk.house.received()
    address = desk.as_("周小雨").case(file).link("给投诉人看的内容")
    assert address == f"/cases/{file.partition('/')[2]}/for-the-complainant/"
    english = sheet(desk, file, "en")
    assert told(english) == ["Complaint received", "Receipt acknowledged"]


def test_who_does_not_see_the_case_does_not_see_this_either(desk: Desk) -> None:
    file = desk.house.received(item="HC-0102")  # the work of Shen Li
    mine, name = desk.as_("沈立"), file.partition("/")[2]
    hidden, none = (mine.client.get(f"/cases/{one}/for-the-complainant/") for one in (name, "0" * 32))
    assert (hidden.status_code, none.status_code) == (404, 404)
    assert without_marks(hidden.content) == without_marks(none.content).replace(b"0" * 32, name.encode())
