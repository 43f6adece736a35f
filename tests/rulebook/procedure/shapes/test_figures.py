"""figures: what a periodic report counts comes from the ledger, once it is known what to count."""

from __future__ import annotations

import pytest
from tests.rulebook.refused import refused
from tests.rulebook.small import act, from_text, says, text_of, verdict, why, written

from kesu.procedure.history.act import Shown
from kesu.procedure.written.audit import audit
from kesu.procedure.written.taking import untaken
from kesu.reading.strict import ReadError
from kesu.reading.text import Text

RULE = """
figures: lab-retest
at: found
from: period from
to: period to
by: [grade, topic]
"""
COUNTING = written(RULE)
WEEK = {"period_from": "2026-03-02", "period_to": "2026-03-08"}


def test_it_says_what_is_counted_and_how_it_is_split() -> None:
    assert says(COUNTING) == Text(
        zh="办理“作出认定”时，系统依台账统计自统计起始日起至统计截止日止收到的“lab-retest”案卷，按级别、投诉事项分列，记入本卷。",
        en="With “Finding made” the system counts from the ledger the files of “lab-retest” received from the first day of the period to the last day of the period, by grade and topic, and enters the figures.",
    )
    assert "收到、来件类型为“投诉”的" in says(written(RULE + "where: {matter: complaint}\n")).zh


def test_it_is_kept_when_the_period_is_on_record_before_or_with_the_step() -> None:
    assert verdict(COUNTING, act("received", **WEEK), act("found")) == "kept"
    assert verdict(COUNTING, act("found", **WEEK)) == "kept"
    assert verdict(COUNTING, act("found", period_from="2026-03-02", period_to="2026-03-02")) == "kept"


def test_without_a_period_nobody_knows_what_to_count() -> None:
    assert why(COUNTING, act("found", period_from="2026-03-02")) == (
        "broken",
        "没有记下统计截止日，不知道统计哪一段",
        "last day of the period is not on record, so nobody knows what to count",
    )
    assert verdict(COUNTING, act("found", period_from="2026-03-02", period_to=None)) == "broken"


def test_a_period_has_its_first_day_first() -> None:
    assert why(COUNTING, act("found", period_from="2026-03-03", period_to="2026-03-02"))[1] == (
        "统计起始日、统计截止日先后颠倒"
    )


def test_a_log_that_does_not_show_the_period_cannot_tell() -> None:
    hidden = Shown(facts=frozenset({"grade"}))
    assert why(COUNTING, act("found"), shown=hidden)[0] == "cannot tell"


def test_the_procedure_names_the_step_that_the_house_takes() -> None:
    text = text_of(RULE).replace("  figures: {}\n", "")
    with pytest.raises(ReadError) as caught:
        from_text(text, file="small.yaml")
    assert "the step “figures”, which no line under “steps” names" in caught.value.en


def test_it_counts_by_classed_words_and_never_with_the_first_step() -> None:
    assert refused(RULE.replace("[grade, topic]", "complainant"))[0] == (
        "the rule “the rule” needs a fact of the kind choice or list or thing or things or word or yesno; “complainant” is of the kind text"
    )
    assert refused(RULE.replace("at: found", "at: received")) == (
        "the rule “the rule” enters figures with the first step; they come with a later one",
        "规则“the rule”在立案时就汇入数据；应放在后面的步骤",
    )
    assert refused(RULE + "where: {complainant: x}\n")[1].startswith("规则不能比较“complainant”")


def test_a_procedure_that_is_not_there_is_a_fault() -> None:
    untaken_steps = [fault.text for fault in untaken(COUNTING)]
    assert [fault.text for fault in audit(COUNTING) if fault.text not in untaken_steps] == [
        Text(
            "规则“the rule”要统计“lab-retest”，没有这个程序",
            "the rule “the rule” counts “lab-retest”, which is no procedure",
        )
    ]
