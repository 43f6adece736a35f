"""Axe finds nothing, a phone needs no sideways scrolling, and the keyboard alone is enough."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from tests.browser.people import Site

PAGES = (
    "/",
    "/register/",
    "/cases/?view=all",
    "/items/",
    "/items/one/HC-0101/",
    "/procedures/",
    "/procedures/lab-pd-007/",
    "/procedures/lab-pd-007/flow/",
    "/draw/?n=2&seed=1",
)
PAGES += ("/calendars/main/?span=5+working+days", "/people/", "/barred/", "/ledger/", "/password/")
OFFICE = ("/people/post/", "/access/", "/items/new/")
ANYBODY = ("/sign-in/", "/how-we-handle-complaints/hengce/lab-pd-007/")


def pages_of_a_case(site: Site) -> list[str]:
    name = site.house.handed_over().partition("/")[2]
    steps = ("accepted", "analysed", "found", "data-checked", "corrected")
    return [
        f"/cases/{name}/",
        f"/register/{name}/",
        f"/cases/{name}/limits/0/",
        *(f"/cases/{name}/steps/{one}/" for one in steps),
    ]


def test_axe_finds_nothing_on_any_page(site: Site) -> None:
    of_case, found = pages_of_a_case(site), {}
    nobody = site.context(scripts=True).new_page()
    for path in ANYBODY:
        nobody.goto(site.address + path)
        found[path] = faults(nobody)
    for name, paths in (("顾明", [*PAGES, *of_case]), ("邓颖", OFFICE[2:])):
        seat = site.sit(name, scripts=True)
        for path in paths:
            seat.go(path)
            found[f"{name} {path}"] = faults(seat.page)
    assert {path: said for path, said in found.items() if said} == {}


def test_axe_finds_nothing_in_the_dark_and_on_a_phone(site: Site) -> None:
    seat, found = site.sit("周小雨", scripts=True, width=390, height=664), {}
    seat.page.emulate_media(color_scheme="dark")
    for path in ("/", "/register/", *pages_of_a_case(site)):
        seat.go(path)
        found[path] = faults(seat.page)
    assert {path: said for path, said in found.items() if said} == {}


def faults(page: object) -> list[str]:
    """What axe says, a line a rule with the first place."""
    answer = Axe().run(page).response["violations"]  # type: ignore[arg-type]
    return [f"{one['id']}: {one['nodes'][0]['target']} {one['nodes'][0]['html'][:120]}" for one in answer]


def test_no_page_is_wider_than_a_phone(site: Site) -> None:
    seat = site.sit("顾明", scripts=True, width=390, height=664)
    wide = {}
    for path in [*PAGES, *pages_of_a_case(site)]:
        seat.go(path)
        wide[path] = seat.page.evaluate("document.documentElement.scrollWidth")
    assert {path: width for path, width in wide.items() if width > 390} == {}


def test_signing_in_and_registering_by_keyboard_alone(site: Site) -> None:
    user = site.house.user("周小雨")
    user.set_password("一个够长的密码2026")
    user.save()
    page = site.context(scripts=True).new_page()
    page.goto(site.address + "/sign-in/?next=/register/")
    to(page, "username")
    page.keyboard.type("zhouxiaoyu")
    page.keyboard.press("Tab")
    page.keyboard.type("一个够长的密码2026")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    to(page, "f-complainant")
    page.keyboard.type("Ms Li")
    to(page, "f-channel")
    page.keyboard.press("ArrowRight")
    to(page, "f-account")
    page.keyboard.type("three days late")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('button.primary')"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("p.big").inner_text() == "TS-2026-0001"


def to(page: object, name: str) -> None:
    """Goes on by the tab key until the focus is in this field."""
    for _ in range(80):
        page.keyboard.press("Tab")  # type: ignore[attr-defined]
        if page.evaluate("document.activeElement.name") == name:  # type: ignore[attr-defined]
            return
    raise AssertionError(f"the tab key does not reach {name}")


def test_the_summary_of_errors_has_the_focus_and_its_links_lead_to_the_fields(site: Site) -> None:
    seat = site.sit("周小雨", scripts=True)
    seat.go("/register/").fill(complainant="李女士").press("登记")
    assert seat.page.evaluate("document.activeElement.id") == "summary"
    seat.page.locator("#summary a").first.click()
    assert seat.page.evaluate("location.hash") == "#f-channel"
