"""A batch or product that nobody counts yet, near one that is counted: asked before it becomes one of its own."""

from __future__ import annotations

import pytest
from tests.pages.desk import Desk, fields
from tests.pages.house import at
from tests.pages.html import Element
from tests.pages.test_batches import act, complaints, in_force

from kesu.caseload.asking.watched_names import near_watched
from kesu.caseload.models import CaseRow, WatchRow
from kesu.caseload.sight.reader import Reader
from kesu.people.directory import directory_of

WAY = "/register/?procedure=office-batch"


@pytest.fixture
def goods(desk: Desk) -> Desk:
    """Three complaints of batch 20260211A of 纯牛奶 250ml are counted."""
    in_force(desk.house)
    complaints(desk.house, 3)
    return desk


def register(mine: Desk, **typed: object) -> Element:
    sent = mine.get(WAY).form("/register/")
    return mine.post("/register/", {**sent, **fields(matter="complaint", channel="phone", **typed)})


def question(page: Element, field: str) -> str:
    return page.one("p", id=f"f-{field}-error").text()


def batches() -> list[tuple[str, str, int]]:
    """Every watch: product, batch, and how many cases it counts."""
    rows = WatchRow.objects.filter(organisation="hengce").order_by("id")
    return [(row.values["product"], row.values["batch"], len(row.cases)) for row in rows]


def test_a_batch_of_the_same_product_with_one_other_mark_is_asked_and_counts_as_it_was_answered(
    goods: Desk,
) -> None:
    mine = goods.as_("周小雨")
    page = register(mine, product="纯牛奶250ml", batch="20260211B")
    assert mine.status == 422
    assert question(page, "batch") == "没有 20260211B；是不是 20260211A？请选一个，或者照写的先记下"
    assert page.all("p", id="f-product-error") == []
    assert batches() == [("纯牛奶 250ml", "20260211A", 3)]
    mine.post("/register/", page.form("/register/") | {"f-batch--meant": "20260211A"})
    assert batches() == [("纯牛奶 250ml", "20260211A", 4)]


def test_as_written_makes_a_batch_of_its_own_that_is_asked_about_no_more(goods: Desk) -> None:
    mine = goods.as_("周小雨")
    page = register(mine, product="纯牛奶250ml", batch="20260211B")
    mine.post("/register/", page.form("/register/") | {"f-batch--meant": "20260211B"})
    register(mine, product="纯牛奶 250毫升", batch="2026-0211-B批")
    assert batches() == [("纯牛奶 250ml", "20260211A", 3), ("纯牛奶250ml", "20260211B", 2)]


def test_a_product_is_asked_first_and_a_batch_of_another_product_is_no_near_miss(goods: Desk) -> None:
    mine = goods.as_("周小雨")
    page = register(mine, product="纯牛奶 200ml", batch="20260211B")
    assert question(page, "product") == "没有 纯牛奶 200ml；是不是 纯牛奶 250ml？请选一个，或者照写的先记下"
    assert page.all("p", id="f-batch-error") == []
    page = mine.post("/register/", page.form("/register/") | {"f-product--meant": "纯牛奶 250ml"})
    assert question(page, "batch") == "没有 20260211B；是不是 20260211A？请选一个，或者照写的先记下"
    mine.post("/register/", page.form("/register/") | {"f-batch--meant": "20260211A"})
    assert batches() == [("纯牛奶 250ml", "20260211A", 4)]


def test_a_batch_made_on_another_day_is_not_asked(goods: Desk) -> None:
    register(goods.as_("周小雨"), product="纯牛奶 250ml", batch="20260305C")
    assert batches() == [("纯牛奶 250ml", "20260211A", 3), ("纯牛奶 250ml", "20260305C", 1)]


def test_a_correction_of_the_batch_is_asked_beside_the_product_that_stands(goods: Desk) -> None:
    act(goods.house, "周小雨", "received", "2026-03-07 09:00", matter="complaint", channel="phone",
        product="酸奶 100g", batch="20260301C")  # fmt: skip
    file = CaseRow.objects.filter(organisation="hengce", procedure="office-batch").order_by("id").last()
    assert file is not None
    mine = goods.as_("周小雨")
    wrong = {"entry": "1", "word": "batch", "reason": "看错了批号"}
    page = mine.take(file.file, "corrected", value="20260301D", **wrong)
    assert question(page, "value") == "没有 20260301D；是不是 20260301C？请选一个，或者照写的先记下"
    page = mine.take(file.file, "corrected", value="20260211B", **wrong)
    assert page.one(role="status").text().startswith("✓ 已记下")  # near one of another product alone


def test_a_watch_that_the_person_does_not_see_is_not_told(goods: Desk) -> None:
    now, directory = at("2026-03-09 10:20"), directory_of("hengce")
    beside = {"product": "纯牛奶 250ml"}
    seen = Reader(goods.house.persons["周小雨"], directory, now)
    stranger = Reader(goods.house.persons["周小雨"], directory_of("hengjian"), now)
    assert near_watched(seen, word="batch", value="20260211B", beside=beside) == ("20260211A",)
    assert near_watched(stranger, word="batch", value="20260211B", beside=beside) == ()
