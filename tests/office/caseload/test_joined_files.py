"""A file that joins another: ledgers never merge, the other takes the earlier receipt and what is owed from it."""

from __future__ import annotations

from pathlib import Path

from tests.office.caseload.editions import another_edition
from tests.office.caseload.office import Office, at

from kesu.caseload.acting.clock import clock
from kesu.caseload.models import CaseRow, DutyRow
from kesu.ledger.read import entries_of

ANSWER = "{rule: acceptance in time, clause: [T-14], within: 3 working days, from: received, to: accepted, owner: quality manager}"


def two(office: Office, folder: Path) -> tuple[str, str]:
    """Two files under an edition that counts acceptance from the receipt, due on 5 March and on 9 March."""
    another_edition(office, folder, edition="2", now=at("2026-02-01 09:00"), rules=(ANSWER,))
    first, second = (office.receive(now).file for now in ("2026-03-02 09:00", "2026-03-04 09:00"))
    assert duty(first) == ("open", at("2026-03-02 09:00"), "2026-03-05")
    assert duty(second) == ("open", at("2026-03-04 09:00"), "2026-03-09")
    return first, second


def duty(file: str) -> tuple[str, object, str]:
    row = DutyRow.objects.get(organisation="hengce", file=file, rule="acceptance in time")
    return row.state, row.start, row.due_date.isoformat()


def join(office: Office, file: str, other: str, now: str) -> None:
    office.do("joined", "gu", now, file=file, facts={"joined_to": other}, reason="同一件事")


def last(file: str) -> tuple[str, object]:
    entry = entries_of("hengce", file)[-1]
    return entry.kind, entry.at


def test_what_counts_from_the_receipt_is_counted_from_the_earlier_one(office: Office, tmp_path: Path) -> None:
    first, second = two(office, tmp_path)
    join(office, first, second, "2026-03-04 10:00")
    assert duty(first) == ("taken over", at("2026-03-02 09:00"), "2026-03-05")
    assert duty(second) == ("open", at("2026-03-02 09:00"), "2026-03-05")
    link = entries_of("hengce", second)[-1]
    assert {word: link.facts[word] for word in ("kind", "linked file", "since")} == {
        "kind": "joined",
        "linked file": first,
        "since": at("2026-03-02 09:00").isoformat(),
    }
    assert clock(now=at("2026-03-06 00:00"), organisation="hengce") == 1
    office.do("accepted", "gu", "2026-03-06 09:00", file=second, facts={"ours": "yes"})
    assert duty(second) == ("met late", at("2026-03-02 09:00"), "2026-03-05")


def test_the_joined_file_ends_and_says_which_file_it_joined(office: Office, tmp_path: Path) -> None:
    first, second = two(office, tmp_path)
    join(office, first, second, "2026-03-04 10:00")
    row = CaseRow.objects.get(file=first)
    entry = entries_of("hengce", first)[-1]
    assert (row.state, row.ended, row.label) == ("joined", at("2026-03-04 10:00"), "TS-2026-0001")
    assert (entry.kind, entry.facts["joined to"]) == ("joined", second)


def test_what_is_past_due_by_the_earlier_receipt_falls_late_when_the_file_joins(
    office: Office, tmp_path: Path
) -> None:
    first, second = two(office, tmp_path)
    join(office, first, second, "2026-03-06 10:00")
    assert last(second) == ("linked", at("2026-03-06 10:00"))
    assert clock(now=at("2026-03-06 10:01"), organisation="hengce") == 1
    assert last(second) == ("fell late", at("2026-03-06 10:00"))


def test_what_was_met_stays_met(office: Office, tmp_path: Path) -> None:
    first, second = two(office, tmp_path)
    office.do("accepted", "gu", "2026-03-06 09:00", file=second, facts={"ours": "yes"})
    join(office, first, second, "2026-03-06 10:00")
    assert duty(second) == ("met", at("2026-03-04 09:00"), "2026-03-09")


def test_a_later_receipt_changes_nothing(office: Office, tmp_path: Path) -> None:
    first, second = two(office, tmp_path)
    join(office, second, first, "2026-03-04 10:00")
    assert duty(first) == ("open", at("2026-03-02 09:00"), "2026-03-05")
    assert CaseRow.objects.get(file=first).received == at("2026-03-02 09:00")


def test_the_earliest_receipt_is_handed_on_when_files_join_in_turn(office: Office, tmp_path: Path) -> None:
    first, second = two(office, tmp_path)
    third = office.receive("2026-03-05 09:00").file
    join(office, first, second, "2026-03-05 10:00")
    join(office, second, third, "2026-03-05 11:00")
    assert duty(third) == ("open", at("2026-03-02 09:00"), "2026-03-05")
    assert CaseRow.objects.get(file=third).received == at("2026-03-02 09:00")
