"""Files as offices have them: what cannot mean two things is read, all else is refused with its place or remarked upon."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook

from kesu.review.log import Log
from kesu.review.rows import LogError

Opened = Callable[..., Log]
SHEET = """
mapping: sheet
procedure: small
times: {zone: Asia/Shanghai, written: ["%Y/%m/%d %H:%M", iso], day alone: end}
case: number
acts:
  - {step: received, at: in}
  - {step: replied, at: out, if empty: skip}
"""
LIST = """
mapping: list
procedure: small
times: {zone: Asia/Shanghai, written: iso}
case: number
acts:
  - step: {column: what, values: {in: received, ok: accepted, answer: replied, end: closed}}
    at: when
"""
HEAD = "number,in,out\n"
MARCH = "1,2026/3/6 9:05,2026/3/9 10:00\n"


def times(log: Log) -> list[list[str]]:
    """The acts of each case, as local times."""
    return [[f"{act.at:%m-%d %H:%M:%S}" for act in case.acts] for case in log.cases()]


def steps(log: Log) -> list[tuple[str, list[str]]]:
    return [(case.case, [act.step for act in case.acts]) for case in log.cases()]


def remarks(log: Log, now: datetime | None = None) -> list[str]:
    return [remark.en for remark in log.sentences(now=now)]


def refusal(opened: Opened, content: str | bytes, mapping: str = SHEET, name: str = "log.csv") -> str:
    with pytest.raises(LogError) as refused:
        opened(content, name=name, mapping=mapping)
    return refused.value.in_("en")


def workbook(*sheets: tuple[str, Sequence[Sequence[Any]]], formats: dict[str, str] | None = None) -> bytes:
    """A workbook with these sheets; `formats` are the number formats of cells of the first one."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for cell, code in (formats or {}).items():
        book.worksheets[0][cell].number_format = code
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


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


# -- numbers, doubles, order -----------------------------------------------------------------------------------------


def test_numbers_that_differ_only_in_width_or_unseen_characters_are_one_as_first_written(
    opened: Opened,
) -> None:
    rows = "Ｔ１,in,2026-03-06T09:00\nT1,ok,2026-03-06T10:00\nT1\u200b,answer,2026-03-06T11:00\nt1,in,2026-03-06T09:00\n"
    log = opened("number,what,when\n" + rows, mapping=LIST)
    assert [name for name, _ in steps(log)] == ["Ｔ１", "t1"]
    assert remarks(log) == [
        (
            "1 numbers are written in several ways that differ only in width or in characters nobody sees, "
            "and were each taken as one: 'Ｔ１' = 'T1' = 'T1\\u200b'"
        )
    ]


def test_numbers_in_powers_of_ten_are_said_to_be_lost(opened: Opened) -> None:
    log = opened(f"{HEAD}2.02603E+13,2026/3/6 9:05,\n", mapping=SHEET)
    assert any("written in powers of ten (2.02603E+13)" in remark for remark in remarks(log))


@pytest.mark.parametrize("in_memory", [200_000, 1])
def test_the_same_row_twice_is_said_and_taken_once_when_asked(opened: Opened, in_memory: int) -> None:
    rows = "1,in,2026-03-06T09:00\n1,in,2026-03-06T09:00\n1,ok,2026-03-07T09:00\n"
    log = opened("number,what,when\n" + rows, mapping=LIST, in_memory=in_memory)
    assert steps(log) == [("1", ["received", "received", "accepted"])]
    assert remarks(log) == [
        "1 acts are the same as another line and count each: 1 (line 2, line 3); write repeated rows: skip to take them once"
    ]
    log = opened("number,what,when\n" + rows, mapping=LIST + "repeated rows: skip\n", in_memory=in_memory)
    assert steps(log) == [("1", ["received", "accepted"])]
    assert remarks(log) == ["1 acts are the same as another line and count once: 1 (line 2, line 3)"]


NEWEST = "number,what,when\n1,end,2026-03-07T09:00\n1,answer,2026-03-07T09:00\n1,ok,2026-03-06T09:05\n1,in,2026-03-06T09:00\n"


@pytest.mark.parametrize("in_memory", [200_000, 4])
def test_a_file_with_the_newest_first_is_recognised(opened: Opened, in_memory: int) -> None:
    log = opened(NEWEST, mapping=LIST, in_memory=in_memory)
    assert steps(log) == [("1", ["received", "accepted", "replied", "closed"])]
    assert remarks(log)[0].startswith("the file has the newest first")
    log = opened(NEWEST, mapping=LIST + "file: {order: oldest first}\n", in_memory=in_memory)
    assert steps(log) == [("1", ["received", "accepted", "closed", "replied"])]


def test_different_acts_of_one_instant_are_said_to_stand_in_the_order_of_lines(opened: Opened) -> None:
    rows = "1,in,2026-03-06T09:00\n1,answer,2026-03-07T09:00\n1,end,2026-03-07T09:00\n"
    assert remarks(opened("number,what,when\n" + rows, mapping=LIST)) == [
        (
            "1 acts of 1 cases have the same instant as another one and were taken in the order of lines; "
            "if the file has the newest first, write order: newest first"
        )
    ]


def test_an_instant_far_from_all_others_is_said_with_its_line_and_so_is_the_future(opened: Opened) -> None:
    rows = "number,what,when\n1,in,2026-03-02T09:00\n1,ok,2126-03-09T09:10\n2,in,2026-03-03T09:00\n"
    assert remarks(opened(rows, mapping=LIST)) == [
        (
            "the last instant 2126-03-09 09:10 stands on line 3 alone, all others not after 2026-03-03; "
            "what is open is looked at as of then: the year may be mistyped"
        )
    ]
    soon = opened(rows.replace("2126", "2026"), mapping=LIST)
    assert remarks(soon, datetime(2026, 3, 8, tzinfo=UTC)) == [
        "the last instant 2026-03-09 09:10 (line 3) lies in the future"
    ]
    assert remarks(soon, datetime(2026, 3, 10, tzinfo=UTC)) == []


# -- event logs ------------------------------------------------------------------------------------------------------

XES_MAPPING = LIST.replace("case: number", "case: case:concept:name").replace("column: what", "column: concept:name").replace(
    "at: when", "at: time:timestamp"
)  # fmt: skip


def xes(*traces: tuple[str, Sequence[tuple[str, str, str]]], encoding: str = "UTF-8") -> bytes:
    """A log of these traces, each event its step, time and transition."""
    made = []
    for name, events in traces:
        told = "".join(
            f'<event><string key="concept:name" value="{step}"/><date key="time:timestamp" value="{at}"/>'
            f'<string key="lifecycle:transition" value="{transition}"/></event>'
            for step, at, transition in events
        )
        made.append(f'<trace><string key="concept:name" value="{name}"/>{told}</trace>')
    return f'<?xml version="1.0" encoding="{encoding}"?>\n<log>{"".join(made)}</log>'.encode(encoding)


IN = ("in", "2026-03-06T09:00:00+08:00", "complete")


@pytest.mark.parametrize("encoding", ["UTF-8", "GBK", "GB18030", "Big5", "UTF-16", "ISO-8859-1"])
def test_a_log_is_read_in_the_encoding_that_it_declares(opened: Opened, encoding: str) -> None:
    name = "a" if encoding == "ISO-8859-1" else "甲"
    log = opened(xes((name, [IN]), encoding=encoding), name="log.xes", mapping=XES_MAPPING)
    assert steps(log) == [(name, ["received"])]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            xes(("1", [IN])).replace(b"UTF-8", b"zzz"),
            "declares “zzz”, which is no encoding; save it as UTF-8",
        ),
        (xes(("甲", [IN])).replace(b"UTF-8", b"GBK")[:-7] + b"\xff\xff</log>", "is not gbk, as it declares"),
    ],
)
def test_an_encoding_that_cannot_be_is_said(opened: Opened, content: bytes, said: str) -> None:
    assert said in refusal(opened, content, XES_MAPPING, "log.xes")


def test_start_and_complete_and_traces_of_one_name_are_said(opened: Opened) -> None:
    begun = ("in", "2026-03-05T09:00:00+08:00", "start")
    log = opened(xes(("1", [begun, IN]), ("1", [IN])), name="log.xes", mapping=XES_MAPPING)
    assert remarks(log)[:2] == [
        (
            "events have a lifecycle:transition other than complete (complete 2, start 1) and the mapping does not use it: "
            "start and complete both count as the act"
        ),
        "1 traces have the name of an earlier one and were taken together with it",
    ]
    used = XES_MAPPING + "only: {lifecycle:transition: complete}\n"
    log = opened(xes(("1", [begun, IN])), name="log.xes", mapping=used)
    assert remarks(log) == ["1 rows were left out by “only: lifecycle:transition” of the mapping (start 1)"]


def test_a_time_of_day_alone_in_a_sheet_is_read_with_its_date(opened: Opened) -> None:
    mapping = SHEET.replace("at: in}", "at: {date: in, time: clock}}")
    content = workbook(
        ("a", [["number", "in", "clock", "out"], ["1", datetime(2026, 3, 6), time(9, 5), None]]),
        formats={"B2": "yyyy/m/d"},
    )
    assert times(opened(content, name="log.xlsx", mapping=mapping)) == [["03-06 09:05:00"]]
