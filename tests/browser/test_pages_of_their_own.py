"""The calendar of a programme, a report, and the sheet for the complainant, in a browser: axe, a phone, and paper."""

from __future__ import annotations

from tests.browser.people import Site
from tests.browser.test_access import faults
from tests.pages.recurring import a_report, a_year, enforce


def addresses(site: Site) -> list[str]:
    """The pages that read a file in their own way, and the register with a form of another kind."""
    enforce(site.house)
    case = site.house.received().partition("/")[2]
    year, report = (made(site.house).partition("/")[2] for made in (a_year, a_report))
    return [
        "/programmes/",
        f"/programmes/{year}/",
        "/reports/",
        f"/reports/{report}/",
        f"/cases/{year}/",
        f"/cases/{report}/",
        f"/cases/{case}/for-the-complainant/",
        "/register/?procedure=lab-preventive-action",
        "/cases/?kind=programme",
    ]


def test_axe_finds_nothing_and_a_phone_needs_no_sideways_scrolling(site: Site) -> None:
    paths, found, wide = addresses(site), {}, {}
    for name, width, height in (("顾明", 1366, 768), ("周小雨", 390, 664)):
        seat = site.sit(name, scripts=True, width=width, height=height)
        for path in paths:
            seat.go(path)
            found[f"{width} {path}"] = faults(seat.page)
            wide[f"{width} {path}"] = seat.page.evaluate("document.documentElement.scrollWidth") - width
    assert {path: said for path, said in found.items() if said} == {}
    assert {path: more for path, more in wide.items() if more > 0} == {}


def test_on_paper_only_the_matter_itself_is_left(site: Site) -> None:
    paths = addresses(site)
    seat = site.sit("顾明", scripts=True)
    seat.page.emulate_media(media="print")
    for path in (paths[1], paths[3], paths[6]):
        seat.go(path)
        hidden = ".top, .side, .no-print, form"
        shown = seat.page.locator(hidden).evaluate_all("all => all.filter(one => one.offsetParent).length")
        assert (path, shown) == (path, 0)
        assert seat.page.locator("main h1").is_visible()
