"""Going anywhere by keyboard, and answering for similar cases while registering, with scripts as people have them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser.people import Site

from kesu.caseload.models import CaseRow, TraitRow
from kesu.procedure.words.names import FACT

COMPOSING = """(text) => {
  const field = document.getElementById("search");
  field.dispatchEvent(new CompositionEvent("compositionstart", {bubbles: true}));
  field.value = text;
  field.dispatchEvent(new InputEvent("input", {bubbles: true, isComposing: true}));
}"""
COMPOSED = """(text) => {
  const field = document.getElementById("search");
  field.value = text;
  field.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true, data: text}));
}"""


@pytest.fixture
def known(site: Site) -> Site:
    """Two complaints of two customers."""
    site.house.received(complainant="源达化工", account="结果差得太多", item="HC-0101")
    site.house.received(complainant="李女士", account="发票不对")
    return site


def desk_of(site: Site, name: str) -> Page:
    """This person's page, with scripts."""
    return site.sit(name, scripts=True).page


def test_by_keyboard_alone_from_anywhere_to_a_case(known: Site) -> None:
    page = desk_of(known, "周小雨")
    page.goto(known.address + "/procedures/")
    page.keyboard.press("Control+k")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("源达")
    expect(page.locator("#places a").first).to_contain_text("TS-2026-0001")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#places a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#places")).to_be_hidden()
    page.keyboard.press("Control+k")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("TS-2026-0001")


def test_half_a_word_of_an_input_method_is_not_looked_for(known: Site) -> None:
    page, asked = desk_of(known, "周小雨"), []
    page.on("request", lambda request: asked.append(request.url) if "/go/?text=" in request.url else None)
    page.goto(known.address + "/cases/")
    page.locator("#search").focus()
    page.evaluate(COMPOSING, "yuan'da")
    page.wait_for_timeout(600)
    assert asked == []
    with page.expect_response(lambda answer: "/go/?text=" in answer.url):
        page.evaluate(COMPOSED, "源达")
    expect(page.locator("#places a").first).to_contain_text("TS-2026-0001")
    assert len(asked) == 1


def test_what_is_answered_while_registering_stays_while_one_types_on_and_is_noted(known: Site) -> None:
    page = desk_of(known, "周小雨")
    page.goto(known.address + "/register/")
    page.locator("[name=f-complainant]").fill("源达化工")
    related = page.get_by_label("相关")
    related.check()
    page.locator("[name=f-item]").fill("HC-0101")
    expect(page.locator("[data-finder]")).to_contain_text("同一报告、批号或产品、同一客户")
    expect(related).to_be_checked()
    page.locator("[name=f-channel][value=phone]").check()
    page.locator("[name=f-account]").fill("又打来问进度")
    with page.expect_navigation():
        page.locator("main .act-foot").get_by_role("button", name="登记", exact=True).click()
    first, third = CaseRow.objects.get(label="TS-2026-0001"), CaseRow.objects.get(label="TS-2026-0003")
    pairs = TraitRow.objects.filter(word=FACT.COMPARED_CASE).values_list("file", "value")
    assert set(pairs) == {(third.file, first.file), (first.file, third.file)}


def test_a_text_typed_once_goes_into_several_cases(known: Site) -> None:
    seat = known.sit("周小雨")
    page = seat.page
    page.goto(known.address + "/cases/?view=all")
    for box in page.locator("input[name=file]").all():
        box.check()
    seat.press("对勾选的案件一起办")
    with page.expect_navigation():
        page.locator("button[name=step][value=note]").click()
    page.locator("textarea").first.fill("已打电话说明")
    page.get_by_label("和第一件写得一样").check()
    seat.press("先看会记下什么")
    expect(page.get_by_role("status")).to_contain_text("将记下 2 件，跳过 0 件。")
    seat.press("确认办 2 件")
    expect(page.get_by_role("status")).to_contain_text("已记下 2 件，没有记下 0 件。")
    links = [one.get_attribute("href") for one in page.get_by_role("status").locator("li a").all()]
    assert len(links) == 2
    for link in links:
        page.goto(known.address + str(link))
        expect(page.locator("#told")).to_contain_text("已打电话说明")
