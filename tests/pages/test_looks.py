"""How a page is dressed: light or dark as the person wishes, style sheets that a browser keeps, pages sent small."""

from __future__ import annotations

import gzip
import re

from tests.pages.desk import Desk


def theme(desk: Desk) -> str | None:
    found = re.search(r"<html[^>]* data-theme=\"(\w+)\"", desk.client.get("/").content.decode())
    return found[1] if found else None


def test_a_person_chooses_light_or_dark_and_may_leave_it_to_the_system_again(desk: Desk) -> None:
    own = desk.as_("周小雨")
    seen = [theme(own)]
    for wanted in ("dark", "light", "purple", "dark", ""):
        assert own.client.post("/theme/", {"theme": wanted, "next": "/cases/"}).url == "/cases/"  # type: ignore[attr-defined]
        seen.append(theme(own))
    assert seen == [None, "dark", "light", None, "dark", None]


def test_the_address_of_a_style_sheet_changes_with_its_content(desk: Desk) -> None:
    page = desk.as_("周小雨").client.get("/").content.decode()
    sheets = re.findall(r'href="(/static/[^"]+\.css[^"]*)"', page)
    assert sheets
    assert all(re.fullmatch(r"/static/desk/\w+\.css\?v=[0-9a-f]{12}", one) for one in sheets)


def test_a_page_is_sent_compressed_to_whoever_can_read_that(desk: Desk) -> None:
    own, file = desk.as_("周小雨"), desk.house.handed_over()
    address = f"/cases/{file.partition('/')[2]}/"
    plain = own.client.get(address)
    small = own.client.get(address, headers={"accept-encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert len(small.content) * 3 < len(plain.content)
    assert "<h1>" in gzip.decompress(small.content).decode()
