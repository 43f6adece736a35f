"""attest: conduct that somebody confirms; it reminds and never bars."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, filed, says, verdict, why, written

from kesu.procedure.history.act import Shown
from kesu.reading.text import Text

WARM = written("attest: warm reception\nby: clerk\nbefore: accepted")
ANYBODY = written("attest: warm reception\nbefore: the end")
GIVEN = act(
    "attested", post="clerk", conduct="warm reception", counterpart="the caller", content="heard in full"
)
ACCEPTED = act("accepted")


def test_it_says_what_a_confirmation_holds() -> None:
    assert says(WARM) == Text(
        zh="“受理”之前，经办员就“热情、耐心地接待”写明经过：和谁、怎样、何时、说了什么。",
        en="Before “Accepted” the clerk writes down how “Attentive and patient reception” went: "
        "with whom, by what means, when, and what was said.",
    )
    assert says(ANYBODY).en.startswith(
        "Before the end it is written down how “Attentive and patient reception” went"
    )
    assert says(ANYBODY).zh.startswith("办结之前，就“热情、耐心地接待”写明经过")


def test_a_confirmation_with_counterpart_and_content_keeps_it() -> None:
    assert verdict(WARM, GIVEN, ACCEPTED) == "kept"
    assert verdict(ANYBODY, GIVEN, act("closed")) == "kept"


def test_a_tick_is_no_confirmation() -> None:
    tick = act("attested", post="clerk", conduct="warm reception")
    assert why(WARM, tick, ACCEPTED) == (
        "broken",
        "“热情、耐心地接待”的经过还没有人写明",
        "nobody has written down how “Attentive and patient reception” went",
    )


def test_another_conduct_another_post_or_nobody_does_not_keep_it() -> None:
    other = act("attested", post="clerk", conduct="patient hearing", counterpart="x", content="y")
    wrong_post = act("attested", post="boss", conduct="warm reception", counterpart="x", content="y")
    nobody = act("attested", by=None, post="clerk", conduct="warm reception", counterpart="x", content="y")
    assert [verdict(WARM, one, ACCEPTED) for one in (other, wrong_post, nobody)] == ["broken"] * 3


def test_it_never_bars() -> None:
    (finding,) = filed(WARM).judge(act("accepted", number=1))
    assert (finding.verdict.value, finding.bars) == ("broken", False)
    assert WARM.by_name["the rule"].how == "attested"


def test_a_log_without_confirmations_cannot_tell() -> None:
    assert why(WARM, ACCEPTED, shown=Shown(steps=frozenset({"accepted"}))) == (
        "cannot tell",
        "看不出“热情、耐心地接待”的经过有没有写明",
        "the log does not show whether anybody wrote down how “Attentive and patient reception” went",
    )


def test_the_conduct_is_one_that_the_form_offers() -> None:
    assert refused("attest: warm welcome\nbefore: accepted") == (
        "the value of “conduct” “warm welcome” is not known; did you mean “warm reception”?",
        "“conduct”的取值“warm welcome”没有定义；是不是“warm reception”？",
    )
