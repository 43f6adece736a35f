"""A year's schedule from CSV, JSON and YAML; what cannot be is answered with its line."""

import datetime as dt
import json

import pytest
from tests.rulebook.worktime.times import plain, small

from kesu.worktime.calendar import Calendar
from kesu.worktime.calendar_file import read_calendar_file
from kesu.worktime.china import china_calendar
from kesu.worktime.importing import Schedule, lay_over, read_schedule
from kesu.worktime.parts import ListedDay, ListedKind
from kesu.worktime.said import Name
from kesu.worktime.source_text import Form, SourceError

DAYS = (
    ListedDay(dt.date(2027, 1, 1), ListedKind.FESTIVAL, Name("元旦", "New Year's Day"), ""),
    ListedDay(dt.date(2027, 1, 4), ListedKind.OFF, Name("元旦", "元旦"), "与9日对调"),
    ListedDay(dt.date(2027, 1, 9), ListedKind.WORK, Name("", ""), ""),
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
            's, line 3: "2027-01-0x" is no date; write year, month and day, like 2027-02-06',
            "s第3行：“2027-01-0x”不是日期；按年-月-日写，如 2027-02-06",
        ),
        (
            "date,kind\n2027-01-01,off\n\n2027-01-01,work\n",
            "csv",
            "s, line 4: 2027-01-01 stands here a second time; keep one of the two",
            "s第4行：2027-01-01 重复出现；两处留一处",
        ),
        (
            "date,kind\n2027-01-01,wrok\n",
            "csv",
            's, line 2: "wrok" is no kind of day; did you mean "work"?',
            "s第2行：没有“wrok”这一类日子；是不是“work”？",
        ),
        (
            "date,kind\n2027-01-01\n",
            "csv",
            "s, line 2: kind is missing; add kind",
            "s第2行：缺少 kind；补上 kind",
        ),
        (
            "date,kind\n2027-01-01,off,元旦\n",
            "csv",
            "s, line 2: 3 values under 2 headings; quote values that hold commas",
            "s第2行：有3个值，标题只有2个；含逗号的值要加引号",
        ),
        (
            "date,kid\n2027-01-01,off\n",
            "csv",
            's, line 1: there is no column "kid"; did you mean "kind"?',
            "s第1行：没有“kid”这一列；是不是“kind”？",
        ),
        (
            "date,name\n2027-01-01,off\n",
            "csv",
            "s, line 1: the first line must name the column kind once; write date,kind,name,name_en,note",
            "s第1行：首行要有且只有一个 kind 列；写 date,kind,name,name_en,note",
        ),
        (
            'date,kind,name\n2027-01-01,off,"元旦\n',
            "csv",
            "s, line 2: no CSV: unexpected end of data; correct the quotes of this line",
            "s第2行：CSV 写法有误（unexpected end of data）；改正这一行的引号",
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
            's, line 4: "of" is no kind of day; did you mean "off"?',
            "s第4行：没有“of”这一类日子；是不是“off”？",
        ),
        (
            '[\n {"date": "2027-01-01",}\n]',
            "json",
            "s, line 2: no JSON: Expecting property name enclosed in double quotes; correct this line",
            "s第2行：JSON 写法有误（Expecting property name enclosed in double quotes）；改正这一行",
        ),
        (
            '{"days": [],\n "days": []}',
            "json",
            's, line 2: "days" stands here a second time; keep one of the two',
            "s第2行：“days”重复出现；两处留一处",
        ),
        (
            "days:\n  - date: 2027-01-01\n   kind: off\n",
            "yaml",
            "s, line 3: expected <block end>, but found '<block mapping start>'; correct this line",
            "s第3行：YAML 写法有误（expected <block end>, but found '<block mapping start>'）；改正这一行",
        ),
        (
            "days: &all\n  - *all\n",
            "yaml",
            "s, line 1: anchors (&) and aliases (*) are not read here; correct this line",
            "s第1行：YAML 写法有误（anchors (&) and aliases (*) are not read here）；改正这一行",
        ),
        (
            "",
            "yaml",
            "s: the file is empty; give a calendar or a schedule",
            "s：文件是空的；写入日历或放假安排",
        ),
        (
            "day:\n  - {date: 2027-01-01, kind: off}\n",
            "yaml",
            (
                's, line 1: "day" is no word of a schedule; a schedule names its days under days, '
                "and a whole calendar has zone, week and shifts too"
            ),
            "s第1行：放假安排里没有“day”这一项；放假安排写在 days 之下；完整的日历还要有 zone、week 和 shifts",
        ),
        ("[" * 3000, "yaml", "s: nested too deep; write it flat", "s：嵌套过深；写得扁平些"),
        (
            b"\xff\xfe\x00",
            "csv",
            "s: neither UTF-8 nor GB18030 text; save it as UTF-8 and try again",
            "s：编码既不是 UTF-8 也不是 GB18030；另存为 UTF-8 再试",
        ),
    ],
)
def test_what_is_no_schedule_is_refused_with_its_line(
    content: bytes | str, form: Form, en: str, zh: str
) -> None:
    with pytest.raises(SourceError) as error:
        read_schedule(content, source="s", form=form)
    assert (str(error.value), error.value.in_("zh")) == (en, zh)


def test_a_later_schedule_replaces_the_days_that_it_names_and_leaves_the_others() -> None:
    first = lay_over(china_calendar(), Schedule(DAYS, (2027,)), source="2027.csv")
    mended = Schedule((ListedDay(dt.date(2027, 1, 4), ListedKind.WORK, Name("", "")),), (2027,))
    second = lay_over(first, mended, version="china-2027 mended", source="2027.csv")
    days = [dt.date(2027, 1, n) for n in (1, 4, 9)]
    assert [first.day(day).works for day in days] == [False, False, True]
    assert [second.day(day).works for day in days] == [False, True, True]
    assert [calendar.version for calendar in (first, second)] == ["china-2026+2027", "china-2027 mended"]
    assert second.known_until == first.known_until == dt.date(2027, 12, 31)


def test_a_year_after_an_unknown_one_is_refused() -> None:
    schedule = read_schedule("date,kind\n2028-01-03,off\n", source="2028.csv", form="csv")
    with pytest.raises(SourceError) as error:
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
    with pytest.raises(SourceError) as error:
        read_calendar_file("\n".join(lines), source="c.yaml", form="yaml", base=china_calendar())
    assert str(error.value) == (
        'c.yaml, line 4, shifts: shift "09:00-08:00" ends before it begins; '
        "write a night shift as two, one up to 24:00 and one from 00:00 of the next day"
    )


def test_a_calendar_reads_the_same_from_yaml_and_json() -> None:
    data = china_calendar().to_data()
    text = json.dumps(data, ensure_ascii=False)
    again = [read_calendar_file(text, source="c", form=form, base=small()) for form in ("json", "yaml")]
    assert again == [Calendar.from_data(data)] * 2
