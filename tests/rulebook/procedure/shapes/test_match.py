"""match: two lists of lines agree by article and quantity."""

from dataclasses import replace

from tests.rulebook.refused import refused
from tests.rulebook.small import act, from_text, says, text_of, verdict, why, written

from kesu.procedure.history.act import Act, Shown
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

WHOLE = written("at: accepted\nmatch: settlement lines\nwith: proposed lines")
LINE = written("at: accepted\nmatch: settlement lines\nwith: proposed lines\nmode: line")


def approved(*lines: str) -> Act:
    return act("handling report made", facts={"proposed lines": listed(*lines)})


def taken(*lines: str) -> Act:
    return act("accepted", facts={"settlement lines": listed(*lines)})


def listed(*lines: str) -> list[dict[str, str]]:
    """“milk 10”, “milk 10 3.50”: an article, how many, and what one costs."""
    return [dict(zip(("article", "quantity", "price"), line.split(), strict=False)) for line in lines]


def test_it_says_how_the_lists_are_compared() -> None:
    assert says(WHOLE) == Text(
        zh="“受理”时，赔付产品明细与拟赔付产品明细的品种、数量须完全一致。",
        en="“Accepted”: goods settled with and goods proposed agree in every article and quantity.",
    )
    assert says(LINE) == Text(
        zh="“受理”时，赔付产品明细的每一项须在拟赔付产品明细之内，累计数量不得超出。",
        en="“Accepted”: every line of goods settled with is among goods proposed, all together of no more than that.",
    )


def test_the_whole_delivery_is_what_was_approved_not_one_more_and_not_one_less() -> None:
    assert verdict(WHOLE, approved("milk 10", "tea 2"), taken("tea 2", "milk 10")) == "kept"
    assert why(WHOLE, approved("milk 10"), taken("milk 11")) == (
        "broken",
        "与拟赔付产品明细不符：“milk”赔付产品明细 11、拟赔付产品明细 10",
        "it does not agree with goods proposed: “milk” goods settled with 11, goods proposed 10",
    )
    assert verdict(WHOLE, approved("milk 10"), taken("milk 9")) == "broken"
    assert verdict(WHOLE, approved("milk 10"), taken("milk 10", "tea 1")) == "broken"
    assert verdict(WHOLE, approved("milk 10", "tea 1"), taken("milk 10")) == "broken"


def test_prices_spellings_and_the_way_lines_are_split_do_not_count() -> None:
    assert verdict(WHOLE, approved("Milk 10 3.50"), taken("ｍｉｌｋ 4 9", "milk 6.0")) == "kept"


def test_by_the_line_less_may_come_but_no_more_and_nothing_else() -> None:
    assert verdict(LINE, approved("milk 10", "tea 2"), taken("milk 9")) == "kept"
    assert verdict(LINE, approved("milk 10"), taken("milk 10")) == "kept"
    assert verdict(LINE, approved("milk 10"), taken("milk 10.5")) == "broken"
    assert verdict(LINE, approved("milk 10"), taken("milk 1", "tea 1")) == "broken"


def test_by_the_line_two_deliveries_count_together_so_that_splitting_brings_nothing() -> None:
    assert verdict(LINE, approved("milk 10"), taken("milk 6"), taken("milk 4")) == "kept"
    assert why(LINE, approved("milk 10"), taken("milk 6"), taken("milk 5"))[1] == (
        "与拟赔付产品明细不符：“milk”赔付产品明细 11、拟赔付产品明细 10"
    )
    struck = act("struck", entry="2", reason="counted twice")
    assert verdict(LINE, approved("milk 10"), taken("milk 6"), struck, taken("milk 10")) == "kept"


def test_the_last_approval_counts_and_a_correction_of_it() -> None:
    assert verdict(WHOLE, approved("milk 10"), approved("milk 11"), taken("milk 11")) == "kept"
    corrected = act(
        "corrected", entry="1", word="proposed lines", value=listed("milk 12"), reason="a slip of the pen"
    )
    assert verdict(WHOLE, approved("milk 10"), corrected, taken("milk 12")) == "kept"
    assert verdict(WHOLE, approved("milk 10"), corrected, taken("milk 10")) == "broken"


def test_of_many_differences_the_first_are_named() -> None:
    many = [f"a{number} 1" for number in range(7)]
    assert why(WHOLE, approved("milk 1"), taken("milk 1", *many))[1].endswith("；另有 2 处")
    assert why(WHOLE, approved("milk 1"), taken("milk 1", *many))[2].endswith("; and 2 more")


def test_without_both_lists_nothing_can_be_told() -> None:
    assert why(WHOLE, taken("milk 1")) == (
        "cannot tell",
        "没有记下拟赔付产品明细，无法核对",
        "goods proposed is not on record, so nothing can be compared",
    )
    assert verdict(WHOLE, approved("milk 1"), act("accepted")) == "cannot tell"
    assert (
        verdict(WHOLE, approved("milk 1"), act("accepted", facts={"settlement lines": None})) == "cannot tell"
    )
    odd = act("accepted", facts={"settlement lines": "ten of milk"})
    assert why(WHOLE, approved("milk 1"), odd)[1] == "赔付产品明细、拟赔付产品明细不是逐行的明细，无法核对"


def test_a_log_that_does_not_show_a_list_cannot_tell() -> None:
    shown = Shown(facts=frozenset({"settlement lines"}))
    assert why(WHOLE, taken("milk 1"), shown=shown) == (
        "cannot tell",
        "看不出拟赔付产品明细",
        "the log does not show goods proposed",
    )


def test_the_mode_may_be_a_setting_and_is_one_of_two() -> None:
    rule = "at: accepted\nmatch: settlement lines\nwith: proposed lines\nmode: <taking in>"
    more = "settings:\n  taking in: {value: to be set, kind: mode}\n"
    part = taken("milk 1")
    assert (
        verdict(written(rule, more=more), approved("milk 2"), part) == "broken"
    )  # while unset: the stricter
    assert (
        verdict(written(rule, more=more, settings={"taking in": "line"}), approved("milk 2"), part) == "kept"
    )
    assert refused(rule, more="settings:\n  taking in: {value: all, kind: mode}\n") == (
        "the mode “all” is not known; known are line, whole (and 1 more: “kesu lint” lists them)",
        "核对方式“all”没有定义；可用的有 line、whole（另有 1 处，用 kesu lint 查看）",
    )
    assert refused("at: accepted\nmatch: cash paid\nwith: proposed lines") == (
        "the rule “the rule” needs a fact of the kind lines; “cash paid” is of the kind money",
        "规则“the rule”这里要用 lines 类的事实；“cash paid”是 money 类",
    )


# -- over all acts ----------------------------------------------------------------------------------------------------


def again(*rules: str) -> Procedure:
    """The small procedure in which acceptances take in time after time, and what is found is refused."""
    text = text_of(*rules).replace("  accepted: {}", '  accepted: {again: "yes", asks: [settlement lines]}')
    return from_text(text.replace("  found: {}", '  found: {uncounted: "yes", asks: [settlement lines]}'))


TAKEN_IN = again("at: accepted\nmatch: settlement lines\nwith: proposed lines\nmode: whole")
PAID_FOR = again("at: progress told\nmatch: proposed lines\nwith: settlement lines")
SENT_AWAY = again("at: found\nmatch: settlement lines\nwith: proposed lines\nmode: apart")


def sent_away(*lines: str) -> Act:
    return act("found", facts={"settlement lines": listed(*lines)})


def test_what_is_taken_in_again_adds_up_so_that_what_was_approved_once_comes_in_once() -> None:
    assert verdict(TAKEN_IN, approved("milk 10"), taken("milk 10")) == "kept"
    assert why(TAKEN_IN, approved("milk 10"), taken("milk 10"), taken("milk 10"))[2] == (
        "it does not agree with goods proposed: “milk” goods settled with 20, goods proposed 10"
    )
    struck = act("struck", entry="2", reason="counted twice")
    assert verdict(TAKEN_IN, approved("milk 10"), taken("milk 10"), struck, taken("milk 10")) == "kept"


def test_both_sides_are_added_up_over_all_acts() -> None:
    paid = act("progress told", facts={"proposed lines": listed("milk 10")})
    assert verdict(PAID_FOR, taken("milk 6"), taken("milk 4"), paid) == "kept"
    assert verdict(PAID_FOR, taken("milk 10"), taken("milk 4"), paid) == "broken"


def test_what_was_refused_counts_nowhere() -> None:
    paid = act("progress told", facts={"proposed lines": listed("milk 10")})
    assert verdict(PAID_FOR, taken("milk 10"), sent_away("milk 500"), paid) == "kept"
    assert verdict(TAKEN_IN, approved("milk 10"), sent_away("milk 10"), taken("milk 10")) == "kept"


def test_what_is_refused_as_different_has_to_differ() -> None:
    assert says(SENT_AWAY) == Text(
        zh="“作出认定”时，赔付产品明细须确与拟赔付产品明细不符。",
        en="“Finding made”: goods settled with really differ from goods proposed.",
    )
    assert verdict(SENT_AWAY, approved("milk 10"), sent_away("milk 11")) == "kept"
    assert verdict(SENT_AWAY, approved("milk 10"), taken("milk 10"), sent_away("milk 10")) == "kept"
    assert why(SENT_AWAY, approved("milk 10"), taken("milk 6"), sent_away("milk 4")) == (
        "broken",
        "赔付产品明细、拟赔付产品明细并无不符",
        "goods settled with and goods proposed agree, nothing differs",
    )
    assert verdict(SENT_AWAY, approved("milk 10"), act("found")) == "cannot tell"


def test_in_an_edition_of_kesu_0_1_the_last_list_is_compared() -> None:
    old = replace(TAKEN_IN, language=1)
    assert verdict(old, approved("milk 10"), taken("milk 10"), taken("milk 10")) == "kept"
