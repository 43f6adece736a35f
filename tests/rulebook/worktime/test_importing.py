"""A year's schedule from CSV, JSON and YAML; what cannot be is answered with its line."""

import datetime as dt
import json

import pytest
from tests.rulebook.worktime.times import plain, small

from kesu.reading.strict import ReadError
from kesu.reading.text import Text
from kesu.worktime.calendar import Calendar
from kesu.worktime.calendar_file import read_calendar_file
from kesu.worktime.calendar_text import Form
from kesu.worktime.china import china_calendar
from kesu.worktime.importing import Schedule, lay_over, read_schedule
from kesu.worktime.parts import ListedDay, ListedKind

DAYS = (
    ListedDay(dt.date(2027, 1, 1), ListedKind.FESTIVAL, Text("元旦", "New Year's Day"), ""),
    ListedDay(dt.date(2027, 1, 4), ListedKind.OFF, Text("元旦", "元旦"), "与9日对调"),
    ListedDay(dt.date(2027, 1, 9), ListedKind.WORK, Text("", ""), ""),
)
CSV = """\
date,kind,name,name_en,note
2027-01-09,work

2027-01-01,festival,元旦,New Year's Day,
2027-01-04,off,元旦,,与9日对调
"""
CSV_ZH = "日期,类型,名称,英文名称,备注\n2027-01-09,班,,,\n2027-01-01,节,元旦,New Year's Day,\n2027-01-04,休,元旦,,与9日对调\n"
ENTRIES = [
    {"date": "2027-01-09", "kind": "work"},
    {"date": "2027-01-01", "kind": "节", "name": "元旦", "name_en": "New Year's Day"},
    {"date": "2027-01-04", "kind": "off", "name": "元旦", "note": "与9日对调"},
]
YAML = """\
days:
  - {date: 2027-01-09, kind: work}
  - date: 2027-01-01
    kind: festival
    name: 元旦
    name_en: New Year's Day
  - {date: 2027-01-04, kind: off, name: 元旦, note: 与9日对调}
"""


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (CSV, "csv"),
        (CSV_ZH, "csv"),
        (CSV_ZH.encode("gb18030"), "csv"),
        (b"\xef\xbb\xbf" + CSV.replace("\n", "\r\n").encode(), "csv"),
        (json.dumps(ENTRIES), "json"),
        (json.dumps({"days": ENTRIES}, ensure_ascii=False, indent="\t"), "json"),
        (YAML, "yaml"),
    ],
    ids=["csv", "chinese headings", "gb18030", "spreadsheet", "json list", "json with tabs", "yaml"],
)
def test_a_schedule_is_read_from_each_form(content: bytes | str, form: Form) -> None:
    assert read_schedule(content, source="2027", form=form) == Schedule(DAYS, (2027,))


@pytest.mark.parametrize(
    ("content", "form", "en", "zh"),
    [
        (
            "date,kind,name\n2027-01-01,off,元旦\n2027-01-0x,off,元旦\n",
            "csv",
            "s, line 3: “2027-01-0x” is no date; write year, month and day, like 2027-02-06",
            "s 第 3 行：“2027-01-0x”不是日期；按年-月-日写，如 2027-02-06",
        ),
        (
            "date,kind\n2027-01-01,off\n\n2027-01-01,work\n",
            "csv",
            "s, line 4: 2027-01-01 stands here a second time; keep one",
            "s 第 4 行：2027-01-01 重复出现；只留一个",
        ),
        (
            "date,kind\n2027-01-01,wrok\n",
            "csv",
            "s, line 2: “wrok” is no kind of day; did you mean “work”?",
            "s 第 2 行：没有“wrok”这一类日子；是不是“work”？",
        ),
        (
            "date,kind\n2027-01-01\n",
            "csv",
            "s, line 2: the day needs “kind”",
            "s 第 2 行：这一天缺少“kind”",
        ),
        (
            "date,kind\n2027-01-01,off,元旦\n",
            "csv",
            "s, line 2: 3 values under 2 headings; quote values that hold commas",
            "s 第 2 行：有 3 个值，标题只有 2 个；含逗号的值要加引号",
        ),
        (
            "date,kid\n2027-01-01,off\n",
            "csv",
            "s, line 1: there is no column “kid”; did you mean “kind”?",
            "s 第 1 行：没有“kid”这一列；是不是“kind”？",
        ),
        (
            "date,name\n2027-01-01,off\n",
            "csv",
            "s, line 2: the day needs “kind”",
            "s 第 2 行：这一天缺少“kind”",
        ),
        (
            "date,kind,类型\n2027-01-01,off,off\n",
            "csv",
            "s, line 1: “kind” stands twice; keep one",
            "s 第 1 行：“kind”写了两次；只留一个",
        ),
        (
            'date,kind,name\n2027-01-01,off,"元旦\n',
            "csv",
            "s, line 2: not CSV: unexpected end of data",
            "s 第 2 行：不是合格的 CSV：unexpected end of data",
        ),
        (
            "",
            "csv",
            "s: no day is named; give a line for each day off or worked",
            "s：没有列出任何日子；每个放假日或上班日写一行",
        ),
        (
            '[\n {"date": "2027-01-01", "kind": "off"},\n {"date": "2027-01-02",\n  "kind": "of"}\n]',
            "json",
            "s, line 4: “of” is no kind of day; did you mean “off”?",
            "s 第 4 行：没有“of”这一类日子；是不是“off”？",
        ),
        (
            '[\n {"date": "2027-01-01",}\n]',
            "json",
            "s, line 2: not JSON: Expecting property name enclosed in double quotes",
            "s 第 2 行：不是合格的 JSON：Expecting property name enclosed in double quotes",
        ),
        (
            '{"days": [],\n "days": []}',
            "json",
            "s, line 2: “days” stands twice; the first is on line 1; keep one",
            "s 第 2 行：“days”写了两次，第一次在第 1 行；只留一个",
        ),
        (
            "days:\n  - date: 2027-01-01\n   kind: off\n",
            "yaml",
            "s, line 3: not YAML: did not find expected '-' indicator",
            "s 第 3 行：不是合格的 YAML：这里应是列表的下一项（以 - 开头），可能是缩进不对",
        ),
        (
            "days: &all\n  - *all\n",
            "yaml",
            "s, line 2: nested too deeply",
            "s 第 2 行：嵌套过深",
        ),
        (
            "",
            "yaml",
            "s, line 1: the file is empty",
            "s 第 1 行：文件是空的",
        ),
        (
            "day:\n  - {date: 2027-01-01, kind: off}\n",
            "yaml",
            "s, line 1: the schedule does not know the key “day”; did you mean “days”?",
            "s 第 1 行：放假安排没有“day”这个键；是不是“days”？",
        ),
        ("[" * 3000, "yaml", "s, line 1: nested too deeply", "s 第 1 行：嵌套过深"),
        (
            "9" * 5_000,
            "json",
            "s, line 1: a schedule is a list of days",
            "s 第 1 行：放假安排应是若干日子的列表",
        ),
        ("[" * 100_000, "json", "s, line 1: nested too deeply", "s 第 1 行：嵌套过深"),
        (
            b"\xff\xfe\x00",
            "csv",
            "s: neither UTF-8 nor GB18030 text; save it as UTF-8",
            "s：编码既不是 UTF-8 也不是 GB18030，请另存为 UTF-8",
        ),
    ],
)
def test_what_is_no_schedule_is_refused_with_its_line(
    content: bytes | str, form: Form, en: str, zh: str
) -> None:
    with pytest.raises(ReadError) as error:
        read_schedule(content, source="s", form=form)
    assert (str(error.value), error.value.in_("zh")) == (en, zh)


def test_a_later_schedule_replaces_the_days_that_it_names_and_leaves_the_others() -> None:
    first = lay_over(china_calendar(), Schedule(DAYS, (2027,)), source="2027.csv")
    mended = Schedule((ListedDay(dt.date(2027, 1, 4), ListedKind.WORK, Text("", "")),), (2027,))
    second = lay_over(first, mended, version="china-2027 mended", source="2027.csv")
    days = [dt.date(2027, 1, n) for n in (1, 4, 9)]
    assert [first.day(day).works for day in days] == [False, False, True]
    assert [second.day(day).works for day in days] == [False, True, True]
    assert [calendar.version for calendar in (first, second)] == ["china-2026+2027", "china-2027 mended"]
    assert second.known_until == first.known_until == dt.date(2027, 12, 31)


def test_a_year_after_an_unknown_one_is_refused() -> None:
    schedule = read_schedule("date,kind\n2028-01-03,off\n", source="2028.csv", form="csv")
    with pytest.raises(ReadError) as error:
        lay_over(china_calendar(), schedule, source="2028.csv")
    assert str(error.value) == (
        "2028.csv: it settles 2028, but the calendar knows nothing after 2026-12-31; "
        "import the schedule of 2027 first"
    )


def test_a_whole_calendar_is_read_from_a_file_and_a_schedule_laid_over_the_base() -> None:
    whole = read_calendar_file(json.dumps(plain()), source="c.json", form="json", base=china_calendar())
    over = read_calendar_file(CSV, source="2027.csv", form="csv", base=china_calendar())
    listed = read_calendar_file(YAML, source="2027.yaml", form="yaml", base=china_calendar())
    assert whole == small()
    assert over == listed == lay_over(china_calendar(), Schedule(DAYS, (2027,)), source="any")


def test_an_impossible_calendar_in_a_file_is_refused_with_its_line() -> None:
    lines = [
        "zone: Asia/Shanghai",
        "version: a",
        "known_until: 2026-12-31",
        "shifts:",
        "  - 09:00-08:00",
        "week:",
    ]
    with pytest.raises(ReadError) as error:
        read_calendar_file("\n".join(lines), source="c.yaml", form="yaml", base=china_calendar())
    assert str(error.value) == (
        "c.yaml, line 5: shift “09:00-08:00” ends before it begins; "
        "write a night shift as two, one up to 24:00 and one from 00:00 of the next day"
    )


def test_a_calendar_reads_the_same_from_yaml_and_json() -> None:
    data = china_calendar().to_data()
    text = json.dumps(data, ensure_ascii=False)
    again = [read_calendar_file(text, source="c", form=form, base=small()) for form in ("json", "yaml")]
    assert again == [Calendar.from_data(data)] * 2


def test_rare_characters_that_json_writes_in_halves_come_back_whole() -> None:
    entry = {"date": "2027-01-09", "kind": "work", "name": "😀 \\\\ud83d"}
    schedules = [
        read_schedule(json.dumps([entry], ensure_ascii=ascii), source="s", form="json")
        for ascii in (True, False)
    ]
    assert [schedule.days[0].name.zh for schedule in schedules] == ["😀 \\\\ud83d"] * 2


def test_a_scalar_is_no_schedule() -> None:
    with pytest.raises(ReadError) as error:
        read_schedule("2027-01-09", source="s", form="yaml")
    assert str(error.value) == "s, line 1: a schedule is a list of days"
    with pytest.raises(ReadError) as error:
        read_schedule('{"days": "none"}', source="s", form="json")
    assert str(error.value) == "s, line 1: “days” of the schedule has to be a list"


@pytest.mark.parametrize("day", ["2027/1/4", "2027.1.4", "2027年1月4日"])
def test_a_date_is_read_as_a_spreadsheet_or_a_notice_writes_it(day: str) -> None:
    read = [
        read_schedule(CSV_ZH.replace("2027-01-04", text), source="s", form="csv")
        for text in ("2027-01-04", day)
    ]
    assert read[0] == read[1]
