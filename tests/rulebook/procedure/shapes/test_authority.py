"""authority: who may settle how much, summed over the case."""

from dataclasses import replace

import pytest
from tests.rulebook.refused import refused
from tests.rulebook.small import act, from_text, says, text_of, verdict, why, written

from kesu.procedure.history.act import Shown
from kesu.reading.text import Text

LIMITS = """
authority: amount
at: compensation agreed
limits:
  - {up to: "2000", by: [clerk]}
  - {up to: "20000", by: [lead]}
  - {by: [boss]}
"""
THREE = written(LIMITS)
CAPPED = written("authority: amount\nat: compensation agreed\nlimits: [{up to: 100, by: clerk}]")


def agreed(amount: object, post: str | None = "clerk") -> object:
    return act("compensation agreed", post=post, amount=amount)


def test_it_says_whose_limit_is_where() -> None:
    assert says(THREE) == Text(
        zh="“确定赔偿”的金额按全案累计：2000 元以内由经办员办，20000 元以内由组长办，再多由主任办。",
        en="“Compensation agreed”: by the amount of the whole case, up to 2000 yuan for the clerk, "
        "up to 20000 yuan for the lead and above that for the boss.",
    )


@pytest.mark.parametrize(
    ("amount", "post", "expected"),
    [
        ("1999.99", "clerk", "kept"),
        ("2000", "clerk", "kept"),
        ("2000.01", "clerk", "broken"),
        ("2000.01", "lead", "kept"),
        ("20000.00", "lead", "kept"),
        ("20000.01", "lead", "broken"),
        ("20000.01", "boss", "kept"),
        ("1", "boss", "kept"),
        ("1", "outsider", "broken"),
    ],
)
def test_a_limit_includes_its_amount_and_who_may_more_may_less(amount: str, post: str, expected: str) -> None:
    assert verdict(THREE, agreed(amount, post)) == expected


def test_the_sums_of_one_case_are_added_up() -> None:
    assert why(THREE, agreed("1500"), agreed("500.01")) == (
        "broken",
        "全案累计 2000.01 元，由组长批",
        "the case adds up to 2000.01 yuan, which is for the lead",
    )
    assert verdict(THREE, agreed("1500"), agreed("500")) == "kept"
    assert verdict(THREE, agreed("1500"), act("struck", entry="1", reason="x"), agreed("2000")) == "kept"
    corrected = act("corrected", entry="1", word="amount", value="1000", reason="x")
    assert verdict(THREE, agreed("1500"), corrected, agreed("1000")) == "kept"


def test_beyond_every_limit_nobody_may() -> None:
    assert why(CAPPED, agreed("100.01")) == (
        "broken",
        "全案累计 100.01 元，最多只能到 100 元",
        "the case adds up to 100.01 yuan, and 100 is the most",
    )


def test_without_an_amount_nobody_can_tell() -> None:
    said = ("cannot tell", "没有填金额", "amount is not given")
    assert why(THREE, act("compensation agreed", post="boss")) == said
    assert why(THREE, agreed(None)) == said


def test_a_log_without_posts_cannot_tell() -> None:
    assert why(THREE, agreed("1", None), shown=Shown(posts=False)) == (
        "cannot tell",
        "看不出是哪个岗位办的",
        "the log does not show the post",
    )


RATIO = written(
    "authority: settled ratio by units\nat: compensation agreed\nlimits: [{up to: 3, by: clerk}, {up to: 10, by: lead}]"
)
TOTAL = written(
    "authority: settled total\nat: [compensation agreed, found]\nlimits: [{up to: 50, by: clerk}, {by: boss}]"
)
ONE = act("registered", quantity="1", unit_price="5")


def given(quantity: str, post: str = "clerk", price: str = "5") -> object:
    line = {"article": "milk", "quantity": quantity, "price": price}
    return act("compensation agreed", post=post, settlement_lines=[line])


def test_a_derived_fact_says_of_itself_what_the_case_comes_to() -> None:
    assert says(RATIO) == Text(
        zh="“确定赔偿”的累计赔付倍数（按件数）按全案累计：3 以内由经办员办，10 以内由组长办。",
        en="“Compensation agreed”: by the ratio settled by units of the whole case, up to 3 for the clerk and up to 10 for the lead.",
    )
    assert RATIO.wanting["compensation agreed"] == (
        (RATIO.rules[0], ()),
    )  # its form asks neither it nor what is below


@pytest.mark.parametrize(
    ("quantity", "post", "expected"),
    [
        ("2.999999", "clerk", "kept"),
        ("3", "clerk", "kept"),
        ("3.000001", "clerk", "broken"),
        ("3.000001", "lead", "kept"),
        ("10", "lead", "kept"),
        ("10.000001", "lead", "broken"),
    ],
)
def test_a_ratio_includes_its_limit(quantity: str, post: str, expected: str) -> None:
    assert verdict(RATIO, ONE, given(quantity, post)) == expected


def test_a_ratio_is_summed_over_the_case_and_the_judged_act_is_in_it_once() -> None:
    assert verdict(RATIO, ONE, given("2"), given("1")) == "kept"
    assert why(RATIO, ONE, given("2"), given("2")) == (
        "broken",
        "累计赔付倍数（按件数），全案为 4，由组长批",
        "ratio settled by units of the whole case: 4, which is for the lead",
    )
    assert why(RATIO, ONE, given("11", "lead")) == (
        "broken",
        "累计赔付倍数（按件数），全案为 11，最多只能到 10",
        "ratio settled by units of the whole case: 11, and 10 is the most",
    )


@pytest.mark.parametrize(("cash", "expected"), [("19.99", "kept"), ("20", "kept"), ("20.01", "broken")])
def test_a_total_takes_goods_and_cash_together(cash: str, expected: str) -> None:
    found = act("found", post="clerk", cash_paid=cash)
    assert verdict(TOTAL, given("6"), found) == expected


def test_a_ratio_of_what_is_not_on_record_cannot_be_told_and_names_what_is_lacking() -> None:
    assert why(RATIO, given("2")) == ("cannot tell", "没有填投诉数量", "quantity complained of is not given")


def test_it_reads_an_amount_and_limits_with_posts() -> None:
    assert refused("authority: account\nat: found\nlimits: [{by: boss}]") == (
        "the rule “the rule” needs a fact of the kind money or number or quantity or whole number; “account” is of the kind text",
        "规则“the rule”这里要用 money 或 number 或 quantity 或 whole number 类的事实；“account”是 text 类",
    )
    assert refused("authority: amount\nat: found\nlimits: []") == (
        "“limits” is a list of {up to, by}",
        "“limits”应是 {up to, by} 的列表",
    )
    assert refused("authority: amount\nat: found\nlimits: [{up to: much, by: boss}]") == (
        "“up to” wants an amount, not “much”",
        "“up to”后面应是金额，不是“much”",
    )
    assert refused("authority: amount\nat: found\nlimits: [{up to: 5}]") == (
        "a limit needs “by”",
        "限额缺少“by”",
    )


# -- what is not known, and what is elsewhere ---------------------------------------------------------------------------

KNOWN = written(
    "authority: settled total\nat: compensation agreed\nlimits: [{up to: 100, by: clerk}, {by: lead}]"
)


def test_an_amount_of_the_file_counts_whichever_step_said_it_and_one_that_is_not_known_is_not_0() -> None:
    elsewhere = act("found", post="clerk", amount="1500")
    asked = from_text(text_of(LIMITS).replace("  found: {}", "  found: {asks: [amount]}"))
    assert verdict(asked, elsewhere, agreed("500.01")) == "broken"
    assert verdict(THREE, agreed(None), agreed("1")) == "cannot tell"
    assert verdict(replace(asked, language=1), elsewhere, agreed("500.01")) == "kept"
    assert verdict(replace(THREE, language=1), agreed(None), agreed("1")) == "kept"


def test_what_is_known_already_can_be_beyond_the_post_whatever_else_there_is() -> None:
    unknown = {"settlement lines": None, "cash paid": "100.01"}
    assert verdict(KNOWN, act("compensation agreed", post="clerk", facts=unknown)) == "broken"
    assert verdict(KNOWN, act("compensation agreed", post="lead", facts=unknown)) == "cannot tell"
    inside = {"settlement lines": None, "cash paid": "100"}
    assert verdict(KNOWN, act("compensation agreed", post="clerk", facts=inside)) == "cannot tell"
