"""Words that a procedure brings itself on the pages: in forms, on the case, in lists, as the edition has them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.pages.desk import Desk, fields
from tests.pages.house import at

from kesu.caseload.acting.answers import Done
from kesu.caseload.models import CaseRow
from kesu.procedure.written.library import Library
from kesu.registry.editions import put_in_force

ADDRESS = "/register/?procedure=flowers"


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """The quality manager at the desk, with a procedure in force that brings words of its own."""
    answer = put_in_force(
        "flowers",
        library=Library(Path(__file__).parent / "procedures"),
        organisation="hengce",
        person=desk.house.persons["秦越"],
        now=at("2026-03-02 09:00"),
        since=at("2026-03-02 09:00"),
        key="flowers",
    )
    assert isinstance(answer, Done), answer.sentences("en")
    return desk.as_("顾明")


def begun(shop: Desk) -> CaseRow:
    sent = shop.get(ADDRESS).form("/register/") | fields(flower_colour="faded", grade="petty")
    shop.post("/register/", sent)
    return CaseRow.objects.get(organisation="hengce", procedure="flowers")


def test_a_form_asks_for_own_facts_with_their_titles_and_choices(shop: Desk) -> None:
    form = shop.get(ADDRESS).one("form", action="/register/").text()
    assert all(word in form for word in ("花色", "褪色", "颜色正", "琐碎")), form
    english = shop.as_("顾明", "en").get(ADDRESS).one("form", action="/register/").text()
    assert all(word in english for word in ("Colour of the flowers", "Faded", "Petty")), english


def test_the_case_and_the_lists_say_them(shop: Desk) -> None:
    row = begun(shop)
    page = shop.case(row.file).one("main").text()
    assert all(word in page for word in ("花色", "褪色", "琐碎", "重做花束")), page
    listed = shop.get("/cases/").one("main").text()
    assert row.label in listed
    assert "鲜花投诉单" in listed


def test_an_own_step_is_taken_on_its_form_where_a_fact_is_called_as_the_procedure_calls_it(
    shop: Desk,
) -> None:
    row = begun(shop)
    form = shop.get(shop.step(row.file, "bouquet remade")).one("main").text()
    assert "花坊的说法" in form
    shop.take(row.file, "bouquet remade", flower_colour="fine", reason="换了一束")
    page = shop.case(row.file).one("main").text()
    assert shop.status == 200
    assert all(word in page for word in ("颜色正", "花坊的说法", "换了一束")), page
