"""The table of lines in a real browser: without JavaScript, on a phone, by the keyboard alone."""

from __future__ import annotations

import os

import pytest
from tests.browser.people import Site
from tests.browser.test_access import faults
from tests.office.caseload.office import LIBRARY, at

from kesu.caseload.acting.answers import Done
from kesu.caseload.models import CaseRow
from kesu.registry.editions import put_in_force

REGISTER = "/register/?procedure=office-goods"
ROW = "[name='f-proposed-lines--{}']"


@pytest.fixture
def goods(site: Site) -> Site:
    """The site, with returned goods in force."""
    now = at("2026-03-02 09:00")
    person = site.house.persons["秦越"]
    done = put_in_force(
        "office-goods", library=LIBRARY, organisation="hengce", person=person, now=now, since=now, key="goods"
    )
    assert isinstance(done, Done), done
    return site


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 640)])
def test_rows_are_typed_more_are_asked_for_and_enter_records(goods: Site, width: int, height: int) -> None:
    seat = goods.sit("顾明", width=width, height=height)
    page = seat.go(REGISTER).page
    page.locator(ROW.format("article")).nth(0).fill("巴氏杀菌全脂牛奶（盒装，950 毫升）")
    page.locator(ROW.format("quantity")).nth(0).fill("1200")
    page.locator(ROW.format("price")).nth(0).fill("19.90")
    seat.press("再加几行")
    assert page.locator(ROW.format("article")).count() == 6
    assert page.evaluate("document.activeElement.id") == "f-proposed-lines--article-2"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if "KESU_PICTURES" in os.environ:
        page.screenshot(path=f"{os.environ['KESU_PICTURES']}/rows-{width}.png", full_page=True)
    page.locator(ROW.format("article")).nth(1).fill("茶")
    with page.expect_navigation():
        page.locator(ROW.format("quantity")).nth(1).press("Enter")
    assert "第 2 行没有填数量" in seat.main()  # Enter sends the form, it does not ask for rows
    assert page.locator(ROW.format("article")).nth(0).input_value() == "巴氏杀菌全脂牛奶（盒装，950 毫升）"
    if "KESU_PICTURES" in os.environ:
        page.screenshot(path=f"{os.environ['KESU_PICTURES']}/wrong-{width}.png", full_page=True)
    page.locator(ROW.format("quantity")).nth(1).fill("2")
    with page.expect_navigation():
        page.locator(ROW.format("quantity")).nth(1).press("Enter")
    file = CaseRow.objects.get(organisation="hengce", procedure="office-goods").file
    seat.go(f"/cases/{file.partition('/')[2]}/")
    assert page.locator("table.line-table").inner_text().split() == [
        *("品名", "数量", "单价（元）", "金额（元）"),
        *("巴氏杀菌全脂牛奶（盒装，950", "毫升）", "1200", "19.90", "23880.00", "茶", "2", "合计", "1202"),
    ]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if "KESU_PICTURES" in os.environ:
        page.screenshot(path=f"{os.environ['KESU_PICTURES']}/told-{width}.png", full_page=True)


def test_axe_finds_nothing_in_the_table_empty_or_wrong(goods: Site) -> None:
    seat = goods.sit("顾明", scripts=True, width=390, height=664)
    empty = faults(seat.go(REGISTER).page)
    seat.page.locator(ROW.format("quantity")).nth(1).fill("2")
    seat.press("登记")
    assert (empty, faults(seat.page)) == ([], [])
