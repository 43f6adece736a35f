"""案件: buttons come from the rules, refusals say what, why, who and what now, and nothing typed is lost."""

from __future__ import annotations

from tests.pages.conftest import Clock
from tests.pages.desk import Desk, fields
from tests.pages.html import Element

from kesu.caseload.models import BarredRow, CaseRow
from kesu.ledger.read import entries_of


def shut(page: Element, title: str) -> str:
    """The reasons that stand with a step that cannot be taken."""
    button = next(one for one in page.all("button", aria_disabled="true") if one.text() == title)
    return page.one(id=button.attrs["aria-describedby"]).text()


def test_a_step_that_is_due_from_me_stands_open_with_its_form(desk: Desk) -> None:
    file = desk.house.received()
    page = desk.as_("周小雨").case(file)
    assert page.one("h2", id="act-title").text() == "轮到你 · 移交质量负责人"
    assert [
        one.attrs["name"]
        for one in page.one(id="act").all("input")
        if "f-intake" in one.attrs.get("name", "")
    ] == [
        f"f-intake-questions--{item}"
        for item in (
            "event",
            "time-and-place",
            "report-concerned",
            "persons-concerned",
            "loss-suffered",
            "wish",
        )
    ]


def test_a_step_of_another_post_is_shown_disabled_with_reason_clause_and_who_can(desk: Desk) -> None:
    file = desk.house.received()
    said = shut(desk.as_("韩松").case(file), "移交质量负责人")
    assert "“移交质量负责人”由客服专员办，现在是监督员（3.1.3、4.2.1.1）。" in said
    assert "周小雨（客服专员）、何洁（客服专员）可以办。" in said


def test_a_step_that_waits_for_another_links_to_that_one_for_whoever_can_take_it(desk: Desk) -> None:
    file = desk.house.received()
    own = desk.as_("周小雨")
    page = own.get(own.step(file, "accepted"))
    assert "要先有“确认是否属于本机构负责的活动”" in page.one(id="act").text()
    assert "顾明（质量负责人）" in page.one(id="act").text()


def test_a_refused_step_keeps_what_was_typed_and_is_logged_as_barred(desk: Desk) -> None:
    file = desk.house.handed_over()
    mine = desk.as_("周小雨")
    page = mine.post(mine.step(file, "not accepted"), {"key": "k1", "f-reason": "不归我们管"})
    assert mine.status == 422
    assert page.one("textarea", id="f-reason").text() == "不归我们管"
    assert "还没有记下，已填的内容都在。" in page.one(id="summary").text()
    assert "现在不能办“不予受理”" in page.one(id="summary").text()
    assert [(row.step, row.clauses) for row in BarredRow.objects.all()] == [
        ("not accepted", ["A06-8", "A06-19"])
    ]


def test_what_a_form_lacks_is_said_at_its_field(desk: Desk) -> None:
    file = desk.house.handed_over()
    mine = desk.as_("周小雨")
    page = mine.take(file, "accepted")
    assert mine.status == 422
    assert [one.attrs["href"] for one in page.one(id="summary").all("a")] == ["#f-responsible-unit"]
    assert page.one("select", id="f-responsible-unit").attrs["aria-invalid"] == "true"


def test_a_step_is_recorded_once_however_often_its_form_is_sent(desk: Desk) -> None:
    file = desk.house.handed_over()
    mine = desk.as_("周小雨")
    address = mine.step(file, "accepted")
    sent = mine.get(address).form(address) | {"f-responsible-unit": "samples"}
    mine.post(address, sent)
    page = mine.post(address, sent)
    assert [one.text().split(" ")[0] for one in page.one(id="told").all("h3")].count("受理") == 1


def test_the_page_after_a_step_says_what_was_recorded_and_whose_turn_it_is(desk: Desk) -> None:
    file = desk.house.handed_over()
    page = desk.as_("周小雨").take(file, "accepted", responsible_unit="samples")
    said = page.one(role="status").text()
    assert said.startswith("✓ 已记下：2026年3月9日（周一）10:20，受理。 下一步“")
    assert "轮到顾明（质量负责人" in said


def test_a_case_that_changed_meanwhile_shows_what_and_keeps_the_input(desk: Desk) -> None:
    file = desk.house.handed_over()
    mine = desk.as_("周小雨")
    address = mine.step(file, "accepted")
    sent = mine.get(address).form(address) | {"f-responsible-unit": "samples"}
    desk.house.do(
        "顾明", "relevance decided", "2026-03-09 10:10", file, ours="yes", relevance_reason="再次确认"
    )
    page = mine.post(address, sent)
    assert mine.status == 409
    said = page.one(id="act").one(role="alert").text()
    assert "你打开之后，有人改过这件案子。你填的还在下面。" in said
    assert "顾明：确认是否属于本机构负责的活动" in said
    assert page.one("select", id="f-responsible-unit").one("option", value="samples").attrs["selected"] == ""


def test_an_act_noted_for_another_names_both_and_how(desk: Desk) -> None:
    file = desk.house.handed_over()
    mine = desk.as_("顾明")
    address = mine.step(file, "accepted")
    form = mine.get(mine.get(address).link("是别人办的，由我登记"))
    zhou = next(one for one in form.one("select", id="f-by").all("option") if "周小雨" in one.text())
    typed = {"for-other": "1", "f-by": zhou.attrs["value"], "f-medium": "phone", "f-at": "今天10:00"}
    page = mine.post(address, {**form.form(address), **typed, "f-responsible-unit": "samples"})
    entry = page.one(id="told").one("ol").all("li")[0].text()
    assert entry.startswith(
        "3月9日（周一）10:00 补记于 3月9日（周一）10:20 受理 周小雨（客服专员） · 由顾明登记（电话）"
    )
    assert "纸面" in entry


def test_a_step_at_the_screen_takes_no_time_of_its_own(desk: Desk) -> None:
    file = desk.house.handed_over()
    mine = desk.as_("周小雨")
    page = mine.take(file, "accepted", responsible_unit="samples", at="昨天17:10")
    assert mine.status == 422
    assert "不能另填时间" in page.one(id="summary").text()


def test_a_step_outside_may_lie_back_and_shows_how_its_time_was_read(desk: Desk) -> None:
    file = desk.house.received()
    mine = desk.as_("周小雨")
    page = mine.take(file, "acknowledged", text="电话告知", at="0309 0910")
    assert mine.status == 200
    assert "告知已收到 周小雨（客服专员）" in page.one(id="told").text()
    assert CaseRow.objects.get(file=file).state == "acknowledged"


def test_a_corrected_value_is_struck_and_stays_readable(desk: Desk) -> None:
    file = desk.house.received()
    mine = desk.as_("周小雨")
    page = mine.take(file, "corrected", entry="2", word="demanded amount", value="500", reason="听错了")
    assert mine.status == 200, page.text()
    told = page.one(id="told")
    assert [(old.text(), new.text()) for old, new in zip(told.all("del"), told.all("ins"), strict=True)] == [
        ("0 元", "500 元")
    ]


def test_who_has_to_stay_out_cannot_be_chosen_and_the_list_says_so(desk: Desk, clock: Clock) -> None:
    file = desk.house.handed_over()
    desk.house.do(
        "顾明", "named", "2026-03-09 10:00", file, reason="投诉人说是他", persons=[desk.house.persons["韩松"]]
    )
    mine = desk.as_("顾明")
    page = mine.get(mine.step(file, "team appointed"))
    closed = [one.text() for one in page.one(id="f-team").all("label", class_="closed")]
    assert closed == ["韩松 须回避"]


def test_text_from_people_never_becomes_html(desk: Desk) -> None:
    file = desk.house.received(account="<script>alert(1)</script>", complainant="<b>李</b>")
    mine = desk.as_("顾明")
    mine.case(file)
    raw = mine.last.content.decode()
    assert "<script>" not in raw
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in raw


def test_a_form_sent_twice_is_one_act_also_when_the_act_changed_what_the_form_asks(desk: Desk) -> None:
    file = desk.house.do(
        "周小雨",
        "received",
        "2026-03-09 09:00",
        matter="complaint",
        complainant="李女士",
        channel="phone",
        account="晚",
    ).file
    desk.house.do("周小雨", "registered", "2026-03-09 09:01", file)
    own = desk.as_("周小雨", "en")
    address = own.step(file, "added")
    typed = {
        "complainant_kind": "client", "source": "client", "phone": "13812346621", "form": "written", "topic": "time limit",
    }  # fmt: skip
    body = own.get(address).form(address) | fields(**typed)
    went = [own.client.post(address, body) for _ in range(2)]
    assert [answer.status_code for answer in went] == [302, 302]
    assert went[0].headers["Location"] == went[1].headers["Location"]
    assert [entry.kind for entry in entries_of("hengce", file)].count("added") == 1
    other = own.client.post(address, body | fields(topic="conduct"))
    assert other.status_code == 409
    assert [entry.kind for entry in entries_of("hengce", file)].count("added") == 1
