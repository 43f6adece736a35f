"""Sheets hold more than text: what their cells are, and what is said of a workbook that cannot be read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook
from tests.rulebook.review.small import MAPPING

from kesu.reading import limits
from kesu.review.log import Log
from kesu.review.rows import LogError

Opened = Callable[..., Log]
HEADER = ["number", "what", "when", "who", "grade"]
OF_TEXT = MAPPING.replace("{grade: grade}", "{account: grade}")


def workbook(*rows: Sequence[Any], title: str = "cases") -> bytes:
    """A workbook with an empty sheet in front of the one that holds the rows."""
    book = Workbook()
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def damaged(content: bytes) -> bytes:
    """The same workbook, the sheet in it cut off in the middle."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part[: len(part) // 2] if name.endswith("sheet2.xml") else part)
    return target.getvalue()


def refusal(opened: Opened, content: bytes, mapping: str = MAPPING + "file: {sheet: cases}\n") -> list[str]:
    with pytest.raises(LogError) as refused:
        opened(content, name="log.xlsx", mapping=mapping)
    return refused.value.in_("en").splitlines()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (True, "yes"),
        (False, "no"),
        (12.0, "12"),
        (0.5, "0.5"),
        (time(9, 30), "09:30:00"),
        (date(2025, 3, 3), "2025-03-03"),
        ("as written", "as written"),
    ],
)
def test_a_cell_of_any_kind_has_its_text(opened: Opened, cell: object, text: str) -> None:
    content = workbook(HEADER, [7, "in", datetime(2025, 3, 3, 9), "ms wu", cell])
    log = opened(content, name="log.xlsx", mapping=OF_TEXT + "file: {sheet: cases}\n")
    assert [dict(case.acts[0].facts) for case in log.cases()] == [{"account": text}]


def test_a_number_that_a_program_wrote_with_a_point_is_whole_all_the_same(opened: Opened) -> None:
    content = workbook(HEADER, [7, "in", datetime(2025, 3, 3, 9), None, 12])
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>12</v>", b"<v>12.0</v>"))
    log = opened(target.getvalue(), name="log.xlsx", mapping=OF_TEXT + "file: {sheet: cases}\n")
    assert [(case.acts[0].by, dict(case.acts[0].facts)) for case in log.cases()] == [
        (None, {"account": "12"})
    ]


def test_a_header_may_stand_further_down_and_a_short_row_has_empty_cells(opened: Opened) -> None:
    content = workbook(["Cases of 2025"], [], HEADER, [7, "in", datetime(2025, 3, 3, 9)])
    log = opened(content, name="log.xlsx", mapping=MAPPING + "file: {sheet: cases, header row: '3'}\n")
    assert [(act.step, act.post, act.origin, act.facts) for case in log.cases() for act in case.acts] == [
        ("received", "clerk", "row 4", {})
    ]


WHOLE = workbook(HEADER, [7, "in", datetime(2025, 3, 3, 9), "ms wu", None])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            workbook(HEADER, [7, "in", datetime(2025, 3, 3, 9), "ms wu", "#N/A"]),
            "log.xlsx, row 2, column “grade”, value “#N/A”: the cell holds an error",
        ),
        (workbook(HEADER, title="casse"), "log.xlsx: there is no sheet “cases”; did you mean “casse”?"),
        (workbook(), "log.xlsx: the sheet has no header row"),
        (damaged(WHOLE), "log.xlsx: the workbook is damaged; open it and save it anew"),
        (damaged(WHOLE)[:-40], "log.xlsx: not an XLSX workbook (save an old .xls as .xlsx)"),
    ],
)
def test_a_workbook_that_cannot_be_read_says_what_to_do(opened: Opened, content: bytes, said: str) -> None:
    assert said in refusal(opened, content)


def test_an_archive_that_holds_no_workbook_is_none(opened: Opened) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "nothing here")
    assert refusal(opened, file.getvalue()) == ["log.xlsx: not an XLSX workbook (save an old .xls as .xlsx)"]


def test_a_workbook_that_would_fill_the_memory_is_not_unpacked(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "UNPACKED", 1000)
    assert refusal(opened, WHOLE) == ["log.xlsx: unpacks to more than 1 GB; split it"]


def test_the_first_sheet_is_read_when_the_mapping_names_none(opened: Opened) -> None:
    assert refusal(opened, WHOLE, MAPPING) == ["log.xlsx: the sheet has no header row"]
