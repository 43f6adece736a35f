"""compare: one fact against another."""

import pytest
from tests.rulebook.refused import refused
from tests.rulebook.small import act, says, verdict, why, written

from kesu.procedure.history.act import Act
from kesu.reading.text import Text


def rule(against: str, how: str, fact: str = "promised until") -> str:
    return f"at: found\ncompare: {fact}\nwith: {against}\nis: {how}"


AGREED = written(rule("report received", "not later"))
USUAL = written(rule("20 working days from accepted", "not later"))
TODAY = written(rule("the day itself", "the same"))
BEFORE = written(rule("3 calendar days before the day itself", "not earlier"))
PAID = written(rule("amount", "not more", "cash paid"))


def found(until: str | None, at: str = "2026-03-10 09:00", **more: object) -> Act:
    return act("found", at, promised_until=until, **more)


def test_it_says_what_is_held_against_what() -> None:
    assert says(AGREED) == Text(
        zh="“作出认定”时，答应办复的日期不得晚于收到报告的日期。",
        en="“Finding made”: day promised is not later than receipt of the report.",
    )
    assert says(USUAL) == Text(
        zh="“作出认定”时，答应办复的日期不得晚于“受理”后20个工作日。",
        en="“Finding made”: day promised is not later than 20 working days from the day of “Accepted”.",
    )
    assert says(TODAY).zh == "“作出认定”时，答应办复的日期须等于“作出认定”当日。"
    assert says(BEFORE).en == (
        "“Finding made”: day promised is not earlier than 3 calendar days before the day of “Finding made”."
    )
    assert says(PAID).en == "“Finding made”: cash paid is not more than amount."


@pytest.mark.parametrize(
    ("how", "before", "same", "after"),
    [
        ("not later", "kept", "kept", "broken"),
        ("not earlier", "broken", "kept", "kept"),
        ("the same", "broken", "kept", "broken"),
        ("another", "kept", "broken", "kept"),
    ],
)
def test_a_day_before_on_the_day_and_a_day_after(how: str, before: str, same: str, after: str) -> None:
    procedure = written(rule("report received", how))
    agreed = act("item noted", report_received="2026-03-10")
    said = [verdict(procedure, agreed, found(day)) for day in ("2026-03-09", "2026-03-10", "2026-03-11")]
    assert said == [before, same, after]


def test_an_instant_counts_by_its_local_day() -> None:
    agreed = act("item noted", report_received="2026-03-10T23:30:00+08:00")
    assert verdict(AGREED, agreed, found("2026-03-10")) == "kept"
    assert (
        verdict(AGREED, act("item noted", report_received="2026-03-09T23:30:00+00:00"), found("2026-03-10"))
        == "kept"
    )


def test_a_span_is_counted_from_a_step_or_a_date() -> None:
    accepted = act("accepted", "2026-03-02 09:00")
    assert verdict(USUAL, accepted, found("2026-03-30")) == "kept"
    assert why(USUAL, accepted, found("2026-03-31")) == (
        "broken",
        "“作出认定”时写的答应办复的日期不合要求",
        "day promised is not as it has to be",
    )
    week = written(rule("6 natural days from report received", "the same"))
    assert verdict(week, act("item noted", report_received="2026-03-02"), found("2026-03-08")) == "kept"
    assert verdict(week, act("item noted", report_received="2026-03-03"), found("2026-03-08")) == "broken"


def test_the_day_of_the_act_itself_can_be_meant() -> None:
    assert [verdict(TODAY, found(day)) for day in ("2026-03-09", "2026-03-10", "2026-03-11")] == [
        "broken",
        "kept",
        "broken",
    ]
    assert [verdict(BEFORE, found(day)) for day in ("2026-03-06", "2026-03-07")] == ["broken", "kept"]


def test_a_figure_is_held_against_a_figure() -> None:
    for cash, said in (("99.99", "kept"), ("100", "kept"), ("100.01", "broken")):
        assert verdict(PAID, act("accepted", amount="100.00"), act("found", cash_paid=cash)) == said
    assert verdict(PAID, act("accepted", amount="100"), act("found", cash_paid=None)) == "cannot tell"


def test_what_is_not_on_record_keeps_it_from_being_told() -> None:
    assert why(AGREED, found("2026-03-10")) == (
        "cannot tell",
        "没有记下收到报告的日期，无法比较",
        "receipt of the report is not on record, so nothing can be compared",
    )
    assert verdict(AGREED, act("item noted", report_received="2026-03-10"), found(None)) == "cannot tell"
    assert why(USUAL, found("2026-03-10"))[1] == "还没有“受理”，无法比较"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (rule("amount", "not later"), "needs a fact of the kind date or instant"),
        (rule("report received", "not more"), "“is”"),
        (rule("report received", "not more", "amount"), "needs a fact of the kind"),
        (rule("4 working hours from accepted", "not later"), "days are compared here"),
        (rule("2 working days before accepted", "not later"), "days are compared here"),
        (rule("report received", "not later", "account"), "needs a fact of the kind"),
    ],
)
def test_days_are_held_against_days_and_figures_against_figures(text: str, said: str) -> None:
    assert said in refused(text)[0]


SUMS = written("at: accepted\ncompare: settled total\nwith: amount\nis: the same\nunless: quantity remark")


def test_a_sum_is_held_against_another_figure_or_a_remark_says_why_not() -> None:
    assert says(SUMS) == Text(
        zh="“受理”时，累计赔付金额须等于金额；不符的写明数量不符的说明。",
        en="“Accepted”: total settled is the same as amount, or why the quantities differ says why not.",
    )
    paid, twice = act("registered", cash_paid="6.00", amount="10.00"), act("registered", cash_paid="4.00")
    assert verdict(SUMS, paid, twice, act("accepted")) == "kept"
    assert verdict(SUMS, paid, act("accepted")) == "broken"
    assert verdict(SUMS, paid, act("accepted", quantity_remark="four are on their way")) == "kept"
    assert verdict(SUMS, paid, act("accepted", quantity_remark=" ")) == "broken"


def test_a_later_day_needs_its_remark_and_the_sentence_says_so() -> None:
    promise = written(rule("20 working days from accepted", "not later") + "\nunless: quantity remark")
    assert says(promise) == Text(
        zh="“作出认定”时，答应办复的日期不得晚于“受理”后20个工作日；不符的写明数量不符的说明。",
        en="“Finding made”: day promised is not later than 20 working days from the day of “Accepted”, "
        "or why the quantities differ says why not.",
    )


def test_a_sum_that_nobody_can_tell_is_no_sum() -> None:
    unknown = act("registered", cash_paid=None, amount="10.00")
    assert verdict(SUMS, unknown, act("accepted")) == "cannot tell"
