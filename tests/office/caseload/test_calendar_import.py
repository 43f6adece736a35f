"""A new year's schedule: open cases are counted anew by an entry of the clock; closed ones and verdicts never change."""

from __future__ import annotations

from tests.office.caseload.office import Office, at, key

from kesu.caseload.acting.answers import Done, Refused
from kesu.caseload.acting.clock import clock
from kesu.caseload.models import CaseRow, DutyRow
from kesu.ledger.read import entries_of
from kesu.people.directory import directory_of
from kesu.registry.calendars import import_calendar

YEAR_2027 = """date,kind,name
2027-01-01,节,元旦
2027-01-04,休,元旦
2027-01-09,班,元旦
2027-02-05,休,春节
2027-02-08,节,春节
"""


def bring_in(office: Office, now: str = "2026-12-30 18:00", content: str = YEAR_2027) -> Done | Refused:
    return import_calendar(
        content,
        source="2027.csv",
        form="csv",
        organisation="hengce",
        person=office.persons["admin"],
        now=at(now),
        key=key(),
    )


def due(file: str) -> tuple[str, bool]:
    row = DutyRow.objects.get(organisation="hengce", file=file, rule="check in time")
    return row.due_date.isoformat(), row.provisional


def test_an_open_case_is_counted_anew_and_a_closed_one_never(office: Office) -> None:
    open_, closed = office.accepted("2026-12-30 10:00").file, office.accepted("2026-12-30 10:00").file
    office.do("investigated", "shen", "2026-12-30 11:00", file=closed)
    office.do("closed", "gu", "2026-12-30 12:00", file=closed)
    assert due(open_) == ("2027-01-05", True)
    assert type(bring_in(office)) is Done
    assert clock(now=at("2026-12-30 18:00"), organisation="hengce") == 1
    assert due(open_) == ("2027-01-06", False)
    entry = entries_of("hengce", open_)[-1]
    present = directory_of("hengce").calendar_at(None)
    assert present is not None
    assert (entry.kind, entry.by, entry.facts["calendar"]) == ("rescheduled", "clock", present.digest)
    assert [entry.kind for entry in entries_of("hengce", closed)][-1] == "closed"
    assert CaseRow.objects.get(organisation="hengce", file=open_).calendar == present.digest


def test_an_act_counts_anew_before_it_is_decided_when_the_clock_has_not_come_round(office: Office) -> None:
    file = office.accepted("2026-12-30 10:00").file
    bring_in(office)
    office.do("investigated", "shen", "2027-01-06 11:00", file=file)
    assert [entry.kind for entry in entries_of("hengce", file)] == [
        "received",
        "accepted",
        "rescheduled",
        "investigated",
    ]
    assert DutyRow.objects.get(organisation="hengce", file=file, rule="check in time").state == "met"


def test_what_fell_late_by_the_old_calendar_before_the_new_one_came_stays_on_record(office: Office) -> None:
    file = office.accepted("2026-12-30 10:00").file
    bring_in(office, "2027-01-06 09:00")
    clock(now=at("2027-01-06 10:00"), organisation="hengce")
    assert [entry.kind for entry in entries_of("hengce", file)] == [
        "received",
        "accepted",
        "fell late",
        "rescheduled",
    ]
    assert DutyRow.objects.get(organisation="hengce", file=file).state == "open"


def test_the_other_organisation_keeps_its_calendar(office: Office) -> None:
    before = directory_of("hengce-2").calendar_at(None)
    bring_in(office)
    after = directory_of("hengce-2").calendar_at(None)
    assert before is not None
    assert after is not None
    assert before.digest == after.digest


def test_a_schedule_that_is_known_already_changes_nothing(office: Office) -> None:
    bring_in(office)
    again = bring_in(office, "2026-12-30 19:00")
    assert isinstance(again, Refused)
    assert again.sentences("zh") == ["日历里已经有这份安排，没有要改的"]


def test_only_the_administrator_imports(office: Office) -> None:
    answer = import_calendar(
        YEAR_2027,
        source="2027.csv",
        form="csv",
        organisation="hengce",
        person=office.persons["zhou"],
        now=at("2026-12-30 18:00"),
        key=key(),
    )
    assert isinstance(answer, Refused)
    assert answer.sentences("en") == ["this is done by: administrator"]
