"""What a correction says is kept like the fact that it corrects: a grade stands in the bytes, an account beside them."""

from __future__ import annotations

import io
from typing import Any

import orjson
import pytest
from django.db import connection
from tests.office.caseload.office import Office, at, key
from tests.office.looking import looked_at

from kesu.caseload.acting.answers import Done, Refused
from kesu.caseload.folded import recorded
from kesu.caseload.folded.fold import folds
from kesu.ledger.entry import ERASED
from kesu.ledger.export import export_ledger
from kesu.ledger.offline import kesu_verify
from kesu.ledger.read import entries_of
from kesu.registry.erasure import erase

GROUND = "个人信息保护法第四十七条"


def corrected(office: Office, word: str, value: Any, *, entry: int, file: str, by: str) -> int:
    facts = {"entry": str(entry), "word": word, "value": value}
    return office.do("corrected", by, "2026-03-02 11:30", file=file, reason="记错了", facts=facts).number


def graded(office: Office) -> str:
    """Received (1), accepted (2), graded (3)."""
    file = office.accepted("2026-03-02 10:00").file
    office.do("graded", "gu", "2026-03-02 11:00", file=file, facts={"grade": "ordinary"})
    return file


def ended(office: Office, file: str) -> None:
    office.do("investigated", "shen", "2026-03-02 12:00", file=file)
    office.do("closed", "gu", "2026-03-02 13:00", file=file)


def fact(office: Office, file: str, word: str) -> Any:
    """The fact as the rules see it, folded anew from the ledger."""
    folds.forget()
    with looked_at(office.organisation, file) as fold:
        return fold.case.history.value(word)


def attempt(office: Office, file: str, number: int) -> Any:
    return erase(
        file, [(number, "value")], ground=GROUND, organisation=office.organisation,
        person=office.persons["yin"], now=at("2026-06-01 09:00"), key=key(),
    )  # fmt: skip


def as_before(facts: Any, *, step: str = "") -> Any:
    """How entries were written before: every corrected value beside the bytes."""
    open_ = {word: value for word, value in facts.items() if not recorded.erasable(word)}
    beside = {word: value for word, value in facts.items() if recorded.erasable(word)}
    return open_, {w: v if isinstance(v, str) else orjson.dumps(v).decode() for w, v in beside.items()}


@pytest.mark.parametrize(
    ("word", "value", "entry", "by"),
    [("grade", "major", 3, "gu"), ("topic", ["contract", "conduct"], 2, "gu"), ("item", "R-7", 2, "gu")],
)
def test_the_corrected_value_of_a_classified_fact_stands_in_the_bytes(
    office: Office, word: str, value: Any, entry: int, by: str
) -> None:
    file = graded(office)
    number = corrected(office, word, value, entry=entry, file=file, by=by)
    written = next(one for one in entries_of("hengce", file) if one.number == number)
    assert (written.facts["word"], written.facts["value"], sorted(written.commitments)) == (
        word,
        value,
        ["reason"],
    )
    assert fact(office, file, word) == value


def test_a_corrected_time_stands_in_the_bytes_too(office: Office) -> None:
    file = graded(office)
    number = corrected(office, "at", "2026-03-02 09:40", entry=1, file=file, by="zhou")
    assert entries_of("hengce", file)[number - 1].facts["value"] == "2026-03-02 09:40"


def test_the_corrected_value_of_a_personal_fact_stands_beside_the_bytes_and_can_be_erased(
    office: Office,
) -> None:
    file = graded(office)
    number = corrected(office, "account", "王先生说的", entry=1, file=file, by="zhou")
    written = entries_of("hengce", file)[number - 1]
    assert (sorted(written.commitments), "value" in written.facts) == (["reason", "value"], False)
    assert "王先生".encode() not in body(file, number)
    assert fact(office, file, "account") == "王先生说的"
    ended(office, file)
    assert isinstance(attempt(office, file, number), Done)
    assert entries_of("hengce", file)[number - 1].personal["value"] is ERASED
    assert fact(office, file, "account") == "erased"
    assert verified_offline(office) == 0


def body(file: str, number: int) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM ledger_entry WHERE file = %s AND number = %s", [file, number])
        return bytes(cursor.fetchone()[0])


def verified_offline(office: Office) -> int:
    """How many faults the offline verifier names in an export with every value that is still there."""
    out = io.BytesIO()
    export_ledger(organisation=office.organisation, to=out, personal=True)
    check = kesu_verify.Verifier("zh", [], [])
    check.read(io.BytesIO(out.getvalue()))
    return len(check.faults)


def test_a_classified_value_cannot_be_erased_with_its_correction(office: Office) -> None:
    file = graded(office)
    number = corrected(office, "grade", "major", entry=3, file=file, by="gu")
    ended(office, file)
    answer = attempt(office, file, number)
    assert isinstance(answer, Refused)
    assert answer.sentences("zh") == [f"第 {number} 条更正的是“级别”，不是个人信息，不能抹去"]
    assert fact(office, file, "grade") == "major"


@pytest.mark.parametrize(
    ("word", "value", "entry", "by"), [("grade", "major", 3, "gu"), ("topic", ["contract"], 2, "gu")]
)
def test_corrections_written_before_this_rule_read_the_same_and_are_not_erased_either(
    office: Office, monkeypatch: pytest.MonkeyPatch, word: str, value: Any, entry: int, by: str
) -> None:
    file = graded(office)
    with monkeypatch.context() as before:
        before.setattr(recorded, "split", as_before)
        number = corrected(office, word, value, entry=entry, file=file, by=by)
    assert sorted(entries_of("hengce", file)[number - 1].commitments) == ["reason", "value"]
    assert fact(office, file, word) == value
    ended(office, file)
    answer = attempt(office, file, number)
    assert isinstance(answer, Refused)
    assert "不是个人信息，不能抹去" in answer.sentences("zh")[0]
    assert fact(office, file, word) == value
    assert verified_offline(office) == 0
