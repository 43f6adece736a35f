"""Which person takes which step: each cell by the posts that he holds now, none for whoever is here to read."""

from __future__ import annotations

from tests.office.caseload.office import LIBRARY, Office, at

from kesu.caseload.folded.books import in_force
from kesu.people.directory import directory_of
from kesu.people.matrix_of_persons import matrix_of_persons

NOW = at("2026-03-03 09:00")


def row(office: Office, step: str) -> dict[str, str]:
    directory = directory_of("hengce")
    procedure = next(one for one in in_force(directory, NOW) if one.id == "office-trial")
    assert procedure.edition == LIBRARY.load("office-trial").edition
    cells = matrix_of_persons(procedure, directory, NOW)[step]  # type: ignore[index]
    return {name: str(cells[person].may) for name, person in office.persons.items()}  # type: ignore[index]


def test_what_everybody_takes_is_for_all_but_the_assessor(office: Office) -> None:
    assert row(office, "note") == dict.fromkeys(office.persons, "everybody") | {"ping": "no"}


def test_what_is_kept_for_a_post_is_for_whoever_holds_it_now(office: Office) -> None:
    before = row(office, "accepted")
    assert {name for name, may in before.items() if may != "no"} == {"gu"}
    facts = {"person": office.persons["ping"], "unit": "main", "from": at("2026-03-02 08:00")}
    office.note("post/quality manager", "post taken", facts, now=at("2026-03-02 09:30"))
    assert {name for name, may in row(office, "accepted").items() if may != "no"} == {"gu", "ping"}


def test_who_has_left_has_no_column(office: Office) -> None:
    office.note("person/p-lin", "left", {}, now=at("2026-03-02 09:30"))
    directory = directory_of("hengce")
    procedure = next(one for one in in_force(directory, NOW) if one.id == "office-trial")
    assert all("p-lin" not in cells for cells in matrix_of_persons(procedure, directory, NOW).values())
