"""must have: done before it, in whatever order; with `for each`, for every single thing."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, says, verdict, why, written

from kesu.procedure.history.act import Shown
from kesu.reading.text import Text

BOTH = written("before: found\nmust have: [investigated, accepted]")
END = written("before: the end\nmust have: investigated\nforce: reason")
EACH = written("for each: topic\nbefore: found\nmust have: investigated\nforce: reason")
WITH = written('before: closed\nmust have: retest decided\nwith: {retest: "yes"}')
TOPICS = act("registered", topic=["contract", "conduct"])
FOUND, CLOSED, INVESTIGATED = act("found"), act("closed"), act("investigated")


def test_it_says_what_is_done_before() -> None:
    assert says(BOTH) == Text(
        zh="“作出认定”之前要有“调查核实”、“受理”。",
        en="Before “Finding made”: “Investigated” and “Accepted”.",
    )
    assert says(END) == Text(
        zh="办结之前要有“调查核实”（写明理由可以不办）。",
        en="Before the end: “Investigated” (it may be left out with a reason).",
    )
    assert says(EACH) == Text(
        zh="“作出认定”之前要有“调查核实”（每一项投诉事项）（写明理由可以不办）。",
        en="Before “Finding made”: “Investigated” (for each topic) (it may be left out with a reason).",
    )
    assert says(WITH).zh == "“结案”之前要有“决定是否复检”，且需要复检。"


def test_all_of_it_has_to_be_there() -> None:
    assert verdict(BOTH, act("accepted"), INVESTIGATED, FOUND) == "kept"
    assert why(BOTH, act("accepted"), FOUND) == (
        "broken",
        "“作出认定”之前还差：“调查核实”",
        "before “Finding made” there is still missing: “Investigated”",
    )


def test_the_end_is_every_step_that_ends_a_file() -> None:
    assert verdict(END, INVESTIGATED, CLOSED) == "kept"
    assert verdict(END, CLOSED) == "broken"
    assert verdict(END, FOUND) == ""


def test_a_reason_discharges_it_where_the_rule_allows_that() -> None:
    waived = act("not possible", facts={"instead of": "investigated", "reason": "nothing left to look at"})
    assert verdict(END, waived, CLOSED) == "kept reasoned"
    assert verdict(BOTH, act("accepted"), waived, FOUND) == "broken"
    assert verdict(END, waived, act("struck", entry="1", reason="x"), CLOSED) == "broken"


def test_for_each_thing_on_its_own() -> None:
    one = act("investigated", of_topic="contract")
    assert why(EACH, TOPICS, one, FOUND) == (
        "broken",
        "“作出认定”之前还差：“调查核实”（职业道德与工作作风）",
        "before “Finding made” there is still missing: “Investigated” for Ethics, working style and secrecy",
    )
    assert verdict(EACH, TOPICS, one, act("found", of_topic="contract")) == "kept"
    assert verdict(EACH, TOPICS, one, act("investigated", of_topic="conduct"), FOUND) == "kept"
    assert verdict(EACH, TOPICS, INVESTIGATED, FOUND) == "broken"  # of which it was is not said
    assert verdict(EACH, act("registered", topic=["conduct"]), INVESTIGATED, FOUND) == "kept"


def test_a_reason_for_one_thing_is_none_for_another() -> None:
    one = act("investigated", of_topic="contract")
    for thing, expected in (("conduct", "kept reasoned"), ("contract", "broken"), (None, "kept reasoned")):
        facts = {"instead of": "investigated", "reason": "x"} | ({"of topic": thing} if thing else {})
        assert verdict(EACH, TOPICS, one, act("not possible", facts=facts), FOUND) == expected


def test_a_reclassified_case_has_other_things() -> None:
    assert verdict(EACH, TOPICS, act("registered", topic=["contract"]), INVESTIGATED, FOUND) == "kept"


def test_it_may_ask_for_one_with_a_certain_fact() -> None:
    assert verdict(WITH, act("retest decided", retest="yes"), CLOSED) == "kept"
    assert verdict(WITH, act("retest decided", retest="no"), CLOSED) == "broken"
    corrected = act("corrected", entry="1", word="retest", value="yes", reason="a slip")
    assert verdict(WITH, act("retest decided", retest="no"), corrected, CLOSED) == "kept"


def test_a_log_that_does_not_show_it_cannot_tell() -> None:
    assert why(BOTH, FOUND, shown=Shown(steps=frozenset({"found"}))) == (
        "cannot tell",
        "看不出有没有“调查核实”、“受理”",
        "the log does not show “Investigated” and “Accepted”",
    )


def test_the_end_stands_under_before_alone() -> None:
    assert refused("at: the end\nafter: found")[0].startswith(
        "the rule “the rule” speaks of the step “the end”, which"
    )
    assert refused("must have: found") == ("the rule “the rule” needs “before”", "规则“the rule”缺少“before”")
