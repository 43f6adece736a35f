"""after: the step needs earlier ones."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, says, verdict, why, written

from kesu.procedure.history.act import Shown
from kesu.reading.text import Text

BOTH = written("at: found\nafter: [accepted, investigated]")
EITHER = written("at: found\nafter: {any of: [accepted, investigated]}")
ACCEPTED, INVESTIGATED, FOUND = act("accepted"), act("investigated"), act("found")


def test_it_says_what_comes_before_what() -> None:
    assert says(BOTH) == Text(
        zh="“作出认定”之前要先有“受理”、“调查核实”。",
        en="“Finding made”: only after “Accepted” and “Investigated”.",
    )
    assert says(EITHER) == Text(
        zh="“作出认定”之前要先有“受理”、“调查核实”中的一项。",
        en="“Finding made”: only after “Accepted” or “Investigated”.",
    )


def test_all_of_them_have_to_be_there() -> None:
    assert verdict(BOTH, ACCEPTED, INVESTIGATED, FOUND) == "kept"
    assert why(BOTH, INVESTIGATED, FOUND) == (
        "broken",
        "“作出认定”之前要先有“受理”",
        "“Finding made” has to wait for “Accepted”",
    )


def test_one_of_them_is_enough_where_any_will_do() -> None:
    assert verdict(EITHER, INVESTIGATED, FOUND) == "kept"
    assert why(EITHER, FOUND) == (
        "broken",
        "“作出认定”之前，“受理”、“调查核实”至少要有一项",
        "“Finding made” has to wait for one of these: “Accepted” and “Investigated”",
    )


def test_the_order_is_that_of_the_ledger_and_not_of_the_times() -> None:
    early = act("accepted", "2026-03-01 08:00", noted="2026-03-05 09:00")
    assert verdict(BOTH, INVESTIGATED, FOUND, early, FOUND) == "kept"
    assert verdict(BOTH, act("accepted", "2026-03-09 09:00"), INVESTIGATED, FOUND) == "kept"


def test_what_was_struck_does_not_count() -> None:
    assert verdict(BOTH, ACCEPTED, INVESTIGATED, act("struck", entry="1", reason="x"), FOUND) == "broken"


def test_a_log_that_does_not_show_the_step_cannot_tell() -> None:
    blind = Shown(steps=frozenset({"found", "investigated"}))
    assert why(BOTH, INVESTIGATED, FOUND, shown=blind) == (
        "cannot tell",
        "看不出有没有“受理”",
        "the log does not show “Accepted”",
    )
    assert verdict(BOTH, FOUND, shown=blind) == "broken"  # that it was investigated would show
    assert verdict(EITHER, FOUND, shown=blind) == "cannot tell"


def test_it_refuses_other_keys_and_unknown_steps() -> None:
    assert refused("at: found\nafter: accepted\nwithn: 3 days") == (
        "the rule “the rule” does not know the key “withn”; did you mean “when”?",
        "规则“the rule”没有“withn”这个键；是不是“when”？",
    )
    assert refused("at: found\nafter: acepted") == (
        "the rule “the rule” speaks of the step “acepted”, which no line under “steps” names; did you mean “accepted”?",
        "规则“the rule”里的步骤“acepted”在“steps”里没有；是不是“accepted”？",
    )
