"""A price comes from its register where there is one: into the file as an entry, by the day that counts, and bars what differs."""

from __future__ import annotations

from typing import Any

import pytest
from tests.office.caseload.office import LIBRARY, Office, at, key

from kesu.caseload.acting.answers import Done, Refused
from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.ledger.read import entries_of
from kesu.people.prices import price_on, prices
from kesu.registry.editions import put_in_force
from kesu.registry.prices import PriceLine, State, bring_in_prices, looked_at

MILK, FILE = "纯牛奶 250ml", "price/纯牛奶250ml"
NOW = "2026-03-02 09:00"


@pytest.fixture
def shop(office: Office) -> Office:
    now = at("2026-02-27 09:00")
    answer = put_in_force(
        "office-sale", library=LIBRARY, organisation="hengce", person=office.persons["admin"], now=now, since=now, key=key()
    )  # fmt: skip
    assert isinstance(answer, Done), answer.sentences("en")
    return office


def price(office: Office, yuan: str, since: str, *, article: str = MILK, **more: str) -> int:
    facts = {"article": article, "price": yuan, "since": since, **more}
    return office.note(FILE, "price set", facts, now=at(NOW), by="ren")


def sold(office: Office, *, at_price: str | None, bought: str | None = "2026-03-01") -> str:
    facts = {"product": "纯牛奶（250毫升）", "unit_price": at_price, "bought_on": bought}
    return office.do("opened", "gu", "2026-03-02 10:00", procedure="office-sale", facts=facts).file


def give(office: Office, file: str, yuan: str, *, article: str = MILK) -> Any:
    lines = [{"article": article, "quantity": "2", "price": yuan}]
    return office.attempt(
        "measure carried out", "gu", "2026-03-02 11:00", file=file, facts={"settlement_lines": lines}
    )


def noted(office: Office, file: str) -> list[dict[str, Any]]:
    return [dict(entry.facts) for entry in entries_of("hengce", file) if entry.kind == "price noted"]


def test_the_price_of_the_day_enters_the_file_once_and_what_is_given_stands_at_it(shop: Office) -> None:
    price(shop, "4.50", "2026-01-01")
    price(shop, "5.00", "2026-03-01", origin="价目 2026-2")
    file = sold(shop, at_price="5.00")
    assert noted(shop, file) == [
        {
            "listed article": MILK,
            "listed price": "5.00",
            "listed since": "2026-03-01",
            "from": FILE,
        }
    ]
    refused = give(shop, file, "4.50")
    assert isinstance(refused, Refused)
    assert refused.sentences("zh")[0].startswith("纯牛奶 250ml的单价应为 5，写的是 4.5。")
    assert isinstance(give(shop, file, "5"), Done)
    assert len(noted(shop, file)) == 1
    assert rebuild(organisation="hengce", check=True) == []


def test_an_older_purchase_has_the_price_of_its_own_day(shop: Office) -> None:
    price(shop, "4.50", "2026-01-01")
    price(shop, "5.00", "2026-03-01")
    file = sold(shop, at_price="4.50", bought="2026-02-28")
    assert [(one["listed price"], one["listed until"]) for one in noted(shop, file)] == [
        ("4.50", "2026-02-28")
    ]
    assert isinstance(give(shop, file, "5.00"), Refused)
    assert isinstance(give(shop, file, "4.50"), Done)


def test_a_unit_price_on_record_that_differs_is_corrected_first(shop: Office) -> None:
    price(shop, "5.00", "2026-01-01")
    file = sold(shop, at_price="50.00")  # what arrives is taken down as it was said
    refused = give(shop, file, "5.00")
    assert isinstance(refused, Refused)
    assert refused.sentences("zh")[0].startswith(
        "纯牛奶（250毫升）的价目是 5，登记的单价是 50；先更正登记的单价。"
    )
    mended = {"entry": "1", "word": "unit price", "value": "5.00"}
    shop.do("corrected", "gu", "2026-03-02 10:30", file=file, reason="按价目册", facts=mended)
    assert isinstance(give(shop, file, "5.00"), Done)


def test_a_price_that_comes_or_goes_meanwhile_counts_at_the_next_act(shop: Office) -> None:
    file = sold(shop, at_price="6.00")
    assert noted(shop, file) == []
    number = price(shop, "5.00", "2026-01-01")
    assert isinstance(give(shop, file, "6.00"), Refused)
    assert noted(shop, file) == []  # what was refused leaves nothing
    shop.note(FILE, "price struck", {"entry": number, "reason": "记错了品种"}, now=at(NOW), by="ren")
    assert isinstance(give(shop, file, "6.00"), Done)


def test_an_article_beside_the_product_is_looked_up_too_and_an_unknown_one_is_free(shop: Office) -> None:
    facts = {"article": "酸奶 100g", "price": "6.00", "since": "2026-01-01"}
    shop.note("price/酸奶100g", "price set", facts, now=at(NOW), by="ren")
    file = sold(shop, at_price="5.00")
    assert isinstance(give(shop, file, "0.01", article="酸奶（100克）"), Refused)
    assert isinstance(give(shop, file, "0.01", article="奶酪"), Done)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"price": "5.001"}, "金额最多两位小数"),
        ({"price": "0"}, "价格要大于 0"),
        ({"price": "-5"}, "应是金额（元），不是“-5”"),
        ({"until": "2025-12-31"}, "截止日期早于开始日期"),
        ({"article": "酸奶"}, "“酸奶”不属于这份价格档案"),
        ({"since": "2026-02-01"}, "从这天起已经有一个价格（4.00 元）；写错了的，先划去那一条"),
    ],
)
def test_the_register_says_what_it_does_not_take(shop: Office, facts: dict[str, str], said: str) -> None:
    price(shop, "4.00", "2026-02-01")
    sent = {"article": MILK, "price": "5.00", "since": "2026-01-01", **facts}
    answer = shop.try_note(FILE, "price set", sent, now=at(NOW), by="ren")
    assert isinstance(answer, Refused)
    assert answer.sentences("zh") == [said]


def test_who_handles_cases_sets_no_price(shop: Office) -> None:
    sent = {"article": MILK, "price": "5.00", "since": "2026-01-01"}
    answer = shop.try_note(FILE, "price set", sent, now=at(NOW), by="gu")
    assert answer.sentences("zh") == ["此项登记由管理岗位办理"]
    assert prices(organisation="hengce") == []


def line(place: int, yuan: str, since: str, article: str = MILK) -> PriceLine:
    return PriceLine(place, article, yuan, at(since + " 12:00").date())


def test_a_list_is_looked_at_first_and_comes_in_whole_or_not_at_all(shop: Office) -> None:
    price(shop, "4.00", "2026-01-01")
    lines = [line(1, "4.00", "2026-01-01"), line(2, "5.00", "2026-03-01"), line(3, "5.50", "2026-03-01")]
    looked = looked_at(lines, organisation="hengce", now=at(NOW))
    assert [one.state for one in looked] == [State.THERE, State.NEW, State.WRONG]
    before = len(entries_of("hengce", FILE))
    refused = bring_in_prices(lines, organisation="hengce", person=shop.persons["ren"], now=at(NOW))
    assert isinstance(refused, Refused)
    assert refused.sentences("zh") == ["第 3 行：从这天起已经有一个价格（5.00 元）；写错了的，先划去那一条"]
    assert len(entries_of("hengce", FILE)) == before
    lines[2] = line(3, "6.50", "2026-03-01", "酸奶")
    for expected in (2, 0):  # brought in twice it changes nothing
        done = bring_in_prices(lines, organisation="hengce", person=shop.persons["ren"], now=at(NOW))
        assert done == expected
    day = at("2026-03-01 12:00").date()
    assert getattr(price_on(day, organisation="hengce", article="纯牛奶(250毫升)"), "price", "") == "5.00"
    barred = bring_in_prices(lines, organisation="hengce", person=shop.persons["gu"], now=at(NOW))
    assert isinstance(barred, Refused)
    assert rebuild(organisation="hengce", check=True) == []


def test_another_organisation_has_prices_of_its_own(shop: Office) -> None:
    price(shop, "5.00", "2026-01-01")
    assert prices(organisation="another") == []
