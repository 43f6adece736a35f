"""The demo house of the library has a case of every procedure that tells one of itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.office.offices import empty_database

from kesu.caseload.models import CaseRow, DutyRow
from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.demo.kept_stories import kept_story
from kesu.demo.library_house import load_library_house
from kesu.demo.stories import held_elsewhere
from kesu.ledger.verify import verify
from kesu.people.models import Holding, Person
from kesu.procedure.written.library import here
from kesu.worktime.china import china_calendar

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
CALENDAR = china_calendar()


@pytest.fixture(scope="module")
def stopped(django_test_environment: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """The house, loaded once; the stories that stopped."""
    with empty_database(django_db_blocker):
        loaded = load_library_house(now=NOW, library=here(), elsewhere=held_elsewhere(), calendar=CALENDAR)
        yield [one.in_("en") for one in loaded]


def test_every_procedure_that_no_other_house_has_and_that_tells_a_whole_case_has_one(
    stopped: list[str],
) -> None:
    assert stopped == []
    told = {
        name
        for name in here().names()
        if name not in held_elsewhere()
        and kept_story(here(), name, today=NOW.date(), calendar=CALENDAR) is not None
    }
    ended = CaseRow.objects.filter(organisation="wenku", parent="").exclude(ended=None)
    assert {row.procedure for row in ended} == told
    assert len(told) > 40


def test_what_it_played_verifies_and_its_rows_are_what_the_ledger_says(stopped: list[str]) -> None:
    assert (verify().faults, rebuild(check=True)) == ((), [])


def test_linked_files_of_a_story_are_played_too_and_end_before_it(stopped: list[str]) -> None:
    children = CaseRow.objects.filter(organisation="wenku").exclude(parent="")
    parents = {row.file: row for row in CaseRow.objects.filter(organisation="wenku")}
    assert children.count() >= 2
    assert [row.label for row in children if row.ended is None or row.ended > parents[row.parent].ended] == []


def test_everybody_of_the_house_has_a_name_and_a_post(stopped: list[str]) -> None:
    persons = Person.objects.filter(organisation="wenku")
    holding = set(Holding.objects.filter(organisation="wenku").values_list("person", flat=True))
    assert [row.name for row in persons if row.person in holding and row.name.isascii()] == []
    assert len(holding) > 60


def test_nothing_fell_late_in_a_story_that_keeps_its_paper(stopped: list[str]) -> None:
    late = DutyRow.objects.filter(organisation="wenku", state="late")
    ended = set(
        CaseRow.objects.filter(organisation="wenku").exclude(ended=None).values_list("file", flat=True)
    )
    assert [(row.file, row.rule) for row in late if row.file not in ended] == []
