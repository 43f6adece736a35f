"""draw: a sample drawn at random that gives the same when it is drawn again."""

from typing import Any

import pytest
from tests.rulebook.refused import refused
from tests.rulebook.small import act, filed, offered, says, verdict, when, why, written

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Accepted, Actor, Barred, decide
from kesu.procedure.history.act import Act, Shown
from kesu.procedure.history.draws import drawn
from kesu.reading.text import Text

RULE = "at: accepted\ndraw: drawn projects\nfrom: survey population\nseed: survey seed\nsize: sample size"
DRAW = written(RULE)
PEOPLE = [f"P-{number:03}" for number in range(40)]
RIGHT = list(drawn(PEOPLE, seed="2026-1", size=3))


def planned(**more: Any) -> Act:
    facts = {"survey population": PEOPLE, "survey seed": "2026-1", "sample size": "3"}
    return act("received", facts={**facts, **{word.replace("_", " "): value for word, value in more.items()}})


def taken(*items: str) -> Act:
    return act("accepted", facts={"drawn projects": list(items)})


def test_it_says_what_is_drawn_from_what() -> None:
    assert says(DRAW) == Text(
        zh="“受理”时，按随机种子从调查总体中随机抽出抽中的项目，抽多少以抽取数量为准；照样重抽，结果相同。",
        en="“Accepted”: projects drawn is drawn at random from survey population by random seed, as many as number "
        "to draw; drawn again it is the same.",
    )


def test_what_was_drawn_is_what_the_draw_gives_in_whatever_order_it_is_written() -> None:
    assert verdict(DRAW, planned(), taken(*RIGHT)) == "kept"
    assert verdict(DRAW, planned(), taken(*reversed(RIGHT))) == "kept"


def test_one_too_few_one_too_many_or_another_is_no_draw() -> None:
    other = next(item for item in PEOPLE if item not in RIGHT)
    assert why(DRAW, planned(), taken(*RIGHT[:2])) == (
        "broken",
        f"抽中的项目里少了{RIGHT[2]}，重抽时抽到了",
        f"projects drawn lacks {RIGHT[2]}, which the draw gives",
    )
    assert why(DRAW, planned(), taken(*RIGHT, other)) == (
        "broken",
        f"抽中的项目里多了{other}，重抽时没有抽到",
        f"projects drawn has {other}, which the draw does not give",
    )
    assert verdict(DRAW, planned(), taken(*RIGHT[:2], other)) == "broken"
    assert verdict(DRAW, planned(survey_seed="2026-2"), taken(*RIGHT)) == "broken"


def test_what_is_not_given_is_drawn_when_it_is_decided() -> None:
    file = filed(DRAW, planned())
    decided = decide(file, Command(step="accepted", by="an", post="clerk"), now=when("2026-03-02 10:00"))
    assert isinstance(decided, Accepted)
    assert decided.act.facts == {"drawn projects": RIGHT}
    assert [str(one.verdict) for one in decided.findings] == ["kept"]
    assert offered(file, Actor("an", "clerk"), now=when("2026-03-02 10:00"))["accepted"].allowed


def test_everything_may_come_with_the_act_itself() -> None:
    facts = {"survey population": PEOPLE, "survey seed": "2026-1", "sample size": "3"}
    command = Command(step="accepted", by="an", post="clerk", facts=facts)
    decided = decide(filed(DRAW, act("received")), command, now=when("2026-03-02 10:00"))
    assert isinstance(decided, Accepted)
    assert decided.act.facts == {**facts, "drawn projects": RIGHT}


def test_what_is_given_is_not_drawn_anew_but_judged() -> None:
    command = Command(step="accepted", by="an", post="clerk", facts={"drawn projects": PEOPLE[:3]})
    decided = decide(filed(DRAW, planned()), command, now=when("2026-03-02 10:00"))
    assert isinstance(decided, Barred)
    assert [one.rule for one in decided.findings] == ["the rule"]


def test_five_thousand_are_drawn_from_as_well() -> None:
    many = [f"客户{number}" for number in range(5000)]
    command = Command(step="accepted", by="an", post="clerk")
    decided = decide(filed(DRAW, planned(survey_population=many)), command, now=when("2026-03-02 10:00"))
    assert isinstance(decided, Accepted)
    assert decided.act.facts == {"drawn projects": list(drawn(many, seed="2026-1", size=3))}


@pytest.mark.parametrize("size", ["0", "2.5", "-1", "all"])
def test_so_many_as_a_whole_number_says(size: str) -> None:
    assert why(DRAW, planned(sample_size=size), taken(*RIGHT)) == (
        "broken",
        "抽取数量应是 1 以上的整数",
        "number to draw has to be a whole number from 1",
    )


def test_without_population_seed_or_size_nothing_can_be_drawn() -> None:
    assert why(DRAW, planned(survey_seed=None), taken(*RIGHT)) == (
        "cannot tell",
        "没有记下随机种子，无法抽取",
        "random seed is not on record, so nothing can be drawn",
    )
    assert verdict(DRAW, act("received"), act("accepted")) == "cannot tell"
    assert verdict(DRAW, planned(survey_population=[]), act("accepted")) == "cannot tell"


def test_a_log_shows_what_was_drawn_or_cannot_tell() -> None:
    shown = Shown(facts=frozenset({"survey population", "survey seed", "sample size"}))
    assert why(DRAW, planned(), act("accepted"), shown=shown)[:2] == ("cannot tell", "看不出抽中的项目")
    assert verdict(DRAW, planned(), taken(*RIGHT), shown=Shown(facts=frozenset({"drawn projects"}))) == "kept"


def test_words_that_can_be_erased_are_not_drawn_from() -> None:
    assert refused(RULE.replace("seed: survey seed", "seed: account")) == (
        "the rule “the rule” needs a fact of the kind word; “account” is of the kind text",
        "规则“the rule”这里要用 word 类的事实；“account”是 text 类",
    )


def test_where_the_rule_does_not_apply_nothing_is_drawn() -> None:
    only_major = written("when: {grade: major}\n" + RULE)
    given = {"survey population": ["a"], "survey seed": "s", "sample size": "1"}
    for grade, sample in (("ordinary", None), ("major", ["a"])):
        file = filed(only_major, act("registered", facts={"grade": grade}))
        taken = decide(file, Command(step="accepted", by="an", facts=given), now=file.history.acts[-1].noted)
        assert isinstance(taken, Accepted)
        assert taken.act.facts.get("drawn projects") == sample
