"""Naming somebody on the pages: with its ground, confirmed by another, told to the person, and no figure gives the case away."""

from __future__ import annotations

import pytest
from tests.pages.desk import Desk
from tests.pages.house import at

from kesu.caseload.models import BarredRow


def test_one_person_alone_takes_the_case_from_nobody(desk: Desk) -> None:
    file = desk.house.handed_over()
    mine = desk.as_("顾明")
    page = mine.take(file, "named", persons=[desk.house.persons["陆建国"]])
    assert mine.status == 422
    assert "列明要写明依据" in page.text() or "还没有填" in page.text()
    page = mine.take(file, "named", persons=[desk.house.persons["陆建国"]], reason="投诉人说是他拍板的")
    assert "轮到你：“确认列明”" not in page.one(role="status").text()
    his = desk.as_("陆建国")
    his.case(file)
    assert his.status == 200
    barred = his.get(his.step(file, "naming confirmed")).one("section", id="act").text()
    assert "现在不能办“确认列明”" in barred
    assert "要由列明的人和被列明的人以外的人确认。" in barred


def test_confirmed_by_another_it_is_hidden_told_for_a_week_and_looks_are_logged(
    desk: Desk, clock: object
) -> None:
    file = desk.house.handed_over()
    desk.house.do(
        "顾明", "named", "2026-03-09 10:00", file, reason="投诉人说是他", persons=[desk.house.persons["沈立"]]
    )
    assert "确认列明" in desk.as_("陆建国").get("/").text()
    assert "确认列明" not in desk.as_("顾明").get("/").one("section", id="mine").text()
    mine = desk.as_("顾明")
    page = mine.case(file)
    assert "已列明、待确认（不能办，还看得到）： 沈立" in page.one("section", id="apart").text()
    of_his, _, of_others = page.one("section", id="act").text().partition("等别人的")
    assert "确认列明" not in of_his
    assert "确认列明：陆建国（总经理）" in of_others
    assert mine.get(mine.step(file, "naming confirmed")).all("select", name="f-entry") == []
    desk.as_("陆建国").take(file, "naming confirmed")
    his = desk.as_("沈立")
    his.case(file)
    assert his.status == 404
    his.case(file)
    rows = BarredRow.objects.filter(file=file, person=desk.house.persons["沈立"])
    assert [row.step for row in rows] == ["page opened"]
    assert "你被列为 TS-2026-0001 所涉及的人" in his.get("/").text()
    assert "打开案卷页面" in desk.as_("顾明").get("/barred/").text()
    clock.set("2026-03-17 10:20")  # type: ignore[attr-defined]
    assert "TS-2026-0001" not in desk.as_("沈立").get("/").text()


def test_the_form_offers_only_the_namings_that_this_person_may_confirm(desk: Desk) -> None:
    file, house = desk.house.handed_over(), desk.house
    for by, named, time in (("顾明", "沈立", "10:00"), ("陆建国", "吴涛", "10:01")):
        persons = [house.persons[named]]
        house.do(by, "named", f"2026-03-09 {time}", file, reason="投诉人说是他", persons=persons)
    mine = desk.as_("顾明")
    offered = mine.get(mine.step(file, "naming confirmed")).one("select", name="f-entry").all("option")
    assert [one.text() for one in offered] == [
        "请选择",
        "8 · 列明被投诉的人员和部门 · 陆建国，2026年3月9日（周一）10:01",
    ]


@pytest.mark.parametrize("name", ["秦越"])
def test_nobody_gives_a_post_to_himself(desk: Desk, name: str) -> None:
    mine = desk.as_(name)
    address = "/people/post/"
    sent = mine.get(address).form(address)
    typed = {"post": "general manager", "person": mine.house.persons[name], "unit": "quality"}
    page = mine.post(address, {**sent, **typed})
    assert "不能给自己任职或代理" in page.text()


def test_who_held_a_post_on_a_day_is_answered(desk: Desk) -> None:
    wu = desk.house.persons["吴涛"]
    held = {"person": wu, "unit": "quality", "from": at("2026-02-01 09:00"), "until": at("2026-03-01 00:00")}
    desk.house.note("秦越", "post/supervisor", "post taken", "2026-03-09 09:00", **held)
    row = "监督员"
    mine = desk.as_("顾明")

    def holders(query: str) -> str:
        rows = mine.get(f"/people/{query}").one("table", class_="stack").all("tr")
        return next(one.text() for one in rows if one.text().startswith(row))

    assert "吴涛" not in holders("")
    assert "吴涛" in holders("?on=2026-02-10")
    assert "吴涛" not in holders("?on=2026-03-02")
    assert "这不是日期" in mine.get("/people/?on=soon").text()


def named_for_good(desk: Desk) -> str:
    file, house = desk.house.handed_over(), desk.house
    house.do(
        "顾明", "named", "2026-03-09 10:00", file, reason="投诉人说是他", persons=[house.persons["沈立"]]
    )
    desk.as_("陆建国").take(file, "naming confirmed")
    return file


def test_the_named_says_his_own_on_a_page_of_his_and_still_sees_nothing_of_the_file(desk: Desk) -> None:
    file = named_for_good(desk)
    his = desk.as_("沈立")
    assert his.get("/").link("说明情况") == "/statement/"
    page = his.get("/statement/")
    assert [one.text() for one in page.one("main").all("h2")] == ["TS-2026-0001"]
    sent = page.form("/statement/")
    page = his.post("/statement/", sent | {"text": "当天我不在班，\n班表可查。"})
    assert page.one(role="status").text().startswith("✓ 你的陈述已记入案卷")
    assert page.one("dl", class_="facts").text() == "2026年3月9日（周一）10:20 当天我不在班， 班表可查。"
    his.case(file)
    assert his.status == 404
    case = desk.as_("顾明").case(file)

    apart = case.one("section", id="apart").text()
    assert "沈立 2026年3月9日（周一）10:20 作了陈述： 第 9" in apart
    assert "当天我不在班" in case.text()


def test_a_statement_that_says_nothing_is_kept_in_the_form_and_one_about_another_file_is_logged(
    desk: Desk,
) -> None:
    named_for_good(desk)
    other = desk.house.received("2026-03-09 10:05")
    his = desk.as_("沈立")
    sent = his.get("/statement/").form("/statement/")
    page = his.post("/statement/", sent | {"text": "无"})
    assert his.status == 422
    assert "请用文字写明" in page.one(role="alert").text()
    assert page.one("textarea").text() == "无"
    stranger = desk.as_("吴涛")
    stranger.post("/statement/", {"file": other, "text": "我也说一句", "key": "k-1"})
    assert stranger.status == 404
    rows = BarredRow.objects.filter(person=desk.house.persons["吴涛"])
    assert [(row.step, row.file) for row in rows] == [("statement given", other)]


def test_once_the_file_has_ended_nobody_is_named_in_it_any_more_and_what_was_typed_is_given_back(
    desk: Desk, clock: object
) -> None:
    file = named_for_good(desk)
    his = desk.as_("沈立")
    sent = his.get("/statement/").form("/statement/")
    desk.house.do("周小雨", "void proposed", "2026-03-09 10:21", file, reason="登记时输错了单位")
    desk.house.do("顾明", "voided", "2026-03-09 10:22", file, reason="确是误登")
    clock.set("2026-03-09 10:23")  # type: ignore[attr-defined]
    assert "没有把你列为所涉及的人的在办案卷" in his.get("/statement/").text()
    page = his.post("/statement/", sent | {"text": "当天我不在班"})
    assert his.status == 404
    assert page.one(role="alert").text() == "没有这样一件把你列为所涉及的人的在办案卷，什么都没有记下。"
    assert page.one("textarea").text() == "当天我不在班"
