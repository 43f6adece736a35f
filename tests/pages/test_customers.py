"""Customers: found as people look for them, each with the cases that the person sees; what is known while a form is filled in."""

from __future__ import annotations

import pytest
from tests.pages.desk import Desk
from tests.pages.house import at

from kesu.caseload.asking.customers import Customer, customers
from kesu.caseload.models import CustomerRow
from kesu.caseload.sight.reader import reader_of

NOW = at("2026-03-09 10:20")


@pytest.fixture
def known(desk: Desk) -> Desk:
    """Two complaints of one customer under two spellings, the second hidden from Shen Li, and one of another."""
    desk.house.received(complainant="源达化工", account="结果差得太多", phone="138 1234 6621", item="HC-0101")
    desk.house.received(
        complainant="源达化工（有限公司）", account="报告晚了三天", phone="021 6000 6621", item="HC-0102"
    )
    desk.house.received(complainant="李女士", account="发票不对", phone="13900001111")
    return desk


@pytest.mark.parametrize("typed", ["源达", "ydhg", "YDH", "6621", "13812346621", "化工", "源达化工有限公司"])
def test_a_customer_is_found_by_name_first_letters_and_last_digits(known: Desk, typed: str) -> None:
    house = known.house
    reader = reader_of(house.organisation, house.persons["顾明"], NOW)
    found = customers(reader, typed)
    assert [(one.name, one.tails, one.cases, one.open) for one in found] == [
        ("源达化工（有限公司）", ("6621",), 2, 2)
    ]


def test_of_a_customer_nobody_learns_of_cases_that_he_does_not_see(known: Desk) -> None:
    customer = (
        CustomerRow.objects.filter(called="源达化工").values_list("customer", flat=True).distinct().get()
    )
    pages = {name: known.as_(name).get(f"/customers/{customer}/").text() for name in ("顾明", "沈立")}
    assert {name: ("TS-2026-0001" in page, "TS-2026-0002" in page) for name, page in pages.items()} == {
        "顾明": (True, True),
        "沈立": (True, False),
    }
    assert ("2 件，在办 2 件" in pages["顾明"], "1 件，在办 1 件" in pages["沈立"]) == (True, True)
    assert "没有这样的客户" in known.as_("顾明").get("/customers/nobody/").text()


def test_what_is_known_already_is_told_while_a_form_is_filled_in_and_nothing_is_recorded(known: Desk) -> None:
    sent = {"f-complainant": "ydhg", "f-item": "hc0102"}
    pages = {
        name: known.as_(name).client.post("/find/", sent, headers={"X-Part": "1"}).content.decode()
        for name in ("周小雨", "沈立")
    }
    assert {
        name: ("TS-2026-0002" in page, "源达化工" in page, "<html" in page) for name, page in pages.items()
    } == {
        "周小雨": (True, True, False),
        "沈立": (False, True, False),
    }
    whole = known.as_("周小雨").client.post("/find/", sent).content.decode()
    assert "这里什么都不会记下" in whole


def test_a_customer_whose_name_is_nothing_is_none(known: Desk) -> None:
    assert sorted(set(CustomerRow.objects.values_list("name", flat=True))) == [
        "李女士",
        "源达化工",
        "源达化工（有限公司）",
    ]
    assert isinstance(customers(reader_of("hengce", known.house.persons["顾明"], NOW), "")[0], Customer)
