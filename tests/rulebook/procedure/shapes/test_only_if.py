"""only if: a step that exists only under a condition."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, says, verdict, why, written

from kesu.reading.text import Text

FIT = written('at: closed\nonly if: {measures fit: "yes"}')
SUM = written("at: found\nonly if: {amount: over 500, grade: not major}")


def test_it_says_under_which_condition() -> None:
    assert says(FIT) == Text(
        zh="只有措施是否适宜为“是”时才有“结案”。",
        en="“Closed”: only if suitability of the measures is “yes”.",
    )
    assert says(SUM) == Text(
        zh="只有金额超过“500”，且级别不是“重大”时才有“作出认定”。",
        en="“Finding made”: only if amount is over “500” and grade is not “Major”.",
    )


def test_the_act_itself_may_bring_the_fact() -> None:
    assert verdict(FIT, act("closed", measures_fit="yes")) == "kept"
    assert verdict(FIT, act("note", measures_fit="yes"), act("closed")) == "kept"
    assert why(FIT, act("closed", measures_fit="no")) == (
        "broken",
        "只有措施是否适宜为“是”时才有“结案”，本案不是",
        "“Closed” is only for cases where suitability of the measures is “yes”",
    )


def test_what_is_not_on_record_or_not_known_nobody_can_tell() -> None:
    said = (
        "cannot tell",
        "没有记下措施是否适宜，说不准能不能“结案”",
        "suitability of the measures is not on record",
    )
    assert why(FIT, act("closed")) == said
    assert why(FIT, act("closed", measures_fit=None)) == said


def test_limits_just_below_at_and_just_above() -> None:
    for amount, expected in (("499.99", "broken"), ("500", "broken"), ("500.01", "kept")):
        assert verdict(SUM, act("found", amount=amount, grade="ordinary")) == expected
    assert verdict(SUM, act("found", amount="900", grade="major")) == "broken"
    assert verdict(SUM, act("found", amount="1", grade=None)) == "broken"  # one that fails is enough


def test_a_condition_compares_no_personal_word_and_only_values_that_there_are() -> None:
    assert refused("at: closed\nonly if: {account: x}") == (
        "a rule may not compare “account”: it is personal or free text and can be erased; use a classified fact",
        "规则不能比较“account”：它是个人信息或自由文字，可能被抹去；请改用分类事实",
    )
    assert refused("at: closed\nonly if: {grade: mayor}") == (
        "the value of “grade” “mayor” is not known; did you mean “major”?",
        "“grade”的取值“mayor”没有定义；是不是“major”？",
    )
