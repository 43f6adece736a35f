"""Two persons let one refused act pass once (semantics 5.5)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.rulebook.casework.test_decide import found, problems, tried
from tests.rulebook.small import act, filed, written

from kesu.casework.deciding.decide import Accepted
from kesu.casework.deciding.replay import replay
from kesu.procedure.history.act import MISSING
from kesu.procedure.written.overriding import overriding_said
from kesu.reading.text import Text

RULES = written(
    "rule: after acceptance\nat: found\nafter: accepted",
    "rule: named stay out\nkeep apart: [named]\nfrom: [found]",
    'rule: fit\nat: found\nonly if: {measures fit: "yes"}\nforce: refuse',
    "rule: cause\nat: found\nrecord: [cause]",
    more="overriders: [lead, boss]\n",
)
BOTH = ("after acceptance", "fit")
ASKED: dict[str, Any] = {
    "post": "lead",
    "passes": BOTH,
    "override_step": "found",
    "override_reason": "the sample spoils",
    "signature": "An",
    "cause": "service problem",
}
PROPOSED = act(
    "override proposed",
    post="lead",
    overridden=BOTH,
    facts={
        "override step": "found",
        "override reason": "the sample spoils",
        "signature": "An",
        "cause": "service problem",
    },
)
AGREED = act("override agreed", by="lu", post="boss", entry="1", signature="Lu")
DECLINED = act("override declined", by="lu", post="boss", entry="1", reason="there is time", signature="Lu")
USE: dict[str, Any] = {"post": "lead", "passes": BOTH, "override_entry": "1", "cause": "service problem"}


def asked(**changed: Any) -> Any:
    return tried(filed(RULES), "override proposed", **(ASKED | changed))


def test_the_first_asks_the_second_agrees_and_then_the_act_passes_and_the_finding_stays_broken() -> None:
    assert isinstance(asked(), Accepted)
    agreed = tried(filed(RULES, PROPOSED), "override agreed", by="lu", post="boss", entry="1", signature="Lu")
    assert isinstance(agreed, Accepted)
    decision = tried(filed(RULES, PROPOSED, AGREED), "found", **USE)
    assert isinstance(decision, Accepted), decision
    assert found(decision) == [
        ("after acceptance", "broken overridden", 3),
        ("named stay out", "kept", 3),
        ("fit", "cannot tell overridden", 3),
        ("cause", "kept", 3),
    ]
    assert decision.act.overridden == BOTH
    assert decision.act.facts == {
        "cause": "service problem",
        "override entry": "1",
        "overridden by": "lu",
        "override reason": "the sample spoils",
    }
    ((_, reviewed),) = replay(filed(RULES, PROPOSED, AGREED), decision.acts)
    assert [one.key() for one in reviewed] == [one.key() for one in decision.findings]


def test_what_is_asked_for_counts_for_nothing_before_it_is_done() -> None:
    file = filed(RULES, PROPOSED, AGREED)
    assert file.history.value("cause") is MISSING
    assert file.history.done("found") is False


def test_one_person_alone_lets_nothing_pass() -> None:
    both = [
        Text(
            "特批要先提请，由另一个人本人登录同意",
            "an override is proposed first, and another person agrees in his own sign-in",
        )
    ]
    assert problems(tried(filed(RULES), "found", **USE)) == both
    alone = USE | {"overridden_by": "lu", "signature": "Lu"}
    assert problems(tried(filed(RULES), "found", **alone)) == both
    own = tried(filed(RULES, PROPOSED), "override agreed", by="an", post="lead", entry="1", signature="An")
    assert problems(own) == [Text("特批要由另一个人同意", "another person has to agree to an override")]
    for_him = {"by": "lu", "post": "boss", "recorder": "an", "medium": "phone"}
    noted = tried(filed(RULES, PROPOSED), "override agreed", entry="1", signature="Lu", **for_him)
    assert problems(noted)[0] == Text(
        "“同意特批”不能代记，请本人登录办理",
        "“Override agreed to” is not noted for another; whoever takes it does so in his own sign-in",
    )
    not_yet = [Text("另一个人还没有同意特批", "the other person has not agreed to the override")]
    assert problems(tried(filed(RULES, PROPOSED), "found", **USE)) == not_yet


def test_declined_it_does_not_pass() -> None:
    file = filed(RULES, PROPOSED, DECLINED)
    not_yet = [Text("另一个人还没有同意特批", "the other person has not agreed to the override")]
    assert problems(tried(file, "found", **USE)) == not_yet
    none = [Text("没有等你答复的特批", "no override waits for your answer")]
    assert problems(tried(file, "override agreed", by="lu", post="boss", entry="1", signature="Lu")) == none


def test_it_passes_once_only_what_was_agreed_to_and_only_for_whoever_asked() -> None:
    file = filed(RULES, PROPOSED, AGREED)
    assert found(tried(file, "found", **(USE | {"passes": ("fit",)}))) == [("after acceptance", "broken", 3)]
    changed = [
        Text(
            "填的内容和同意特批时的不一样；要改，请重新提请",
            "this is not what was agreed to; propose anew what is changed",
        )
    ]
    assert problems(tried(file, "found", **(USE | {"cause": "misunderstanding"}))) == changed
    other = [Text("特批由提请的人本人办理", "whoever proposed the override takes the step")]
    assert problems(tried(file, "found", by="lu", **(USE | {"post": "boss"}))) == other
    done = act(
        "found", post="lead", overridden=BOTH, facts={"cause": "service problem", "override entry": "1"}
    )
    used = [Text("这次特批已经用过", "this override has been used")]
    assert problems(tried(filed(RULES, PROPOSED, AGREED, done), "found", **USE)) == used


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"override_reason": None}, Text("特批要写明理由", "an override needs its reason")),
        ({"signature": ""}, Text("特批要有签名", "an override needs a signature")),
        ({"override_step": "fond"}, Text("要写明放行哪一步", "it has to name the step that is to pass")),
        ({"passes": ()}, Text("要写明放行哪几条规则", "it has to name the rules that are to let it pass")),
        (
            {"passes": ("after aceptance",)},
            Text(
                "没有规则“after aceptance”；是不是“after acceptance”？",
                "no rule is called “after aceptance”; did you mean “after acceptance”?",
            ),
        ),
        (
            {"passes": ("named stay out",)},
            Text(
                "“named stay out”是回避，不能特批",
                "“named stay out” keeps persons apart and cannot be overridden",
            ),
        ),
        (
            {"post": "clerk"},
            Text("特批由这些岗位作出：组长、主任", "an override is for these posts: lead, boss"),
        ),
    ],
)
def test_it_needs_a_post_a_reason_a_signature_a_step_and_a_rule_that_can_be_overridden(
    changed: dict[str, Any], said: Text
) -> None:
    assert problems(asked(**changed)) == [said]


def test_neither_of_the_two_may_have_to_stay_out() -> None:
    out = Text("须回避的人不能特批", "who has to stay out cannot override")
    assert problems(
        tried(filed(RULES, act("named", by="gu", persons=["an"])), "override proposed", **ASKED)
    ) == [out]
    file = filed(RULES, PROPOSED, act("named", by="gu", persons=["lu"]))
    assert problems(tried(file, "override agreed", by="lu", post="boss", entry="1", signature="Lu")) == [out]


def test_where_a_procedure_names_nobody_nobody_overrides() -> None:
    own = written(
        "rule: after acceptance\nat: found\nafter: accepted", "rule: cause\nat: found\nrecord: [cause]"
    )
    given = ASKED | {"passes": ("after acceptance",)}
    assert problems(tried(filed(own), "override proposed", **given)) == [
        Text(
            "本程序没有写由谁特批，不能特批",
            "this procedure names nobody who may override; it cannot be overridden",
        )
    ]
    assert overriding_said(own) == Text(
        "本程序没有写由谁特批，不能特批。", "It names nobody who may override, so nothing is overridden."
    )


def test_in_a_log_an_override_to_which_nobody_agreed_lets_nothing_pass() -> None:
    alone = act("found", number=1, overridden=BOTH, facts={"overridden by": "lu", "signature": "Lu"})
    assert next((one.rule, one.verdict.value, one.manner) for one in filed(RULES).judge(alone)) == (
        "after acceptance",
        "broken",
        "",
    )
    of_0_1 = filed(replace(RULES, language=1))
    assert of_0_1.judge(alone)[0].manner == "overridden"


def test_the_posts_may_stand_with_the_reading_by_which_they_were_named() -> None:
    more = "overriders: {posts: [lead, boss], reading: {zh: 两人共担, en: both answer for it}}\n"
    own = written(more=more)
    assert (own.overriders, own.overriding) == (("lead", "boss"), Text("两人共担", "both answer for it"))
    assert overriding_said(own) == Text(
        "特批由组长、主任中的两人签名并写明理由；回避不能特批。",
        "An override takes two persons out of lead and boss, their signature and a reason; staying out is never overridden.",
    )


def test_there_is_no_override_against_staying_out_in_a_log_either() -> None:
    file = filed(RULES, act("accepted"), act("named", by="gu", persons=["an"]))
    (finding,) = [
        one
        for one in file.judge(
            act("found", number=3, by="an", measures_fit="yes", overridden=("named stay out",))
        )
        if one.rule == "named stay out"
    ]
    assert (finding.verdict, finding.manner, finding.bars) == ("broken", "", True)
