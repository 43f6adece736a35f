"""Files in a real browser: by the plain form without JavaScript, and dropped and pasted with it."""

from __future__ import annotations

import os
from base64 import b64encode
from typing import Any

import pytest
from playwright.sync_api import BrowserContext
from tests.browser.people import Site

from kesu.demo.papers import drawn

PICTURES = os.environ.get("KESU_PICTURES")
GIVE = """([form, name, type, content, how]) => {
  const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
  const given = new DataTransfer();
  given.items.add(new File([bytes], name, {type}));
  const event = how === "paste"
    ? new ClipboardEvent("paste", {clipboardData: given, bubbles: true, cancelable: true})
    : new DragEvent("drop", {dataTransfer: given, bubbles: true, cancelable: true});
  document.querySelector(form).dispatchEvent(event);
}"""


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_FOLDER, settings.PREVIEWS_FOLDER = tmp_path / "files", tmp_path / "previews"


@pytest.mark.parametrize(("width", "height"), [(1366, 625), (390, 664)])
def test_a_clerk_adds_evidence_by_the_plain_form(site: Site, width: int, height: int) -> None:
    file = site.house.received()
    seat = site.sit("周小雨", width=width, height=height)
    page = seat.go(f"/cases/{file.partition('/')[2]}/steps/added/").page
    page.fill("#f-text", "客户补来小票")
    page.locator("#f-evidence-files-new").set_input_files(
        [
            {"name": "小票 0231.png", "mimeType": "image/png", "buffer": drawn("小票")},
            {"name": "聊天.txt", "mimeType": "text/plain", "buffer": "客户：坏了".encode()},
        ]
    )
    page.check("[name='f-evidence-files--sort'][value='receipt']")
    seat.press("补充")
    listed = page.locator("#papers .files")
    assert listed.locator("a:not(.thumb)").all_inner_texts()[::2] == ["小票 0231.png", "聊天.txt"]
    picture = listed.locator(".thumb img")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.thumb img').naturalWidth > 0")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/evidence-{width}.png", full_page=True)


def test_files_are_dropped_and_pasted_into_a_form(site: Site, scripted: BrowserContext) -> None:
    file, page = site.house.received(), scripted.new_page()
    page.goto(site.address + "/sign-in/")
    page.get_by_role("button", name="周小雨").first.click()
    page.goto(f"{site.address}/cases/{file.partition('/')[2]}/steps/added/")
    form = "form[action*='/added/']"
    for name, how in (("拖进来.png", "drop"), ("粘贴.png", "paste")):
        content = b64encode(drawn(name)).decode()
        page.evaluate(GIVE, [f"{form} textarea", name, "image/png", content, how])
    assert [text.split()[0] for text in page.locator(f"{form} .sent li").all_inner_texts()] == [
        "拖进来.png",
        "粘贴.png",
    ]
    page.locator(f"{form} .sent button").nth(0).click()
    page.fill("#f-text", "客户补来照片")
    page.locator(f"{form} button.primary").click()
    assert page.locator("#papers .files a:not(.thumb)").first.inner_text() == "粘贴.png"
    assert page.locator("#papers .files li").count() == 1
