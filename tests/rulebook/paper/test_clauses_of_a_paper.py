"""From the paragraphs of a paper to its clauses: number, force, limits, posts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kesu.paper.clauses import clauses_of, posts_of
from kesu.paper.numerals import chinese, number
from kesu.worktime.span import Span

PAPER = """\
青山商场投诉管理办法
目录
1 总则 ........ 1
2 受理 ........ 2
1 总则
为规范投诉处理，制定本办法。
2 受理
2.1 客服部收到投诉后应在2个工作日内告知是否受理。
2.2 未经客服部经理批准，不得拒绝受理。
（1）拒绝的须写明理由。
(2) 可以请顾客补充材料，
补充材料不收费。
2.3 赔付前须先核实实物。
第十二条 档案保存三年以上，宜使用电子档案。
第三章 附则
第十三条 本办法自发布之日起施行。
""".splitlines()


def found(*paragraphs: str) -> list[tuple[str, str, str]]:
    """Number, modality and bars of each clause."""
    return [(one.number, one.modality, one.bars) for one in clauses_of(paragraphs)]


def test_each_clause_has_the_number_by_which_the_paper_is_cited_and_says_whether_it_binds() -> None:
    assert found(*PAPER) == [
        ("1", "N", ""),
        ("2", "N", ""),
        ("2.1", "M", ""),
        ("2.2", "M", "refused"),
        ("2.2(1)", "M", ""),
        ("2.2(2)", "O", ""),
        ("2.3", "M", "before"),
        ("12", "S", ""),
        ("章3", "N", ""),
        ("13", "N", ""),
    ]


def test_what_follows_a_clause_without_a_number_belongs_to_it_and_the_table_of_contents_to_none() -> None:
    texts = {one.number: one.text for one in clauses_of(PAPER)}
    assert texts["2.2(2)"] == "可以请顾客补充材料， 补充材料不收费。"
    assert texts["1"] == "总则 为规范投诉处理，制定本办法。"
    assert texts["2"] == "受理"


def test_what_only_names_the_clauses_under_it_is_a_heading() -> None:
    assert [one.number for one in clauses_of(PAPER) if one.heading] == ["2", "章3"]


@pytest.mark.parametrize(
    ("said", "spans"),
    [
        ("应在2个工作日内告知", ["2 working days"]),
        ("五个工作日之内完成，一般不超过 30 天", ["5 working days"]),
        ("24小时内上报，15日内办结。", ["24 clock hours", "15 natural days"]),
        ("两个月内，一年内", ["2 months", "1 years"]),
        ("每周一、三日游、第2日的菜单", []),
    ],
)
def test_limits_are_found_as_people_write_them_and_are_spans_of_the_language(
    said: str, spans: list[str]
) -> None:
    (clause,) = clauses_of([f"1.1 {said}"])
    assert [limit.span for limit in clause.limits] == spans
    assert all(Span.parse(span) for span in spans)


def test_posts_are_those_that_do_something_the_most_often_named_first() -> None:
    clauses = clauses_of(
        ["1 由客服部登记。", "2 客服部负责回访，经质量部经理批准。", "3 报总经理，不涉及其他部门。"]
    )
    assert posts_of(clauses) == ["客服部", "质量部经理", "总经理"]


@given(st.integers(min_value=1, max_value=9999))
def test_a_number_in_chinese_reads_as_the_number_it_was(count: int) -> None:
    assert number(chinese(count)) == count


@pytest.mark.parametrize(
    ("count", "written"),
    [(3, "三"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (1010, "一千零一十")],
)
def test_numbers_in_chinese_are_those_of_papers(count: int, written: str) -> None:
    assert chinese(count) == written


@given(st.lists(st.text(max_size=40), max_size=8))
def test_no_text_breaks_it(paragraphs: list[str]) -> None:
    for clause in clauses_of(paragraphs):
        assert clause.number
