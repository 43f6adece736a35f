"""doing without: what a rule wants is left out only by whom, for what, when and in which case the rule says."""

from typing import Any

from tests.rulebook.refused import refused
from tests.rulebook.small import act, filed, judged, says, written

from kesu.procedure.history.act import Act, Shown
from kesu.procedure.written.audit import audit
from kesu.reading.text import Text

HOLD = "rule: doing without\ndoing without: not possible"
TOLD = """\
rule: told
when: {finding: upheld}
before: closed
must have: result notified
unless waived: {by: lead, for: [cannot be reached, no complainant], after: found}
"""
NOT_OURS = """\
rule: settled
before: closed
must have: retest decided
unless waived: {by: boss, for: [not ours], when: {finding: no responsibility}}
"""
PROCEDURE = written(HOLD, TOLD, NOT_OURS)
UPHELD = act("found", finding="upheld")
NOT_UPHELD = act("found", finding="no responsibility")


def left_out(step: str = "result notified", *, post: str | None = "lead", **more: Any) -> Act:
    more.setdefault("waiver_ground", "cannot be reached")
    return act("not possible", instead_of=step, reason="five calls", post=post, **more)


def held(*acts: Act, shown: Any = None) -> tuple[str, ...]:
    """What the rule about doing without says of the last act."""
    said = judged(PROCEDURE, *acts, **({"shown": shown} if shown else {}))
    return next(
        (verdict, zh, en) if zh else (verdict,) for rule, verdict, zh, en in said if rule == "doing without"
    )


def test_the_sentence_of_a_rule_says_who_may_do_without_for_what_and_when() -> None:
    assert says(PROCEDURE, "told") == Text(
        zh="认定结论为“成立”的：“结案”之前要有“通报处理结果”（“作出认定”之后，组长写明理由可以不办，限于：“多次联系不上”或“没有投诉人（匿名或不留联系方式）”）。",
        en="Where finding is “Upheld”, before “Closed”: “Result notified” (after “Finding made” the lead may leave it out with a reason, only for: “Cannot be reached” or “No complainant to turn to”).",
    )


def test_it_is_left_out_by_the_post_on_a_ground_and_after_the_step_that_the_rule_names() -> None:
    assert held(UPHELD, left_out()) == ("kept",)
    assert held(UPHELD, left_out(post="clerk")) == (
        "broken",
        "“说明不能办或不必办”由组长或主任办，现在是经办员",
        "“Not possible or not needed” is for the lead or boss, not for the clerk",
    )
    assert held(UPHELD, left_out(post="boss"))[1] == "“通报处理结果”可以不办由组长决定，现在是主任"
    assert held(UPHELD, left_out(waiver_ground="declined"))[1].startswith(
        "“通报处理结果”可以不办的只有这些情形：多次联系不上"
    )
    assert (
        held(UPHELD, act("not possible", instead_of="result notified", reason="x", post="lead"))[0]
        == "broken"
    )
    assert (
        held(act("found"), act("struck", entry="1"), left_out())[1]
        == "要先有“作出认定”，才谈得上“通报处理结果”可以不办"
    )


def test_what_no_rule_lets_be_left_out_cannot_be() -> None:
    assert held(UPHELD, left_out("consented"))[1] == "“同意”不能不办：程序没有写它可以不办"


def test_what_is_not_called_for_is_not_left_out_in_advance() -> None:
    assert held(NOT_UPHELD, left_out())[1] == "现在还不要求办“通报处理结果”，谈不上不办"
    assert held(act("found"), left_out())[0] == "cannot tell"


def test_in_a_branch_where_the_paper_knows_no_exception_there_is_none() -> None:
    ours = left_out("retest decided", post="boss", waiver_ground="not ours")
    assert held(NOT_UPHELD, ours) == ("kept",)
    assert held(UPHELD, ours)[1] == "现在这种情形，“决定是否复检”不能不办"


def test_of_several_matters_all_have_to_be_of_the_branch_or_the_one_is_named() -> None:
    two = (
        act("received", topic=["conduct", "contract"]),
        act("found", of_topic="conduct", finding="upheld"),
        act("found", of_topic="contract", finding="no responsibility"),
    )
    ours = left_out("retest decided", post="boss", waiver_ground="not ours")
    named = left_out("retest decided", post="boss", waiver_ground="not ours", of_topic="contract")
    assert held(*two, ours)[0] == "broken"
    assert held(*two, named) == ("kept",)


def end_of(*acts: Act) -> dict[str, str]:
    return {rule: verdict for rule, verdict, _, _ in judged(PROCEDURE, *acts, act("closed"))}


def test_at_the_end_only_a_waiver_that_the_rule_allows_stands_for_the_step() -> None:
    done = act("retest decided")
    assert end_of(UPHELD, done, left_out())["told"] == "kept reasoned"
    assert end_of(UPHELD, done, left_out(post="boss"))["told"] == "broken"
    assert end_of(UPHELD, done, left_out(waiver_ground="declined"))["told"] == "broken"
    assert end_of(left_out(), UPHELD, done)["told"] == "broken"


def test_a_finding_turned_round_afterwards_takes_the_waiver_away() -> None:
    ours = left_out("retest decided", post="boss", waiver_ground="not ours")
    assert end_of(NOT_UPHELD, ours)["settled"] == "kept reasoned"
    assert end_of(NOT_UPHELD, ours, UPHELD)["settled"] == "broken"


def test_a_log_without_posts_cannot_tell_who_it_was_and_the_step_counts_as_reasoned() -> None:
    blind = Shown(posts=False)
    assert held(UPHELD, left_out(post=None), shown=blind)[0] == "cannot tell"
    file = filed(PROCEDURE, UPHELD, act("retest decided"), left_out(post=None), shown=blind)
    assert file.finding(PROCEDURE.by_name["told"], act("closed")).manner == "reasoned"  # type: ignore[union-attr]


def test_where_nothing_may_be_left_out_nobody_may() -> None:
    assert [(rule, verdict) for rule, verdict, _, _ in judged(written(HOLD), left_out())] == [
        ("doing without", "broken")
    ]


def test_a_file_that_lets_anybody_do_without_for_any_reason_is_at_fault() -> None:
    loose = TOLD.replace(
        "unless waived: {by: lead, for: [cannot be reached, no complainant], after: found}", "force: reason"
    )
    faults = [fault.text.en for fault in audit(written(HOLD, loose, more="settings: {}\n"))]
    assert any("by “force: reason” anybody may leave out what the rule “told” wants" in one for one in faults)
    unheld = [fault.text.en for fault in audit(written(TOLD))]
    assert any("no rule “doing without” holds by whom" in one for one in unheld)


def test_the_reader_says_what_is_wrong_with_a_waiver() -> None:
    assert refused("at: found\nafter: accepted\nunless waived: {by: led}")[0] == (
        "the rule “the rule” speaks of the post “led”, which no line under “posts” names; did you mean “lead”?"
    )
    assert refused("at: found\nrecord: finding\nunless waived: {by: lead}")[0].startswith(
        "the rule “the rule” wants no step that could be left out"
    )
    assert refused("at: found\nafter: accepted\nforce: show\nunless waived: {by: lead}")[0] == (
        "the rule “the rule” says “unless waived”, so it takes no “force: show”"
    )
    assert (
        "“waiver ground” “nothing” is not known"
        in refused("at: found\nafter: accepted\nunless waived: {by: lead, for: [nothing]}")[0]
    )
