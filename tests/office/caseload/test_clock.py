"""Time acts through the ledger: the same findings whether the loop ran every day or stood still for a month."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.office.caseload.editions import another_edition
from tests.office.caseload.office import Office, at

from kesu.caseload.acting.clock import clock
from kesu.caseload.models import CaseRow, DutyRow
from kesu.ledger.read import entries_of


def told(file: str) -> list[tuple[str, str]]:
    return [(entry.kind, entry.at.isoformat()) for entry in entries_of("hengce", file)]


def duties(file: str) -> list[tuple[str, str]]:
    rows = (
        DutyRow.objects.filter(organisation="hengce", file=file)
        .exclude(state="next")
        .order_by("rule", "number")
    )
    return [(row.rule, row.state) for row in rows]


def test_the_clock_notes_what_fell_late_at_the_instant_it_became_true(office: Office) -> None:
    file = office.accepted("2026-03-02 10:00").file
    assert clock(now=at("2026-03-05 23:59"), organisation="hengce") == 0
    assert clock(now=at("2026-03-09 08:00"), organisation="hengce") == 1
    assert clock(now=at("2026-03-09 08:00"), organisation="hengce") == 0
    assert told(file)[-1] == ("fell late", at("2026-03-06 00:00").isoformat())
    assert duties(file) == [("check in time", "late")]


def test_a_stopped_clock_changes_no_finding(office: Office) -> None:
    running, stopped = office.accepted("2026-03-02 10:00").file, office.accepted("2026-03-02 10:00").file
    now = at("2026-03-02 12:00")
    while now < at("2026-04-01 12:00"):
        now += timedelta(days=1)
        others = CaseRow.objects.filter(organisation="hengce", file=stopped)
        assert others.count() == 1
        _tick(running, now)
    for file in (running, stopped):
        office.do("investigated", "shen", "2026-04-02 10:00", file=file)
    assert told(running) == told(stopped)
    assert duties(running) == duties(stopped) == [("check in time", "met late")]


def _tick(file: str, now: object) -> None:
    """The loop, for one file alone."""
    from kesu.caseload.acting.clock import _file
    from kesu.people.directory import directory_of

    _file(directory_of("hengce"), file, now)  # type: ignore[arg-type]


def test_the_clock_serves_every_organisation_and_leaves_closed_files_alone(office: Office) -> None:
    closed = office.accepted("2026-03-02 10:00").file
    office.do("investigated", "shen", "2026-03-02 11:00", file=closed)
    office.do("closed", "gu", "2026-03-02 12:00", file=closed)
    office.accepted("2026-03-02 13:00")
    assert clock(now=at("2026-05-01 12:00")) == 2  # one here, one of the neighbour
    assert CaseRow.objects.get(file=closed).number == 4


def test_at_most_so_many_files_a_round(office: Office) -> None:
    for _ in range(3):
        office.accepted("2026-03-02 10:00")
    assert [clock(now=at("2026-05-01 12:00"), organisation="hengce", limit=2) for _ in range(3)] == [2, 1, 0]


ARCHIVING = "{rule: archiving in time, clause: [T-11], within: 5 working days, from: closed, to: archived, owner: quality manager}"


def ended_with_archiving_to_do(office: Office, folder: Path) -> str:
    another_edition(office, folder, edition="2", now=at("2026-03-01 09:00"), rules=(ARCHIVING,))
    file = office.accepted("2026-03-02 10:00").file
    office.do("investigated", "shen", "2026-03-02 15:00", file=file)
    office.do("closed", "gu", "2026-03-03 09:00", file=file)
    return file


def test_what_the_end_itself_calls_for_falls_late_by_the_clock(office: Office, tmp_path: Path) -> None:
    file = ended_with_archiving_to_do(office, tmp_path)
    assert clock(now=at("2026-03-10 23:59"), organisation="hengce") == 0
    assert clock(now=at("2026-03-11 00:00"), organisation="hengce") == 1
    assert clock(now=at("2026-04-11 00:00"), organisation="hengce") == 0
    assert told(file)[-1] == ("fell late", at("2026-03-11 00:00").isoformat())
    assert duties(file) == [("archiving in time", "late"), ("check in time", "met")]
    office.do("archived", "gu", "2026-03-12 09:00", file=file)
    assert duties(file) == [("archiving in time", "met late"), ("check in time", "met")]


def test_what_the_end_calls_for_is_late_too_when_the_clock_stood_still(
    office: Office, tmp_path: Path
) -> None:
    file = ended_with_archiving_to_do(office, tmp_path)
    office.do("archived", "gu", "2026-03-12 09:00", file=file)
    assert told(file)[-2:] == [
        ("fell late", at("2026-03-11 00:00").isoformat()),
        ("archived", at("2026-03-12 09:00").isoformat()),
    ]
    assert CaseRow.objects.get(file=file).clock is None
    assert clock(now=at("2026-05-01 09:00"), organisation="hengce") == 0
