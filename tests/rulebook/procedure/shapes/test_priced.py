"""priced: lines stand at the price that is known of their article."""

import pytest
from tests.rulebook.refused import refused
from tests.rulebook.small import act, says, verdict, why, written

from kesu.procedure.kinds.price_list import price_list
from kesu.reading.text import Text

RULE = "at: accepted\npriced: settlement lines\nas: {product: unit price}"
PLAIN = written(RULE)
LISTED = written(RULE + "\nlist: pure milk 250 ml = 5.50; yoghurt 100 g = 6")
REGISTERED = act("registered", product="yoghurt 100 g", unit_price="6.50")


def given(price: str, article: str = "yoghurt 100 g") -> object:
    return act("accepted", settlement_lines=[{"article": article, "quantity": "2", "price": price}])


def test_it_says_which_price_counts() -> None:
    assert says(PLAIN) == Text(
        zh="“受理”时，赔付产品明细里的产品，单价须为登记的单价。",
        en="“Accepted”: in goods settled with the product stands at the unit price on record.",
    )
    assert says(LISTED).zh == (
        "“受理”时，赔付产品明细按价目表计价（puremilk250ml 5.5；yoghurt100g 6）；价目表没有的，产品按登记的单价。"
    )


def test_the_product_stands_at_its_price_on_record() -> None:
    assert verdict(PLAIN, REGISTERED, given("6.50")) == "kept"
    assert why(PLAIN, REGISTERED, given("6.49")) == (
        "broken",
        "yoghurt 100 g的单价应为 6.5，写的是 6.49",
        "yoghurt 100 g costs 6.5, and 6.49 is written",
    )
    assert verdict(PLAIN, REGISTERED, given("0.01", article="YOGHURT（100克）")) == "broken"


def test_an_article_of_which_no_price_is_known_is_free() -> None:
    assert verdict(PLAIN, REGISTERED, given("0.01", article="cheese")) == "kept"
    assert verdict(PLAIN, given("0.01")) == "kept"
    assert (
        verdict(PLAIN, act("registered", product="yoghurt 100 g", unit_price=None), given("0.01")) == "kept"
    )


def test_the_list_outranks_what_was_taken_up() -> None:
    assert verdict(LISTED, REGISTERED, given("6.50")) == "broken"
    assert verdict(LISTED, REGISTERED, given("6.00")) == "kept"
    assert verdict(LISTED, REGISTERED, given("5.49", article="pure milk 250ml")) == "broken"


def test_an_act_without_lines_says_nothing() -> None:
    assert verdict(PLAIN, REGISTERED, act("accepted")) == ""


@pytest.mark.parametrize("text", ["milk", "milk = ", "= 5", "milk = five", "milk = 5; milk = 6", "milk = -5"])
def test_what_is_no_price_list_is_none(text: str) -> None:
    assert price_list(text) is None


def test_a_price_list_names_each_article_once() -> None:
    assert price_list("none") == {}
    assert list(price_list("纯牛奶 250ml = 5.50；酸牛奶 = 6") or {}) == ["纯牛奶250ml", "酸牛奶"]
    assert refused(RULE + "\nlist: milk") == (
        "“milk” is no price list; write “article = 5.50; article = 6”, or “none”",
        "“milk”不是价目表；请写“品名 = 5.50; 品名 = 6”，没有的写“none”",
    )
    assert refused(
        "at: accepted\npriced: settlement lines\nas: {product: unit price, batch: unit price}"
    ) == (
        "“as” names one product and its price: {product: unit price}",
        "“as”写一种产品和它的单价：{product: unit price}",
    )
