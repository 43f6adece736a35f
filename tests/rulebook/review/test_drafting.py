"""`kesu map` looks at a log that nobody has described and drafts its mapping, with what it guessed and why."""

from __future__ import annotations

import pytest
from tests.rulebook.review.drafted import HEAD, Draft, ledger
from tests.rulebook.review.test_order_and_numbers import xes
from tests.rulebook.review.unclean import steps, times


def test_a_row_a_case_is_drafted_with_a_step_for_each_column_of_times(draft: Draft) -> None:
    made = draft(
        "留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间\n"
        "1,甲,路灯,2019/4/25 9:32:09,路灯坏了,已修,2019/5/10 14:56:53\n"
        "2,乙,公交,2019/4/24 16:03:40,站点太远,,\n",
        lang="zh",
    )
    assert made.status == 0
    assert made.to_do == []
    assert made.text == (
        "# 由 kesu map 起草：log.csv（CSV，2 行）。以下都是推测，用前请核对\n"
        "mapping: log\n"
        'procedure: "public-replies"\n'
        "\n"
        "# 没有写明时区的时间按 Asia/Shanghai 读；别处用 --zone\n"
        "# “留言时间”的 2 个值里 2 个读作时间，如 “2019/4/25 9:32:09”, “2019/4/24 16:03:40”\n"
        "# “答复时间”的 1 个值里 1 个读作时间，如 “2019/5/10 14:56:53”\n"
        'times: {zone: "Asia/Shanghai", written: ["%Y/%m/%d %H:%M"]}\n'
        "\n"
        "# 按列名；2 格里有 2 个不同的编号，如 “1”, “2”\n"
        "case: 留言编号\n"
        "# 没有用到的列：“留言主题”\n"
        "acts:\n"
        "  - step: received\n"
        "    at: 留言时间\n"
        "    facts: {complainant: 留言用户, account: 留言详情}\n"
        "  - step: replied\n"
        "    at: 答复时间\n"
        "    if empty: skip  # 1 行还没有时间\n"
        "    facts: {answer: 答复意见}\n"
        "ends: by a step\n"
        "# 本文件的行数、案件数；换文件时请改或删\n"
        'expects: {rows: "2", cases: "2"}\n'
    ).replace('"2"', "2")
    assert steps(made.log()) == [("1", ["received", "replied"]), ("2", ["received"])]


def test_a_row_an_event_is_drafted_with_the_steps_that_its_values_mean(draft: Draft) -> None:
    rows = [
        "Insert ticket,complete,Ann,2010-01-13 08:40:25+00:00,Case1",
        "Take in charge ticket,complete,Ann,2010-01-14 08:40:25+00:00,Case1",
        "Resolve ticket,complete,Bob,2010-01-15 08:40:25+00:00,Case1",
        "VERIFIED,complete,Bob,2010-01-15 09:40:25+00:00,Case1",
        "Closed,complete,Cleo,2010-01-16 08:40:25+00:00,Case1",
        "Insert ticket,complete,Ann,2010-01-14 08:40:25+00:00,Case2",
    ]
    head = "concept:name,lifecycle:transition,org:resource,time:timestamp,case:concept:name\n"
    made = draft(head + "\n".join(rows), "--zone", "Europe/Rome", procedure="it-help-desk")
    assert made.status == 0
    assert "        VERIFIED: ignore  # 1 rows; no step is called so" in made.text
    assert '    by: "org:resource"' in made.text
    assert "only:" not in made.text
    assert steps(made.log()) == [
        ("Case1", ["received", "taken in charge", "resolved", "closed"]),
        ("Case2", ["received"]),
    ]


def test_of_activities_that_begin_and_are_completed_the_completed_are_taken(draft: Draft) -> None:
    begun, done = (("Insert ticket", "2026-03-06T09:00:00+01:00", way) for way in ("start", "complete"))
    log = xes(("1", [begun, done]), ("2", [begun, done]))
    made = draft(log, name="log.xes", procedure="it-help-desk")
    assert made.line("only") == 'only: {"lifecycle:transition": complete}'
    assert steps(made.log()) == [("1", ["received"]), ("2", ["received"])]


@pytest.mark.parametrize(
    ("cells", "forms", "read"),
    [
        (["2026/3/6 9:05,2026/3/9 10:00:07"], '["%Y/%m/%d %H:%M"]', "03-06 09:05:00"),
        (["2026-03-06 09:05,2026-03-09 10:00"], "[iso]", "03-06 09:05:00"),
        (["2026-3-6 9:05,2026-3-9 10:00"], '["%Y-%m-%d %H:%M"]', "03-06 09:05:00"),
        (["2026年3月6日,2026年3月9日"], '["%Y年%m月%d日"]', "03-06 23:59:59"),
        (["2026年3月6日 上午9:05,2026年3月9日 下午3:05"], '["%Y年%m月%d日 %H:%M"]', "03-06 09:05:00"),
        (["2026年3月6日9时5分,2026年3月9日15时5分"], '["%Y年%m月%d日%H时%M分"]', "03-06 09:05:00"),
        (["２０２６年３月６日 ９：０５,2026年3月9日 9:05"], '["%Y年%m月%d日 %H:%M"]', "03-06 09:05:00"),
        (["2026.3.6 24:00,2026.3.9 9:00"], '["%Y.%m.%d %H:%M"]', "03-06 23:59:59"),
        (["13/6/2026 9:05,14/6/2026 9:05"], '["%d/%m/%Y %H:%M"]', "06-13 09:05:00"),
        (["3/16/2026,3/17/2026"], '["%m/%d/%Y"]', "03-16 23:59:59"),
        (["20260306,20260309"], "[iso]", "03-06 23:59:59"),
        (["202603060905,202603091005"], '["%Y%m%d%H%M"]', "03-06 09:05:00"),
        (["46087.5,46090.5"], "[serial]", "03-06 12:00:00"),
        (["1772780000,1772790000"], "[seconds since 1970]", "03-06 14:53:20"),
        (["1772780000000,1772790000000"], "[milliseconds since 1970]", "03-06 14:53:20"),
        (["06-Mar-26,09-Mar-26"], '["%d-%b-%y"]', "03-06 23:59:59"),
        (['"Mar 6, 2026 9:05 AM","Mar 9, 2026 3:05 PM"'], '["%b %d, %Y %I:%M %p"]', "03-06 09:05:00"),
        (["2026-03-06T09:05:00+08:00,2026-03-09T09:05:00Z"], "[iso]", "03-06 09:05:00"),
        (
            ["2026/3/6 9:05,2026/3/9", "2026年3月6日,2026/3/9"],
            '["%Y/%m/%d", "%Y/%m/%d %H:%M", "%Y年%m月%d日"]',
            "03-06 09:05:00",
        ),
    ],
)
def test_times_are_read_by_the_fewest_forms_that_read_them_all(
    draft: Draft, cells: list[str], forms: str, read: str
) -> None:
    made = draft(ledger(*cells))
    assert made.status == 0
    assert f"written: {forms}" in made.line("times")
    assert times(made.log())[0][0] == read


def test_days_that_may_be_months_are_said_and_wait_for_somebody(draft: Draft) -> None:
    made = draft(ledger("3/6/2026,3/9/2026", "4/2/2026,4/5/2026"))
    assert made.status == 1
    assert made.to_do == [
        "“3/6/2026”, “4/2/2026”, “3/9/2026” may be %m/%d/%Y or %d/%m/%Y; none of 4 ways of writing tells which; %m/%d/%Y stands here (by it the list goes backward 0 times, by the other 2)"
    ]
    assert times(made.log())[0] == ["03-06 23:59:59", "03-09 23:59:59"]


def test_times_without_a_year_have_that_of_the_title_or_ask_for_it(draft: Draft) -> None:
    rows = ledger("3月6日,3月9日", "3月7日,3月10日")
    asked = draft(rows)
    assert asked.status == 1
    assert asked.to_do == ["the times have no year; nothing in the file says which it is"]
    told = draft("某单位2025年投诉台账,,\n" + rows)
    assert told.status == 0
    assert 'year: "2025"' in told.line("times")
    assert [case.acts[0].at.year for case in told.log().cases()] == [2025, 2025]


def test_words_for_no_time_yet_are_named_and_what_is_neither_is_shown(draft: Draft) -> None:
    made = draft(ledger("2026/3/6,未答复", "2026/3/7,2026/3/9", "2026/3/7,三月九号", "2026/3/8,2026/3/9"))
    assert made.status == 1
    assert "none: [未答复]" in made.line("times")
    assert made.to_do == [
        "2 of 4 values of “答复时间” read as times; these not: “三月九号”",
        "1 places cannot be read by this draft:",
        "log.csv, line 4, column “答复时间”, value “三月九号”: is no time in the forms of the mapping: %Y/%m/%d",
    ]


def test_a_time_of_day_in_a_column_of_its_own_goes_with_its_day(draft: Draft) -> None:
    made = draft(
        "编号,收到日期,收到时间,答复日期,答复时间\n"
        "1,2026/3/6,上午9:05,2026/3/9,下午3:05\n2,2026/3/7,下午1:00,,\n"
    )
    assert made.status == 0
    assert "at: {date: 收到日期, time: 收到时间}" in made.text
    assert "at: {date: 答复日期, time: 答复时间}" in made.text
    assert times(made.log()) == [["03-06 09:05:00", "03-09 15:05:00"], ["03-07 13:00:00"]]


def test_titles_above_totals_below_and_two_header_lines(draft: Draft) -> None:
    made = draft(
        "投诉台账,,\n填报单位：某局,,\n"
        + ledger("2026/3/6,2026/3/9", "2026/3/7,2026/3/9")
        + "合计,2,2\n制表：张三,,\n"
    )
    assert made.status == 0
    assert made.line("file") == 'file: {header row: "3", stop at: [合计]}'
    assert made.line("expects") == 'expects: {rows: "2", cases: "2"}'.replace('"', "")
    assert len(made.log()) == 2
    two = draft("编号,收到,,答复,\n,日期,时间,日期,时间\n1,2026/3/6,9:05,2026/3/9,10:00\n")
    assert two.status == 1
    assert two.to_do[0].startswith("the header seems to have two lines, the second with “日期”, “时间”")


def test_totals_in_the_midst_are_left_out(draft: Draft) -> None:
    rows = ["1,2026/3/6,2026/3/9", "小计,1,1", *(f"{n},2026/4/6,2026/4/9" for n in range(2, 30))]
    made = draft(HEAD + "\n".join(rows))
    assert made.line("except") == "except: {编号: [小计]}"
    assert len(made.log()) == 29


def test_a_ledger_in_gbk_with_tabs_is_read_as_it_is(draft: Draft) -> None:
    made = draft(ledger("2026/3/6,2026/3/9").replace(",", "\t").encode("gbk"), name="log.tsv")
    assert made.status == 0
    assert made.line("file") == "file: {encoding: gb18030, delimiter: tab}"
    assert len(made.log()) == 1


def test_merged_cells_are_filled_down(draft: Draft) -> None:
    made = draft(
        "编号,环节,时间,处理人\n1,收到,2026/3/6 9:00,甲\n,答复,2026/3/9 9:00,乙\n2,收到,2026/3/6 10:00,甲\n,答复,2026/3/9 8:00,乙\n"
    )
    assert made.status == 0
    assert made.line("file") == "file: {fill down: [编号]}"
    assert "2 rows have no “编号”, as below a merged cell: they have the one above" in made.why
    assert steps(made.log()) == [("1", ["received", "replied"]), ("2", ["received", "replied"])]


def test_rows_that_go_from_new_to_old_are_said_to(draft: Draft) -> None:
    made = draft(
        "编号,环节,时间\n1,答复,2026/3/9\n1,收到,2026/3/9\n1,收到,2026/3/6\n2,答复,2026/3/9\n2,收到,2026/3/6\n"
    )
    assert made.line("file") == "file: {order: newest first}"
    assert [names for _, names in steps(made.log())] == [
        ["received", "received", "replied"],
        ["received", "replied"],
    ]


def test_lines_with_too_few_cells_are_filled_and_with_too_many_said(draft: Draft) -> None:
    short = draft(HEAD + "1,2026/3/6,2026/3/9\n2,2026/3/7\n")
    assert short.line("file") == "file: {uneven rows: fill}"
    assert len(short.log()) == 2
    long = draft(HEAD + "1,2026/3/6,2026/3/9\n2,2026/3/7,2026/3/9,x\n")
    assert long.status == 1
    assert long.to_do == [
        "1 lines have more cells than the header (line 3 …) and will be refused: look at separators and quotation marks"
    ]


def test_when_it_was_noted_and_who_acted_have_their_columns(draft: Draft) -> None:
    made = draft(
        "编号,收到时间,登记时间,答复时间,答复人\n1,2026/3/6 9:00,2026/3/6 11:00,2026/3/9 9:00,李四\n"
    )
    acts = next(iter(made.log().cases())).acts
    assert [(act.step, act.at.hour, act.noted.hour, act.by) for act in acts] == [
        ("received", 9, 11, None),
        ("replied", 9, 9, "李四"),
    ]


def test_posts_are_taken_where_they_are_those_of_the_procedure(draft: Draft) -> None:
    rows = "case,activity,time,post\n1,Insert ticket,2026-03-06 09:00,技术支持\n1,Closed,2026-03-07 09:00,{}\n1,Wait,2026-03-06 10:00,技术支持\n"
    made = draft(rows.format("Closing desk"), procedure="it-help-desk")
    assert [act.post for act in next(iter(made.log().cases())).acts] == [
        "technician",
        "technician",
        "closing desk",
    ]
    other = draft(rows.format("老板"), procedure="it-help-desk")
    assert "“post” looks like a post, but the procedure has none called “老板”" in other.why
    assert [act.post for act in next(iter(other.log().cases())).acts] == [None, None, None]
