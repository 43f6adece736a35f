"""`kesu rebuild`, `kesu calendar import` and `kesu demo`: what they print, their exit status, the shape of their JSON."""

from __future__ import annotations

import getpass
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.office.caseload.office import Office, at

from kesu.caseload.models import CaseRow
from kesu.cli.main import main
from kesu.ledger.oneway import writing
from kesu.ledger.read import entries_of
from kesu.people.demo import DEMO_TITLES
from kesu.people.models import Holding, Revision


def told(command: str, capsys: pytest.CaptureFixture[str]) -> Any:
    """What a command printed as JSON, once it fits its schema."""
    value = json.loads(capsys.readouterr().out)
    schema = json.loads(files("kesu.cli").joinpath("schemas", f"{command}.json").read_text())
    jsonschema.validate(value, schema)
    return value


def test_rebuild_check_says_that_every_row_is_what_the_ledger_says(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rebuild", "--check", "--lang", "zh"]) == 0
    assert capsys.readouterr().out == "每一行都和台账一致\n"


def test_rebuild_check_names_a_changed_row_and_rebuild_puts_it_right(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    file = office.receive().file
    with writing():
        CaseRow.objects.filter(file=file).update(state="closed")
    assert main(["rebuild", "--check", "--json"]) == 1
    assert told("rebuild", capsys) == {
        "checked_only": True,
        "faults": [],
        "differences": [
            {
                "organisation": "hengce",
                "table": "caseload_caserow",
                "file": file,
                "key": [],
                "field": "state",
                "row": "closed",
                "ledger": "received",
            }
        ],
    }
    assert main(["rebuild", "--lang", "en"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"TS-2026-0001 hengce caseload_caserow {file}: state: the row says closed, the ledger received",
        "put right in 1 places",
    ]


@pytest.mark.parametrize(
    ("lang", "missing", "unknown", "number", "count"),
    [
        (
            "zh",
            "列表里没有这一行",
            "台账里没有这一行",
            "number：列表为 99，台账为 {}",
            "4 处不一致",
        ),
        (
            "en",
            "the row is missing",
            "the ledger knows no such row",
            "number: the row says 99, the ledger {}",
            "4 differences",
        ),
    ],
)
def test_a_row_of_a_case_is_named_by_its_number_first_and_any_other_by_its_organisation(
    office: Office,
    capsys: pytest.CaptureFixture[str],
    lang: str,
    missing: str,
    unknown: str,
    number: str,
    count: str,
) -> None:
    file = office.receive().file
    revision = Revision.objects.get(organisation="hengce").number
    with writing():
        row = CaseRow.objects.get(file=file)
        row.file = "case/of nobody"
        row.save()
        Holding.objects.filter(organisation="hengce", post="administrator").delete()
        Revision.objects.filter(organisation="hengce").update(number=99)
    assert main(["rebuild", "--check", "--lang", lang]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"hengce caseload_caserow case/of nobody: {unknown}",
        f"hengce people_holding post/administrator administrator 1: {missing}",
        f"TS-2026-0001 hengce caseload_caserow {file}: {missing}",
        f"hengce people_revision: {number.format(revision)}",
        count,
    ]
    assert main(["rebuild"]) == 0


def test_rebuild_of_an_organisation_that_is_not_there_is_wrong_use(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rebuild", "--organisation", "nobody", "--lang", "en"]) == 2
    assert "there is no organisation “nobody”; known are hengce, hengce-2" in capsys.readouterr().err


def test_a_schedule_is_imported_for_one_organisation(
    office: Office, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "2027.csv"
    path.write_text("date,kind,name\n2027-01-01,节,元旦\n2027-02-08,节,春节\n", encoding="utf-8")
    assert main(["calendar", "import", str(path), "--organisation", "hengce", "--json"]) == 0
    assert told("calendar", capsys) == {
        "organisation": "hengce",
        "file": "calendar/main",
        "entry": 2,
        "entries_by_clock": 0,
    }
    first, noted = entries_of("hengce", "calendar/main")
    assert noted.by == office.persons["admin"]
    assert (first.medium, noted.medium) == ("system", f"command line, {getpass.getuser()}")
    assert main(["calendar", "import", str(path), "--organisation", "hengce", "--lang", "zh"]) == 2
    assert "日历里已经有这份安排" in capsys.readouterr().err


def test_the_public_holidays_of_a_region_are_laid_over_the_calendars(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = ["calendar", "new", "--organisation", "hengce", "--lang", "en"]
    assert main([*ask, "--from", "holidays:DE-BW", "--year", "2027", "--json"]) == 0
    assert told("calendar", capsys)["entry"] == 2
    noted = entries_of("hengce", "calendar/main")[-1]
    assert noted.facts["source"] == "holidays:DE-BW 2027"
    assert main([*ask, "--from", "holidays:DE-ZZ", "--year", "2027"]) == 2
    assert "DE has no part “ZZ” in the library; it has BB, BE, BW" in capsys.readouterr().err
    assert main(ask) == 2
    assert (
        "new wants a region: kesu calendar new --from holidays:DE-BW --year 2027" in capsys.readouterr().err
    )
    assert main(["calendar", "import", "--organisation", "hengce", "--lang", "en"]) == 2
    assert "import wants a file" in capsys.readouterr().err
    assert len(entries_of("hengce", "calendar/main")) == 2


def test_a_command_acts_for_whoever_is_named_and_for_nobody_by_guess(
    office: Office, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "2027.csv"
    path.write_text("date,kind,name\n2027-01-01,节,元旦\n", encoding="utf-8")
    office.join("bai", "administrator", now=at("2026-02-01 09:00"))
    ask = ["calendar", "import", str(path), "--organisation", "hengce", "--lang", "en"]
    before = len(entries_of("hengce", "calendar/main"))
    assert main(ask) == 2
    said = capsys.readouterr().err
    assert "2 persons may do this (秦管, bai of hengce); name one with --by" in said
    assert main([*ask, "--by", "nobody"]) == 2
    assert "has nobody with the sign-in name or id “nobody”" in capsys.readouterr().err
    assert main([*ask, "--by", office.persons["gu"]]) == 2
    assert "this is done by: administrator" in capsys.readouterr().err
    assert len(entries_of("hengce", "calendar/main")) == before
    assert main([*ask, "--by", "p-bai"]) == 0
    assert entries_of("hengce", "calendar/main")[-1].by == "p-bai"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.txt", "date,kind\n", "x.txt is of no known form"),
        ("x.csv", "date,kind\n2027-13-01,off\n", "line 2"),
        ("x.csv", "date,kind\n2030-01-01,off\n", "import the schedule of 2027 first"),
    ],
)
def test_a_schedule_that_cannot_be_taken_says_what_and_where(
    office: Office, capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, content: str, said: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert main(["calendar", "import", str(tmp_path / name), "--organisation", "hengce", "--lang", "en"]) == 2
    assert said in capsys.readouterr().err


def test_an_import_without_a_name_asks_which_organisation(
    office: Office, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "x.csv").write_text("date,kind\n2027-01-01,off\n", encoding="utf-8")
    assert main(["calendar", "import", str(tmp_path / "x.csv"), "--lang", "en"]) == 2
    assert "name one with --organisation: hengce, hengce-2" in capsys.readouterr().err


def test_a_demo_that_is_there_is_left_as_it_is(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.receive()
    assert main(["demo", "--json"]) == 0
    assert told("demo", capsys) == {
        "organisations": list(DEMO_TITLES),
        "cases": 1,
        "made": False,
        "stopped": [],
    }
