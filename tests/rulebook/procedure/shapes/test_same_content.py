"""same content: what was consented to is what is told."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, says, verdict, why, written

from kesu.reading.text import Text

SAME = written("same content: [result, remedy]\nconsented at: consented\ntold at: result notified")
REPORT = act("handling report made", result="upheld", remedy="a new report")
CONSENT, TOLD = act("consented"), act("result notified")


def test_it_says_what_stays_the_same() -> None:
    assert says(SAME) == Text(
        zh="“通报处理结果”的处理结果、补救办法要和“同意”时的一样；此后改动的，须重新“同意”。",
        en="“Result notified”: the same result and remedy as at “Consented”; a change after that needs “Consented” anew.",
    )


def test_what_was_consented_to_is_told() -> None:
    assert verdict(SAME, REPORT, CONSENT, TOLD) == "kept"
    assert verdict(SAME, REPORT, CONSENT, act("result notified", result="upheld")) == "kept"
    assert verdict(SAME, TOLD) == ""  # that there has to be a consent is another rule


def test_a_change_after_the_consent_voids_it_until_it_is_given_anew() -> None:
    changed = act("handling report made", remedy="an apology")
    assert why(SAME, REPORT, CONSENT, changed, TOLD) == (
        "broken",
        "补救办法在“同意”之后改过，须重新“同意”",
        "remedy changed after “Consented”; it has to be given anew",
    )
    assert verdict(SAME, REPORT, CONSENT, changed, CONSENT, TOLD) == "kept"


def test_so_does_a_correction_of_what_was_consented_to() -> None:
    corrected = act("corrected", entry="1", word="result", value="upheld in part", reason="a slip")
    other = act("corrected", entry="1", word="reason", value="x", reason="a slip")
    assert verdict(SAME, REPORT, CONSENT, corrected, TOLD) == "broken"
    assert verdict(SAME, REPORT, CONSENT, other, TOLD) == "kept"
    assert verdict(SAME, REPORT, CONSENT, corrected, act("struck", entry="3", reason="x"), TOLD) == "kept"


def test_a_consent_of_somebody_who_has_to_stay_out_is_none_until_it_is_given_anew() -> None:
    apart = "rule: stay out\nkeep apart: [named]\nfrom: [consented]"
    named = act("named", persons=["wu"])
    procedure = written(
        "rule: the rule\nsame content: [result]\nconsented at: consented\ntold at: result notified", apart
    )
    theirs, changed = act("consented", by="wu"), act("handling report made", result="unfounded")
    assert verdict(procedure, REPORT, theirs, changed, TOLD) == "broken"
    assert verdict(procedure, REPORT, theirs, named, changed, TOLD) == ""


def test_other_words_may_not_be_told() -> None:
    assert verdict(SAME, REPORT, CONSENT, act("result notified", result="unfounded")) == "broken"


def test_it_needs_its_three_keys() -> None:
    assert refused("same content: result\nconsented at: consented") == (
        "the rule “the rule” needs “told at”",
        "规则“the rule”缺少“told at”",
    )
