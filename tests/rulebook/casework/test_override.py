"""Two persons let one refused act pass once (semantics 5.5)."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rulebook.casework.test_decide import found, problems, tried
from tests.rulebook.small import act, filed, written

from kesu.casework.deciding.command import Override
from kesu.casework.deciding.decide import Accepted
from kesu.casework.deciding.replay import replay
from kesu.procedure.written.overriding import overriding_said
from kesu.reading.text import Text

RULES = written(
    "rule: after acceptance\nat: found\nafter: accepted",
    "rule: named stay out\nkeep apart: [named]\nfrom: [found]",
    'rule: fit\nat: found\nonly if: {measures fit: "yes"}\nforce: refuse',
    more="overriders: [lead, boss]\n",
)
GIVEN: dict[str, Any] = {
    "rules": ("after acceptance", "fit"),
    "second": "lu",
    "reason": "the sample spoils",
    "signature": "signed",
    "second_post": "boss",
}


def override(**changed: Any) -> Override:
    return Override(**(GIVEN | changed))


def test_the_act_passes_and_the_finding_stays_broken() -> None:
    decision = tried(filed(RULES), "found", post="lead", override=override())
    assert isinstance(decision, Accepted)
    assert found(decision) == [
        ("after acceptance", "broken overridden", 1),
        ("named stay out", "kept", 1),
        ("fit", "cannot tell overridden", 1),
    ]
    assert decision.act.overridden == ("after acceptance", "fit")
    assert decision.act.facts == {
        "overridden by": "lu",
        "override reason": "the sample spoils",
        "signature": "signed",
    }
    ((_, reviewed),) = replay(filed(RULES), decision.acts)
    assert [one.key() for one in reviewed] == [one.key() for one in decision.findings]


def test_it_passes_once_and_only_what_it_names() -> None:
    assert found(tried(filed(RULES), "found", post="lead", override=override(rules=("fit",)))) == [
        ("after acceptance", "broken", 1)
    ]
    file = filed(RULES, act("found", overridden=("after acceptance", "fit")))
    assert [one[1] for one in found(tried(file, "found"))] == ["broken", "cannot tell"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"second": "an"}, Text("特批要有另一个人", "an override needs a second person")),
        ({"reason": "  "}, Text("特批要写明理由", "an override needs its reason")),
        ({"signature": ""}, Text("特批要有签名", "an override needs a signature")),
        (
            {"rules": ("after aceptance",)},
            Text(
                "没有规则“after aceptance”；是不是“after acceptance”？",
                "no rule is called “after aceptance”; did you mean “after acceptance”?",
            ),
        ),
        (
            {"rules": ("named stay out",)},
            Text(
                "“named stay out”是回避，不能特批",
                "“named stay out” keeps persons apart and cannot be overridden",
            ),
        ),
    ],
)
def test_it_needs_another_person_a_reason_a_signature_and_a_rule_that_can_be_overridden(
    changed: dict[str, Any], said: Text
) -> None:
    assert problems(tried(filed(RULES), "found", post="lead", override=override(**changed))) == [said]


def test_neither_of_the_two_may_have_to_stay_out() -> None:
    for person in ("an", "lu"):
        file = filed(RULES, act("named", by="gu", persons=[person]))
        assert problems(tried(file, "found", post="lead", override=override())) == [
            Text("须回避的人不能特批", "who has to stay out cannot override")
        ]


NAMED_ONLY = [Text("特批由这些岗位作出：组长、主任", "an override is for these posts: lead, boss")]


@pytest.mark.parametrize(("first", "second"), [("clerk", "boss"), ("lead", "clerk"), ("lead", None)])
def test_both_act_in_a_post_that_the_procedure_names(first: str, second: str | None) -> None:
    given = override(second_post=second)
    assert problems(tried(filed(RULES), "found", post=first, override=given)) == NAMED_ONLY


def test_where_a_procedure_names_nobody_nobody_overrides() -> None:
    own = written("rule: after acceptance\nat: found\nafter: accepted")
    given = override(rules=("after acceptance",))
    assert problems(tried(filed(own), "found", post="lead", override=given)) == [
        Text(
            "本程序没有写由谁特批，不能特批",
            "this procedure names nobody who may override; it cannot be overridden",
        )
    ]
    assert overriding_said(own) == Text(
        "本程序没有写由谁特批，不能特批。", "It names nobody who may override, so nothing is overridden."
    )


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
