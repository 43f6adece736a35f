"""An assessor draws cases by a seed that is shown: the same seed draws the same cases, and every draw and print is on record."""

from __future__ import annotations

from hashlib import sha256

import pytest
from tests.pages.desk import Desk
from tests.pages.html import Element
from tests.pages.pdf import pages

from kesu.desk.models import Access
from kesu.desk.who.access import DRAWN, PRINTED


@pytest.fixture
def numbers(desk: Desk) -> list[str]:
    """Seven complaints, received on the days from the 2nd to the 8th of March."""
    for day in range(2, 9):
        desk.house.received(f"2026-03-0{day} 09:00")
    return [f"TS-2026-000{n}" for n in range(1, 8)]


def shown(page: Element) -> list[str]:
    return [row.text().strip() for row in page.one(id="drawn").all("th", scope="row")]


def by_hand(seed: str, numbers: list[str], n: int) -> list[str]:
    """As the page says that it is done."""
    return sorted(numbers, key=lambda one: sha256(f"{seed} {one}".encode()).hexdigest())[:n]


def test_an_assessor_draws_five_cases_and_prints_one(desk: Desk, numbers: list[str]) -> None:
    mine = desk.as_("叶文")
    assert "/draw/" in [one.attrs["href"] for one in mine.get("/cases/").one("nav", class_="side").all("a")]
    form = mine.get("/draw/").form("/draw/")
    assert form["n"] == ["5"]
    assert [len(one) for one in form["seed"]] == [8]
    page = mine.get("/draw/?n=5&seed=2026")
    assert shown(page) == by_hand("2026", numbers, 5)
    assert "从 7 件中抽出 5 件" in page.text()
    assert "种子 2026。方法：" in page.text()
    assert sha256("\n".join(numbers).encode()).hexdigest()[:16] in page.text()
    first = next(one for one in page.one(id="drawn").all("a") if one.text() == "打印卷宗")
    answer = mine.client.get(first.attrs["href"])
    assert answer["Content-Type"] == "application/pdf"
    assert by_hand("2026", numbers, 1)[0] in "".join(pages(answer.content))
    logged = Access.objects.filter(person=desk.house.persons["叶文"], what__in=[DRAWN, PRINTED]).order_by(
        "id"
    )
    assert [(row.what, row.file.startswith("case/") or row.file) for row in logged] == [
        (DRAWN, "2026 · 5/7"),
        (PRINTED, True),
    ]
    assert "2026 · 5/7" in mine.get("/access/").text()


def test_all_that_were_drawn_print_as_one_pdf_in_the_order_of_the_draw(
    desk: Desk, numbers: list[str]
) -> None:
    mine = desk.as_("叶文")
    page = mine.get("/draw/?n=2&seed=%E9%AA%B0%E5%AD%90")
    answer = mine.client.get(page.link("打印全部卷宗（PDF）"))
    text = "".join(pages(answer.content))
    one, other = by_hand("骰子", numbers, 2)
    assert text.index(one) < text.index(other)
    assert [number for number in numbers if number in text] == sorted([one, other])
    assert Access.objects.filter(what=PRINTED).count() == 2


def test_the_same_seed_draws_the_same_for_everybody_and_within_a_period_alone(
    desk: Desk, numbers: list[str]
) -> None:
    address = "/draw/?n=3&seed=77&since=3.3&until=3.6"
    first, second = desk.as_("叶文").get(address), desk.as_("顾明").get(address)
    assert shown(first) == shown(second) == by_hand("77", numbers[1:5], 3)
    assert "从 4 件中抽出 3 件" in first.text()
    assert "2026-03-03–2026-03-06" in Access.objects.filter(what=DRAWN).latest("id").file


def test_a_draw_may_be_among_the_files_of_one_procedure(desk: Desk, numbers: list[str]) -> None:
    mine = desk.as_("叶文")
    assert shown(mine.get("/draw/?n=2&seed=9&procedure=lab-pd-007")) == by_hand("9", numbers, 2)
    assert Access.objects.filter(what=DRAWN).latest("id").file == "9 · 2/7 · lab-pd-007"
    assert "这段时间没有收到案件。" in mine.get("/draw/?n=2&seed=9&procedure=lab-retest").text()


def test_what_cannot_be_drawn_is_said_at_its_field_and_nothing_is_drawn(
    desk: Desk, numbers: list[str]
) -> None:
    mine = desk.as_("叶文")
    page = mine.get("/draw/?n=0&seed=&since=soon&until=3.6")
    assert mine.status == 422
    assert [one.attrs["href"] for one in page.one(role="alert").all("a")] == [
        "#draw-since",
        "#draw-n",
        "#draw-seed",
    ]
    assert page.one("input", id="draw-since").attrs["value"] == "soon"
    mine.get("/draw/?n=5&seed=1&since=3.6&until=3.2")
    assert mine.status == 422
    assert mine.client.get("/draw/print/?n=0&seed=1")["Location"] == "/draw/"
    assert not Access.objects.filter(what=DRAWN).exists()
    empty = mine.get("/draw/?n=5&seed=1&since=2025-01-01&until=2025-01-02")
    assert "这段时间没有收到案件。" in empty.text()


def test_who_has_to_stay_out_of_a_case_draws_among_the_others(desk: Desk) -> None:
    desk.house.received()
    hidden = desk.house.received(item="HC-0102")  # the work of Shen Li
    assert shown(desk.as_("叶文").get("/draw/?n=5&seed=1")) != ["TS-2026-0001"]
    assert hidden
    assert desk.as_("周小雨").client.get("/draw/").status_code == 404
