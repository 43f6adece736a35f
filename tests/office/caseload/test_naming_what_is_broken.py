"""What is broken is named as people know it, and nothing that is broken keeps the commands from naming it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from jsonschema import Draft202012Validator
from tests.office.caseload.office import Office
from tests.office.ledger.tampering import tamper, without_triggers

from kesu.caseload.models import CaseRow
from kesu.caseload.rebuilding.rebuild import UNREADABLE, rebuild
from kesu.caseload.rows.following import follow_everywhere
from kesu.cli import main as front
from kesu.ledger.triggers import make_triggers, strange_triggers
from kesu.ledger.verify import verify

pytestmark = pytest.mark.tampers
SCHEMAS = Path(front.__file__).parent / "schemas"


@pytest.fixture
def harmed(staffed: tuple[str, Office], fresh_database: None) -> Office:
    """Two cases; whatever is done to one, the other has a row that differs and has to be named all the same."""
    office = staffed[1].again()
    office.accepted("2026-03-02 09:00")
    office.accepted("2026-03-03 09:00")
    follow_everywhere()
    without_triggers()
    return office


def of_the_first(sql: str, *values: object) -> None:
    """A statement about the first case, with `{file}` in the place of its name."""
    file = CaseRow.objects.get(organisation="hengce", label="TS-2026-0001").file
    tamper(sql.format(file=file), *values)


def test_a_fault_says_the_case_the_step_the_day_and_the_person_first(
    harmed: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    of_the_first("UPDATE ledger_entry SET kind = 'note' WHERE file = '{file}' AND number = 2")
    make_triggers()
    file = CaseRow.objects.get(organisation="hengce", label="TS-2026-0001").file
    for lang, subject, sentence in (
        ("zh", "TS-2026-0001，第 2 条“受理”，2026-03-02，gu of hengce；", "列“kind”与记录的字节不符"),
        ("en", "TS-2026-0001, entry 2 “Accepted”, 2026-03-02, gu of hengce; ", 'the column "kind" differs'),
    ):
        assert front.main(["verify", "--organisation", "hengce", "--lang", lang]) == 1
        line = capsys.readouterr().out.splitlines()[0]
        assert line.startswith(subject)
        assert sentence in line
        assert file in line
    assert front.main(["verify", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads((SCHEMAS / "verify.json").read_text(encoding="utf-8"))).validate(found)
    assert found["first"]["subject"] == {
        "zh": "TS-2026-0001，第 2 条“受理”，2026-03-02，gu of hengce",
        "en": "TS-2026-0001, entry 2 “Accepted”, 2026-03-02, gu of hengce",
    }


def test_an_entry_that_is_gone_has_the_number_of_its_case_all_the_same(
    harmed: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    of_the_first("DELETE FROM ledger_entry WHERE file = '{file}' AND number = 2")
    of_the_first("UPDATE ledger_entry SET body = %s WHERE file <> '{file}' AND number = 1", b"{}")
    make_triggers()
    assert front.main(["verify", "--organisation", "hengce", "--lang", "en"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("TS-2026-0001, entry 2; ") for line in lines)


def an_empty_entry() -> None:
    of_the_first("UPDATE ledger_entry SET body = %s WHERE file = '{file}' AND number = 2", b"{}")


def bytes_that_are_none() -> None:
    of_the_first("UPDATE ledger_entry SET body = %s WHERE file = '{file}' AND number = 2", b"\xff\x00")


def a_value_that_is_no_text() -> None:
    of_the_first("UPDATE ledger_personal_value SET value = %s WHERE file = '{file}'", b"\xff\xfe")


def an_edition_that_is_none() -> None:
    tamper("UPDATE people_edition SET text = 'x', digest = 'y' WHERE organisation = 'hengce'")


def a_calendar_that_is_none() -> None:
    tamper("UPDATE people_calendarversion SET text = '[]', digest = 'z' WHERE organisation = 'hengce'")


def a_holding_that_is_none() -> None:
    tamper(
        "UPDATE ledger_entry SET body = %s WHERE organisation = 'hengce' AND file = 'post/quality manager'",
        json.dumps({"v": 1, "facts": {}}).encode(),
    )


DAMAGE: dict[str, Callable[[], None]] = {
    "an empty entry": an_empty_entry,
    "bytes that are none": bytes_that_are_none,
    "a value that is no text": a_value_that_is_no_text,
    "an edition that is none": an_edition_that_is_none,
    "a calendar that is none": a_calendar_that_is_none,
    "a register's entry that is none": a_holding_that_is_none,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_rebuilding_names_what_cannot_be_read_and_goes_on(
    harmed: Office, damage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    DAMAGE[damage]()
    tamper("UPDATE caseload_caserow SET label = 'TS-9' WHERE label = 'TS-2026-0002'")
    make_triggers()
    for words in (["verify"], ["rebuild", "--check"]):
        for lang in ("zh", "en"):
            status = front.main([*words, "--lang", lang])
            assert status == 1 or words == ["verify"]  # which looks at no table that follows from the ledger
            captured = capsys.readouterr()
            assert (captured.err, "failed" in captured.out) == ("", False)
    differences = rebuild(check=True)
    assert differences
    unread = {one.file for one in differences if one.field == UNREADABLE}
    second = CaseRow.objects.get(organisation="hengce", label="TS-9").file
    if second not in unread:
        assert ("label", "TS-9", "TS-2026-0002") in {(one.field, one.row, one.ledger) for one in differences}
    assert front.main(["rebuild", "--check", "--json", "--organisation", "hengce"]) == 1
    found = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads((SCHEMAS / "rebuild.json").read_text(encoding="utf-8"))).validate(found)


def test_a_file_that_cannot_be_folded_is_said_in_words_and_its_rows_are_left(
    harmed: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    an_empty_entry()
    make_triggers()
    file = CaseRow.objects.get(organisation="hengce", label="TS-2026-0001").file
    assert front.main(["rebuild", "--lang", "en"]) == 0
    assert (
        f"TS-2026-0001 hengce ledger_entry {file}: cannot be read (KeyError: 'v'); nothing of it was compared or changed;"
        " kesu verify names the entry, then restore your backup"
    ) in capsys.readouterr().out.splitlines()
    assert CaseRow.objects.filter(file=file).exists()
    assert [one.field for one in rebuild(check=True)] == [UNREADABLE]


def test_a_value_of_a_table_that_is_none_is_named_with_its_file(harmed: Office) -> None:
    if connection.vendor == "postgresql":
        return  # PostgreSQL itself lets nothing stand in a column that is no value of it
    of_the_first("UPDATE caseload_caserow SET edition = CAST(x'fffe' AS TEXT) WHERE file = '{file}'")
    file = CaseRow.objects.values_list("file", flat=True).get(organisation="hengce", label="TS-2026-0001")
    found = [(one.table, one.file, one.field) for one in rebuild(check=True)]
    assert ("caseload_caserow", file, UNREADABLE) in found


def a_trigger_on_a_projection() -> dict[str, Any]:
    return {
        "sqlite": [
            "CREATE TRIGGER helpful AFTER UPDATE ON caseload_caserow BEGIN SELECT 1; END",
        ],
        "postgresql": [
            "CREATE FUNCTION helping() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
            "CREATE TRIGGER helpful BEFORE UPDATE ON caseload_caserow FOR EACH ROW EXECUTE FUNCTION helping()",
        ],
    }


def test_a_trigger_beside_the_ledger_is_named(harmed: Office) -> None:
    make_triggers()
    assert strange_triggers() == []
    for statement in a_trigger_on_a_projection()[connection.vendor]:
        tamper(statement)
    assert [fault.sentence("en") for fault in verify().faults] == [
        "database trigger: helpful on caseload_caserow is not one of ours"
    ]
