"""within … bars: the time limit of the other side, which bars a step unless it was extended."""

import pytest
from tests.rulebook.refused import refused
from tests.rulebook.small import act, says, verdict, why, written

from kesu.reading.text import Text

OBJECTION = written(
    "within: 15 calendar days\nfrom: report received\nto: received\nbars: accepted\nunless: window extended"
)
PLAIN = written("within: 15 calendar days\nfrom: received\nbars: accepted")
NONE = written("within: no limit\nfrom: received\nbars: accepted")
ITEM = act("item noted", by=None, report_received="2026-03-02")
LATE = act("received", "2026-03-18 00:00")
ACCEPTED = act("accepted", "2026-03-25 09:00")


def test_it_says_whose_time_runs_out() -> None:
    assert says(OBJECTION) == Text(
        zh="“收到投诉”须在收到报告的日期之后15个日历日内；过期不再“受理”，除非“准予延长提出期限”。",
        en="“Complaint received” has to come within 15 calendar days of receipt of the report; after that there is "
        "no “Accepted”, unless there is “Time for objecting extended”.",
    )
    assert says(PLAIN).zh == "“受理”须在“收到投诉”之后15个日历日内；过期不再“受理”。"
    assert says(NONE).zh == "“受理”不设期限，什么时候都可以“受理”。"


@pytest.mark.parametrize(
    ("at", "expected"),
    [("2026-03-16 09:00", "kept"), ("2026-03-17 23:59", "kept"), ("2026-03-18 00:00", "broken")],
)
def test_the_fourteenth_and_fifteenth_day_are_in_time_and_the_sixteenth_is_not(
    at: str, expected: str
) -> None:
    assert verdict(OBJECTION, act("received", at), ITEM, ACCEPTED) == expected


def test_too_late_says_when_it_came_and_when_it_had_to_come() -> None:
    assert why(OBJECTION, LATE, ITEM, ACCEPTED) == (
        "broken",
        "最迟应在2026年3月17日提出，实际在2026年3月18日 00:00",
        "it had to come by 2026-03-17 and came on 2026-03-18 00:00",
    )


OWN = written(
    "within: 15 calendar days\nfrom: report received\nto: written form received\nbars: [written form received, accepted]"
)


@pytest.mark.parametrize(("at", "expected"), [("2026-03-17 23:59", "kept"), ("2026-03-18 00:00", "broken")])
def test_the_step_that_has_to_be_in_time_is_barred_too_where_it_is_named_so(at: str, expected: str) -> None:
    early = act("written form received", "2026-03-10 09:00")
    came = act("written form received", at)
    assert verdict(OWN, ITEM, came) == expected
    assert verdict(OWN, ITEM, early, came) == expected
    assert verdict(OWN, ITEM, came, ACCEPTED) == expected


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("2026-03-17", "broken"),
        ("2026-03-18", "kept"),
        (None, "kept"),
        ("2026-03-17 23:59", "broken"),
        ("2026-03-18 00:00:01", "kept"),
        ("another week", "broken"),
    ],
)
def test_an_extension_reaches_to_its_last_day(limit: str | None, expected: str) -> None:
    extended = act("window extended", new_limit=limit)
    assert verdict(OBJECTION, LATE, ITEM, extended, ACCEPTED) == expected


def test_without_the_start_on_record_nobody_can_tell() -> None:
    said = (
        "cannot tell",
        "没有记下收到报告的日期，算不出期限",
        "receipt of the report is not on record, so the limit cannot be told",
    )
    assert why(OBJECTION, LATE, ACCEPTED) == said
    assert why(OBJECTION, LATE, act("item noted", by=None, report_received=None), ACCEPTED) == said
    assert verdict(OBJECTION, ITEM, ACCEPTED) == ""  # nothing was received: another rule's business


def test_without_a_step_of_its_own_the_barred_step_has_to_be_in_time() -> None:
    received = act("received", "2026-03-02 09:00")
    assert verdict(PLAIN, received, act("accepted", "2026-03-17 23:59")) == "kept"
    assert verdict(PLAIN, received, act("accepted", "2026-03-18 00:00")) == "broken"


def test_without_a_limit_it_is_always_kept() -> None:
    assert verdict(NONE, act("received"), act("accepted", "2036-03-02 09:00")) == "kept"


def test_it_counts_from_at_and_not_from_when_it_was_noted() -> None:
    by_post = act("received", "2026-03-17 16:00", noted="2026-03-20 09:00")
    assert verdict(OBJECTION, by_post, ITEM, ACCEPTED) == "kept"


def test_it_needs_the_step_that_it_bars() -> None:
    assert refused("within: 1 week\nfrom: received\nbars: acceptd") == (
        "the rule “the rule” speaks of the step “acceptd”, which no line under “steps” names; did you mean “accepted”?",
        "规则“the rule”里的步骤“acceptd”在“steps”里没有；是不是“accepted”？",
    )
    assert OBJECTION.by_name["the rule"].how == "enforced"
