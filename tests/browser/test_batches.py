"""The batch pages in a real browser: axe finds nothing, a phone needs no sideways scrolling, and the bars are drawn."""

from __future__ import annotations

import pytest
from tests.browser.people import Site
from tests.browser.test_access import faults
from tests.pages.test_batches import complaints, in_force

from kesu.caseload.models import CaseRow


@pytest.fixture
def pages(site: Site) -> list[str]:
    """The list and the page of a batch with ten complaints."""
    in_force(site.house)
    complaints(site.house, 10)
    row = CaseRow.objects.get(organisation=site.house.organisation, procedure="office-watch")
    return ["/batches/", f"/batches/{row.file.partition('/')[2]}/"]


def test_axe_finds_nothing_by_day_on_a_desk_and_in_the_dark_on_a_phone(site: Site, pages: list[str]) -> None:
    found = {}
    for name, width, light in (("周小雨", 1366, "light"), ("顾明", 390, "dark")):
        seat = site.sit(name, scripts=True, width=width, height=664)
        seat.page.emulate_media(color_scheme=light)
        for path in pages:
            seat.go(path)
            assert seat.page.evaluate("window.innerWidth") == width
            found[f"{width} {path}"] = faults(seat.page)
    assert {path: said for path, said in found.items() if said} == {}


def test_no_page_is_wider_than_a_phone(site: Site, pages: list[str]) -> None:
    seat = site.sit("周小雨", scripts=True, width=390, height=664)
    wide = [seat.go(path).page.evaluate("document.documentElement.scrollWidth") for path in pages]
    assert wide == [390, 390]


def test_the_bars_are_as_long_as_their_numbers_say_without_javascript(site: Site, pages: list[str]) -> None:
    seat = site.sit("周小雨").go(pages[1])
    drawn = seat.page.locator("table.bars rect")
    widths = [drawn.nth(place).bounding_box() for place in range(drawn.count())]
    shares = [round(100 * box["width"] / widths[0]["width"]) for box in widths if box and widths[0]]
    assert shares == [100, 100, 50]  # four, four and two complaints on three days
