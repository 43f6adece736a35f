"""One rule: its name, its clauses, its one shape, what narrows it, how it is forced."""

from __future__ import annotations

import pytest
from tests.rulebook.refused import refused, refused_at
from tests.rulebook.small import says, written

from kesu.procedure.shapes import shapes
from kesu.procedure.written.rule import Rule

SETTINGS = """
settings:
  reply time: {value: to be set, kind: span}
  limit: {value: "2000", kind: money}
  deciders: {value: [boss, lead], kind: posts}
  topics: {value: conduct, kind: topic list}
  effect: {value: show, kind: force}
"""


def rule(text: str, more: str = "") -> Rule:
    return written(text, more=more).by_name["the rule"]


def test_a_rule_has_exactly_one_shape() -> None:
    signs = sorted(shapes())
    assert refused('at: found\nat most: "1"\nby: clerk') == (
        f"the rule “the rule” needs exactly one shape ({', '.join(signs)}); it has “at most” and “by”",
        f"规则“the rule”必须恰好有一种句式（{'、'.join(signs)}）；现在有：at most、by",
    )
    assert refused("at: found") == (
        f"the rule “the rule” needs exactly one shape ({', '.join(signs)}); it has none of them",
        f"规则“the rule”必须恰好有一种句式（{'、'.join(signs)}）；现在有：没有",
    )


def test_a_key_of_another_shape_does_not_make_a_second_one() -> None:
    kept = rule("keep: complaint letters\nfor: 1 year\nfrom: closed\nbars: destroyed\nby: boss")
    assert kept.shape.sign == "keep"
    assert rule("measure: m\nof: time\nfrom: received\nto: found\nby: grade").shape.sign == "measure"
    assert rule("within: 1 week\nfrom: received\nbars: found").shape.sign == "within … bars"


def test_a_rule_begins_with_its_name_and_says_a_key_once() -> None:
    assert refused("rule:\nat: found\nafter: accepted") == (
        "a rule is a mapping that begins with “rule: its name”",
        "每条规则应以“rule: 名称”开头",
    )
    assert (
        refused_at("rule: one\nat: found\nafter: accepted", "rule: one\nat: found\nby: clerk")
        == "- rule: one"
    )
    assert refused("rule: one\nat: found\nafter: accepted", "rule: one\nat: found\nby: clerk") == (
        "two rules are called “one”",
        "有两条规则都叫“one”",
    )


def test_the_clauses_are_one_or_several() -> None:
    assert rule("clause: A-1\nat: found\nby: clerk").clauses == ("A-1",)
    assert rule("clause: [A-1, A-2]\nat: found\nby: clerk").clauses == ("A-1", "A-2")


def test_how_a_clause_is_held_follows_from_the_shape_unless_the_rule_says_it() -> None:
    held = {
        "at: found\nby: clerk": "enforced",
        "at: found\nby: clerk\nforce: show": "recorded",
        "at: found\nby: clerk\nforce: reason": "enforced",
        "within: 1 week\nfrom: accepted\nto: found": "timed",
        "every: 1 week\nfrom: accepted\ndo: progress told": "timed",
        "within: 1 week\nfrom: received\nbars: found": "enforced",
        "measure: m\nof: share\nfact: finding\nby: grade": "measured",
        "attest: warm reception\nbefore: found": "attested",
        "at: found\nby: clerk\nhow: outside": "outside",
    }
    assert {text: rule(text).how for text in held} == held


def test_force_is_one_of_three_and_show_never_bars() -> None:
    assert [rule(f"at: found\nby: clerk\nforce: {one}").bars for one in ("refuse", "reason", "show")] == [
        True,
        True,
        False,
    ]
    assert refused("at: found\nby: clerk\nforce: refus") == (
        "“force” “refus” is not known; did you mean “refuse”?",
        "“force”“refus”没有定义；是不是“refuse”？",
    )


def test_for_each_belongs_to_shapes_that_can_be_said_so() -> None:
    assert rule("for each: topic\nbefore: found\nmust have: investigated").each == "topic"
    assert refused("for each: topic\nat: found\nby: clerk") == (
        "“by” cannot be said “for each”",
        "“by”不能写 for each",
    )


def test_a_setting_stands_for_a_value_wherever_one_may_stand() -> None:
    assert (
        says(written("at: found\nby: <deciders>", more=SETTINGS)).en
        == "The boss or lead takes “Finding made”."
    )
    assert (
        says(written("at: found\nby: [<deciders>]", more=SETTINGS)).en
        == "The boss or lead takes “Finding made”."
    )
    assert rule("when: {amount: over <limit>}\nat: found\nby: boss", SETTINGS).when.conditions[0].values == (
        "2000",
    )
    assert rule("when: {topic: <topics>}\nat: found\nby: boss", SETTINGS).when.conditions[0].values == (
        "conduct",
    )
    assert rule("at: found\nby: boss\nforce: <effect>", SETTINGS).force == "show"


def test_a_rule_remembers_the_settings_that_nobody_has_set() -> None:
    unset = written("within: <reply time>\nfrom: accepted\nto: closed", more=SETTINGS)
    assert unset.by_name["the rule"].unset == ("reply time",)
    assert unset.unset == ("reply time",)
    filled = written(
        "within: <reply time>\nfrom: accepted\nto: closed", more=SETTINGS, settings={"reply time": "3 weeks"}
    )
    assert (filled.unset, filled.by_name["the rule"].unset) == ((), ())


def test_an_unknown_setting_is_answered_with_the_nearest() -> None:
    assert refused("within: <replytime>\nfrom: accepted\nto: closed", more=SETTINGS) == (
        "no setting is called “replytime”; did you mean “reply time”?",
        "没有叫“replytime”的设定；是不是“reply time”？",
    )


@pytest.mark.parametrize(
    ("setting", "en", "zh"),
    [
        (
            "{value: 5 days, kind: span}",
            "“days” can mean several units; say calendar days, natural days or working days",
            "“days”有几种算法；写明是日历日、自然日还是工作日",
        ),
        ("{value: much, kind: money}", "a number is wanted, not “much”", "应是数字，不是“much”"),
        (
            "{value: refus, kind: force}",
            "the force “refus” is not known; did you mean “refuse”?",
            "效力“refus”没有定义；是不是“refuse”？",
        ),
        (
            "{value: conducts, kind: topic list}",
            "the value of “topic” “conducts” is not known; did you mean “conduct”?",
            "“topic”的取值“conducts”没有定义；是不是“conduct”？",
        ),
        (
            "{value: x, kind: spam}",
            "no setting is of the kind “spam”; did you mean “span”?",
            "没有“spam”这种设定；是不是“span”？",
        ),
        ("{kind: span}", "the setting “s” needs “value”", "设定“s”缺少“value”"),
    ],
)
def test_a_setting_has_a_value_of_its_kind(setting: str, en: str, zh: str) -> None:
    assert refused(more=f"settings:\n  s: {setting}\n") == (en, zh)


def test_a_step_that_a_rule_names_twice_asks_it_once() -> None:
    twice = written("at: [found, found]\nby: boss")
    assert [rule.name for rule in twice.asked["found"]] == ["the rule"]
