"""A row that somebody changed behind the ledger's back is named, field by field, and put right (design 5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.office.caseload.office import Office

from kesu.caseload.models import ApartRow, CaseRow, DutyRow, Series
from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.caseload.rows.following import follow_everywhere
from kesu.ledger.oneway import writing
from kesu.people.models import Holding, Person, Revision, Unit


def harm(write: Callable[[], Any]) -> None:
    """A statement of somebody who has the database in his hands."""
    with writing():
        write()


def found() -> list[tuple[str, str, Any, Any]]:
    """What `rebuild --check` names: table, field, the row's value, the ledger's."""
    said = [(one.table, one.field, one.row, one.ledger) for one in rebuild(check=True)]
    assert [(one.table, one.field, one.row, one.ledger) for one in rebuild(check=False)] == said
    return said


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (
            lambda: CaseRow.objects.filter(organisation="hengce").update(state="closed"),
            ("caseload_caserow", "state", "closed", "accepted"),
        ),
        (
            lambda: DutyRow.objects.filter(organisation="hengce", rule="check in time").update(state="met"),
            ("caseload_dutyrow", "state", "met", "open"),
        ),
        (
            lambda: Holding.objects.filter(organisation="hengce", person="p-gu").update(unit="lab"),
            ("people_holding", "unit", "lab", "main"),
        ),
        (
            lambda: Person.objects.filter(organisation="hengce", person="p-gu").update(name="顾"),
            ("people_person", "name", "顾", "gu of hengce"),
        ),
        (
            lambda: Series.objects.filter(organisation="hengce", prefix="TS").update(last=7),
            ("caseload_series", "last", 7, 1),
        ),
    ],
)
def test_a_changed_row_is_named_and_put_right(
    office: Office, write: Callable[[], Any], said: tuple[str, str, Any, Any]
) -> None:
    office.accepted()
    harm(write)
    assert found() == [said]


def test_a_missing_row_an_invented_one_and_a_wrong_count_are_named(office: Office) -> None:
    file = office.accepted().file
    harm(lambda: Unit.objects.filter(organisation="hengce", unit="lab").delete())
    harm(lambda: ApartRow.objects.create(organisation="hengce", file=file, person="p-gu"))
    harm(lambda: Person.objects.create(organisation="hengce", file="person/p-x", person="p-x", name="鬼"))
    harm(lambda: Revision.objects.filter(organisation="hengce").update(number=1))
    named = [(one.table, one.file, one.row is None, one.ledger is None) for one in rebuild(check=True)]
    assert named == [
        ("people_person", "person/p-x", False, True),
        ("people_unit", "organisation/hengce", True, False),
        ("caseload_apartrow", file, False, True),
        ("people_revision", "", False, False),
    ]
    rebuild(check=False)
    assert rebuild(check=True) == []


def test_every_row_can_be_made_from_the_ledger_alone(office: Office) -> None:
    from kesu.caseload.rebuilding.rebuild import MODELS

    office.accepted()
    follow_everywhere()
    before = {model: list(model._default_manager.order_by("file", "id").values()) for model in MODELS}

    def wipe() -> None:
        for model in (*reversed(MODELS), Series, Revision):
            model._default_manager.all().delete()

    harm(wipe)
    rebuild(check=False)
    for model, rows in before.items():
        made = list(model._default_manager.order_by("file", "id").values())
        assert _without_id(made) == _without_id(rows)


def _without_id(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(str({name: value for name, value in row.items() if name != "id"}) for row in rows)


def test_a_row_that_another_file_has_taken_over_is_put_right_with_all_that_it_holds(office: Office) -> None:
    """Its number and its post can be had once only: a row of no file lets go of them before the true ones take them."""
    file = office.accepted().file
    harm(lambda: CaseRow.objects.filter(file=file).update(file="case/of nobody"))
    harm(lambda: Holding.objects.filter(organisation="hengce", person="p-gu").update(file="post/of nobody"))
    holding = ("people_holding", "post/quality manager")
    expected = [
        ("people_holding", "post/of nobody", False, True),
        ("caseload_caserow", "case/of nobody", False, True),
        (*holding, True, False),
        ("caseload_caserow", file, True, False),
    ]
    for check in (True, False):
        named = [
            (one.table, one.file, one.row is None, one.ledger is None)
            for one in rebuild(check=check)
            if one.field == ""
        ]
        assert named == expected
    assert rebuild(check=True) == []


def test_two_cases_whose_numbers_were_exchanged_get_their_own_again(office: Office) -> None:
    first, second = (office.accepted().file for _ in range(2))
    for file, label in ((first, "between"), (second, "TS-2026-0001"), (first, "TS-2026-0002")):
        harm(lambda file=file, label=label: CaseRow.objects.filter(file=file).update(label=label))
    expected = {
        (first, "label", "TS-2026-0002", "TS-2026-0001"),
        (second, "label", "TS-2026-0001", "TS-2026-0002"),
    }
    for check in (True, False):
        assert {(one.file, one.field, one.row, one.ledger) for one in rebuild(check=check)} == expected
    assert rebuild(check=True) == []
