"""Files as offices have them: what cannot mean two things is read, all else is refused with its place or remarked upon."""

from __future__ import annotations

import io
from datetime import datetime, time

import pytest
from openpyxl import Workbook
from tests.rulebook.review.unclean import (
    HEAD,
    LIST,
    MARCH,
    SHEET,
    Opened,
    refusal,
    remarks,
    steps,
    times,
    workbook,
)

# -- times -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "local"),
    [
        ("2026/3/9 24:00", "03-09 23:59:59"),
        ("2026-03-09T24:00", "03-09 23:59:59"),
        ("2026/3/9 上午9:05", "03-09 09:05:00"),
        ("2026/3/9 下午1:30:00", "03-09 13:30:00"),
        ("2026/3/9 下午12:30", "03-09 12:30:00"),
        ("2026/3/9 上午12:30", "03-09 00:30:00"),
        ("２０２６/３/９ １０：００", "03-09 10:00:00"),
        ("2026/3/9  10:00\u200b", "03-09 10:00:00"),
        ("2026/3/9 10:00:30", "03-09 10:00:30"),
        ("2026-03-09", "03-09 23:59:59"),
        ("20260309", "03-09 23:59:59"),
        ("2026-W11-1", "03-09 23:59:59"),
    ],
)
def test_a_time_that_cannot_mean_two_things_is_read_as_it_stands(
    opened: Opened, cell: str, local: str
) -> None:
    log = opened(f"{HEAD}1,2026/3/6 9:05,{cell}\n", mapping=SHEET)
    assert times(log) == [["03-06 09:05:00", local]]


@pytest.mark.parametrize(
    ("form", "cell", "local"),
    [
        ("serial", "46090.4", "03-09 09:36:00"),
        ("serial", "46090", "03-09 23:59:59"),
        ("seconds since 1970", "1773020160", "03-09 09:36:00"),
        ("milliseconds since 1970", "1773020160000", "03-09 09:36:00"),
    ],
)
def test_a_time_that_is_a_number_is_read_where_the_mapping_says_so_and_else_said_how(
    opened: Opened, form: str, cell: str, local: str
) -> None:
    content = f"{HEAD}1,2026/3/6 9:05,{cell}\n"
    assert f"add “{form}” to “written”" in refusal(opened, content)
    log = opened(content, mapping=SHEET.replace("iso]", f"iso, {form}]"))
    assert times(log) == [["03-06 09:05:00", local]]


@pytest.mark.parametrize("word", ["-", "/", "无", "？", "NULL"])
def test_a_word_for_no_time_is_one_where_the_mapping_says_so_and_else_said_how(
    opened: Opened, word: str
) -> None:
    content = f"{HEAD}1,2026/3/6 9:05,{word}\n"
    assert f'write none: ["{word}"] under “times”' in refusal(opened, content)
    log = opened(content, mapping=SHEET.replace("day alone", f'none: ["{word}"], day alone'))
    assert steps(log) == [("1", ["received"])]
    assert remarks(log) == [
        "1 cells of “out” have no time and bring no act (the mapping says if empty: skip)"
    ]


def test_date_and_time_may_stand_in_two_columns(opened: Opened) -> None:
    mapping = SHEET.replace("at: in}", "at: {date: day, time: clock}}")
    rows = "1,2026-03-06,下午1:05,\n2,2026-03-06,,\n3,2026-03-06,9点05分,\n4,2026-03-06,24:00,\n5,2026-03-06,9:05:07,\n"
    log = opened("number,day,clock,out\n" + rows, mapping=mapping)
    assert [acts[0][6:] for acts in times(log)] == [
        "13:05:00",
        "23:59:59",
        "09:05:00",
        "23:59:59",
        "09:05:07",
    ]
    assert "“soon” is no time of day" in refusal(
        opened, "number,day,clock,out\n1,2026-03-06,soon,\n", mapping
    )


def test_a_form_without_a_year_takes_that_of_the_mapping(opened: Opened) -> None:
    mapping = SHEET.replace('"%Y/%m/%d %H:%M"', '"%m-%d %H:%M"').replace(
        "day alone", "year: '2026', day alone"
    )
    assert times(opened(f"{HEAD}1,03-06 09:05,\n", mapping=mapping)) == [["03-06 09:05:00"]]


def test_a_year_that_no_limit_can_be_counted_from_has_its_place(opened: Opened) -> None:
    assert refusal(opened, f"{HEAD}1,1945-03-02T09:05,\n") == (
        "log.csv, line 2, column “in”, value “1945-03-02T09:05”: the year is not between 1950 and 2200"
    )


def test_a_day_shown_without_a_time_has_none_and_a_midnight_shown_as_one_is_one(opened: Opened) -> None:
    row = ["1", datetime(2026, 3, 6), datetime(2026, 3, 9)]
    content = workbook(
        ("a", [["number", "in", "out"], row]), formats={"B2": "yyyy/m/d h:mm", "C2": 'yyyy"年"m"月"d"日"'}
    )
    assert times(opened(content, name="log.xlsx", mapping=SHEET)) == [["03-06 00:00:00", "03-09 23:59:59"]]
    assert "a date without a time" in refusal(
        opened, content, SHEET.replace("day alone: end", "day alone: refuse"), "log.xlsx"
    )


# -- workbooks -------------------------------------------------------------------------------------------------------

ROW = ["1", datetime(2026, 3, 6, 9, 5), datetime(2026, 3, 9, 10)]
OTHER = ["2", datetime(2026, 3, 6, 9, 5), datetime(2026, 3, 9, 10)]
COLUMNS = ["number", "in", "out"]


def test_a_formula_that_nobody_worked_out_is_refused_where_the_mapping_reads_it(opened: Opened) -> None:
    content = workbook(("a", [COLUMNS, ["1", datetime(2026, 3, 6), "=B2+3"]]))
    assert "row 2, column “out”: holds a formula that no program has worked out" in refusal(
        opened, content, name="log.xlsx"
    )
    beside = workbook(("a", [[*COLUMNS, "sum"], [*ROW, "=1+1"]]))
    assert len(opened(beside, name="log.xlsx", mapping=SHEET)) == 1


def test_sheets_that_are_not_read_are_named_and_all_are_read_when_asked(opened: Opened) -> None:
    content = workbook(("January", [COLUMNS, ROW]), ("February", [COLUMNS, OTHER]), ("empty", []))
    log = opened(content, name="log.xlsx", mapping=SHEET)
    assert (len(log), remarks(log)) == (
        1,
        [
            "the sheet “February” (about 2 rows) was not read; name it under “sheet”, or write sheets: all",
        ],
    )
    for file in ("{sheets: all}", "{sheet: [January, February]}"):
        both = opened(content, name="log.xlsx", mapping=SHEET + f"file: {file}\n")
        assert (len(both), remarks(both)) == (2, [])
        assert [case.acts[0].origin for case in both.cases()] == ["January row 2", "February row 2"]


def test_a_hidden_first_sheet_is_passed_over_and_hidden_rows_are_said(opened: Opened) -> None:
    book = Workbook()
    book.active.title, book.active.sheet_state = "old", "hidden"  # type: ignore[union-attr]
    sheet = book.create_sheet("cases")
    for sheet_ in (book["old"], sheet):
        for row in (COLUMNS, ROW):
            sheet_.append(row)
    sheet.append(OTHER)
    sheet.row_dimensions[3].hidden = True
    file = io.BytesIO()
    book.save(file)
    log = opened(file.getvalue(), name="log.xlsx", mapping=SHEET)
    assert (len(log), remarks(log)) == (
        2,
        [
            "the hidden sheet “old” (about 2 rows) was not read; name it under “sheet”, or write sheets: all",
            "1 rows are hidden in the sheet (filtered out, most likely) and were read as well",
        ],
    )


def test_a_number_longer_than_a_spreadsheet_keeps_is_said(opened: Opened) -> None:
    log = opened(workbook(("a", [COLUMNS, [20260306000012340, *ROW[1:]]])), name="log.xlsx", mapping=SHEET)
    assert remarks(log) == [
        "1 numbers of “number” have more than 15 digits, of which a spreadsheet keeps 15: the last figures are lost"
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("log.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "an old .xls or .et workbook"),
        ("log.et", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "an old .xls or .et workbook"),
        ("log.xls", b"<html><table><tr><td>1</td></tr></table></html>", "is a web page (html)"),
        ("log.csv", b"\xff\xfe\x31", "neither UTF-8 nor GB18030"),
    ],
)
def test_a_file_of_another_kind_says_what_it_is_and_what_to_do(
    opened: Opened, name: str, content: bytes, said: str
) -> None:
    assert said in refusal(opened, content, name=name)


def test_a_workbook_is_one_whatever_its_name_and_wide_text_is_text(opened: Opened) -> None:
    assert len(opened(workbook(("a", [COLUMNS, ROW])), name="log.csv", mapping=SHEET)) == 1
    assert len(opened((HEAD + MARCH).encode("utf-16"), mapping=SHEET)) == 1


# -- lines -----------------------------------------------------------------------------------------------------------


def test_empty_cells_beyond_the_header_are_nothing_and_short_lines_are_filled_when_asked(
    opened: Opened,
) -> None:
    assert len(opened(f"{HEAD}{MARCH.strip()},,\n\x1a", mapping=SHEET)) == 1
    short = f"{HEAD}1,2026/3/6 9:05\n"
    assert "has 2 cells, the header has 3" in refusal(opened, short)
    assert len(opened(short, mapping=SHEET + "file: {uneven rows: fill}\n")) == 1


def test_a_total_at_the_foot_is_left_out_when_the_mapping_says_how(opened: Opened) -> None:
    content = f"{HEAD}{MARCH}合计：1件,,\n"
    assert "line 3, column “in”: the time is missing" in refusal(opened, content)
    for more, remark in (
        ("only: {in: not empty}", "1 rows were left out by “only: in” of the mapping (empty 1)"),
        ("except: {in: empty}", "1 rows were left out by “except: in” of the mapping (empty 1)"),
        (
            "except: {number: 合计：1件}",
            "1 rows were left out by “except: number” of the mapping (合计：1件 1)",
        ),
        ("file: {stop at: 合计}", "nothing was read from line 3 on (stop at)"),
    ):
        log = opened(content, mapping=f"{SHEET}{more}\n")
        assert (steps(log), remarks(log)[0]) == ([("1", ["received", "replied"])], remark)


def test_a_case_of_which_every_row_was_left_out_is_named(opened: Opened) -> None:
    log = opened("number,what,when,state\n1,in,2026-03-06T09:00,done\n2,in,2026-03-06T09:00,\n2,ok,2026-03-06T10:00,\n",
                 mapping=LIST + "only: {state: done}\n")  # fmt: skip
    assert remarks(log) == [
        "2 rows were left out by “only: state” of the mapping (empty 2)",
        "1 cases are not in the report at all for that: 2",
    ]


def test_merged_numbers_are_filled_down_when_asked(opened: Opened) -> None:
    content = "number,what,when\n1,in,2026-03-06T09:00\n,ok,2026-03-06T10:00\n2,in,2026-03-06T09:00\n"
    assert "for merged cells write fill down: [this column]" in refusal(opened, content, LIST)
    log = opened(content, mapping=LIST + "file: {fill down: number}\n")
    assert steps(log) == [("1", ["received", "accepted"]), ("2", ["received"])]
    assert remarks(log) == ["1 empty cells have what stands above them (fill down)"]


def test_a_mapping_may_say_how_much_there_has_to_be(opened: Opened) -> None:
    assert len(opened(HEAD + MARCH, mapping=SHEET + "expects: {rows: '1', cases: '1', acts: '2'}\n")) == 1
    assert refusal(opened, HEAD + MARCH, SHEET + "expects: {rows: '2', cases: '3'}\n").splitlines()[1:] == [
        "log.csv: the mapping expects 2 rows, the file has 1",
        "log.csv: the mapping expects 3 cases, the file has 1",
    ]


def test_a_time_of_day_alone_in_a_sheet_is_read_with_its_date(opened: Opened) -> None:
    mapping = SHEET.replace("at: in}", "at: {date: in, time: clock}}")
    content = workbook(
        ("a", [["number", "in", "clock", "out"], ["1", datetime(2026, 3, 6), time(9, 5), None]]),
        formats={"B2": "yyyy/m/d"},
    )
    assert times(opened(content, name="log.xlsx", mapping=mapping)) == [["03-06 09:05:00"]]
