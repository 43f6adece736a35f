"""adds up: a sum of money is what its lines come to, less deductions, or a remark says why not."""

from typing import Any

import pytest
from tests.rulebook.refused import refused
from tests.rulebook.small import act, says, verdict, why, written

from kesu.procedure.history.act import Act, Shown
from kesu.reading.text import Text

SUM = "at: accepted\nadds up: cash paid\nof: settlement lines"
PLAIN = written(SUM)
LESS = written(f"{SUM}\nless: [proposed cash]")
REMARK = written(f"{SUM}\nunless: reason")
BOTH = written(f"{SUM}\nless: [proposed cash]\nunless: reason")
LINES = [
    {"article": "milk", "quantity": "3", "price": "19.90"},
    {"article": "tea", "quantity": "0.5", "price": "8"},
]


def paid(amount: str | None, **more: Any) -> Act:
    facts = {
        "settlement lines": LINES,
        "cash paid": amount,
        **{k.replace("_", " "): v for k, v in more.items()},
    }
    return act("accepted", facts=facts)


def test_it_says_what_adds_up_to_what() -> None:
    assert [says(one) for one in (PLAIN, LESS, REMARK, BOTH)] == [
        Text(
            "“受理”时，赔付现金须等于赔付产品明细各行数量乘单价之和。",
            "“Accepted”: cash paid is what goods settled with comes to, quantity times price.",
        ),
        Text(
            "“受理”时，赔付现金须等于赔付产品明细各行数量乘单价之和减去拟赔付现金。",
            "“Accepted”: cash paid is what goods settled with comes to, quantity times price, less cash proposed.",
        ),
        Text(
            "“受理”时，赔付现金须等于赔付产品明细各行数量乘单价之和；不等的，写明理由。",
            "“Accepted”: cash paid is what goods settled with comes to, quantity times price; where it is not, "
            "reason says why.",
        ),
        Text(
            "“受理”时，赔付现金须等于赔付产品明细各行数量乘单价之和减去拟赔付现金；不等的，写明理由。",
            "“Accepted”: cash paid is what goods settled with comes to, quantity times price, less cash proposed; "
            "where it is not, reason says why.",
        ),
    ]


def test_to_the_fen() -> None:
    assert verdict(PLAIN, paid("63.70")) == "kept"
    assert verdict(PLAIN, paid("63.7")) == "kept"
    assert why(PLAIN, paid("63.71")) == (
        "broken",
        "赔付现金是 63.71 元，按赔付产品明细应为 63.7 元",
        "cash paid is 63.71 yuan, and should be 63.7 yuan by goods settled with",
    )
    assert verdict(PLAIN, paid("63.69")) == "broken"


def test_deductions_come_off_and_one_that_is_not_on_record_is_none() -> None:
    assert verdict(LESS, paid("60.70", proposed_cash="3")) == "kept"
    assert verdict(LESS, paid("63.70")) == "kept"
    assert verdict(LESS, paid("63.70", proposed_cash="3")) == "broken"
    assert verdict(LESS, paid("63.70", proposed_cash=None)) == "cannot tell"


def test_a_difference_wants_a_remark_with_the_same_act() -> None:
    assert why(REMARK, paid("60")) == (
        "broken",
        "赔付现金是 60 元，按赔付产品明细应为 63.7 元；不等的，要写明理由",
        "cash paid is 60 yuan, and should be 63.7 yuan by goods settled with; a difference needs reason",
    )
    assert verdict(REMARK, paid("60", reason="rounded off")) == "kept"
    assert verdict(REMARK, paid("60", reason="  ")) == "broken"
    assert verdict(REMARK, act("note", reason="of something else"), paid("60")) == "broken"
    assert verdict(BOTH, paid("60.70", proposed_cash="3")) == "kept"
    assert verdict(BOTH, paid("60", proposed_cash="3", reason="rounded off")) == "kept"


def test_the_lines_may_have_been_said_before() -> None:
    before = act("handling report made", facts={"settlement lines": LINES})
    assert verdict(PLAIN, before, act("accepted", facts={"cash paid": "63.70"})) == "kept"


@pytest.mark.parametrize("quantity", ["many", "0", ""])
def test_lines_that_cannot_be_read_or_have_no_price_cannot_be_reckoned(quantity: str) -> None:
    said = ("cannot tell", "赔付产品明细里有的行没有单价，无法核算")
    bare = act(
        "accepted", facts={"settlement lines": [{"article": "milk", "quantity": "1"}], "cash paid": "1"}
    )
    odd = [{"article": "milk", "quantity": quantity, "price": "1"}]
    assert why(PLAIN, bare)[:2] == said
    assert why(PLAIN, act("accepted", facts={"settlement lines": odd, "cash paid": "1"}))[:2] == said


def test_without_the_sum_or_the_lines_nothing_can_be_told() -> None:
    assert why(PLAIN, act("accepted", facts={"cash paid": "1"})) == (
        "cannot tell",
        "没有记下赔付产品明细，无法核算",
        "goods settled with is not on record, so nothing can be reckoned",
    )
    assert verdict(PLAIN, paid(None)) == "cannot tell"


def test_a_log_that_does_not_show_remarks_cannot_tell_a_difference_from_a_breach() -> None:
    shown = Shown(facts=frozenset({"settlement lines", "cash paid"}))
    assert why(REMARK, paid("60"), shown=shown)[:2] == ("cannot tell", "看不出理由")
    assert verdict(REMARK, paid("63.70"), shown=shown) == "kept"
    assert verdict(PLAIN, act("accepted"), shown=Shown(facts=frozenset())) == "cannot tell"


def test_it_wants_money_of_lines() -> None:
    assert refused("at: accepted\nadds up: quantity\nof: settlement lines") == (
        "the rule “the rule” needs a fact of the kind money; “quantity” is of the kind quantity",
        "规则“the rule”这里要用 money 类的事实；“quantity”是 quantity 类",
    )
    assert refused("at: accepted\nadds up: cash paid") == (
        "the rule “the rule” needs “of”",
        "规则“the rule”缺少“of”",
    )
