"""starts anew: what was done before a reopening no longer stands for what has to be done."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, filed, says, verdict, written

from kesu.reading.text import Text

ANEW = "at: reopened\nstarts anew: [found, result notified]"
RULES = written(
    "rule: what starts anew\n" + ANEW,
    "rule: found first\nbefore: closed\nmust have: found",
    "rule: told after it\nin order: [found, result notified]",
)
FOUND = act("found", finding="upheld")
TOLD, CLOSED, REOPENED = act("result notified"), act("closed"), act("reopened", reason="a new witness")


def test_it_says_what_is_done_anew() -> None:
    assert says(RULES, "what starts anew") == Text(
        zh="“重新开启”以后，“作出认定”、“通报处理结果”要重新办，以前办的不算。",
        en="After “Reopened”: “Finding made” and “Result notified” are done anew; what was done before counts no longer.",
    )


def test_a_file_opened_again_does_not_end_on_what_was_done_before() -> None:
    assert verdict(RULES, FOUND, CLOSED) == "kept"
    assert verdict(RULES, FOUND, TOLD, CLOSED, REOPENED, CLOSED) == "broken"
    assert verdict(RULES, FOUND, TOLD, CLOSED, REOPENED, FOUND, CLOSED) == "kept"


def test_nor_is_anything_told_before_it_is_found_anew() -> None:
    assert verdict(RULES, FOUND, TOLD, CLOSED, REOPENED, TOLD) == "broken"
    assert verdict(RULES, FOUND, TOLD, CLOSED, REOPENED, FOUND, TOLD) == "kept"


def test_what_was_said_before_stays_on_record_until_it_is_said_anew() -> None:
    file = filed(RULES, FOUND, TOLD, CLOSED, REOPENED)
    assert (file.history.value("finding"), file.history.done("found")) == ("upheld", False)
    assert (file.history.suspended, file.history.recused(1)) == ({1, 2}, False)
    assert file.to_mend() == []


def test_a_reopening_that_was_struck_asks_for_nothing() -> None:
    struck = act("struck", entry="4", reason="another file was meant")
    assert filed(RULES, FOUND, TOLD, CLOSED, REOPENED, struck).history.done("found")


def test_only_a_reopening_starts_anything_anew() -> None:
    assert refused("at: closed\nstarts anew: [found]") == (
        "things start anew at “reopened” alone; the rule “the rule” names another step",
        "只有“reopened”才重新办起；规则“the rule”写了别的步骤",
    )
