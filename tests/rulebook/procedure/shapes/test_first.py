"""first: the step a file begins with."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, says, verdict, why, written

from kesu.reading.text import Text

FIRST = written("first: received")


def test_it_says_where_a_file_begins() -> None:
    assert says(FIRST) == Text(zh="从“收到投诉”开始。", en="It begins with “Complaint received”.")


def test_only_the_first_act_is_asked() -> None:
    assert verdict(FIRST, act("received")) == "kept"
    assert why(FIRST, act("accepted")) == (
        "broken",
        "应从“收到投诉”开始，实际从“受理”开始",
        "it has to begin with “Complaint received”, and began with “Accepted”",
    )
    assert verdict(FIRST, act("accepted"), act("found")) == ""


def test_it_names_one_step() -> None:
    assert refused("first: [received, accepted]") == (
        "“first” of the rule “the rule” has to be one text",
        "规则“the rule”的“first”应是一段文字",
    )
