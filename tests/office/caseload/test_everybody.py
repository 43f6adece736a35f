"""Everybody against pages, files and steps: each cell is said by a post, by what was done, or by who stays out; none is open by default."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from tests.office.caseload.office import Office, at

from kesu.caseload.asking.everybody import Everybody
from kesu.casework.file.edition_move import MOVING
from kesu.cli.main import main
from kesu.names import FileName, StepName
from kesu.people.directory import directory_of
from kesu.people.permissions import APPOINT, BARRED, EVERY_FILE, FILE, LOOKUP_CODE, RESULT_DRAFT, TABLE

NOW = at("2026-03-03 09:00")


def people(office: Office) -> Everybody:
    return Everybody.of(directory_of(office.organisation), NOW)


def may(office: Office, cells: Mapping[Any, str], how: str = "may") -> set[str]:
    return {name for name, person in office.persons.items() if cells.get(person) == how}


def test_a_page_and_an_act_are_for_the_posts_that_the_table_names(office: Office) -> None:
    assert may(office, people(office).may(APPOINT)) == {"admin"}
    assert may(office, people(office).may(BARRED)) == {"gu", "ping"}


def test_every_row_that_hangs_on_no_file_has_a_cell_for_everybody(office: Office) -> None:
    table = [row for rows in TABLE.values() for row in rows if not row.of_a_file]
    assert {len(people(office).may(row)) for row in table} == {len(office.persons)}


def test_a_step_of_a_file_is_for_its_posts_and_for_nobody_who_only_reads_or_stays_out(office: Office) -> None:
    file = office.receive("2026-03-02 09:00").file
    before = people(office).takes(FileName(file))
    assert may(office, before[StepName("accepted")]) == {"gu"}
    assert may(office, before[MOVING]) == set()  # nobody here owns procedures
    assert {step for step, cells in before.items() if "ping" in may(office, cells)} == set()
    office.named("zhou", "2026-03-02 10:00", file=file, facts={"persons": [office.persons["shen"]]})
    after = people(office)
    assert may(office, after.sees()["TS-2026-0001"], "hidden") >= {"shen"}
    assert {
        step
        for step, cells in after.takes(FileName(file)).items()
        if "shen" not in may(office, cells, "hidden")
    } == {MOVING}


def test_a_page_of_a_file_is_for_those_whom_the_table_names_and_hidden_where_the_file_is(
    office: Office,
) -> None:
    file = FileName(office.receive("2026-03-02 09:00").file)
    rows = [row for rows in TABLE.values() for row in rows if row.of_a_file]
    cells = people(office).reads(file, rows)
    assert list(cells) == [row.name for row in rows]
    assert {len(row) for row in cells.values()} == {len(office.persons)}
    assert "ping" in may(office, cells[FILE.name])  # who is here to read reads it
    assert "ping" not in may(office, cells[LOOKUP_CODE.name]) | may(office, cells[RESULT_DRAFT.name])
    assert {"gu", "zhou"} <= may(office, cells[LOOKUP_CODE.name])
    assert may(office, cells[EVERY_FILE.name]) == {"ping"}
    assert "admin" in may(office, cells[FILE.name], "hidden")
    office.named("zhou", "2026-03-02 10:00", file=file, facts={"persons": [office.persons["shen"]]})
    after = people(office).reads(file, rows)
    assert {name for name in after if "shen" not in may(office, after[name], "hidden")} == set()


def test_the_command_prints_all_of_it_with_each_file(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.receive("2026-03-02 09:00")
    assert main(["permissions", "--all", "--organisation", office.organisation, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    kinds = {row["kind"] for row in rows}
    assert kinds >= {"pages", "file", "page of a file", "step"}
    assert [row["en"] for row in rows if row["kind"] == "file"] == ["TS-2026-0001"]
    assert {row["en"].split()[0] for row in rows if row["kind"] in ("page of a file", "step")} == {
        "TS-2026-0001"
    }
