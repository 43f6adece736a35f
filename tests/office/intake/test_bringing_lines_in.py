"""A sheet whose cells hold lines as JSON: they go on record exactly; a bad cell stops everything, row by row."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.office.caseload.office import Office
from tests.office.intake.test_bringing_history_in import MAPPING, bring, written

from kesu.caseload.models import CaseRow
from kesu.ledger.read import entries_of
from kesu.review.rows import LogError

LINES = MAPPING.replace("account: text}", "account: text, settlement lines: goods}")


def sheet(folder: Path, cell: str) -> Path:
    (folder / "map.yaml").write_text(LINES, encoding="utf-8")
    with (folder / "book.csv").open("w", encoding="utf-8", newline="") as book:
        csv.writer(book).writerows(
            [
                ["number", "from", "text", "received", "accepted", "who", "goods"],
                ["86", "甲", "少了一盒", "2025-03-03T09:00", "", "", cell],
            ]
        )
    return folder


def test_lines_in_a_cell_go_on_record_as_they_are_written(office: Office, tmp_path: Path) -> None:
    brought = bring(sheet(tmp_path, '[{"article": "盒装奶", "quantity": 3, "price": 19.90}]'))
    assert (brought.imported.cases, brought.imported.refused) == (1, [])
    row = CaseRow.objects.get(organisation="hengce", imported=True)
    assert entries_of("hengce", row.file)[0].facts["settlement lines"] == [
        {"article": "盒装奶", "quantity": "3", "price": "19.90"}
    ]


def test_a_cell_that_holds_no_lines_names_its_row_and_nothing_is_written(
    office: Office, tmp_path: Path
) -> None:
    before = written()
    with pytest.raises(LogError) as refused:
        bring(sheet(tmp_path, '[{"article": "盒装奶"}]'))
    assert "第 1 行没有填数量" in refused.value.in_("zh")
    assert written() == before
