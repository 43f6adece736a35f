"""Periods and promotions are entries of the ledger that the clock alone makes, in files that nobody opens too."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.office.caseload.editions import another_edition
from tests.office.caseload.office import Office, at
from tests.office.caseload.test_clock import _tick

from kesu.caseload.acting.clock import clock
from kesu.caseload.models import CaseRow, DutyRow
from kesu.ledger.read import entries_of

RULES = (
    "{rule: weekly, clause: [T-12], every: 'week, Monday', from: accepted, do: graded, owner: quality manager}",
    "{rule: by time, clause: [T-13], promote: {grade: major}, over: 5 natural days, from: received, until: closed}",
    "{rule: head told, clause: [T-14], when: {grade: major}, within: 1 working day, from: promoted, to: result notified}",
)


@pytest.fixture
def file(office: Office, tmp_path: Path) -> str:
    another_edition(office, tmp_path, edition="2", now=at("2026-03-01 09:00"), rules=RULES)
    return _checked(office)


def _checked(office: Office) -> str:
    """A file in which the check was made, received on Wednesday 4 March."""
    file = office.accepted("2026-03-04 10:00").file
    office.do("investigated", "shen", "2026-03-04 15:00", file=file)
    return file


def told(file: str) -> list[tuple[int, str, str, str]]:
    entries = entries_of("hengce", file)
    return [(one.number, one.kind, one.at.isoformat(), str(one.facts.get("rule", ""))) for one in entries]


def by_clock(file: str) -> list[tuple[str, str, str]]:
    """What the clock entered, each with its local time."""
    entries = (one for one in entries_of("hengce", file) if one.by == "clock")
    local = timedelta(hours=8)
    return [(one.kind, f"{one.at + local:%m-%d %H:%M}", str(one.facts["rule"])) for one in entries]


def test_the_loop_enters_what_time_alone_brings(file: str) -> None:
    assert CaseRow.objects.get(file=file).clock == at("2026-03-09 00:00")
    assert clock(now=at("2026-03-08 23:59"), organisation="hengce") == 0
    assert clock(now=at("2026-03-12 08:00"), organisation="hengce") == 4
    assert by_clock(file) == [
        ("period began", "03-09 00:00", "weekly"),
        ("fell late", "03-10 00:00", "weekly"),
        ("promoted", "03-10 00:00", "by time"),
        ("fell late", "03-12 00:00", "head told"),
    ]


def test_a_page_shows_the_new_grade_and_no_duty_that_nobody_owes(file: str) -> None:
    clock(now=at("2026-03-10 08:00"), organisation="hengce")
    row = CaseRow.objects.get(file=file)
    assert (row.grade, row.clock) == ("major", at("2026-03-12 00:00"))
    duties = DutyRow.objects.filter(organisation="hengce", file=file).exclude(state="next")
    assert sorted((one.rule, one.state, one.post) for one in duties) == [
        ("check in time", "met", "technical manager"),
        ("head told", "open", "customer service specialist"),
        ("weekly", "late", "quality manager"),
    ]


def test_the_loop_running_or_stopped_for_a_month_leaves_the_same_ledger(office: Office, file: str) -> None:
    stopped = _checked(office)
    now = at("2026-03-04 16:00")
    while now < at("2026-04-07 12:00"):
        now += timedelta(hours=9)
        _tick(file, now)
    for one in (file, stopped):
        office.do("graded", "gu", "2026-04-08 10:00", file=one, facts={"grade": "major"})
    assert [one[1:] for one in told(file)] == [one[1:] for one in told(stopped)]
    states = [
        sorted(DutyRow.objects.filter(file=one).values_list("rule", "number", "state"))
        for one in (file, stopped)
    ]
    assert states[0] == states[1]


def test_an_ended_file_is_left_alone(office: Office, file: str) -> None:
    office.do("result notified", "zhou", "2026-03-05 09:00", file=file, facts={"result": "told"})
    office.do("closed", "gu", "2026-03-05 10:00", file=file)
    assert CaseRow.objects.get(file=file).clock is None
    assert clock(now=at("2027-03-11 08:00"), organisation="hengce") == 0
