"""登记: four inputs are enough, nothing typed is lost, and what the procedure also wants is said at once."""

from __future__ import annotations

from tests.office.caseload.office import LIBRARY, at
from tests.pages.conftest import Clock
from tests.pages.desk import Desk, fields
from tests.pages.html import Element

from kesu.caseload.acting.answers import Done
from kesu.caseload.models import CaseRow
from kesu.registry.editions import put_in_force

FOUR = {"complainant": "李女士", "channel": "phone", "account": "报告晚了三天。", "at": "昨天17:10"}


def cases(desk: Desk) -> list[CaseRow]:
    return list(CaseRow.objects.filter(organisation=desk.house.organisation))


def register(desk: Desk, **typed: object) -> Element:
    """Fills in the form as it stands and sends it; what comes back."""
    sent = desk.get("/register/").form("/register/")
    return desk.post("/register/", {**sent, **fields(**typed)})


def test_at_most_four_inputs_are_required(desk: Desk) -> None:
    page = desk.as_("周小雨").get("/register/")
    assert len(page.all("span", class_="must")) <= 4


def test_four_inputs_register_a_complaint_and_the_page_says_number_dates_and_what_is_missing(
    desk: Desk,
) -> None:
    mine = desk.as_("周小雨")
    page = register(mine, **FOUR)
    (case,) = cases(desk)
    assert page.one("p", class_="big").text() == case.label == "TS-2026-0001"
    wanted = "还缺 6 项： 来件类型、信息来源、投诉方类别、提出形式、投诉事项、要求的金额"
    assert page.one(class_="warn").all("p")[0].text() == wanted
    limits = page.one(id="dates")
    assert [one.text() for one in limits.all("h3")] == [
        "告知已收到： 明天内，还剩 1 个工作日 2026年3月10日（周二）",
        "移交质量负责人： 明天内，还剩 1 个工作日 2026年3月10日（周二）",
    ]
    assert (
        limits.all("ol", class_="reckoning")[0].all("li")[-1].text() == "到期：2026年3月10日（周二）24:00。"
    )


def test_what_was_typed_stays_when_something_is_missing(desk: Desk) -> None:
    mine = desk.as_("周小雨")
    page = register(mine, complainant="李女士", account="<b>晚了</b>三天", at="什么时候")
    assert mine.status == 422
    assert page.one("textarea", id="f-account").text() == "<b>晚了</b>三天"
    assert page.one("input", id="f-at").attrs["value"] == "什么时候"
    assert [one.attrs["href"] for one in page.one(id="summary").all("a")] == ["#f-channel", "#f-at"]
    assert cases(desk) == []


def test_the_same_form_sent_twice_registers_once(desk: Desk) -> None:
    mine = desk.as_("周小雨")
    sent = mine.get("/register/").form("/register/") | fields(**FOUR)
    first = mine.post("/register/", sent)
    again = mine.post("/register/", sent)
    assert len(cases(desk)) == 1
    assert first.one("p", class_="big").text() == again.one("p", class_="big").text()


def test_a_complaint_cannot_have_come_in_later_than_now(desk: Desk, clock: Clock) -> None:
    clock.set("2026-03-09 10:20")
    mine = desk.as_("周小雨")
    page = register(mine, **FOUR | {"at": "2026-03-09 10:21"})
    assert mine.status == 422
    assert "不能晚于现在" in page.one("p", id="f-at-error").text()


def test_missing_facts_are_completed_or_marked_as_not_known(desk: Desk) -> None:
    mine = desk.as_("周小雨")
    register(mine, **FOUR)
    (case,) = cases(desk)
    page = mine.take(
        case.file,
        "added",
        topic=["time limit"],
        demanded_amount="0",
        matter="complaint",
        source="client",
        complainant_kind="?",
        form="oral",
    )
    assert mine.status == 200
    assert "投诉方类别 不清楚" in page.one(id="told").text()
    assert mine.get(f"/register/{case.file.partition('/')[2]}/").all(class_="warn") == []


def test_a_registration_that_is_refused_leaves_nothing_and_keeps_what_was_typed(desk: Desk) -> None:
    answer = put_in_force(
        "office-order",
        library=LIBRARY,
        organisation="hengce",
        person=desk.house.persons["秦越"],
        now=at("2026-03-02 09:00"),
        since=at("2026-03-02 09:00"),
        key="orders",
    )
    assert isinstance(answer, Done)
    mine = desk.as_("周小雨")
    blank = mine.get("/register/?procedure=office-order").form("/register/")
    mine.post("/register/", blank | fields(**FOUR, order_number="D-1"))
    (first,) = cases(desk)
    blank = mine.get("/register/?procedure=office-order").form("/register/")
    page = mine.post("/register/", blank | fields(**FOUR | {"account": "又少了两箱"}, order_number="d-1"))
    assert mine.status == 422
    assert "别的案卷已经用了" in page.one(id="summary").text()
    assert page.one("textarea", id="f-account").text() == "又少了两箱"
    assert page.one("input", id="f-order-number").attrs["value"] == "d-1"
    assert [row.file for row in cases(desk)] == [first.file]


def test_what_is_read_out_holds_the_number_and_times_and_promises_no_remedy(desk: Desk) -> None:
    page = register(desk.as_("周小雨"), **FOUR)
    said = page.one(id="read-out").one("textarea").text()
    assert said == (
        "您反映的情况已经登记，编号 TS-2026-0001。我们最迟3月10日（周二）告知已收到。以后来电请报这个编号。"
    )
