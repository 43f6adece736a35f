"""priced: lines stand at the price that is known of their article."""

import pytest
from tests.rulebook.refused import refused
from tests.rulebook.small import act, says, verdict, why, written

from kesu.procedure.history.act import Act
from kesu.procedure.kinds.price_list import price_list
from kesu.reading.text import Text

RULE = "at: accepted\npriced: settlement lines\nas: {product: unit price}"
PLAIN = written(RULE)
LISTED = written(RULE + "\nlist: pure milk 250 ml = 5.50; yoghurt 100 g = 6")
DATED = written(RULE + "\non: bought on\nlist: yoghurt 100 g = 6")
REGISTERED = act("registered", product="yoghurt 100 g", unit_price="6.50")


def given(price: str, article: str = "yoghurt 100 g") -> object:
    return act("accepted", settlement_lines=[{"article": article, "quantity": "2", "price": price}])


def test_it_says_which_price_counts() -> None:
    assert says(PLAIN) == Text(
        zh="“受理”时，赔付产品明细的单价按收到投诉那天价目册上的；登记的单价和价目册不同的，先更正；价目册没有的，产品按登记的单价。",
        en="“Accepted”: goods settled with stand at the price of the register on the day of receipt, and a unit price on record "
        "that differs from it is corrected first; where it has none, the product at the unit price on record.",
    )
    assert says(LISTED).zh == (
        "“受理”时，赔付产品明细的单价按收到投诉那天价目册上的，价目册没有的按价目表（puremilk250ml 5.5；yoghurt100g 6）；"
        "登记的单价和它们不同的，先更正；都没有的，产品按登记的单价。"
    )
    assert says(DATED).zh.startswith("“受理”时，赔付产品明细的单价按购货日期那天价目册上的，")


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
    right = act("registered", product="yoghurt 100 g", unit_price="6")
    assert verdict(LISTED, right, given("6.50")) == "broken"
    assert verdict(LISTED, right, given("6.00")) == "kept"
    assert verdict(LISTED, right, given("5.49", article="pure milk 250ml")) == "broken"
    assert verdict(LISTED, given("6.00")) == "kept"


def test_a_unit_price_on_record_that_the_list_does_not_have_is_corrected_before_anything_is_reckoned_with_it() -> (
    None
):
    high = act("registered", product="Yoghurt（100g）", unit_price="100")
    cash = act("accepted", cash_paid="300")
    assert why(LISTED, high, cash) == (
        "broken",
        "Yoghurt（100g）的价目是 6，登记的单价是 100；先更正登记的单价",
        "Yoghurt（100g） is listed at 6, and 100 is on record; correct that first",
    )
    assert verdict(PLAIN, high, cash) == ""
    mended = act("corrected", entry="1", word="unit price", value="6.00", reason="by the list")
    assert verdict(LISTED, high, mended, cash) == ""
    other = act("registered", product="cheese", unit_price="100")
    assert verdict(LISTED, other, given("100", article="cheese")) == "kept"


def in_the_register(price: str | None, since: str | None = None, until: str | None = None) -> Act:
    return act(
        "price noted",
        by=None,
        listed_article="Yoghurt（100g）",
        listed_price=price,
        listed_since=since,
        listed_until=until,
    )


def test_the_register_of_prices_outranks_the_list_and_what_was_taken_up() -> None:
    noted = in_the_register("6.50", "2026-01-01")
    assert verdict(DATED, noted, given("6.50")) == "kept"
    assert why(DATED, noted, given("6")) == (
        "broken",
        "yoghurt 100 g的单价应为 6.5，写的是 6",
        "yoghurt 100 g costs 6.5, and 6 is written",
    )
    assert why(DATED, act("registered", product="yoghurt 100 g", unit_price="6"), noted, act("accepted")) == (
        "broken",
        "yoghurt 100 g的价目是 6.5，登记的单价是 6；先更正登记的单价",
        "yoghurt 100 g is listed at 6.5, and 6 is on record; correct that first",
    )
    assert verdict(DATED, noted, in_the_register(None), given("6")) == "kept"  # taken out of the register


@pytest.mark.parametrize(
    ("bought", "price"),
    [("2026-02-14", "5"), ("2026-02-15", "7"), ("2026-02-28", "7"), ("2026-03-01", "6"), ("not known", "7")],
)
def test_the_price_of_the_register_is_that_of_the_day(bought: str, price: str) -> None:
    dated = act("registered", product="yoghurt 100 g", bought_on=None if bought == "not known" else bought)
    came = act("received", "2026-02-20 09:00")
    prices = [in_the_register("5", None, "2026-02-14"), in_the_register("7", "2026-02-15", "2026-02-28")]
    assert verdict(DATED, came, dated, *prices, given(price)) == "kept"
    assert verdict(DATED, came, dated, *prices, given("5.55")) == "broken"


def test_without_a_day_of_its_own_the_day_of_the_receipt_counts() -> None:
    came, price = act("received", "2026-02-20 23:59"), in_the_register("7", "2026-02-15", "2026-02-20")
    assert verdict(PLAIN, came, price, given("7")) == "kept"
    assert verdict(PLAIN, came, price, given("6")) == "broken"
    assert verdict(PLAIN, act("received", "2026-02-21 00:00"), price, given("6")) == "kept"


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
