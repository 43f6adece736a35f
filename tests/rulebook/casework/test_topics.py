"""Several topics in one case: findings per topic, and one list of what is left (semantics 4.1)."""

from __future__ import annotations

from tests.rulebook.casework.test_decide import found, tried
from tests.rulebook.small import act, filed, judged, verdict, written

RULES = written(
    "rule: investigated first\nfor each: topic\nbefore: found\nmust have: investigated",
    "rule: settled in time\nfor each: topic\nwhen: {finding: no responsibility}\nwithin: 1 week\nfrom: found\nto: progress told",
    "rule: told the result\nwhen: {finding: upheld}\nbefore: closed\nmust have: result notified",
    "rule: lead on conduct\nwhen: {topic: conduct}\nsend: found\nto: boss",
)
TOPICS = act("registered", topic=["contract", "conduct"])
LOOKED = (act("investigated", of_topic="contract"), act("investigated", of_topic="conduct"))
UPHELD = act("found", post="lead", of_topic="contract", finding="upheld")
NOT_OURS = act("found", post="boss", of_topic="conduct", finding="no responsibility")


def test_each_finding_is_judged_for_its_own_topic() -> None:
    file = filed(RULES, TOPICS, LOOKED[0])
    assert found(tried(file, "found", post="lead", of_topic="contract")) == [
        ("investigated first", "kept", 3)
    ]
    assert found(tried(file, "found", post="lead", of_topic="conduct")) == [
        ("investigated first", "broken", 3),
        ("lead on conduct", "broken", 3),
    ]


def test_a_finding_that_names_no_topic_is_for_all_of_them() -> None:
    assert judged(RULES, TOPICS, LOOKED[0], act("found", post="boss"))[0][1] == "broken"
    assert judged(RULES, TOPICS, *LOOKED, act("found", post="boss"))[0][1] == "kept"


def test_a_second_finding_does_not_hide_the_first() -> None:
    assert [one[:2] for one in judged(RULES, TOPICS, *LOOKED, UPHELD, NOT_OURS, act("closed"))] == [
        ("told the result", "broken"),
        ("settled in time", "broken"),  # still owed
    ]
    told = (act("result notified"), act("closed"))
    assert [one[:2] for one in judged(RULES, TOPICS, *LOOKED, UPHELD, NOT_OURS, *told)] == [
        ("told the result", "kept"),
        ("settled in time", "broken"),
    ]


def test_a_finding_calls_for_duties_on_its_own_topic_alone() -> None:
    file = filed(RULES, TOPICS, *LOOKED, NOT_OURS, UPHELD)
    assert [(one.rule, one.number, one.thing) for one in file.duties] == [("settled in time", 4, "conduct")]


def test_one_act_may_answer_for_several_topics() -> None:
    both = [
        act("found", post="boss", of_topic=topic, finding="no responsibility")
        for topic in ("contract", "conduct")
    ]
    for named, states in (
        (["contract", "conduct"], ["met", "met"]),
        ("contract", ["met", "open"]),
        ("conduct", ["open", "met"]),
        (None, ["open", "open"]),
    ):
        told = act("progress told", **({"of_topic": named} if named else {}))
        assert [one.state for one in filed(RULES, TOPICS, *LOOKED, *both, told).duties] == states


def test_a_case_of_one_topic_need_not_name_it() -> None:
    one = act("registered", topic=["contract"])
    whole = written("for each: topic\nbefore: found\nmust have: investigated")
    assert verdict(whole, one, act("investigated"), act("found")) == "kept"


def test_a_waiver_for_one_topic_leaves_the_duty_of_another() -> None:
    both = (
        act("found", post="boss", of_topic="contract", finding="no responsibility"),
        act("found", post="boss", of_topic="conduct", finding="no responsibility"),
    )
    rules = written(
        "for each: topic\nwithin: 1 week\nfrom: found\nto: progress told\nforce: reason",
    )
    waived = {"instead of": "progress told", "reason": "x"}
    for named, states in (("conduct", ["open", "reasoned"]), (None, ["reasoned", "reasoned"])):
        of_topic = {} if named is None else {"of topic": named}
        file = filed(rules, TOPICS, *LOOKED, *both, act("not possible", facts=waived | of_topic))
        assert [duty.state for duty in file.duties] == states
