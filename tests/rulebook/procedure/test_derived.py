"""Words that follow from others: what they come to, when they cannot be told, and where they may stand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rulebook.refused import refused
from tests.rulebook.small import (
    HEAD,
    act,
    filed,
    from_text,
    judged,
    says,
    text_of,
    verdict,
    when,
    why,
    written,
)

from kesu.procedure import words
from kesu.procedure.history.act import EVERYTHING, MISSING, Act, Shown
from kesu.procedure.history.deriving import amount_text
from kesu.procedure.kinds.lines import LINES
from kesu.procedure.kinds.money import MONEY
from kesu.procedure.kinds.text import TEXT
from kesu.procedure.words.derived import check_derived, read_derived
from kesu.reading.keys import Keys
from kesu.reading.strict import Node, ReadError, read_text

PLAIN = written()
COMPLAINED = act("registered", quantity="1", unit_price="10")
RATIO = written("at: closed\nonly if: {settled ratio by price: up to 3}")


def line(quantity: str, price: str | None = None, article: str = "milk") -> dict[str, str]:
    return {"article": article, "quantity": quantity, **({} if price is None else {"price": price})}


def settled(*lines: dict[str, str], cash: str | None = None, **more: object) -> Act:
    facts: dict[str, object] = {**({"settlement lines": list(lines)} if lines else {})}
    return act("compensation agreed", facts=facts | ({} if cash is None else {"cash paid": cash}), **more)


def proposed(*lines: dict[str, str], cash: str | None = None) -> Act:
    facts: dict[str, object] = {**({"proposed lines": list(lines)} if lines else {})}
    return act("found", facts=facts | ({} if cash is None else {"proposed cash": cash}))


def value(word: str, *acts: Act, judging: Act | None = None) -> object:
    return filed(PLAIN, *acts).history.value(word, judging)


# -- what they come to -----------------------------------------------------------------------------------------------


def test_everything_settled_is_added_up_the_judged_act_included() -> None:
    acts = (settled(line("2", "5.50"), line("1", "0.05")), settled(cash="20"))
    assert value("settled total", *acts) == "31.05"
    assert value("settled total", *acts, judging=settled(line("1", "1.00"), cash="0.95", number=3)) == "33"
    assert value("settled total") == "0"


def test_an_act_on_record_that_is_asked_about_counts_once() -> None:
    file = filed(PLAIN, settled(cash="20"), settled(cash="5"))
    assert [file.history.value("settled total", one) for one in file.history.acts] == ["25", "25"]


def test_what_is_struck_or_corrected_counts_as_it_stands() -> None:
    struck, corrected = (
        act("struck", entry="1", reason="x"),
        act("corrected", facts={"entry": "2", "word": "settlement lines", "value": [line("1", "4")]}),
    )
    acts = (settled(cash="20"), settled(line("2", "5")))
    assert value("settled total", *acts, struck) == "10"
    assert value("settled total", *acts, corrected) == "24"


def test_so_many_for_one_by_pieces_and_by_price() -> None:
    acts = (act("registered", quantity="2", unit_price="5"), settled(line("3", "8"), cash="15"))
    assert value("settled ratio by units", *acts) == "3"  # 3 pieces, and 15 yuan buy 3 more: 6 for 2
    assert value("settled ratio by price", *acts) == "3.9"  # 24 and 15 yuan for 2 at 5


def test_a_split_settlement_comes_to_the_same_as_one() -> None:
    assert value("settled ratio by units", COMPLAINED, settled(line("2")), settled(line("2"))) == "4"
    assert value("settled total", settled(cash="300"), settled(cash="200")) == "500"


def test_the_latest_proposal_counts_beside_what_was_settled_until_it_is_settled_itself() -> None:
    settlement, proposal = settled(line("1")), proposed(line("2"))
    word = "proposed ratio by units"
    assert value(word, COMPLAINED, settlement, proposal) == "3"
    assert (
        value(word, COMPLAINED, settlement, proposed(line("9")), proposal) == "3"
    )  # the earlier one is dropped
    assert value(word, COMPLAINED, settlement, proposed(line("9")), proposed(cash="20")) == "3"
    assert value(word, COMPLAINED, proposal, settlement) == "1"
    assert value(word, COMPLAINED, proposal, judging=settled(line("2"), number=3)) == "2"
    assert (
        value(word, COMPLAINED, settlement, judging=act("found", number=3, proposed_lines=[line("4")])) == "5"
    )
    at_once = act("found", facts={"proposed lines": [line("2")], "settlement lines": [line("2")]})
    assert value(word, COMPLAINED, at_once) == "2"
    assert value("proposed total", settled(cash="300"), proposed(cash="200")) == "500"


def test_of_a_step_that_several_take_together_the_last_act_speaks_for_all() -> None:
    both = written("at: compensation agreed\ntogether: [clerk, lead]\ncontent: [cash paid]")
    first, second = (settled(cash="20", post=post, by=post) for post in ("clerk", "lead"))
    assert filed(both, first, second).history.value("settled total") == "20"
    assert filed(both, first).history.value("settled total", second) == "20"


# -- when they cannot be told ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "acts", "lacking"),
    [
        ("settled ratio by units", [settled(line("1"))], ("quantity",)),
        ("settled ratio by price", [settled(cash="5")], ("quantity", "unit price")),
        ("settled ratio by price", [act("registered", quantity="1"), settled(cash="5")], ("unit price",)),
        ("settled ratio by units", [act("registered", quantity="0"), settled(line("1"))], ("quantity",)),
        ("settled ratio by units", [act("registered", quantity=None), settled(line("1"))], ("quantity",)),
        ("settled ratio by units", [act("registered", quantity="1"), settled(cash="5")], ("unit price",)),
        ("settled total", [settled(line("1"), line("1", "2"))], ("settlement lines",)),
        ("settled total", [act("found", cash_paid=None)], ("cash paid",)),
        (
            "settled total",
            [act("found", cash_paid="much"), settled(line("1"))],
            ("settlement lines", "cash paid"),
        ),
        ("settled total", [act("found", cash_paid="1e999")], ("cash paid",)),
        ("settled total", [act("found", settlement_lines="[]")], ("settlement lines",)),
    ],
)
def test_what_is_lacking_underneath_is_named(word: str, acts: list[Act], lacking: tuple[str, ...]) -> None:
    history = filed(PLAIN, *acts).history
    assert history.value(word) is MISSING
    assert set(history.lacking(word)) == set(lacking)


def test_with_nothing_to_add_it_is_nothing_whatever_it_is_divided_by() -> None:
    assert value("settled ratio by price") == "0"
    assert value("settled ratio by units", settled(cash="0")) == "0"


def test_a_log_that_would_not_show_what_is_added_up_tells_nothing() -> None:
    refunds = {"refunded sum", "refunded lines"}
    history = filed(PLAIN, settled(cash="5"), shown=Shown(facts=frozenset({"cash paid", *refunds}))).history
    assert (history.value("settled total"), history.lacking("settled total")) == (
        MISSING,
        ("settlement lines",),
    )


def test_a_rule_that_cannot_tell_names_the_words_underneath() -> None:
    assert why(RATIO, settled(cash="5"), act("closed")) == (
        "cannot tell",
        "没有记下投诉数量、单价，说不准能不能“结案”",
        "quantity complained of and unit price is not on record",
    )


# -- what is missing, refused, or paid above its lines -----------------------------------------------------------------

WANTING = from_text(
    text_of(
        "rule: its figure\nwhen: {agreed remedy: money}\nat: compensation agreed\nrecord: [cash paid]",
        "rule: the limit\nat: closed\nonly if: {settled total: under 500}",
    ).replace(
        "  compensation agreed: {}",
        "  compensation agreed: {asks: [agreed remedy, settlement lines, cash paid]}",
    )
)


def of_the_limit(*acts: Act, language: int = 2, shown: Shown = EVERYTHING) -> str:
    """What the rule on the total says of the end after these acts."""
    found = judged(replace(WANTING, language=language), *acts, act("closed"), shown=shown)
    return next(said for rule, said, _, _ in found if rule == "the limit")


def test_a_figure_that_a_rule_wants_with_a_step_and_that_is_missing_is_not_0() -> None:
    money, goods = (act("compensation agreed", agreed_remedy=remedy) for remedy in ("money", "goods"))
    assert of_the_limit(money) == "cannot tell"
    assert of_the_limit(goods) == "kept"
    assert of_the_limit(settled(cash="20"), money) == "cannot tell"
    assert of_the_limit(money, act("struck", entry="1", reason="x")) == "kept"
    assert of_the_limit(money, language=1) == "kept"


def test_what_is_known_to_have_passed_a_limit_has_passed_it() -> None:
    unknown = act("compensation agreed", facts={"settlement lines": None, "cash paid": "500"})
    assert of_the_limit(unknown) == "broken"
    assert of_the_limit(unknown, language=1) == "cannot tell"
    short = act("compensation agreed", facts={"settlement lines": None, "cash paid": "499.99"})
    assert of_the_limit(short) == "cannot tell"
    without_lines = Shown(facts=frozenset({"cash paid", "refunded sum", "refunded lines"}))
    assert of_the_limit(settled(cash="600"), shown=without_lines) == "broken"


def test_a_figure_that_is_none_of_its_kind_makes_a_sum_unknown() -> None:
    for wrong in ("-5", "500.005", "1e3"):
        assert of_the_limit(settled(cash=wrong)) == "cannot tell"
    turned_round = (act("registered", quantity="-2", unit_price="10"), settled(cash="20"))
    assert filed(PLAIN, *turned_round).history.value("settled ratio by price") is MISSING
    assert filed(replace(PLAIN, language=1), *turned_round).history.value("settled ratio by price") == "-1"


def refunded(total: str | None, *lines: dict[str, str]) -> Act:
    return act("progress told", facts={"refunded sum": total, "refunded lines": list(lines) or None})


def test_what_is_paid_above_the_goods_that_came_back_counts_as_settled_act_by_act() -> None:
    assert value("paid above the goods", refunded("45", line("10", "5"))) == "0"
    assert value("paid above the goods", refunded("700", line("10", "5"))) == "650"
    less, more = refunded("40", line("10", "5")), refunded("60", line("10", "5"))
    assert value("settled total", settled(cash="20"), less, more) == "30"
    assert value("settled total", judging=refunded("60", line("10", "5"))) == "10"
    old = filed(replace(PLAIN, language=1), settled(cash="20"), more).history
    assert old.value("settled total") == "20"


@pytest.mark.parametrize(
    ("paid", "lacking"),
    [
        (refunded("60"), "refunded lines"),
        (refunded("60", line("10")), "refunded lines"),
        (refunded(None, line("10", "5")), "refunded sum"),
    ],
)
def test_a_refund_without_its_lines_or_its_sum_makes_the_total_unknown(paid: Act, lacking: str) -> None:
    history = filed(PLAIN, paid).history
    assert (history.value("settled total"), history.lacking("settled total")) == (MISSING, (lacking,))


# -- rules -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cash", "said"), [("29.99", "kept"), ("30", "kept"), ("30.01", "broken")])
def test_a_limit_on_a_ratio_just_below_at_and_just_above(cash: str, said: str) -> None:
    assert verdict(RATIO, COMPLAINED, settled(cash=cash), act("closed")) == said


def test_no_ratio_is_rounded_onto_its_limit() -> None:
    complained = act("registered", quantity="3", unit_price="0.33")
    assert verdict(RATIO, complained, settled(cash="2.97"), act("closed")) == "kept"
    barely = act("registered", quantity="333333333333.333333", unit_price="1")
    assert verdict(RATIO, barely, settled(cash="999999999999.99"), act("closed")) == "kept"
    assert verdict(RATIO, barely, settled(cash="1000000000000.00"), act("closed")) == "broken"


def test_it_calls_for_a_duty_as_soon_as_it_is_reached_and_promotes() -> None:
    big = "when: {settled total: at least 500}"
    both = written(
        f"rule: grade\n{big}\nfollows: {{grade: major}}",
        f"rule: report\n{big}\nwithin: 1 working day\nfrom: compensation agreed\nto: progress told",
    )
    for second, reached in (("199.99", False), ("200", True), ("200.01", True)):
        file = filed(both, settled(cash="300"), settled(cash=second))
        assert bool(list(file.duties)) is reached
        moment = when("2026-03-02 10:00")
        assert [dict(one.facts) for one in file.following(at=moment, noted=moment)] == (
            [{"grade": "major", "rule": "grade"}] if reached else []
        )


def test_it_is_said_as_any_other_fact() -> None:
    assert says(RATIO).zh == "只有累计赔付倍数（按金额）不超过“3”时才有“结案”。"
    assert [amount_text(Decimal(text)) for text in ("3", "500.00", "3.33333", "3.00001")] == [
        "3",
        "500",
        "3.3334",
        "3.0001",
    ]


def test_a_word_of_a_condition_may_name_a_setting() -> None:
    more = "settings:\n  basis: {value: units, kind: choice of ratio basis}\n"
    rule = "when: {settled ratio by <basis>: over 3}\nat: closed\nafter: found"
    assert [one.word for one in written(rule, more=more).rules[0].when.conditions] == [
        "settled ratio by units"
    ]
    by_price = written(rule, more=more, settings={"basis": "price"})
    assert [one.word for one in by_price.rules[0].when.conditions] == ["settled ratio by price"]


# -- where they may stand --------------------------------------------------------------------------------------------

EN = "“settled total” follows from settlement lines, cash paid, refunded sum, refunded lines and is never put on record itself; name those"
COMPARED = "“{}” cannot be compared here: it is a table of lines, or follows from other facts"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("at: found\nrecord: [settled total]", EN),
        ('follows: {settled total: "5"}', EN),
        ("for each: settled total\nbefore: closed\nmust have: found", EN),
        ("same content: [settled total]\nconsented at: consented\ntold at: result notified", EN),
        ("at: found\ntogether: [clerk, lead]\ncontent: [settled total]", EN),
        ("within: 1 week\nfrom: settled total\nto: closed", EN),
        ("before: closed\nmust have: found\nwith: {settled total: over 5}", COMPARED.format("settled total")),
        ("when: {settlement lines: x}\nat: found\nafter: accepted", COMPARED.format("settlement lines")),
        (
            "for each: settlement lines\nbefore: closed\nmust have: found",
            "“settlement lines” is a table of lines, which has no “for each”",
        ),
    ],
)
def test_nobody_puts_one_on_record_and_no_rule_wants_it_there(rule: str, said: str) -> None:
    assert refused(rule)[0] == said


def test_no_form_asks_one() -> None:
    asking = HEAD.replace("found: {}", "found: {asks: [settled total]}") + "rules: []\n"
    with pytest.raises(ReadError) as caught:
        from_text(asking, file="small.yaml")
    assert caught.value.en == EN


def _checked(block: Node) -> None:
    made = read_derived(Keys(block, what="the fact").get("derived"), word="total")
    assert made is not None
    check_derived("total", made, {"lines": LINES, "cash": MONEY, "text": TEXT})


@pytest.mark.parametrize(
    ("written_", "said"),
    [
        ("{sum of: [lines], units of: [lines]}", "one of “sum of”, “units of” and “above”"),
        ("{per: [lines]}", "one of “sum of”, “units of” and “above”"),
        ("{sum of: [text]}", "rests on “text”, which is not put on record"),
        ("{sum of: [other]}", "rests on “other”, which is not put on record"),
        ("{sum of: [lines], per: [lines]}", "rests on “lines”, which is not put on record"),
        ("{units of: [lines], above: {cash: lines}}", "one of “sum of”, “units of” and “above”"),
        ("{above: {lines: cash}}", "which are no money and no lines"),
        ("{units of: [lines, cash]}", "counts money in pieces and names no price"),
    ],
)
def test_a_word_of_ours_rests_on_words_that_can_be_added_up(written_: str, said: str) -> None:
    block = read_text(f"derived: {written_}", file="words.yaml")
    with pytest.raises(ValueError, match=said):
        _checked(block)


def test_every_derived_word_of_the_house_is_money_or_a_number() -> None:
    assert {str(words.facts()[word].kind) for word in words.derived()} == {"money", "number"}
    assert words.underneath("settled total") == (
        "settlement lines",
        "cash paid",
        "refunded sum",
        "refunded lines",
    )
    assert words.underneath("grade") == ("grade",)


AMOUNTS = st.lists(st.decimals(0, 1000, places=2).map(str), max_size=6)


@settings(max_examples=60, deadline=None)
@given(AMOUNTS, st.integers(0, 6))
def test_however_it_is_split_the_judged_act_makes_the_same_sum_as_when_it_stands(
    amounts: list[str], place: int
) -> None:
    acts = [settled(cash=amount) for amount in amounts]
    total = sum(map(Decimal, amounts), Decimal(0))
    assert Decimal(str(value("settled total", *acts))) == total
    if acts:
        assert value("settled total", *acts[:-1], judging=settled(cash=amounts[-1], number=99)) == value(
            "settled total", *acts
        )
    assert judged(PLAIN, act("note")) == []
