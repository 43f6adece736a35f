"""when: what narrows a rule."""

from __future__ import annotations

import pytest
from tests.rulebook.refused import refused
from tests.rulebook.small import act, filed, says, written

from kesu.procedure.history.act import Value
from kesu.procedure.history.of_a_file import History
from kesu.reading.text import Text


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


def said(when: str, *grades: str, now: str | None = None, thing: str | None = None) -> bool | None:
    rule = written(f"when: {when}\nat: found\nby: clerk").by_name["the rule"]
    history = History()
    for number, grade in enumerate(grades, 1):
        of, _, value = grade.rpartition("/")
        history.add(act("accepted", number=number, grade=value, **({"of_topic": of} if of else {})))
    return rule.when.holds(history, act("found", number=99, grade=now) if now else None, thing)


@pytest.mark.parametrize(
    ("grades", "ever", "never"),
    [
        (("major", "ordinary"), True, False),
        (("ordinary", "major"), True, False),
        (("ordinary",), False, True),
        ((), None, None),
    ],
)
def test_what_was_said_once_stays_said_whatever_is_said_later(
    grades: tuple[str, ...], ever: bool | None, never: bool | None
) -> None:
    assert (said("{grade: ever major}", *grades), said("{grade: never major}", *grades)) == (ever, never)


def test_the_act_itself_counts_and_cannot_unsay_it() -> None:
    assert said("{grade: ever major}", "ordinary", now="major") is True
    assert said("{grade: ever major}", "major", now="ordinary") is True
    assert said("{grade: never major}", now="ordinary") is True


def test_it_is_asked_of_each_thing_and_of_several_values() -> None:
    both = ("trend/major", "conduct/ordinary", "trend/ordinary")
    assert [said("{grade: ever major}", *both, thing=topic) for topic in ("trend", "conduct")] == [
        True,
        False,
    ]
    assert said("{grade: 'ever major, ordinary'}", "ordinary") is True


def test_what_was_corrected_or_struck_was_never_said() -> None:
    rule = written("when: {grade: ever major}\nat: found\nby: clerk").by_name["the rule"]
    for mended in (
        act("struck", entry="1", reason="x"),
        act("corrected", entry="1", word="grade", value="ordinary", reason="x"),
    ):
        file = filed(written(), act("accepted", grade="major"), act("accepted", grade="ordinary"), mended)
        assert rule.when.holds(file.history, None) is False


def test_it_says_that_it_asks_of_all_that_was_said() -> None:
    once = written("when: {grade: ever major}\nat: found\nby: clerk")
    assert says(once) == Text(
        zh="级别曾为“重大”的：“作出认定”由经办员办。",
        en="Where grade was once “Major”, the clerk takes “Finding made”.",
    )
