"""A consent on one phone screen: the matter, the proposal, the amount, the very words, who stays out, and what can be done."""

from __future__ import annotations

import os

import pytest
from tests.browser.people import Seat, Site
from tests.pages.house import at
from tests.pages.test_gate import analysed

PHONE = {"width": 390, "height": 664}
WORDS = ("投诉成立", "收样时漏登，报告晚了三天", "重新出具报告，免收加急费")


def waiting_for_consent(site: Site, *, deputy: bool = True) -> str:
    """A complaint upheld, with a report that the general manager, or Shen Li for him, is to consent to; the id of its case."""
    persons = site.house.persons
    if deputy:
        site.house.note(
            "秦越", "post/general manager", "stand-in named", "2026-03-09 08:00", person=persons["沈立"],
            behalf=persons["陆建国"], **{"from": at("2026-03-09 08:00"), "until": at("2026-03-13 18:00")},
        )  # fmt: skip
    file = analysed(site.house, demanded_amount="30000", item="HC-0101")
    site.house.decided(file, "upheld")
    result, reasons, remedy = WORDS
    report = {"result": result, "result_reasons": reasons, "remedy": remedy}
    site.house.do("顾明", "handling report made", "2026-03-09 10:00", file, **report)
    return file.partition("/")[2]


def places(seat: Seat, *selectors: str) -> dict[str, tuple[float, float]]:
    """Where the first of each is seen now: its upper and lower edge in the window."""
    found = {}
    for selector in selectors:
        box = seat.page.locator(selector).first.bounding_box()
        assert box is not None, selector
        found[selector] = (box["y"], box["y"] + box["height"])
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_that_a_consent_is_about_fits_one_phone_screen_with_its_three_ways(
    site: Site, language: str
) -> None:
    name = waiting_for_consent(site)
    seat = site.sit("陆建国", language, **PHONE)
    seat.go(f"/cases/{name}/steps/consented/#act")
    if folder := os.environ.get("KESU_SHOTS"):
        seat.page.screenshot(path=f"{folder}/consent-{language}.png")
    seen = places(
        seat, "#act-title", ".consent", ".words-of", "#act textarea", "#act .act-foot .primary",
        "#act .act-foot a[href*='sent-back']", "#act .act-foot a[href*='passed-on']",
    )  # fmt: skip
    assert {what: place for what, place in seen.items() if place[0] < 0 or place[1] > PHONE["height"]} == {}
    foot = places(seat, "#act .act-foot")["#act .act-foot"]
    assert all(low <= foot[0] for what, (_, low) in seen.items() if "act-foot" not in what)
    said = seat.page.locator(".words-of").inner_text()
    assert [words for words in WORDS if words not in said] == []
    about = seat.page.locator(".consent").inner_text()
    assert "30000" in about
    assert "叁万元整" in about
    assert "吴涛" in about


def test_what_is_passed_on_reaches_whoever_may_decide_instead(site: Site) -> None:
    name = waiting_for_consent(site)
    seat = site.sit("陆建国", **PHONE)
    seat.go(f"/cases/{name}/steps/consented/")
    with seat.page.expect_navigation():
        seat.page.get_by_role("link", name="转给代理人：沈立").click()
    assert seat.page.locator("[name='f-to-person']").input_value() == site.house.persons["沈立"]
    seat.fill(text="出差，请沈立决定").press("转交")
    assert "已记下" in seat.said()
    deputy = site.sit("沈立", **PHONE).go(f"/cases/{name}/steps/consented/")
    deputy.fill(opinion="同意").press("同意")
    assert "已记下" in deputy.said()


def test_where_nobody_else_may_decide_it_says_so(site: Site) -> None:
    name = waiting_for_consent(site, deputy=False)
    seat = site.sit("陆建国", **PHONE).go(f"/cases/{name}/steps/consented/")
    assert "没有别人可以代你决定。" in seat.page.locator("#act .act-foot").inner_text()
    assert seat.page.locator("#act .act-foot a[href*='passed-on']").count() == 0
