"""Where a name may stand, a title may stand, in either language; and a word that nobody knows is answered with the nearest."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.rulebook.refused import refused
from tests.rulebook.small import from_text, says, written

from kesu.casework.examples.lines import Lines
from kesu.procedure.words import of_the_software
from kesu.procedure.words.finding import Near, hits
from kesu.reading.strict import Block, ReadError, read_text

CHINESE = """
procedure: small
title: {zh: 小程序, en: Small procedure}
edition: "1"
kind: complaint
ends: [结案]
posts: {clerk: {title: {zh: 经办员, en: Clerk}}}
steps:
  收到投诉: {by: everybody, outside: "yes", asks: [投诉等级]}
  受理: {by: 经办员}
  结案: {by: clerk}
rules:
  - {rule: 先受理, when: {投诉等级: 重大投诉}, at: 结案, after: 受理}
  - {rule: 三日内, within: 3 working days, from: 收到投诉, to: 受理, owner: clerk}
"""
ENGLISH = (
    CHINESE.replace("收到投诉", "received")
    .replace("结案", "closed")
    .replace("  受理:", "  accepted:")
    .replace("after: 受理", "after: accepted")
    .replace("to: 受理", "to: accepted")
    .replace("投诉等级", "grade")
    .replace("重大投诉", "major")
    .replace("by: 经办员", "by: clerk")
)


def titles() -> tuple[str, ...]:
    known = of_the_software()
    named = [known.steps[name].title.zh for name in ("received", "accepted", "closed")]
    return (*named, known.facts["grade"].title.zh, known.facts["grade"].choices["major"].zh)


def in_chinese() -> str:
    """The Chinese file with the titles that the words bear."""
    text = CHINESE
    for meant, title in zip(("收到投诉", "受理", "结案", "投诉等级", "重大投诉"), titles(), strict=True):
        text = text.replace(meant, title) if meant != title else text
    return text


def test_a_file_written_in_chinese_titles_is_the_one_written_in_names() -> None:
    chinese, english = from_text(in_chinese(), file="small.yaml"), from_text(ENGLISH, file="small.yaml")
    assert (list(chinese.steps), chinese.ends) == (list(english.steps), english.ends)
    assert [(rule.name, rule.shape, rule.when) for rule in chinese.rules] == [
        (rule.name, rule.shape, rule.when) for rule in english.rules
    ]
    assert says(chinese, "先受理") == says(english, "先受理")


def test_a_line_of_a_story_may_be_told_in_titles() -> None:
    procedure = from_text(ENGLISH, file="small.yaml")
    step, *_, fact, value = titles()
    line = read_text(f"{{at: 2026-03-02 09:00, step: {step}, by: an, {fact}: {value}}}", file="examples.yaml")
    assert isinstance(line, Block)
    act = Lines(procedure, zone=ZoneInfo("Asia/Shanghai")).act(line, 1)
    assert (act.step, dict(act.facts)) == ("received", {"grade": "major"})
    assert act.at == datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("rule", "en", "zh"),
    [
        ("at: closed\nafter: 受理了", "; did you mean “accepted” (", "；是不是“accepted”（受理）？"),
        ("at: closed\nafter: acepted", "; did you mean “accepted”?", "；是不是“accepted”？"),
        ("at: closed\nrecord: 调查经过哪里", "; “kesu words TEXT” finds words by what they mean", "；可以用“kesu words 叫法”查词"),
        ("at: closed\nrecord: 证据", "“证据” is the title of “evidence” and “of evidence”; write the name that is meant", "“证据”是“evidence”、“of evidence”共同的名称；请写明是哪一个"),
    ],
)  # fmt: skip
def test_a_word_that_nobody_knows_is_answered_with_the_nearest_name_or_title(
    rule: str, en: str, zh: str
) -> None:
    said = refused(f"rule: the rule\n{rule}")
    assert (en in said[0], zh in said[1]) == (True, True), said


def test_a_step_that_stands_by_its_name_and_by_its_title_stands_twice() -> None:
    twice = in_chinese().replace("  受理: {by: 经办员}", "  受理: {by: 经办员}\n  accepted: {by: clerk}")
    with pytest.raises(ReadError, match="“accepted” stands twice; keep one"):
        from_text(twice, file="small.yaml")


@pytest.mark.parametrize("text", ["回访", "huifang", "hf", "Revisited", "revisit"])
def test_a_word_is_found_by_chinese_english_and_pinyin(text: str) -> None:
    listed = hits(of_the_software(), text)
    assert "revisited" in [hit.name for hit in listed[:4]]


def test_the_nearest_word_comes_first_and_a_kind_narrows() -> None:
    known = of_the_software()
    assert hits(known, "受理")[0].name == "accepted"
    assert {hit.kind for hit in hits(known, "投诉", kind="choice")} == {"choice"}
    (major,) = (hit for hit in hits(known, "major") if hit.name == "grade")
    assert (major.near, [name for name, _ in major.values]) == (Near.VALUE, ["major"])
    assert hits(known, "no such thing at all") == []


def test_no_two_steps_are_called_alike() -> None:
    said = [title for word in of_the_software().steps.values() for title in (word.title.zh, word.title.en)]
    assert len(said) == len(set(said))
    assert written().steps
