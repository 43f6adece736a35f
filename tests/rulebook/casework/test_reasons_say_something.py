"""A reason says something (semantics 1.7): a mark or a word for nothing is refused, and counts on record as not said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.rulebook.small import act, filed, from_text, text_of, verdict, when, written

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Accepted, Barred, decide
from kesu.procedure.history.act import MISSING
from kesu.procedure.words import facts
from kesu.procedure.written.library import Library
from kesu.procedure.written.model import Procedure
from kesu.reading.saying_nothing import says_nothing, wrong_reason
from kesu.reading.strict import ReadError
from kesu.reading.text import Text

LIBRARY = Library(Path(__file__).parents[3] / "procedures")
WANTING = written("at: retest decided\nrecord: [retest reason]")
EMPTY = [
    "",
    " ",
    "\u200b",
    ".",
    "。",
    "-",
    "——",
    "/",
    "√",
    "…",
    "?",
    "x",
    "1",
    "111",
    "嗯嗯",
    "无",
    "无。",
    "N/A",
    "ｎ/ａ",
    "none",
    "None.",
    "略",
]
FULL = [
    "no time",
    "客户当场接受",
    "貴公司来电",
    "无需复检：样品已销毁",
    "none of the samples is left",
    "5 ml left",
]


@pytest.mark.parametrize("text", EMPTY)
def test_what_stands_there_so_that_something_stands_there_says_nothing(text: str) -> None:
    assert says_nothing(text)
    assert wrong_reason(text) is not None


@pytest.mark.parametrize("text", [*FULL, "-" * 60 + "a"])
def test_what_tells_anything_is_a_reason(text: str) -> None:
    assert not says_nothing(text)
    assert wrong_reason(text) is None


def tried(procedure: Procedure, step: str, reason: str | None = None, **given: object) -> Accepted | Barred:
    named = {name.replace("_", " "): value for name, value in given.items()}
    command = Command(step=step, by="an", reason=reason, facts=named)
    return decide(filed(procedure, act("received")), command, now=when("2026-03-02 10:00"))


def test_a_command_with_such_a_reason_is_refused_and_told_what_to_do() -> None:
    assert tried(WANTING, "retest decided", retest_reason=".") == Barred(
        problems=(
            Text(
                "“复检与否的理由”：“.”等于没有写；请写一句说明",
                "“Reason for or against a retest”: “.” says nothing; say it in words",
            ),
        )
    )
    assert tried(WANTING, "retest decided", retest_reason=" ") == Barred(
        problems=(
            Text(
                "“复检与否的理由”：还没有写内容；请写一句说明",
                "“Reason for or against a retest”: nothing stands here; say it in words",
            ),
        )
    )
    assert isinstance(tried(WANTING, "retest decided", retest_reason="no sample is left"), Accepted)


def test_the_reason_of_any_act_is_asked_the_same() -> None:
    assert isinstance(tried(WANTING, "note", reason="-"), Barred)
    assert isinstance(tried(WANTING, "note", reason="asked by phone"), Accepted)


def test_an_item_that_is_not_needed_says_why() -> None:
    procedure = written("at: data checked\ncomplete: factors")
    assert isinstance(tried(procedure, "data checked", factors={"samples": "not needed: ."}), Barred)
    items = dict.fromkeys(facts()["factors"].choices, "not needed: the sample was lost")
    assert isinstance(tried(procedure, "data checked", factors=items), Accepted)
    log = act("data checked", factors=items | {"samples": "not needed: 无"})
    assert verdict(procedure, act("received"), log) == "broken"


def test_a_correction_to_nothing_is_refused() -> None:
    text = text_of("at: retest decided\nrecord: [retest reason]")
    procedure = from_text(text.replace("  corrected: {}", "  corrected: {asks: [entry, word, value]}"))
    file = filed(procedure, act("received"), act("retest decided", retest_reason="no sample is left"))
    given = {"entry": "2", "word": "retest reason", "value": "无", "reason": "typed wrongly"}
    decided = decide(file, Command(step="corrected", by="an", facts=given), now=when("2026-03-02 10:00"))
    assert isinstance(decided, Barred)


def test_neither_an_override_nor_its_signature_is_a_mark() -> None:
    procedure = written("before: accepted\nmust have: acknowledged", more="overriders: [clerk, lead]\n")
    file = filed(procedure, act("received"))

    def passed(reason: str, signature: str) -> Accepted | Barred:
        facts = {"override step": "accepted", "override reason": reason, "signature": signature}
        command = Command(step="override proposed", by="an", post="clerk", facts=facts, passes=("the rule",))
        return decide(file, command, now=when("2026-03-02 10:00"))

    assert isinstance(passed("the client waits at the door", "An Lan"), Accepted)
    assert isinstance(passed("-", "An Lan"), Barred)
    assert isinstance(passed("the client waits at the door", "."), Barred)


def test_on_record_it_counts_as_not_said_save_in_editions_of_the_first_release() -> None:
    noted = act("retest decided", retest_reason="无")
    assert verdict(WANTING, act("received"), noted) == "broken"
    assert filed(WANTING, act("received"), noted).history.value("retest reason") is MISSING
    old = replace(WANTING, language=1)
    assert verdict(old, act("received"), noted) == "kept"
    assert filed(old, act("received"), noted).history.value("retest reason") == "无"
    assert isinstance(tried(old, "retest decided", retest_reason="无"), Barred)


def test_an_inherited_rule_is_not_dropped_for_a_mark() -> None:
    with pytest.raises(ReadError, match="gives no reason for dropping"):
        from_text(text_of("at: found\nrecord: [finding]", more="without: {the rule: n/a}\n"))


@pytest.mark.parametrize("name", LIBRARY.names())
def test_in_every_procedure_what_a_rule_wants_as_a_reason_has_to_say_something(name: str) -> None:
    procedure = LIBRARY.load(name)
    asked = {fact for step in procedure.belonging.values() for fact in step}
    known = procedure.words.facts
    silent = [fact for fact in asked if fact.endswith("reason") and not known[fact].says_something]
    assert set(silent) <= {"stated reason", "return reason"}  # told by whoever complains or returns
