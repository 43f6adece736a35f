"""Nothing known is not kept (semantics 4.12): what a rule expects is on record, or said not to be, before it can be kept."""

from __future__ import annotations

import pytest
from tests.rulebook.refused import refused
from tests.rulebook.small import act, filed, from_text, judged, says, text_of, verdict, when, why, written

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Barred, decide
from kesu.casework.file.roles_in_file import apart, apart_unknown
from kesu.procedure.history.act import Shown
from kesu.procedure.written.audit import audit
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text


def small(rule: str) -> Procedure:
    """The small procedure, where registering asks the item, whether there is one, and the topic."""
    text = text_of(rule).replace("  registered: {}", "  registered: {asks: [topic, item concerned, item]}")
    return from_text(text.replace("  evidence added: {}", "  evidence added: {asks: [evidence]}"))


WORK = small(
    "keep apart: [did the work]\nfrom: [investigated, found]\n"
    "expects:\n  item: {asked at: registered, when: {topic: contract, item concerned: not no}, at: found}"
)
EACH = small(
    "for each: evidence\nbefore: found\nmust have: investigated\nexpects: {evidence: evidence added}"
)
ABOUT = act("registered", topic=["contract"])
NOTED = act("item noted", facts={"item": "R-1", "did the work": ["xu"]})
FOUND = act("found", by="lu")


def test_it_says_what_has_to_be_said_and_where() -> None:
    assert says(WORK) == Text(
        "做过这项工作的人不办“调查核实”、“作出认定”。投诉事项为“合同执行”，且是否涉及本机构的报告或样品不是“否”的，“登记”时要写明涉及的报告或样品，写明以前说不准。",
        "Those who did the work stay out of “Investigated” and “Finding made”. Where topic is “Performance of the contract” and report or sample of ours concerned is not “no”, subject item is to be said with “Registered”; until then nobody can tell.",
    )
    assert says(EACH).en == (
        "Before “Finding made”: “Investigated” (for each piece of evidence). Evidence is to be said with “Evidence added”; until then nobody can tell."
    )


def test_a_file_that_says_nothing_of_it_is_not_kept() -> None:
    assert why(WORK, ABOUT, FOUND) == (
        "cannot tell",
        "还没有写明是否涉及本机构的报告或样品，说不准",
        "report or sample of ours concerned has not been said, so nobody can tell",
    )
    concerned = act("registered", topic=["contract"], item_concerned="yes")
    assert why(WORK, concerned, FOUND)[0::2] == (
        "cannot tell",
        "subject item has not been said, so nobody can tell",
    )
    unknown = act("registered", topic=["contract"], item_concerned="yes", item=None)
    assert verdict(WORK, unknown, FOUND) == "cannot tell"


def test_what_is_known_or_said_not_to_be_is_kept_and_a_breach_stays_one() -> None:
    assert verdict(WORK, ABOUT, NOTED, FOUND) == "kept"
    assert verdict(WORK, ABOUT, NOTED, act("found", by="xu")) == "broken"
    assert verdict(WORK, act("registered", topic=["contract"], item_concerned="no"), FOUND) == "kept"
    assert verdict(WORK, act("registered", topic=["conduct"]), FOUND) == "kept"


def test_before_the_step_by_which_it_has_to_be_known_nobody_asks() -> None:
    assert verdict(WORK, ABOUT, act("investigated", by="lu")) == "kept"


def test_for_each_over_nothing_cannot_tell() -> None:
    assert verdict(EACH, ABOUT, FOUND) == "cannot tell"
    assert verdict(written("for each: evidence\nbefore: found\nmust have: investigated"), FOUND) == "kept"
    assert verdict(EACH, act("evidence added", evidence="letter"), FOUND) == "broken"


def test_online_it_refuses_and_names_what_is_missing() -> None:
    decided = decide(filed(WORK, ABOUT), Command(step="found", by="lu"), now=when("2026-03-02 10:00"))
    assert isinstance(decided, Barred)
    assert [finding.outcome.lacking_facts for finding in decided.findings] == [("item concerned",)]


def test_a_log_that_would_not_show_it_says_so() -> None:
    blind = Shown(facts=frozenset({"topic", "item concerned"}))
    concerned = act("registered", topic=["contract"], item_concerned="yes")
    assert judged(WORK, concerned, FOUND, shown=blind)[0][1:] == (
        "cannot tell",
        "记录里看不到涉及的报告或样品，无法判断",
        "the log does not show subject item",
    )


def test_nobody_has_to_stay_out_only_where_that_is_known() -> None:
    assert apart_unknown(filed(WORK, ABOUT)) == ("item concerned",)
    assert apart_unknown(filed(WORK, ABOUT, act("item noted", facts={"item": "R-1"}))) == ("did the work",)
    assert apart_unknown(filed(WORK, ABOUT, NOTED)) == ()


def test_a_step_that_asks_neither_is_a_fault() -> None:
    rule = "keep apart: [named]\nfrom: found\nexpects: {persons: accepted}"
    assert [fault.text.en for fault in audit(small(rule)) if "expects" in fault.text.en] == [
        "the rule “the rule” expects “persons” to be said with “accepted”, which does not ask it"
    ]
    assert [fault for fault in audit(WORK) if "expects" in fault.text.en] == []


@pytest.mark.parametrize("wrong", ["{item: nowhere}", "{nothing: found}", "{item: {asked at: found, of: x}}"])
def test_what_is_no_fact_no_step_or_no_key_is_refused(wrong: str) -> None:
    assert refused(f"keep apart: [named]\nfrom: found\nexpects: {wrong}")


def test_the_responsible_department_stays_out_and_still_sees_the_file() -> None:
    text = text_of("keep apart: [named units, responsible unit]\nfrom: found")
    procedure = from_text(text.replace("  accepted: {}", "  accepted: {asks: [responsible unit]}"))
    accepted = act("accepted", responsible_unit="sample room")
    assert verdict(procedure, accepted, act("found", units=("sample room",))) == "broken"
    assert verdict(procedure, accepted, act("found", units=("office",))) == "kept"
    assert apart(filed(procedure, accepted)).units == frozenset()
