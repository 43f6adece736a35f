"""The portal in a real browser: a complainant on a phone, without an account and without a script."""

from __future__ import annotations

import os
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page
from tests.browser.people import Site
from tests.pages.house import at
from tests.pages.portal.conftest import settled
from tests.pages.test_gate import SECRET, analysed

from kesu.caseload.models import CaseRow
from kesu.demo.papers import drawn
from kesu.intake.lookup_code import admit, code_of

PICTURES = os.environ.get("KESU_PICTURES")
PHOTO = {"name": "报告照片.png", "mimeType": "image/png", "buffer": drawn("报告")}


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_FOLDER, settings.PREVIEWS_FOLDER = tmp_path / "files", tmp_path / "previews"


def shown(page: Page, name: str) -> None:
    """Nothing of it runs over the edge of the phone; a picture where somebody wants to look."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/portal-{name}.png", full_page=True)


def sent(page: Page, address: str) -> tuple[str, str]:
    """A complaint with a photo; number and code as the page says them."""
    page.goto(f"{address}/portal/hengce/")
    shown(page, "front")
    page.get_by_role("link", name="提出投诉").click()
    page.fill("#f-complainant", "李女士")
    page.fill("#f-phone", "13812346621")
    page.fill("#f-account", "报告比约定晚了三天。")
    page.locator("#f-evidence-files-new").set_input_files([PHOTO])
    shown(page, "complain")
    page.get_by_role("button", name="提交投诉").click()
    assert "请先阅读个人信息告知并勾选同意" in page.locator("#summary").inner_text()
    assert page.input_value("#f-account") == "报告比约定晚了三天。"
    page.check("#agree")
    page.get_by_role("button", name="提交投诉").click()
    shown(page, "taken")
    number, code = page.locator("dd.big").all_inner_texts()
    return number, code


def test_a_complainant_on_a_phone_sends_looks_up_and_adds_and_the_desk_sees_it(site: Site) -> None:
    settled(site.house, open="yes")
    page = site.context(width=390, height=664).new_page()
    number, code = sent(page, site.address)
    file = CaseRow.objects.get(organisation="hengce", label=number).file
    page.goto(f"{site.address}/portal/hengce/own/receipt/")
    shown(page, "receipt")
    page.goto(f"{site.address}/portal/hengce/own/")
    page.get_by_role("button", name="退出").click()
    page.goto(f"{site.address}/portal/hengce/look-up/")
    page.fill("#number", number)
    page.fill("#code", code.lower())
    shown(page, "look-up")
    page.get_by_role("button", name="查询").click()
    page.get_by_role("link", name="补充情况或证据、回答询问").click()
    page.fill("#f-text", "还有一份合同。")
    shown(page, "act")
    page.get_by_role("button", name="提交").click()
    assert page.locator("ol.told h3").all_inner_texts() == ["收到投诉", "补充"]
    shown(page, "own")
    seat = site.sit("周小雨")
    told = seat.go(f"/cases/{file.partition('/')[2]}/").page
    assert "还有一份合同。" in told.locator("#told").inner_text()
    assert "报告照片.png" in told.locator("#papers").inner_text()


def test_he_reads_the_result_once_it_was_told_and_disputes_it(site: Site) -> None:
    settled(site.house, open="yes")
    file = analysed(site.house)
    site.house.decided(file, "upheld")
    written = {"result": SECRET, "result_reasons": "收样时漏登", "remedy": "道歉"}
    site.house.do("顾明", "handling report made", "2026-03-09 09:45", file, **written)
    number = CaseRow.objects.get(organisation="hengce", file=file).label
    code = code_of(admit("hengce", file, number=number, now=at("2026-03-09 10:00")))
    page = site.context(width=390, height=664).new_page()
    page.goto(f"{site.address}/portal/hengce/look-up/?number={number}")
    page.fill("#code", code)
    page.get_by_role("button", name="查询").click()
    assert SECRET not in page.content()
    site.house.do("陆建国", "consented", "2026-03-09 09:50", file, opinion="同意")
    site.house.do("赵敏", "result notified", "2026-03-09 10:00", file)
    page.reload()
    assert SECRET in page.locator("ol.told").inner_text()
    page.get_by_role("link", name="对处理结果表示意见").click()
    page.check("[name='f-result-view'][value='disputes']")
    page.fill("#f-text", "漏登不是原因。")
    shown(page, "view")
    page.get_by_role("button", name="提交").click()
    shown(page, "disputed")
    told = site.sit("顾明").go(f"/cases/{file.partition('/')[2]}/").page
    assert "不认可，请求复核" in told.locator("#told").inner_text()
    assert "重新开启" in told.locator("#limits").inner_text()


@pytest.mark.parametrize("place", ["", "complain/", "look-up/"])
def test_nothing_serious_is_in_the_way_of_anybody(site: Site, scripted: BrowserContext, place: str) -> None:
    settled(site.house, open="yes")
    page = scripted.new_page()
    page.goto(f"{site.address}/portal/hengce/{place}")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["impact"]) for one in found if one["impact"] in ("serious", "critical")] == []
