"""Files made to fill memory or time end at once, in words, before anything is built of them."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Iterable
from time import perf_counter

import pytest
from openpyxl import Workbook
from tests.rulebook.review.small import MAPPING

from kesu.reading import limits
from kesu.review.log import Log
from kesu.review.rows import LogError

Opened = Callable[..., Log]
HEADER = ["number", "what", "when", "who", "grade"]
ROW = ["7", "in", "2025-03-03T09:00", "wu", "ordinary"]
XES = MAPPING.replace("case: number", "case: case:n").replace("column: what", "column: n")
STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>7</t></si></sst>'
OVERRIDE = (
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
A_FEW_SECONDS = 20  # on the slowest machine; what it would take without a limit is minutes, or for ever


def refusal(opened: Opened, content: bytes, *, name: str, mapping: str = MAPPING) -> str:
    began = perf_counter()
    with pytest.raises(LogError) as refused:
        opened(content, name=name, mapping=mapping)
    assert perf_counter() - began < A_FEW_SECONDS
    return refused.value.in_("en")


def workbook(**changes: tuple[str, str]) -> bytes:
    """A workbook in whose parts (`sheet`, `strings`, `book`) one text stands for another; its number is a shared text."""
    book = Workbook()
    for row in (HEADER, ROW):
        book.active.append(row)  # type: ignore[union-attr]
    file, target = io.BytesIO(), io.BytesIO()
    book.save(file)
    parts = {
        "sheet": "xl/worksheets/sheet1.xml",
        "strings": "xl/sharedStrings.xml",
        "book": "xl/workbook.xml",
    }
    texts = {"xl/sharedStrings.xml": STRINGS}
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            text = old.read(part).decode().replace("</Types>", f"{OVERRIDE}</Types>")
            texts[part] = text.replace('t="inlineStr"><is><t>7</t></is>', 't="s"><v>0</v>')
        for part, text in texts.items():
            for change, (before, after) in changes.items():
                assert parts[change] != part or before in text
                text = text.replace(before, after, 1) if parts[change] == part else text
            new.writestr(part, text)
    return target.getvalue()


def packed(*pieces: Iterable[bytes]) -> bytes:
    file = io.BytesIO()
    with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=1) as target:
        for piece in pieces:
            target.writelines(piece)
    return file.getvalue()


@pytest.mark.parametrize("row", ["2147483648", "99999999999999999999", "x", "-1", "1.5"])
def test_a_row_that_no_sheet_has_ends_it(opened: Opened, row: str) -> None:
    content = workbook(sheet=('<row r="2"', f'<row r="{row}"'))
    if row == "-1":
        assert "log.xlsx" in refusal(opened, content, name="log.xlsx")
    else:
        assert "is no proper sheet near row" in refusal(opened, content, name="log.xlsx")


def test_a_cell_far_to_the_right_costs_nothing(opened: Opened) -> None:
    content = workbook(sheet=('<c r="E2"', '<c r="XFD2"'))
    assert len(opened(content, name="log.xlsx", mapping=MAPPING)) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sheet": ("<v>0</v>", "<v>999</v>")}, "row 2, column “number”, value “999”: the cell is damaged"),
        ({"sheet": ('r="A2" t="s"><v>0', 'r="A2"><v>abc')}, "value “abc”: the cell is damaged"),
        ({"book": ("<sheets>", "<sheets/><gone>")}, "log.xlsx: "),
    ],
)
def test_a_damaged_cell_has_its_place(opened: Opened, change: dict[str, tuple[str, str]], said: str) -> None:
    assert said in refusal(opened, workbook(**change), name="log.xlsx")


def test_a_cell_of_many_megabytes_is_no_text(opened: Opened) -> None:
    long = "x" * (limits.WIDEST_TEXT + limits.MEGABYTE * 2)
    for part in ({"strings": ("<t>7</t>", f"<t>{long}</t>")}, {"sheet": ("<v>0</v>", f"<v>{long}</v>")}):
        assert "one piece of text has more than 4 MB" in refusal(opened, workbook(**part), name="log.xlsx")


def test_more_rows_or_cells_than_a_sheet_has_end_it(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ROWS", 10_000)
    rows = workbook(sheet=("</sheetData>", "<row/>" * (limits.ROWS + 10) + "</sheetData>"))
    cells = workbook(sheet=("</sheetData>", "<row>" + "<c/>" * (limits.COLUMNS + 10) + "</row></sheetData>"))
    deep = workbook(sheet=("</sheetData>", "<row>" * 100 + "</row>" * 100 + "</sheetData>"))
    for content in (rows, cells, deep):
        assert "is no proper sheet near row" in refusal(opened, content, name="log.xlsx")


def test_more_shared_texts_than_are_held_end_it(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STRINGS", 0)
    assert "more than 0 texts in its cells; split it" in refusal(opened, workbook(), name="log.xlsx")


def test_a_part_that_is_read_whole_has_to_be_small(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SMALL_PART", 100)
    assert "in it is larger than is read" in refusal(opened, workbook(), name="log.xlsx")


def test_an_attribute_of_hundreds_of_megabytes_in_a_small_file_is_no_log(opened: Opened) -> None:
    megabyte = b"x" * limits.MEGABYTE
    content = packed(
        [b'<log><trace><string key="n" value="'], (megabyte for _ in range(200)), [b'"/></trace></log>']
    )
    assert len(content) < 2 * limits.MEGABYTE
    assert "one piece of text has more than 4 MB" in refusal(opened, content, name="log.xes.gz", mapping=XES)


@pytest.mark.parametrize(
    ("begin", "again", "end", "said"),
    [
        (b"<log>", b"<x/>", b"</log>", "elements beside its traces"),
        (b"<log><trace>", b"<x/>", b"</trace></log>", "a trace of more than 300000 elements"),
        (b"<log>", b"<x>", b"", "nested too deep"),
    ],
)
def test_millions_of_elements_are_no_log(
    opened: Opened, begin: bytes, again: bytes, end: bytes, said: str
) -> None:
    many = (again * 100_000 for _ in range(100))
    content = packed([begin], many, [end])
    assert said in refusal(opened, content, name="log.xes.gz", mapping=XES)


def test_a_log_that_unpacks_to_more_than_is_read_ends(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "UNPACKED_LOG", 1000)
    assert "unpacks to more than is read; split it" in refusal(
        opened, packed([b"<log>" + b"<x/>" * 1000]), name="log.xes.gz", mapping=XES
    )
