"""The demo is performed, not inserted: it verifies, its rows are what the ledger says, and cases stand at every stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.office.offices import empty_database

from kesu.caseload.demo.loading import load_demo
from kesu.caseload.models import BarredRow, CaseRow, DutyRow
from kesu.caseload.queries import Wanted, cases, queue
from kesu.caseload.rebuilding import rebuild
from kesu.ledger.seal import Last, last_checkpoint
from kesu.ledger.verify import verify
from kesu.people.models import Person

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def person(django_test_environment: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """The demo, loaded once and looked at by all tests: the persons of its first organisation by name."""
    with empty_database(django_db_blocker):
        loaded = load_demo(now=NOW)
        assert (loaded.organisations, loaded.made) == (("hengce", "hengjian"), True)
        yield {row.name: row.person for row in Person.objects.filter(organisation="hengce")}


def checkpoints() -> list[Last]:
    """The newest checkpoint of each demo organisation."""
    return [last for name in ("hengce", "hengjian") if (last := last_checkpoint(name)) is not None]


def test_the_demo_is_performed_and_stands_at_every_stage(person: dict[str, str]) -> None:
    assert rebuild(check=True) == []
    found = verify()
    assert (found.faults, found.unsealed) == ((), 0)
    assert [(one.statement.number, one.statement.time) for one in checkpoints()] == [(1, NOW), (1, NOW)]
    complaints = CaseRow.objects.filter(organisation="hengce", procedure="lab-pd-007")
    assert complaints.count() == 24
    assert [row.label for row in complaints.order_by("label")] == [f"TS-2026-{n:04}" for n in range(1, 25)]
    assert complaints.filter(ended=None).count() == 17
    assert len({row.state for row in complaints}) >= 12
    assert Counter(row.site for row in complaints) == {"headquarters": 22, "east": 2}
    assert DutyRow.objects.filter(organisation="hengce", state="late").count() >= 5
    assert CaseRow.objects.filter(organisation="hengce", procedure="lab-corrective-action").count() >= 4
    assert BarredRow.objects.filter(organisation="hengce").count() >= 1
    again = load_demo(now=NOW)
    assert again.made is False


def test_one_case_of_the_demo_is_hidden_late_from_who_signed_the_report(person: dict[str, str]) -> None:
    asked = {"organisation": "hengce", "now": NOW}
    complaints = Wanted(procedure="lab-pd-007")
    labels = {
        name: {row.label for row in cases(person=person[name], limit=100, wanted=complaints, **asked).rows}
        for name in ("沈立", "顾明", "叶文")
    }
    kept = {row.label for row in CaseRow.objects.filter(organisation="hengce", title_zh__contains="HC-0061")}
    late = {row.label for row in CaseRow.objects.filter(organisation="hengce", title_zh__contains="HC-0063")}
    assert labels["顾明"] - labels["沈立"] == kept | late
    assert labels["叶文"] == labels["顾明"]
    assert {task.label for task in queue(person=person["沈立"], **asked)}.isdisjoint(kept | late)
    assert {task.label for task in queue(person=person["赵敏"], **asked)} & late == late


def test_everybody_of_the_demo_who_acts_has_something_to_do(person: dict[str, str]) -> None:
    busy = {
        name: len(queue(organisation="hengce", person=person[name], now=NOW))
        for name in ("周小雨", "顾明", "沈立", "陆建国", "赵敏", "马兰")
    }
    assert {name for name, tasks in busy.items() if not tasks} == set()


def test_a_duty_of_the_east_site_counts_its_saturdays(person: dict[str, str]) -> None:
    """The same span from the same moment ends on another day where Saturdays are worked."""
    from kesu.caseload.books import calendar_by_digest
    from kesu.people.cast import cast
    from kesu.worktime.due import due
    from kesu.worktime.span import Span

    version = cast("hengce").calendar_at("east")
    assert version is not None
    start = datetime.fromisoformat("2026-11-12T10:00:00+08:00")
    span = Span.parse("2 working days")
    assert isinstance(span, Span)
    dates = [
        due(
            calendar=calendar_by_digest("hengce", version.digest, site), start=start, span=span
        ).date.isoformat()
        for site in ("headquarters", "east")
    ]
    assert dates == ["2026-11-16", "2026-11-14"]
