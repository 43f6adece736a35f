"""What somebody types stays: through a reload, a half word of an input method, and a session that ends in another tab."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser.people import Site


def test_what_is_typed_survives_a_reload_and_the_end_of_the_session(site: Site) -> None:
    zhou = site.sit("周小雨", scripts=True)
    page = zhou.page
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.url.endswith("/form-draft/") else None)
    page.clock.install()
    zhou.go("/register/")
    half_a_word(page, "bao gao")
    page.clock.run_for(6_000)
    assert sent == []
    page.keyboard.insert_text("报告晚了三天")
    page.clock.run_for(2_000)
    expect(page.get_by_text("保存，只有你能看到")).to_be_visible()
    page.reload()
    account = page.locator("#f-account")
    expect(account).to_have_value("报告晚了三天")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0

    elsewhere = page.context.new_page()
    elsewhere.goto(f"{site.address}/")
    elsewhere.locator(".who > summary").click()
    elsewhere.get_by_role("button", name="换人").click()
    elsewhere.wait_for_url("**/sign-in/")
    account.fill("报告晚了三天，没有人说过一声")
    zhou.press("登记")
    expect(page.locator("main .note")).to_have_text(
        "登录过期，内容还在。不是周小雨？ 换人", use_inner_text=True
    )
    page.get_by_role("button", name="周小雨").first.click()
    expect(account).to_have_value("报告晚了三天，没有人说过一声")


def half_a_word(page: Page, text: str) -> None:
    """An input method that has not picked a word yet."""
    page.locator("#f-account").focus()
    page.context.new_cdp_session(page).send(
        "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
    )
