"""hearsay: what another noted opens at once, where the procedure says so and why."""

from __future__ import annotations

import pytest
from tests.rulebook.casework.test_decide import found, tried
from tests.rulebook.procedure.test_audit import faults
from tests.rulebook.refused import refused, refused_at
from tests.rulebook.small import act, filed, says, when, written

from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

READING = "reading: {zh: 原文写电话同意即可先办, en: The paper lets one go on by telephone}"
COUNTS = f"rule: by telephone\n{READING}\nat: consented\nhearsay: opens"
OTHERS = (
    "rule: consent before notice\nat: result notified\nafter: consented",
    "rule: consent by the boss\nat: consented\nby: boss",
    "rule: in person\nconfirm: confirmed in person",
)
OPENS, WAITS = written(COUNTS, *OTHERS), written(*OTHERS)
NOTED = act(
    "consented", "2026-03-02 10:00", by="lu", post="boss", recorder="an", medium="phone", result="as reported"
)
CONFIRMED = act("confirmed in person", "2026-03-03 09:00", by="lu")


def told(procedure: Procedure) -> list[tuple[str, str, int]]:
    return found(tried(filed(procedure, NOTED), "result notified", by="an", now="2026-03-02 11:00"))


def test_what_another_noted_opens_the_gate_where_a_rule_says_so_and_waits_where_none_does() -> None:
    assert told(OPENS) == [("consent before notice", "kept", 2)]
    assert told(WAITS) == [("consent before notice", "broken", 2)]
    assert filed(OPENS, NOTED).history.value("result") == "as reported"


def test_until_it_is_confirmed_it_stays_marked_and_the_end_waits() -> None:
    file = filed(OPENS, NOTED)
    assert [(one.rule, one.verdict.value) for one in file.judge(NOTED)] == [
        ("consent by the boss", "cannot tell")
    ]
    assert found(tried(file, "closed")) == [("in person", "broken", 2)]
    assert found(tried(filed(OPENS, NOTED, CONFIRMED), "closed")) == []
    assert file.open_findings(when("2026-03-10 09:00")) != []


def test_it_says_both_halves() -> None:
    assert says(OPENS, "by telephone") == Text(
        zh="“同意”由别人代记的，代记以后就可以往下办，不必等本人确认；未确认的一直标明，结案前仍须由本人确认。",
        en="“Consented” noted by somebody else: what comes next may be done at once, without waiting for whoever acted to confirm it. "
        "It stays marked until he does, and he has to before the end.",
    )


def test_only_opens_can_be_said_of_it() -> None:
    rule = "rule: the rule\nat: consented\nhearsay: closes"
    assert refused(rule) == (
        "“hearsay” “closes” is not known; known are opens",
        "“hearsay”“closes”没有定义；可用的有 opens",
    )
    assert refused_at(rule) == "hearsay: closes"


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        (
            "rule: by telephone\nat: consented\nhearsay: opens",
            "规则“by telephone”让代记的立即算数，要用 reading 写明原文为什么允许",
            "the rule “by telephone” lets count what another noted; say under “reading” why the paper lets it",
        ),
        (
            f"rule: by telephone\n{READING}\nwhen: {{matter: complaint}}\nat: consented\nhearsay: opens",
            "规则“by telephone”不能带条件（when）：代记的算不算数，不随案情改变",
            "the rule “by telephone” takes no “when”: whether a note counts does not change with the case",
        ),
        (
            f"rule: by telephone\n{READING}\nat: corrected\nhearsay: opens",
            "规则“by telephone”：“更正”只能本人办，不能代记",
            "the rule “by telephone”: “corrected” is taken in person and never noted for another",
        ),
        (
            f"rule: by telephone\n{READING}\nat: investigated\nhearsay: opens",
            "规则“by telephone”：“调查核实”不作决定，代记的本来就算数，不必写",
            "the rule “by telephone”: “investigated” decides nothing, so a note of it counts anyway",
        ),
        (
            f"rule: by telephone\n{READING}\nat: closed\nhearsay: opens",
            "规则“by telephone”：“结案”由几人共同办理或者办结案卷，各人要在自己的登录里办",
            "the rule “by telephone”: “closed” is taken by several or ends the file, which each does in his own sign-in",
        ),
    ],
)
def test_a_rule_without_reading_or_of_a_step_that_does_not_wait_is_a_fault(
    rule: str, zh: str, en: str
) -> None:
    assert Text(zh, en) in faults(written(rule))
    assert [one for one in faults(OPENS) if "telephone" in one.en] == []
