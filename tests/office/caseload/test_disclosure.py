"""A fact as one reader gets it: open, masked, as a draft or hidden; what he may not have is not in the answer."""

from __future__ import annotations

from dataclasses import replace

from tests.rulebook.small import act, filed, written

from kesu.caseload.sight.disclosure import Disclosed, NamedFiles, disclosed
from kesu.caseload.sight.findings import told_finding
from kesu.caseload.sight.gate import Disclosure, Gate
from kesu.procedure.history.act import MISSING
from kesu.procedure.history.verdict import Finding, General, broken
from kesu.procedure.words.names import FACT

SEEN, UNSEEN = "case/" + "a" * 32, "case/" + "b" * 32
RESULT = "result"
DRAFT = Gate(frozenset({RESULT}), Disclosure.DRAFT)
HIDDEN = Gate(frozenset({RESULT}), Disclosure.HIDDEN)


def test_what_nothing_stands_before_is_open() -> None:
    assert disclosed("account", "三天没有回音") == Disclosed(
        FACT.ACCOUNT, FACT.ACCOUNT, "三天没有回音", Disclosure.OPEN
    )


def test_contact_details_are_masked_until_somebody_asks_for_them() -> None:
    given = {"phone": "13812346621", "email": "wang@example.com"}
    assert [disclosed(word, value).value for word, value in given.items()] == [
        "138****6621",
        "w***@example.com",
    ]
    assert {disclosed(word, value).how for word, value in given.items()} == {Disclosure.MASKED}
    assert [disclosed(word, value, unmasked=True).value for word, value in given.items()] == list(
        given.values()
    )


def test_what_was_erased_or_is_not_known_has_nothing_to_mask() -> None:
    assert [disclosed("phone", value).how for value in ("erased", None)] == [Disclosure.OPEN, Disclosure.OPEN]


def test_a_result_behind_the_gate_is_a_draft_or_it_is_not_there_at_all() -> None:
    assert disclosed("result", "退款", gate=DRAFT) == Disclosed(RESULT, RESULT, "退款", Disclosure.DRAFT)
    assert disclosed("result", "退款", gate=HIDDEN) == Disclosed(RESULT, RESULT, None, Disclosure.HIDDEN)


def test_a_correction_is_treated_as_the_fact_that_it_mends() -> None:
    assert disclosed("value", "退一半", about="result", gate=HIDDEN) == Disclosed(
        FACT.VALUE, RESULT, None, Disclosure.HIDDEN
    )
    assert disclosed("value", "13812346621", about="phone").value == "138****6621"


def test_what_was_mended_is_shown_with_what_stood_there_and_both_are_masked() -> None:
    mended = disclosed("phone", "13812346621", mended="13912340000")
    assert (mended.was, mended.value) == ("138****6621", "139****0000")
    hidden = disclosed("result", "退款", gate=HIDDEN, mended="退一半")
    assert (hidden.was, hidden.value) == (MISSING, None)


def test_files_are_named_by_their_numbers_and_those_that_he_does_not_see_are_counted() -> None:
    named = disclosed("joined to", [SEEN, f"{UNSEEN}#3"], labels={SEEN: "TS-2026-0001"})
    assert named.value == NamedFiles(("TS-2026-0001",), 1)


SUM = written("at: accepted\nadds up: cash paid\nof: settlement lines")
LINES = [{"article": "milk", "quantity": "3", "price": "19.90"}]


def too_little() -> Finding:
    """The finding that a sum is not what its lines come to: it tells both."""
    paid = act("accepted", facts={"settlement lines": LINES, "cash paid": "50"})
    (finding,) = filed(SUM).judge(paid)
    assert finding.outcome.amounts is not None
    return finding


def told(finding: Finding, *kept_back: str, labels: dict[str, str] | None = None) -> Finding | None:
    gate = Gate(frozenset(kept_back), Disclosure.HIDDEN)
    return told_finding(finding, SUM.by_name[finding.rule], gate=gate, labels=labels or {})


def test_a_reason_with_figures_of_what_is_kept_back_is_not_told_and_others_are() -> None:
    finding = too_little()
    assert [told(finding, word) for word in ("cash paid", "settlement lines")] == [None, None]
    assert told(finding, "account") == finding


def test_files_that_are_in_the_way_are_named_by_the_numbers_that_the_reader_may_know() -> None:
    finding = replace(too_little(), outcome=broken(General.WHEN_UNKNOWN, files=(SEEN, UNSEEN)))
    as_told = told(finding, labels={SEEN: "TS-2026-0001"})
    assert as_told is not None
    assert as_told.outcome.files == ("TS-2026-0001", "—")
