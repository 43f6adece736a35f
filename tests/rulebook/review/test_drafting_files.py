"""What `kesu map` makes of workbooks, of files that tell little, and of those that cannot be read."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.rulebook.review.drafted import Draft, Drafted, Written, ledger
from tests.rulebook.review.unclean import steps, times, workbook

from kesu.cli.main import main
from kesu.procedure.written.library import here
from kesu.review.mapping_reading import read_mapping


def test_a_workbook_with_a_cover_and_cells_of_dates(draft: Draft) -> None:
    book = workbook(
        ("说明", [["本表由信访科填报"]]),
        (
            "台账",
            [
                ["编号", "收到时间", "答复时间"],
                *([n, datetime(2026, 3, 6, 9, n), date(2026, 3, 9)] for n in range(1, 30)),
            ],
        ),
    )
    made = draft(book, name="log.xlsx")
    assert made.status == 0
    assert made.line("file") == "file: {sheet: 台账}"
    assert times(made.log())[0] == ["03-06 09:01:00", "03-09 23:59:59"]
    with_name = draft(book, "--sheet", "台账", name="log.xlsx")
    assert with_name.line("file") == "file: {sheet: 台账}"


def test_merged_cells_of_a_workbook(draft: Draft) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["工单号", "步骤", "时间"],
        ["W1", "收到", "2026/3/6"],
        ["", "答复", "2026/3/9"],
        ["W2", "收到", "2026/3/7"],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    file = io.BytesIO()
    book.save(file)
    made = draft(file.getvalue(), name="log.xlsx")
    assert steps(made.log()) == [("W1", ["received", "replied"]), ("W2", ["received"])]


def test_without_a_procedure_all_words_are_tried(draft: Draft) -> None:
    made = draft(ledger("2026/3/6,2026/3/9"), procedure=None)
    assert made.status == 0
    assert "procedure:" not in made.text.replace("# ", "")
    assert "  - step: received" in made.text
    assert "  - step: replied" in made.text


def test_what_no_column_tells_is_said_and_the_draft_can_still_be_read(draft: Draft) -> None:
    made = draft("甲列,乙列\n你好,世界\n再见,朋友\n")
    assert made.status == 1
    assert made.to_do[:3] == [
        "no column looks like the number of a case",
        "no column could be told as the time of a step",
        "no step by which a matter comes in was found: from when does its time run",
    ]
    read_mapping_of(made)


def read_mapping_of(made: Drafted) -> None:
    path = made.path.with_name("draft.yaml")
    path.write_text(made.text, encoding="utf-8")
    read_mapping(path, procedure=here().load("public-replies"))


@pytest.mark.parametrize("name", ['a: b #c "d"', "编号: [1]", "- x", "{y}", "no", "é\\n", "'q'"])
def test_whatever_columns_are_called_the_draft_can_be_read(draft: Draft, name: str) -> None:
    cell = '"' + name.replace('"', '""') + '"'
    made = draft(f"编号,收到时间,{cell}\n1,2026/3/6,x\n")
    assert len(made.log()) == 1


def test_what_nobody_sees_in_a_cell_does_not_break_the_draft(draft: Draft) -> None:
    made = draft("编号,收到时间,x\n1,2026/3/6,a\n合\x0e计,\x04,\u2028\n注：\x0e,,\n")
    read_mapping_of(made)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("log.csv", 'a,b\n1,"2\n', "line 2: a quotation mark opened here is never closed"),
        ("log.csv", "", "the file holds nothing"),
        ("log.csv", "编号,收到时间\n", "no rows stand below the header"),
        ("log.csv", "编号,编号\n1,2\n", "the header has no name that can be used: all are empty or double"),
        ("log.csv", b"\xff\xff\xff\xff", "neither UTF-8 nor GB18030; save it as UTF-8"),
        ("log.xlsx", "no workbook", "not an XLSX workbook (save an old .xls as .xlsx)"),
        ("log.xes", "<log>", "not proper XML: no element found: line 1, column 5"),
        ("log.doc", "x", "cannot tell what kind of file this is; use .csv, .xlsx, .xes or .xes.gz"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_by_review(
    written: Written, capsys: pytest.CaptureFixture[str], name: str, content: str | bytes, said: str
) -> None:
    assert main(["--lang", "en", "map", str(written(name, content))]) == 2
    assert said in capsys.readouterr().err


def test_a_draft_is_written_into_a_file_and_over_none(
    written: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, target = written("log.csv", ledger("3/6/2026,3/9/2026")), tmp_path / "new.yaml"
    asked = ["--lang", "en", "map", str(log), "--to", str(target)]
    assert main(asked) == 1
    assert target.read_text(encoding="utf-8").startswith("# Drafted by kesu map from log.csv (CSV, 1 rows).")
    assert "to be filled in or looked at in the draft: 1\n- written: " in capsys.readouterr().err
    target.write_text("mine", encoding="utf-8")
    assert main(asked) == 2
    assert target.read_text(encoding="utf-8") == "mine"
    assert "exists already and was left as it is" in capsys.readouterr().err


def test_of_a_long_file_the_first_rows_are_looked_at(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kesu.review.drafting.look.MOST_LINES", 5)
    made = draft(ledger(*["2026/3/6,2026/3/9"] * 10))
    assert "the file is longer; the first 4 rows were looked at" in made.why
    assert "expects" not in made.text
    assert len(made.log()) == 10
