"""人员与岗位, 报告与样品: changed by those who keep them, by the same one way in, and refused in words."""

from __future__ import annotations

import pytest
from tests.pages.conftest import Clock
from tests.pages.desk import Desk

from kesu.people.directory import directory_of


def test_the_administrator_gives_a_post_and_the_person_can_act_at_once(desk: Desk) -> None:
    mine, wu = desk.as_("秦越"), desk.house.persons["吴涛"]
    sent = {
        **mine.get("/people/post/").form("/people/post/"),
        "post": "supervisor",
        "person": wu,
        "unit": "quality",
    }
    page = mine.post("/people/post/", sent)
    assert page.one(role="status").text() == "✓ 已记下。"
    assert "吴涛" in page.text()
    assert desk.as_("吴涛").get("/").one("h1").text() == "待办"


def test_a_stand_in_acts_until_the_very_minute_his_time_ends(desk: Desk, clock: Clock) -> None:
    mine, persons = desk.as_("秦越"), desk.house.persons
    form = mine.get("/people/stand-in/").form("/people/stand-in/")
    typed = {
        "post": "quality manager",
        "behalf": persons["顾明"],
        "person": persons["韩松"],
        "until": "2026-03-09 17:10",
    }
    mine.post("/people/stand-in/", {**form, **typed})
    file = desk.house.received()
    stand_in = desk.as_("韩松")
    assert "代顾明任质量负责人" in stand_in.get(stand_in.step(file, "department informed")).text()
    clock.set("2026-03-09 17:10")
    assert "代顾明任质量负责人" not in stand_in.case(file).text()


def test_a_wrong_appointment_says_what_is_wrong_and_keeps_what_was_typed(desk: Desk) -> None:
    mine, persons = desk.as_("秦越"), desk.house.persons
    form = mine.get("/people/stand-in/").form("/people/stand-in/")
    typed = {"post": "quality manager", "behalf": persons["顾明"], "person": persons["顾明"], "until": "哪天"}
    page = mine.post("/people/stand-in/", {**form, **typed})
    assert mine.status == 422
    assert [one.attrs["href"] for one in page.one(role="alert").all("a")] == ["#until"]
    assert page.one("input", id="until").attrs["value"] == "哪天"
    page = mine.post("/people/stand-in/", {**form, **typed, "until": "2026-03-10 17:10"})
    assert "不能代理自己" in page.one(role="alert").text()


def test_only_the_administrator_appoints(desk: Desk, clock: Clock) -> None:
    mine = desk.as_("顾明")
    before = directory_of("hengce").holders("supervisor", clock.now)
    mine.post(
        "/people/post/", {"post": "supervisor", "person": desk.house.persons["顾明"], "unit": "quality"}
    )
    assert mine.status == 404
    assert directory_of("hengce").holders("supervisor", clock.now) == before


def test_the_registrar_enters_an_item_and_who_worked_on_it_but_never_his_own_work(desk: Desk) -> None:
    mine = desk.as_("邓颖")
    form = mine.get("/items/new/").form("/items/new/")
    page = mine.post("/items/new/", {**form, "number": "HC-0200", "holder": "宏泰食品", "received": "3.6"})
    assert page.one("h1").text() == "HC-0200"
    assert "2026年3月6日（周五）" in page.text()
    work = {"step": "work done", "what": "检测", "key": "k1"}
    page = mine.post("/items/one/HC-0200/", {**work, "person": desk.house.persons["邓颖"]})
    assert "本人做的工作要由别人登记" in page.one(role="alert").text()
    page = mine.post("/items/one/HC-0200/", {**work, "person": desk.house.persons["吴涛"], "key": "k2"})
    assert "吴涛：检测" in page.text()


def test_an_item_registered_twice_is_refused(desk: Desk) -> None:
    mine = desk.as_("邓颖")
    page = mine.post("/items/new/", {"key": "k", "number": "HC-0101", "kind": "report"})
    assert mine.status == 422
    assert page.one("input", id="number").attrs["value"] == "HC-0101"


def test_verifying_the_ledger_says_that_it_is_what_was_written(desk: Desk) -> None:
    desk.house.received()
    page = desk.as_("周小雨").post("/ledger/", {})
    assert page.one(role="status").text().startswith("✓ 台账与当初写下的完全一致。")


def test_a_due_date_explains_itself_day_by_day(desk: Desk) -> None:
    file = desk.house.received()
    mine = desk.as_("周小雨")
    page = mine.case(file)
    due = mine.get(page.one(id="limits").all("a")[0].attrs["href"])
    assert due.one("h1").text() == "移交质量负责人： 明天内，还剩 1 个工作日 2026年3月10日（周二）"
    assert [one.text() for one in due.one("ol", class_="reckoning").all("li")] == [
        "自2026年3月9日（周一）起算，当日不计入。",
        "2026年3月10日（周二）：第1个工作日。",
        "到期：2026年3月10日（周二）24:00。",
    ]


def test_the_calendar_reckons_a_span_over_make_up_days(desk: Desk) -> None:
    page = desk.as_("周小雨").get("/calendars/main/?start=2026-02-13+10:00&span=3+working+days")
    assert page.one("p", class_="big").text() == "2026年2月25日（周三）"


def test_the_procedure_shows_each_rule_as_a_sentence_with_clause_and_reading(desk: Desk) -> None:
    text = desk.as_("周小雨").get("/procedures/lab-pd-007/").text()
    assert "“通报处理结果”之前要先有“同意”。 当场拦住 4.2.3.5" in text
    assert "原文只写“15天”。读作日历天" in text
    assert "逾期提出异议的处理" in text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", ("看得到案卷的人都可以", "客服专员、质量负责人、总经理", "检测结果质量、报告结论或内容")),
        (
            "en",
            (
                "whoever sees the file",
                "Customer service specialist, Quality manager and General manager",
                "Quality of results and Conclusion or content of a report",
            ),
        ),
    ],
)
def test_what_the_paper_leaves_open_is_said_in_words_where_it_is_several_too(
    desk: Desk, language: str, said: tuple[str, ...]
) -> None:
    text = desk.as_("周小雨", language).get("/procedures/lab-pd-007/").one(id="settings").text()
    assert [one for one in said if one not in text] == []
    assert [
        name for name in ("everybody", "result quality", "customer service specialist,") if name in text
    ] == []
