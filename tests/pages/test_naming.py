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
    mine.take(file, "named", persons=[desk.house.persons["陆建国"]], reason="投诉人说是他拍板的")
    his = desk.as_("陆建国")
    his.case(file)
    assert his.status == 200
    barred = his.get(his.step(file, "naming confirmed")).text()
    assert "要由列明的人和被列明的人以外的人确认" in barred or "确认列明" in barred


def test_confirmed_by_another_it_is_hidden_told_for_a_week_and_looks_are_logged(
    desk: Desk, clock: object
) -> None:
    file = desk.house.handed_over()
    desk.house.do(
        "顾明", "named", "2026-03-09 10:00", file, reason="投诉人说是他", persons=[desk.house.persons["沈立"]]
    )
    assert "确认列明" in desk.as_("陆建国").get("/").text()
    mine = desk.as_("顾明").case(file)
    assert "已列明、待确认（不能办，还看得到）： 沈立" in mine.one("section", id="apart").text()
    assert "确认列明" not in mine.one("section", id="act").text()
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
