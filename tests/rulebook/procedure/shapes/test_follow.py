"""after each … must follow: once it happened, the other comes before the end."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, says, verdict, why, written

from kesu.procedure.history.act import Shown
from kesu.reading.text import Text

TOLD = written("after each: accepted\nmust follow: result notified")
ACCEPTED, NOTIFIED, CLOSED = act("accepted"), act("result notified"), act("closed")


def test_it_says_what_follows_what() -> None:
    assert says(TOLD) == Text(
        zh="有了“受理”，办结前就要有“通报处理结果”。",
        en="After “Accepted” there has to be “Result notified” before the end.",
    )


def test_it_has_to_follow_the_last_one() -> None:
    assert verdict(TOLD, ACCEPTED, NOTIFIED, CLOSED) == "kept"
    assert verdict(TOLD, NOTIFIED, ACCEPTED, CLOSED) == "broken"
    assert verdict(TOLD, ACCEPTED, NOTIFIED, ACCEPTED, CLOSED) == "broken"
    assert why(TOLD, ACCEPTED, CLOSED) == (
        "broken",
        "“受理”之后没有“通报处理结果”",
        "“Result notified” did not follow “Accepted”",
    )


def test_it_has_nothing_to_say_where_the_first_never_happened() -> None:
    assert verdict(TOLD, CLOSED) == ""
    assert verdict(TOLD, NOTIFIED, CLOSED) == ""


def test_the_ending_step_may_itself_be_what_follows() -> None:
    assert verdict(written("after each: accepted\nmust follow: closed"), ACCEPTED, CLOSED) == "kept"


def test_a_log_that_does_not_show_it_cannot_tell() -> None:
    assert why(TOLD, ACCEPTED, CLOSED, shown=Shown(steps=frozenset({"accepted", "closed"}))) == (
        "cannot tell",
        "看不出有没有“通报处理结果”",
        "the log does not show “Result notified”",
    )


def test_it_needs_both_keys() -> None:
    assert refused("after each: accepted") == (
        "the rule “the rule” needs “must follow”",
        "规则“the rule”缺少“must follow”",
    )


ANEW = written("after each: accepted\nmust follow: [investigated, found]\nbefore: [result notified, the end]")
LOOKED, FOUND = act("investigated"), act("found")


def test_several_steps_may_have_to_follow_before_a_step_that_is_named() -> None:
    assert says(ANEW) == Text(
        zh="每有一次“受理”，“通报处理结果”、办结之前都要重新有“调查核实”、“作出认定”，以前办的不算。",
        en="After each “Accepted”: “Investigated” and “Finding made” anew before “Result notified” and the end; what was done earlier does not count.",
    )
    assert verdict(ANEW, ACCEPTED, LOOKED, FOUND, NOTIFIED) == "kept"
    assert why(ANEW, LOOKED, ACCEPTED, FOUND, NOTIFIED) == (
        "broken",
        "“受理”之后没有“调查核实”",
        "“Investigated” did not follow “Accepted”",
    )
    assert verdict(ANEW, ACCEPTED, LOOKED, CLOSED) == "broken"


def test_what_was_done_before_it_happened_again_counts_no_longer() -> None:
    assert verdict(ANEW, ACCEPTED, LOOKED, FOUND, ACCEPTED, NOTIFIED) == "broken"
    assert verdict(ANEW, ACCEPTED, LOOKED, FOUND, ACCEPTED, FOUND, LOOKED, NOTIFIED) == "kept"


def test_of_several_steps_those_that_a_log_would_show_are_lacking() -> None:
    seen = Shown(steps=frozenset({"accepted", "found", "result notified"}))
    assert why(ANEW, ACCEPTED, NOTIFIED, shown=seen)[:2] == ("broken", "“受理”之后没有“作出认定”")
    assert verdict(ANEW, ACCEPTED, FOUND, NOTIFIED, shown=seen) == "cannot tell"


EITHER = written(
    "after each: accepted\nmust follow: {any of: [investigated, found]}\nbefore: [result notified, the end]"
)
EITHER_AT_END = written("after each: accepted\nmust follow: {any of: [investigated, found]}")
ONCE_WAIVED = written(
    "after each: accepted\nmust follow: {any of: [investigated, found]}\nunless waived: {by: everybody, for: [not needed]}"
)


def test_of_several_steps_one_may_be_enough_each_time_it_happens() -> None:
    assert says(EITHER) == Text(
        zh="每有一次“受理”，“通报处理结果”、办结之前都要再有“调查核实”或“作出认定”，以前办的不算。",
        en="After each “Accepted”: “Investigated” or “Finding made” before “Result notified” and the end; what was done earlier does not count.",
    )
    assert says(EITHER_AT_END) == Text(
        zh="每有一次“受理”，办结前都要再有“调查核实”或“作出认定”。",
        en="After each “Accepted” there has to be “Investigated” or “Finding made” before the end.",
    )
    assert verdict(EITHER, ACCEPTED, FOUND, NOTIFIED) == "kept"
    assert verdict(EITHER, ACCEPTED, LOOKED, CLOSED) == "kept"
    assert verdict(EITHER, ACCEPTED, FOUND, ACCEPTED, NOTIFIED) == "broken"
    assert why(EITHER, FOUND, ACCEPTED, NOTIFIED) == (
        "broken",
        "“受理”之后，“调查核实”、“作出认定”至少要有一项",
        "one of these has to follow “Accepted”: “Investigated” and “Finding made”",
    )
    assert verdict(EITHER, CLOSED) == ""


def test_where_a_log_would_not_show_one_of_them_nobody_can_tell() -> None:
    seen = Shown(steps=frozenset({"accepted", "found", "result notified"}))
    assert verdict(EITHER, ACCEPTED, NOTIFIED, shown=seen) == "cannot tell"


def test_a_reason_for_one_of_them_stands_for_all_where_one_is_enough() -> None:
    reasoned = act("not possible", instead_of="found", waiver_ground="not needed", reason="nobody asked us")
    assert verdict(ONCE_WAIVED, ACCEPTED, reasoned, CLOSED) == "kept reasoned"
    assert verdict(ONCE_WAIVED, ACCEPTED, CLOSED) == "broken"
