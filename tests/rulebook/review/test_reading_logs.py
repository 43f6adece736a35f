"""CSV, XLSX and XES give the same acts; what cannot be read is refused whole, row by row, with what to do."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook
from tests.rulebook.review.small import MAPPING

from kesu.procedure.history.act import Act
from kesu.reading.text import Text
from kesu.review import cases as gathered
from kesu.review.counts import month_named
from kesu.review.log import Log
from kesu.review.rows import LogError

Opened = Callable[..., Log]
SHANGHAI = ZoneInfo("Asia/Shanghai")

CSV = """number,what,when,who,grade
7,in,2025-03-03T09:00:00,ms wu,
8,in,2025/3/4 10:30,ms wu,major
7,-,2025-03-03 09:10,ms wu,
7,end,2025-03-05T01:00:00Z,mr lu,ordinary
"""


def act(number: int, step: str, at: str, by: str, post: str, origin: str, **facts: str) -> Act:
    moment = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)
    return Act(number, step, moment, moment, by, post, facts=facts, origin=origin)


def held(log: Log) -> list[tuple[str, Sequence[Act]]]:
    """The cases of a log with their acts."""
    return [(case.case, case.acts) for case in log.cases()]


def cases(unit: str, *places: int) -> list[tuple[str, Sequence[Act]]]:
    """What each of the three files holds."""
    first, second, last = (f"{unit} {place}" for place in places)
    return [
        (
            "7",
            [
                act(1, "received", "2025-03-03T09:00", "ms wu", "clerk", first),
                act(2, "closed", "2025-03-05T09:00", "mr lu", "manager", last, grade="ordinary"),
            ],
        ),
        ("8", [act(1, "received", "2025-03-04T10:30", "ms wu", "clerk", second, grade="major")]),
    ]


def refusal(opened: Opened, content: str | bytes, lang: str = "en", **more: str) -> list[str]:
    with pytest.raises(LogError) as refused:
        opened(content, **more)
    return refused.value.in_("zh" if lang == "zh" else "en").splitlines()


def test_a_csv_gives_its_acts_by_case(opened: Opened) -> None:
    log = opened(CSV)
    assert held(log) == cases("line", 2, 3, 5)
    assert (len(log), log.events, log.as_recorded, log.notes) == (2, 3, True, [])
    assert (log.first, log.last) == (
        datetime(2025, 3, 3, 9, tzinfo=SHANGHAI),
        datetime(2025, 3, 5, 9, tzinfo=SHANGHAI),
    )


def test_a_sheet_gives_the_same_with_its_own_kinds_of_cells(opened: Opened) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["number", "what", "when", "who", "grade"])
    sheet.append([7, "in", datetime(2025, 3, 3, 9), "ms wu", None])
    sheet.append([])
    sheet.append([8.0, "in", "2025/3/4 10:30", "ms wu", "major"])
    sheet.append([7, "end", "2025-03-05T01:00:00Z", "mr lu", "ordinary"])
    file = io.BytesIO()
    book.save(file)
    assert held(opened(file.getvalue(), name="log.xlsx")) == cases("row", 2, 4, 5)


XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <trace><string key="concept:name" value="7"/>
    <event><string key="what" value="in"/><date key="when" value="2025-03-03T09:00:00.000+08:00"/><string key="who" value="ms wu"/></event>
    <event><string key="what" value="end"/><date key="when" value="2025-03-05T09:00:00.000+08:00"/><string key="who" value="mr lu"/><string key="grade" value="ordinary"/></event>
  </trace>
  <trace><string key="concept:name" value="8"/>
    <event><string key="what" value="in"/><date key="when" value="2025-03-04T10:30:00+08:00"/><string key="who" value="ms wu"/><string key="grade" value="major"/></event>
  </trace>
</log>
"""
OF_TRACE = MAPPING.replace("case: number", 'case: "case:concept:name"')


@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz"])
def test_an_xes_log_gives_the_same_packed_or_not(opened: Opened, name: str) -> None:
    content = gzip.compress(XES.encode(), mtime=0) if name.endswith("gz") else XES.encode()
    assert held(opened(content, name=name, mapping=OF_TRACE)) == cases("event", 1, 3, 2)


def test_time_comes_before_line_and_line_settles_what_time_leaves(opened: Opened) -> None:
    log = opened(
        "number,what,when,who,grade\n1,end,2025-03-05T09:00,a,\n1,ok,2025-03-04T09:00,b,\n1,answer,2025-03-04T09:00,c,\n"
    )
    assert [(one.number, one.step, one.origin) for case in log.cases() for one in case.acts] == [
        (1, "accepted", "line 3"),
        (2, "replied", "line 4"),
        (3, "closed", "line 2"),
    ]


def test_chinese_encodings_are_read_and_said_aloud(opened: Opened) -> None:
    content = CSV.replace("ms wu", "武喆").encode("gb18030")
    log = opened(content)
    assert next(log.cases()).acts[0].by == "武喆"
    assert log.notes == [
        Text("log.csv 不是 UTF-8，按 GB18030 读取", "log.csv is not UTF-8; it was read as GB18030")
    ]


def test_gb2312_in_a_mapping_means_gb18030_which_holds_more_names(opened: Opened) -> None:
    mapping = MAPPING + "file: {encoding: gb2312}\n"
    log = opened(CSV.replace("ms wu", "武喆").encode("gb18030"), mapping=mapping)
    assert (next(log.cases()).acts[0].by, log.notes) == ("武喆", [])


def test_any_encoding_that_the_mapping_names_is_read_and_another_one_is_refused(opened: Opened) -> None:
    content = CSV.replace("ms wu", "武喆")
    log = opened(content.encode("utf-16"), mapping=MAPPING + "file: {encoding: utf-16}\n")
    assert (next(log.cases()).acts[0].by, log.notes) == ("武喆", [])
    mapping = MAPPING + "file: {encoding: big5}\n"
    assert refusal(opened, content.encode("gb18030"), mapping=mapping) == [
        "log.csv: not big5; mend “encoding” in the mapping file"
    ]


def test_a_header_may_stand_further_down_below_blank_lines(opened: Opened) -> None:
    log = opened("Cases of 2025,,,,\n\n" + CSV + ",,,,\n", mapping=MAPPING + "file: {header row: '3'}\n")
    assert held(log) == cases("line", 4, 5, 7)


def test_a_byte_order_mark_is_no_part_of_the_first_column(opened: Opened) -> None:
    assert held(opened(b"\xef\xbb\xbf" + CSV.encode())) == cases("line", 2, 3, 5)


def test_every_bad_row_is_named_and_nothing_is_taken(opened: Opened) -> None:
    bad = (
        CSV
        + "9,begin,2025-03-05T09:00,x,\n,in,2025-03-05T09:00,x,\n9,in,5 March,x,\n9,in,2025-03-05,x,\n9,in,,x,\n9,in\n9,in,2025-03-05T09:00,x,mayor\n"
    )
    assert refusal(opened, bad) == [
        "log.csv: 7 places cannot be read, so nothing of the file was taken",
        (
            "log.csv, line 6, column “what”, value “begin”: the table of the mapping does not know it"
            "; known are -, answer, end, in, ok"
        ),
        "log.csv, line 7, column “number”: the number of the case is empty; for merged cells write fill down: [this column] under “file”; a line with a total or a signature can be left out by “except” or “stop at”",
        "log.csv, line 8, column “when”, value “5 March”: is no time in the forms of the mapping: iso, %Y/%m/%d %H:%M",
        "log.csv, line 9, column “when”, value “2025-03-05”: a date without a time; the mapping may say “day alone: end”",
        "log.csv, line 10, column “when”: the time is missing",
        "log.csv, line 11: has 2 cells, the header has 5; look at separators and quotation marks",
        "log.csv, line 12, column “grade”, value “mayor”: “grade” has no such value; did you mean “major”?",
    ]


def test_a_row_that_was_noted_before_it_happened_is_named(opened: Opened) -> None:
    mapping = MAPPING.replace("    by: who\n", "    noted: grade\n    by: who\n").replace(
        "{grade: grade}", "{}"
    )
    bad = "number,what,when,who,grade\n9,in,2025-03-05T09:00,x,2025-03-05T08:59\n9,in,2025-03-05T09:00,x,2025-03-05T09:01\n"
    assert refusal(opened, bad, mapping=mapping) == [
        "log.csv, line 2, column “grade”, value “2025-03-05T08:59”: was noted before it happened (when)"
    ]


def test_an_empty_cell_where_a_word_must_stand_and_a_year_that_cannot_be_are_named(opened: Opened) -> None:
    bad = "number,what,when,who,grade\n9,,2025-03-05T09:00,x,\n9,in,1899-03-05T09:00,x,\n"
    assert refusal(opened, bad)[1:] == [
        "log.csv, line 2, column “what”: is empty",
        "log.csv, line 3, column “when”, value “1899-03-05T09:00”: the year is not between 1950 and 2200",
    ]


def test_a_post_and_a_fact_may_be_the_same_in_every_row(opened: Opened) -> None:
    mapping = MAPPING.replace("{column: who, values: {mr lu: manager}, other: clerk}", "{value: clerk}")
    log = opened(CSV, mapping=mapping.replace("{grade: grade}", "{grade: {value: major}}"))
    assert [(act.post, act.facts) for case in log.cases() for act in case.acts] == [
        ("clerk", {"grade": "major"})
    ] * 3


def test_more_than_twenty_bad_rows_are_counted(opened: Opened) -> None:
    lines = refusal(opened, CSV + "9,begin,2025-03-05T09:00,x,\n" * 30, "zh")
    assert (len(lines), lines[0], lines[-1]) == (
        22,
        "log.csv：30 处不能读取，整份文件未予采用。",
        "……另有 10 处",
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            CSV.replace("who", "whom", 1),
            (
                "log.csv, line 1, column “who”: the file has no such column, but the mapping speaks of it"
                "; did you mean “whom”?"
            ),
        ),
        (
            CSV.replace("grade", "who", 1),
            "log.csv, line 1, column “who”: this column stands there more than once",
        ),
        ("", "log.csv: the file has no header row"),
        (CSV.split("\n")[0], "log.csv: the file holds nothing to judge"),
        (CSV + '9,"in,2025', "log.csv, line 6: a quotation mark opened here is never closed"),
        (
            CSV + '9,"' + "in," * 1_500_000,
            "log.csv, line 6: a cell of more than 4 MB; most likely a quotation mark is not closed",
        ),
        (CSV + '9,"in"x,2025', "log.csv, line 6: not proper CSV: ',' expected after '\"'"),
        (b"\xff\xff\x00\x80", "log.csv: neither UTF-8 nor GB18030; save it as UTF-8"),
    ],
)
def test_a_file_that_is_wrong_as_a_whole_says_what_to_do(
    opened: Opened, content: str | bytes, said: str
) -> None:
    assert next(line for line in refusal(opened, content) if "places cannot" not in line) == said


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("log.xlsx", b"PK no", "log.xlsx: not an XLSX workbook (save an old .xls as .xlsx)"),
        ("log.xes", XES[:200].encode(), "log.xes: not proper XML: unclosed token: line 4, column 42"),
        (
            "log.xes.gz",
            gzip.compress(XES.encode(), mtime=0)[:60],
            "log.xes.gz: the compressed file is damaged",
        ),
        (
            "log.xes",
            b'<!DOCTYPE log [<!ENTITY a "b">]><log/>',
            "log.xes: declares a document type or entities, which are not read",
        ),
        ("log.xes", b"<log/>", "log.xes: the file has no events"),
        (
            "log.xes",
            XES.replace('key="who"', 'key="whom"').encode(),
            "log.xes, column “who”: the file has no such column, but the mapping speaks of it; did you mean “whom”?",
        ),
        (
            "log.pdf",
            b"%PDF",
            "log.pdf: cannot tell what kind of file this is; use .csv, .xlsx, .xes or .xes.gz",
        ),
    ],
)
def test_a_file_of_another_kind_is_refused_in_words(
    opened: Opened, name: str, content: bytes, said: str
) -> None:
    assert refusal(opened, content, name=name, mapping=OF_TRACE) == [said]


def test_one_row_may_tell_several_acts_and_a_day_alone_is_its_end(opened: Opened) -> None:
    mapping = """
mapping: pairs
times: {zone: Asia/Shanghai, written: ["%Y/%m/%d %H:%M", "%Y/%m/%d"], day alone: end}
case: 编号
acts:
  - {step: received, at: 收到, facts: {account: 内容}}
  - {step: replied, at: 答复, if empty: skip}
"""
    log = opened(
        "编号,收到,答复,内容\n甲,2025/3/3 9:00,2025/3/4,灯坏了\n乙,2025/3/5 9:00,,\n", mapping=mapping
    )
    assert [
        (case.case, [(one.step, one.at.isoformat(), one.facts) for one in case.acts]) for case in log.cases()
    ] == [
        (
            "甲",
            [
                ("received", "2025-03-03T09:00:00+08:00", {"account": "灯坏了"}),
                ("replied", "2025-03-04T23:59:59+08:00", {}),
            ],
        ),
        ("乙", [("received", "2025-03-05T09:00:00+08:00", {})]),
    ]


def test_an_answer_that_nobody_knows_is_not_the_same_as_no_answer(opened: Opened) -> None:
    mapping = MAPPING.replace("{grade: grade}", "{grade: {column: grade, not known: [不详]}}")
    log = opened(
        "number,what,when,who,grade\n1,in,2025-03-05T09:00,a,不详\n2,in,2025-03-05T09:00,a,\n",
        mapping=mapping,
    )
    assert [dict(case.acts[0].facts) for case in log.cases()] == [{"grade": None}, {}]


KINDS = """
mapping: kinds
times: {zone: Asia/Shanghai, written: [iso, "%Y/%m/%d"], day alone: end}
case: number
acts:
  - step: received
    at: when
    facts: {report received: day, signed off: moment, team: {column: team, separator: ;}}
"""


def test_a_day_a_moment_and_a_list_are_read_from_their_cells(opened: Opened) -> None:
    head = "number,when,day,moment,team\n"
    log = opened(
        head + "1,2025-03-05T09:00,2025/3/4,2025-03-04T10:00:00+09:00,li; wu;\n2,2025-03-05T09:00,,,\n",
        mapping=KINDS,
    )
    assert [dict(case.acts[0].facts) for case in log.cases()] == [
        {"report received": "2025-03-04", "signed off": "2025-03-04T09:00:00+08:00", "team": ["li", "wu"]},
        {},
    ]
    assert refusal(opened, head + "1,2025-03-05T09:00,yesterday,,\n", mapping=KINDS) == [
        "log.csv, line 2, column “day”, value “yesterday”: is no time in the forms of the mapping: iso, %Y/%m/%d"
    ]


def test_rows_that_the_mapping_leaves_out_bring_nothing(opened: Opened) -> None:
    mapping = MAPPING + "only: {grade: [major, ordinary]}\n"
    assert [(case.case, len(case.acts)) for case in opened(CSV, mapping=mapping).cases()] == [
        ("8", 1),
        ("7", 1),
    ]


def test_what_memory_does_not_hold_comes_back_the_same(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathered, "BATCH", 7)
    lines = [f"{n % 7},in,2025-03-{1 + n * 11 % 28:02}T09:{n % 60:02},w{n},major\n" for n in range(60)]
    content = CSV.splitlines(keepends=True)[0] + "".join(lines)
    whole, spilled = opened(content), opened(content, in_memory=10)
    assert held(spilled) == held(whole)
    assert held(spilled) == held(whole)  # may be asked again
    spilled.close()


def test_cases_that_took_the_same_steps_in_the_same_order_are_known_by_it(opened: Opened) -> None:
    lines = [
        "1,in,2025-03-03T09:00,wu,major",
        "2,end,2025-03-31T23:59,lu,major",
        "1,end,2025-03-04T09:00,lu,major",
        "2,in,2025-03-31T23:58,wu,major",  # stands later in the file and happened before
        "3,end,2025-04-01T09:00,lu,major",
        "3,in,2025-04-01T09:00,wu,major",
    ]
    log = opened(CSV.splitlines(keepends=True)[0] + "\n".join(lines) + "\n")
    first, second, third = log.cases()
    assert first.order == second.order
    assert third.order not in (0, first.order)
    assert [month_named(case.month) for case in (first, second, third)] == ["2025-03", "2025-03", "2025-04"]
    assert list(log.cases()) == [first, second, third]
