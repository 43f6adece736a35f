"""when: what narrows a rule."""

from __future__ import annotations

import pytest
from tests.rulebook.refused import refused
from tests.rulebook.small import act, written

from kesu.procedure.history.act import Value
from kesu.procedure.history.of_a_file import History


def holds(when: str, **facts: Value) -> bool | None:
    rule = written(f"when: {when}\nat: found\nby: clerk").by_name["the rule"]
    history = History()
    history.add(act("registered", number=1, **facts))
    return rule.when.holds(history, None)


@pytest.mark.parametrize(
    ("when", "facts", "expected"),
    [
        ("{grade: major}", {"grade": "major"}, True),
        ("{grade: major}", {"grade": "ordinary"}, False),
        ("{grade: not major}", {"grade": "ordinary"}, True),
        ("{grade: not major}", {"grade": "major"}, False),
        ("{grade: [major, ordinary]}", {"grade": "ordinary"}, True),
        ("{topic: conduct}", {"topic": ["contract", "conduct"]}, True),
        ("{topic: [trend, conduct]}", {"topic": ["contract"]}, False),
        ("{topic: not conduct}", {"topic": ["contract", "conduct"]}, False),
        ("{grade: major}", {}, None),
        ("{grade: major}", {"grade": None}, None),
        ("{grade: major, ours: 'yes'}", {"ours": "no"}, False),
        ("{grade: major, ours: 'yes'}", {"ours": "yes"}, None),
        ("{grade: major, ours: 'yes'}", {"ours": "yes", "grade": "major"}, True),
        ("{amount: over 500}", {"amount": "much"}, None),
    ],
)
def test_all_of_it_has_to_hold_and_what_is_not_on_record_is_neither(
    when: str, facts: dict[str, Value], expected: bool | None
) -> None:
    assert holds(when, **facts) is expected


@pytest.mark.parametrize(
    ("test", "below", "at", "above"),
    [
        ("over", False, False, True),
        ("at least", False, True, True),
        ("up to", True, True, False),
        ("under", True, False, False),
    ],
)
def test_each_limit_just_below_at_and_just_above(test: str, below: bool, at: bool, above: bool) -> None:
    found = [holds(f"{{amount: {test} 500}}", amount=one) for one in ("499.99", "500.00", "500.01")]
    assert found == [below, at, above]


def test_the_latest_word_of_any_thing_counts() -> None:
    rule = written("when: {finding: upheld}\nat: closed\nby: clerk").by_name["the rule"]
    history = History()
    history.add(act("found", number=1, of_topic="contract", finding="upheld"))
    history.add(act("found", number=2, of_topic="conduct", finding="no responsibility"))
    assert rule.when.holds(history, None) is True
    history.add(act("found", number=3, of_topic="contract", finding="no responsibility"))
    assert rule.when.holds(history, None) is False
    assert rule.when.holds(history, None, "contract") is False


def test_an_act_s_own_word_goes_before_what_is_on_record() -> None:
    rule = written("when: {topic: conduct}\nat: found\nby: clerk").by_name["the rule"]
    history = History()
    history.add(act("registered", number=1, topic=["conduct", "contract"]))
    assert rule.when.holds(history, act("found", of_topic="contract")) is False
    assert rule.when.holds(history, act("found", of_topic="conduct")) is True


def test_a_rule_may_not_compare_a_personal_word() -> None:
    assert refused("when: {complainant: Wang}\nat: found\nby: clerk") == (
        "a rule may not compare “complainant”: it is personal or free text and can be erased; use a classified fact",
        "规则不能比较“complainant”：它是个人信息或自由文字，可能被抹去；请改用分类事实",
    )


def test_words_and_values_are_those_that_there_are() -> None:
    assert refused("when: {grad: major}\nat: found\nby: clerk") == (
        "the fact “grad” is not known; did you mean “grade”?",
        "事实“grad”没有定义；是不是“grade”？",
    )
    assert refused("when: {grade: mayor}\nat: found\nby: clerk") == (
        "the value of “grade” “mayor” is not known; did you mean “major”?",
        "“grade”的取值“mayor”没有定义；是不是“major”？",
    )
    assert refused("when: {amount: over much}\nat: found\nby: clerk") == (
        "“over” wants a number, not “much”",
        "“over”后面应是数字，不是“much”",
    )
    assert refused("when: major\nat: found\nby: clerk") == (
        "“when” has to be a mapping (key: value)",
        "“when”应写成“键: 值”的形式",
    )
