"""not after: once another step was taken, the step comes too late."""

from tests.rulebook.small import act, says, verdict, why, written

from kesu.procedure.history.act import Shown
from kesu.reading.text import Text

SHUT = written("at: evidence added\nnot after: [found, consented]")
JOINT = written(
    "rule: both\nat: consented\ntogether: [clerk, lead]", "at: evidence added\nnot after: consented"
)
ADDED, FOUND = act("evidence added"), act("found")


def test_it_says_after_what_the_step_is_over() -> None:
    assert says(SHUT) == Text(
        zh="“作出认定”或“同意”以后，不能再“加入证据”。",
        en="“Evidence added”: no more after “Finding made” or “Consented”.",
    )


def test_it_is_kept_until_one_of_them_is_taken() -> None:
    assert verdict(SHUT, act("accepted"), ADDED) == "kept"
    assert why(SHUT, FOUND, ADDED) == (
        "broken",
        "已经有了“作出认定”",
        "“Finding made” has been taken already",
    )


def test_what_was_struck_shuts_nothing() -> None:
    assert verdict(SHUT, FOUND, act("struck", entry="1", reason="x"), ADDED) == "kept"


def test_a_step_that_several_take_together_shuts_once_all_have() -> None:
    half, whole = act("consented", post="clerk", by="a"), act("consented", post="lead", by="b")
    assert verdict(JOINT, half, ADDED) == "kept"
    assert verdict(JOINT, half, whole, ADDED) == "broken"


def test_a_log_that_does_not_show_the_step_cannot_tell() -> None:
    blind = Shown(steps=frozenset({"evidence added", "consented"}))
    assert why(SHUT, ADDED, shown=blind) == (
        "cannot tell",
        "看不出有没有“作出认定”",
        "the log does not show “Finding made”",
    )
