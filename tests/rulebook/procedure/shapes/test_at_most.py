"""at most: not more often."""

from dataclasses import replace

from tests.rulebook.refused import refused
from tests.rulebook.small import act, filed, says, verdict, why, written

from kesu.reading.text import Text

TWICE = written('at: [found, consented]\nat most: "2"')
FOUND = act("found")


def test_it_says_how_often() -> None:
    assert says(TWICE) == Text(
        zh="“作出认定”、“同意”最多 2 次。", en="“Finding made” and “Consented” at most 2 time(s)."
    )


def test_each_step_counts_for_itself_up_to_the_number_and_no_further() -> None:
    assert verdict(TWICE, FOUND) == "kept"
    assert verdict(TWICE, FOUND, act("consented"), FOUND) == "kept"
    assert why(TWICE, FOUND, FOUND, FOUND) == (
        "broken",
        "“作出认定”最多 2 次，已经办过",
        "“Finding made” at most 2 time(s); it has been done",
    )


def test_what_was_struck_is_not_counted() -> None:
    assert verdict(TWICE, FOUND, FOUND, act("struck", entry="1", reason="x"), FOUND) == "kept"


def test_the_number_is_a_whole_number_from_one() -> None:
    expected = ("“at most” wants a whole number from 1, not “{}”", "“at most”应是 1 以上的整数，不是“{}”")
    for wrong in ("0", "-1", "1.5", "many"):
        assert refused(f"at: found\nat most: {wrong}") == tuple(said.format(wrong) for said in expected)


def test_once_means_that_a_second_time_is_said_whoever_only_counts() -> None:
    once = written("at: accepted\nat most: 1")
    file = filed(once, act("received"), act("accepted"))
    kept, found = file.weigh(replace(act("accepted"), number=3))
    assert (kept, [finding.verdict for finding in found]) == ([], ["broken"])
