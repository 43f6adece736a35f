"""条款核对 on the page of a case: two columns, and what a verdict rests on (issue: a false proof is worse than none)."""

from __future__ import annotations

import re

from tests.pages.desk import Desk
from tests.pages.house import House, at
from tests.pages.html import Element

from kesu.caseload.acting.answers import Done
from kesu.caseload.acting.perform import perform
from kesu.casework.deciding.command import Command


def noted_for(house: House, name: str, post: str, step: str, when: str, file: str, **facts: object) -> Done:
    """A step by this person, told by telephone and noted by the clerk."""
    command = Command(step=step, by=house.persons[name], post=post, facts=facts, medium="phone")  # type: ignore[arg-type]
    answer = perform(
        command,
        organisation=house.organisation,
        person=house.persons["周小雨"],
        now=at(when),
        key=f"noted-{step}-{when}",
        file=file,
    )
    assert isinstance(answer, Done), answer
    return answer


def rule(page: Element, text: str) -> list[str]:
    """The labels of the rules whose sentence holds this text."""
    found = page.one("section", id="checked").all("li")
    return [re.sub(r"\s+", " ", one.all("span")[0].text()).strip() for one in found if text in one.text()]


def counts(page: Element) -> dict[str, tuple[int, int]]:
    """How many rules stand how, as recorded and as now known."""
    head, recorded, known = page.one("table", class_="readings").all("tr")
    names = [cell.text().strip() for cell in head.all("th")]
    sums = [[int(cell.text()) for cell in row.all("td")] for row in (recorded, known)]
    return dict(zip(names, zip(*sums, strict=True), strict=True))


def test_the_page_has_both_columns_and_counts_them(desk: Desk) -> None:
    file = desk.house.handed_over()
    page = desk.as_("顾明").case(file)
    heads = [one.text() for one in page.one("table", class_="readings").all("th", scope="row")]
    assert heads == ["当时所记", "现在所知"]
    found = counts(page)
    assert list(found) == ["符合", "不符合", "未到", "不适用", "无法判断"]
    assert all(recorded == known for recorded, known in found.values())


def test_a_grade_told_by_telephone_is_nothing_that_anybody_can_tell_until_it_is_confirmed(desk: Desk) -> None:
    file = desk.house.received()
    asked = {"event": "晚了三天", "time and place": "上周", "report concerned": "HC-0101"}
    asked |= {"persons concerned": "不清楚", "loss suffered": "没有", "wish": "说明原因"}
    desk.house.do("周小雨", "handed to quality manager", "2026-03-09 09:20", file, intake_questions=asked)
    given = {"ours": "yes", "relevance reason": "本机构的委托"}
    noted_for(desk.house, "顾明", "quality manager", "relevance decided", "2026-03-09 09:30", file, **given)

    before = desk.as_("顾明").case(file)
    assert counts(before)["无法判断"][0] > 0
    assert "代记，本人确认后才算数" in before.one("section", id="told").text()
    accepting = desk.step(file, "accepted")
    assert "现在不能办“受理”" in desk.as_("周小雨").get(accepting).text()
    desk.as_("顾明").take(file, "confirmed in person")
    after = desk.as_("顾明").case(file)
    assert "代记，本人确认后才算数" not in after.one("section", id="told").text()
    unsure = counts(after)["无法判断"]
    assert unsure[0] > unsure[1]


def test_an_order_and_a_limit_without_a_clause_are_counted_too(desk: Desk) -> None:
    file = desk.house.received()
    noted_for(desk.house, "顾明", "quality manager", "note", "2026-03-09 09:40", file, text="电话里说已知悉")
    page = desk.as_("顾明").case(file)
    assert rule(page, "由别人代记的事") == ["? 无法判断 · 代记，本人未确认"]
