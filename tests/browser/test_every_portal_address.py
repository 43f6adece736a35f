"""Axe finds nothing at any address of the portal, in light and dark, on a phone."""

from __future__ import annotations

from django.urls import reverse
from tests.browser.people import Seat, Site
from tests.browser.test_access import faults
from tests.pages.house import at
from tests.pages.portal.conftest import settled

from kesu.caseload.models import CaseRow
from kesu.intake.lookup_code import admit, code_of
from kesu.portal.urls import urlpatterns as portal_patterns

SLOWEST = 180_000  # milliseconds


def in_both_themes(seat: Seat, path: str) -> dict[str, list[str]]:
    """What axe says of a page, by theme."""
    seat.page.set_default_timeout(SLOWEST)
    seat.go(path)
    found = {}
    for theme in ("light", "dark"):
        seat.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        found[f"{path} {theme}"] = faults(seat.page)
    return found


def test_axe_finds_nothing_at_any_address_of_the_portal(site: Site) -> None:
    house = site.house
    settled(house, open="yes")
    file = house.received(email="li@example.com")
    number = CaseRow.objects.get(organisation=house.organisation, file=file).label
    code = code_of(admit(house.organisation, file, number=number, now=at("2026-03-09 10:00")))
    seat = Seat(site, site.context(scripts=True, width=390, height=664).new_page())
    found: dict[str, list[str]] = {}
    for name in ("portals", "portal", "portal complain", "portal look up", "portal mail link"):
        found |= in_both_themes(seat, reverse(name, args=[] if name == "portals" else [house.organisation]))
    found |= in_both_themes(seat, reverse("portal link", args=[house.organisation, "over"]))
    seat.go(reverse("portal look up", args=[house.organisation]))
    seat.page.fill("#number", number)
    seat.page.fill("#code", code)
    seat.press("查询")
    own = ["portal own", "portal receipt"]
    for path in [reverse(name, args=[house.organisation]) for name in own]:
        found |= in_both_themes(seat, path)
    for slug in ("added", "withdrawn", "recusal-asked", "source-secrecy-set"):
        found |= in_both_themes(seat, reverse("portal act", args=[house.organisation, slug]))
    assert {path: said for path, said in found.items() if said} == {}
    walked = {
        *own,
        "portals",
        "portal",
        "portal complain",
        "portal look up",
        "portal mail link",
        "portal link",
    }
    left = {str(one.name) for one in portal_patterns} - walked
    assert left == {
        "portal language",
        "portal leave",
        "portal taken",
        "portal act",
    }  # sent to; after sending; above
