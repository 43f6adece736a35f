"""“Not known” is an answer of the outside world only (semantics 1.4): what is decided, reasoned or reported here has to be said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.rulebook.small import act, filed, from_text, text_of, verdict, when

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Accepted, Barred, decide
from kesu.casework.deciding.unknown import unanswered_facts
from kesu.procedure.history.act import MISSING
from kesu.procedure.saying.not_known import not_known_said
from kesu.procedure.words import facts as fact_words
from kesu.procedure.words import spoken
from kesu.procedure.words.parts import ARRIVAL, WITH_ANY_STEP
from kesu.procedure.written.audit import audit
from kesu.procedure.written.library import Library
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

LIBRARY = Library(Path(__file__).parents[3] / "procedures")


def small(*rules: str, found: str = "", received: str = "") -> Procedure:
    """The small procedure; the finding and what it rests on are asked at `found`, how to call back at `received`."""
    text = text_of(*rules).replace(
        "  found: {}", f"  found: {{asks: [finding, loss, result, factors]{found}}}"
    )
    return from_text(
        text.replace(
            '  received: {outside: "yes"}',
            f'  received: {{outside: "yes", asks: [complainant, phone, channel]{received}}}',
        )
    )


def tried(procedure: Procedure, step: str, **facts: object) -> Accepted | Barred:
    given = {name.replace("_", " "): value for name, value in facts.items()}
    file = filed(procedure, act("received")) if step != "received" else filed(procedure)
    return decide(file, Command(step=step, by="an", facts=given), now=when("2026-03-02 10:00"))


def refused(title_zh: str, title_en: str) -> Barred:
    """How “Finding made” refuses a fact that is answered “not known”."""
    return Barred(
        problems=(
            Text(
                f"“{title_zh}”：“作出认定”时要写明，不能答“不清楚”；还说不上来的，先不办这一步",
                f"“{title_en}”: “Finding made” says what it is, “not known” is no answer here; leave the step until it can be said",
            ),
        )
    )


def test_who_decides_cannot_answer_that_it_is_not_known() -> None:
    assert tried(small(), "found", finding=None) == refused("认定结论", "Finding")
    assert isinstance(tried(small(), "found", finding="upheld"), Accepted)


@pytest.mark.parametrize("typed", ["不清楚", "Not known", " not-known. ", "ＵＮＫＮＯＷＮ", "不知道。"])
def test_it_makes_no_difference_that_somebody_types_it_into_a_text(typed: str) -> None:
    assert tried(small(), "found", result=typed) == refused("处理结果", "Result")
    assert isinstance(tried(small(), "found", result=f"{typed}, so the sample was tested anew"), Accepted)


def test_one_item_of_a_checklist_that_is_not_known_is_as_much() -> None:
    assert tried(small(), "found", factors={"samples": "sealed", "equipment": "不清楚"}) == refused(
        "七项因素", "Seven factors"
    )


def test_what_the_outside_world_tells_may_be_not_known() -> None:
    decided = tried(small(), "received", complainant=None, phone=None)
    assert isinstance(decided, Accepted)
    assert decided.after.history.value("phone") is None


def test_a_step_says_itself_which_of_its_facts_may_be_not_known() -> None:
    wider = small(found=", not known: [loss]")
    assert isinstance(tried(wider, "found", loss=None), Accepted)
    assert tried(wider, "found", finding=None) == refused("认定结论", "Finding")
    narrower = small(received=", not known: [phone]")
    assert isinstance(tried(narrower, "received", phone=None), Accepted)
    assert isinstance(tried(narrower, "received", complainant=None), Barred)
    assert isinstance(tried(small(received=", not known: []"), "received", phone=None), Barred)


def test_on_record_it_counts_as_not_said_and_what_was_written_stays_written() -> None:
    file = filed(
        small(), act("received", phone=None), act("found", finding="upheld"), act("found", finding=None)
    )
    assert file.history.value("finding") == "upheld"
    assert file.history.value("phone") is None
    assert file.history.acts[-1].facts == {"finding": None}
    noted = filed(small(), act("received"), act("found", factors={"samples": "sealed", "methods": "unknown"}))
    assert noted.history.value("factors") == {"samples": "sealed"}


def test_in_a_log_a_rule_that_wants_the_fact_is_broken_and_one_that_hangs_on_it_cannot_tell() -> None:
    wanting = small("at: found\nrecord: [finding, loss]")
    assert verdict(wanting, act("received"), act("found", finding="upheld", loss=None)) == "broken"
    hanging = small("before: closed\nmust have: [consented]\nwhen: {finding: upheld}")
    assert verdict(hanging, act("received"), act("found", finding=None), act("closed")) == "cannot tell"


def test_a_correction_to_not_known_is_refused_where_the_entry_could_not_have_said_it() -> None:
    procedure = from_text(
        text_of()
        .replace("  found: {}", "  found: {asks: [finding]}")
        .replace('  received: {outside: "yes"}', '  received: {outside: "yes", asks: [phone]}')
        .replace("  corrected: {}", "  corrected: {asks: [entry, word, value]}")
    )
    file = filed(procedure, act("received", phone="555"), act("found", finding="upheld"))

    def corrected(entry: str, word: str) -> Accepted | Barred:
        facts = {"entry": entry, "word": word, "value": None, "reason": "asked again"}
        return decide(file, Command(step="corrected", by="an", facts=facts), now=when("2026-03-02 10:00"))

    assert isinstance(corrected("1", "phone"), Accepted)
    assert corrected("2", "finding") == refused("认定结论", "Finding")


def test_what_completes_the_arrival_may_leave_unknown_what_the_arrival_may() -> None:
    procedure = small("at: received\nrecord: [phone, channel]")
    assert isinstance(tried(procedure, "added", phone=None), Accepted)
    assert isinstance(tried(procedure, "added", channel=None), Barred)


def test_an_edition_of_the_first_release_keeps_not_known_as_an_answer_to_everything() -> None:
    old = replace(small(), language=1)
    decided = tried(old, "found", finding=None)
    assert isinstance(decided, Accepted)
    assert decided.after.history.value("finding") is None
    assert filed(small(), act("received"), act("found", finding=None)).history.value("finding") is MISSING


def test_a_fact_under_not_known_that_the_step_does_not_ask_is_a_fault_of_the_file() -> None:
    faults = [fault.text for fault in audit(small(found=", not known: [loss, amount]"))]
    assert [fault for fault in faults if "not known" in fault.en] == [
        Text(
            "“作出认定”的 not known 里有“金额”（amount），这一步并不填写它",
            "the step “found” names “amount” under “not known”, which it does not ask",
        )
    ]


def test_a_print_says_to_what_not_known_is_an_answer() -> None:
    assert not_known_said(small(found=", not known: [loss]")) == Text(
        "只有外面告诉的事可以答“不清楚”：“收到投诉”的投诉人、电话；“作出认定”的是否给客户造成损失。其余都要写明。",
        "“Not known” is an answer only to what the outside world tells: with “Complaint received” complainant and phone; with “Finding made” loss caused to the client. All else has to be said.",
    )
    assert not_known_said(from_text(text_of())) == Text(
        "本程序里没有一项可以答“不清楚”，都要写明。",
        "Nothing may be answered “not known” here; all of it has to be said.",
    )


@pytest.mark.parametrize("name", LIBRARY.names())
def test_in_every_procedure_no_reason_finding_or_opinion_may_be_not_known(name: str) -> None:
    procedure = LIBRARY.load(name)
    with spoken(procedure.words):
        _nothing_of_ours_may_be_left_open(procedure)


def _nothing_of_ours_may_be_left_open(procedure: Procedure) -> None:
    for step in procedure.steps.values():
        if not step.word.by_people:
            continue
        asked = procedure.belonging[step.name]
        closed = procedure.unknowable[step.name]
        said = dict.fromkeys(closed)
        assert len(list(unanswered_facts(procedure, step, said))) == len(closed)
        assert list(unanswered_facts(procedure, step, dict.fromkeys(asked - closed))) == []
        assert closed >= WITH_ANY_STEP
        for fact in asked - closed:
            outside = fact_words()[fact].told_outside or fact in (step.unknown or ())
            assert outside or step.name in ARRIVAL or step.name == "added", (step.name, fact)
