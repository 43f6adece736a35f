"""A number that no file has is named: numbers have no gap, so the file of one that is missing was taken away."""

from __future__ import annotations

import json

import pytest
from tests.office.caseload.office import Office, at
from tests.office.ledger.tampering import tamper, without_triggers

from kesu.caseload.models import CASE_PROJECTIONS, CaseRow
from kesu.caseload.rebuilding.gaps import gaps
from kesu.cli import main as front
from kesu.ledger.seal import seal


def cut_out(label: str) -> None:
    """Every row that names the file, in the ledger and in what follows from it."""
    without_triggers()
    file = CaseRow.objects.get(organisation="hengce", label=label).file
    tables = [model._meta.db_table for model in CASE_PROJECTIONS]
    for table in ("ledger_entry", "ledger_personal_value", "ledger_unsealed", "ledger_leaf", *tables):
        tamper(f"DELETE FROM {table} WHERE organisation = 'hengce' AND file = %s", file)


@pytest.fixture
def harmed(staffed: tuple[str, Office], fresh_database: None) -> Office:
    """The organisation under test; nothing is proved of its rows afterwards."""
    return staffed[1].again()


@pytest.mark.tampers
def test_the_number_of_a_file_that_was_cut_out_is_named_by_both_commands(
    harmed: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    for day in (2, 3, 4):
        harmed.receive(f"2026-03-0{day} 09:00")
    assert gaps(None) == []
    cut_out("TS-2026-0002")
    sentences = {
        "zh": "机构 hengce：没有编号为 TS-2026-0002 的卷宗，而它前后的编号都有：编号不会跳号，这一件被拿走了",
        "en": (
            "organisation hengce: no file has the number TS-2026-0002, though later ones were given: numbers have no"
            " gap, this file was taken away"
        ),
    }
    for lang, sentence in sentences.items():
        for words in (["verify"], ["rebuild", "--check"]):
            assert front.main([*words, "--organisation", "hengce", "--lang", lang]) == 1
            assert sentence in capsys.readouterr().out.splitlines()
    assert front.main(["rebuild", "--check", "--json", "--lang", "en"]) == 1
    assert json.loads(capsys.readouterr().out)["faults"] == [sentences["en"]]


@pytest.mark.tampers
def test_the_last_number_is_missed_by_what_the_series_says(harmed: Office) -> None:
    for day in (2, 3):
        harmed.receive(f"2026-03-0{day} 09:00")
    cut_out("TS-2026-0002")
    assert [(fault.what, fault.detail) for fault in gaps("hengce")] == [("series gap", "TS-2026-0002")]


def test_the_marks_are_shown_and_a_backup_that_was_put_back_is_accepted_with_a_reason(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.receive("2026-03-02 09:00")
    seal("hengce", at("2026-03-02 10:00"))
    assert front.main(["marks", "--json"]) == 0
    found = {one["organisation"]: one for one in json.loads(capsys.readouterr().out)["marks"]}
    assert (found["hengce"]["checkpoint"], found["hengce"]["how"]) == (1, "adopted")
    assert front.main(["marks", "--accept", "hengce", "--lang", "en"]) == 2
    assert (
        capsys.readouterr().err
        == "kesu: --accept and --reason belong together: which organisation, and why\n"
    )
    assert front.main(["marks", "--accept", "nobody", "--reason", "disk failed", "--lang", "en"]) == 2
    assert "know an organisation “nobody”" in capsys.readouterr().err
    assert front.main(["marks", "--accept", "hengce", "--reason", "disk failed", "--lang", "en"]) == 0
    shown = [line for line in capsys.readouterr().out.splitlines() if "organisation hengce," in line]
    assert [line.partition(", key ")[0] for line in shown] == [
        (
            f"organisation hengce, checkpoint 1: the first {found['hengce']['size']} entries,"
            " 2026-03-02T02:00:00+00:00, accepted after a backup was put back: disk failed"
        )
    ]
    assert front.main(["verify", "--lang", "zh"]) == 0
    assert "是恢复备份后认下的，原因：disk failed" in capsys.readouterr().out
