"""in order: each step only after all that stand before it."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, says, verdict, why, written

from kesu.procedure.history.act import Shown
from kesu.reading.text import Text

LINE = written("in order: [investigated, found, consented, result notified]")
ANEW = written("in order: [investigated, found, consented, result notified]\nanew: 'yes'")
TOPICS = written("for each: topic\nin order: [investigated, found]")
INVESTIGATED, FOUND, CONSENTED = act("investigated"), act("found"), act("consented")
TOLD = act("result notified", "2026-03-04 09:00")


def test_it_says_the_line_as_the_paper_does() -> None:
    assert says(LINE) == Text(
        zh="按以下顺序办，前一步没有办，不能办后一步：“调查核实” → “作出认定” → “同意” → “通报处理结果”。",
        en="In this order, none before the one that stands before it: “Investigated” → “Finding made” → “Consented” → “Result notified”.",
    )
    assert says(ANEW).zh.startswith(
        "按以下顺序办，前一步没有办，不能办后一步；前一步重新办的，后面的也重新办："
    )


def test_the_first_step_of_the_line_waits_for_nothing() -> None:
    assert verdict(LINE, INVESTIGATED) == ""


def test_none_is_left_out_however_far_back_it_stands() -> None:
    assert verdict(LINE, INVESTIGATED, FOUND, CONSENTED, TOLD) == "kept"
    assert why(LINE, INVESTIGATED, CONSENTED, TOLD) == (
        "broken",
        "“通报处理结果”之前要先有“作出认定”",
        "“Result notified” has to wait for “Finding made”",
    )
    assert why(LINE, TOLD) == (
        "broken",
        "“通报处理结果”之前要先有“调查核实”、“作出认定”、“同意”",
        "“Result notified” has to wait for “Investigated”, “Finding made” and “Consented”",
    )


def test_what_was_struck_does_not_count() -> None:
    assert verdict(LINE, INVESTIGATED, act("struck", entry="1", reason="x"), FOUND) == "broken"


def test_what_is_done_again_calls_for_the_rest_again_only_where_the_paper_says_so() -> None:
    again = (INVESTIGATED, FOUND, CONSENTED, INVESTIGATED, TOLD)
    assert verdict(LINE, *again) == "kept"
    assert why(ANEW, *again) == (
        "broken",
        "前面的步骤后来重新办过，“通报处理结果”之前要重新办“作出认定”、“同意”",
        "what comes before it was done again since; “Result notified” has to wait for “Finding made” and “Consented” anew",
    )
    assert verdict(ANEW, *again[:-1], FOUND, TOLD) == "broken"
    assert verdict(ANEW, *again[:-1], FOUND, CONSENTED, TOLD) == "kept"


def test_by_its_own_date_a_step_is_out_of_order_however_late_it_is_noted() -> None:
    told_first = act("result notified", "2026-03-01 17:00", noted="2026-03-04 09:00")
    assert why(LINE, INVESTIGATED, FOUND, CONSENTED, told_first) == (
        "broken",
        "按写明的时间，“通报处理结果”早于“调查核实”、“作出认定”、“同意”，次序颠倒",
        "by the time that is given, “Result notified” came before “Investigated”, “Finding made” and “Consented”, out of order",
    )
    consent_noted_late = act("consented", "2026-03-02 09:00", noted="2026-03-05 09:00")
    assert verdict(LINE, INVESTIGATED, FOUND, consent_noted_late, TOLD) == "kept"


def test_at_the_same_moment_the_order_is_that_of_the_ledger() -> None:
    assert verdict(LINE, INVESTIGATED, FOUND, CONSENTED, act("result notified")) == "kept"


def test_for_each_thing_the_line_is_its_own() -> None:
    two = act("received", topic=["conduct", "result quality"])
    conduct, result = act("investigated", of_topic="conduct"), act("investigated", of_topic="result quality")
    assert why(TOPICS, two, conduct, act("found", of_topic="result quality")) == (
        "broken",
        "“作出认定”之前要先有“调查核实”（检测结果质量）",
        "“Finding made” has to wait for “Investigated” for Quality of results",
    )
    assert verdict(TOPICS, two, conduct, act("found", of_topic="conduct")) == "kept"
    assert verdict(TOPICS, two, conduct, result, act("found", of_topic="result quality")) == "kept"
    assert verdict(TOPICS, two, conduct, act("found")) == "broken"  # that finding is of both
    assert verdict(TOPICS, two, conduct, result, act("found")) == "kept"


def test_a_log_that_does_not_show_a_step_cannot_tell() -> None:
    blind = Shown(steps=frozenset({"investigated", "consented", "result notified"}))
    assert why(LINE, INVESTIGATED, CONSENTED, TOLD, shown=blind) == (
        "cannot tell",
        "看不出有没有“作出认定”",
        "the log does not show “Finding made”",
    )
    assert verdict(LINE, CONSENTED, TOLD, shown=blind) == "broken"  # that it was investigated would show


def test_a_line_has_two_steps_at_least_and_none_twice() -> None:
    said = (
        "“in order” of the rule “the rule” names two steps at least, and none twice",
        "规则“the rule”的 in order 至少写两个步骤，且不能重复",
    )
    assert refused("in order: found") == said
    assert refused("in order: [found, consented, found]") == said
