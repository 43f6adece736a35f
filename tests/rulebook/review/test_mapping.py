"""A mapping is read strictly: every mistake is answered with its line and the nearest right word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.rulebook.review.small import MAPPING

from kesu.procedure.history.act import Shown
from kesu.procedure.words import derived_only
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import ReadError
from kesu.reading.text import Text
from kesu.review.mapping import ActColumns, FileFormat, LogMapping, Source, Times
from kesu.review.mapping_reading import read_mapping

Written = Callable[[str, str], Path]


def test_a_mapping_is_what_its_file_says(written: Written, procedure: Procedure) -> None:
    table = {"in": "received", "ok": "accepted", "answer": "replied", "end": "closed", "-": "ignore"}
    assert read_mapping(written("map.yaml", MAPPING), procedure=procedure) == LogMapping(
        name="small-log",
        title=Text("small-log", "small-log"),
        file=FileFormat(),
        times=Times(ZoneInfo("Asia/Shanghai"), ("iso", "%Y/%m/%d %H:%M")),
        case="number",
        acts=(
            ActColumns(
                step=Source(column="what", table=table),
                at="when",
                by="who",
                post=Source(column="who", table={"mr lu": "manager"}, other="clerk"),
                facts=(("grade", Source(column="grade")),),
            ),
        ),
        shown=Shown(
            steps=frozenset({"received", "accepted", "replied", "closed"}), facts=frozenset({"grade"})
        ),
    )


def test_shows_says_what_the_log_would_show_and_ends_when_a_case_is_over(
    written: Written, procedure: Procedure
) -> None:
    more = MAPPING + "shows: {steps: [received, replied], facts: [], persons: 'no'}\nends: with the log\n"
    mapping = read_mapping(written("map.yaml", more), procedure=procedure)
    shown = Shown(steps=frozenset({"received", "replied"}), facts=frozenset(), persons=False)
    assert (mapping.shown, mapping.complete) == (shown, True)


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("ok: accepted", "ok: acepted", "line 7: the step “acepted” is not known; did you mean “accepted”?"),
        ("at: when", "att: when", "line 7: an act needs “at”"),
        ("by: who", "bye: who", "line 9: an act does not know the key “bye”; did you mean “by”?"),
        ("other: clerk", "other: clark", "line 10: the post “clark” is not known; did you mean “clerk”?"),
        ("{grade: grade}", "{gade: grade}", "line 11: the fact “gade” is not known; did you mean “grade”?"),
        (
            "facts: {grade: grade}",
            "facts: {grade: {column: g, values: {A: mayor}}}",
            "line 11: the value of “grade” “mayor” is not known; did you mean “major”?",
        ),
        (
            "zone: Asia/Shanghai",
            "zone: China/Beijing",
            "line 4: “China/Beijing” is no time zone; write one like Asia/Shanghai",
        ),
        (
            "[iso,",
            "[rfc,",
            "line 4: “rfc” is no form of a time; write iso or one like %Y/%m/%d %H:%M:%S",
        ),
        (
            "procedure: small",
            "procedure: large",
            "line 3: this mapping is made for the procedure “large”, not for “small”",
        ),
        ("case: number", "cases: number", "line 2: the mapping needs “case”"),
        (
            MAPPING.partition("acts:")[2],
            " none\n",
            "line 6: “acts” is a list: what each row says was done",
        ),
        (
            "facts: {grade: grade}",
            "facts: grade",
            "line 11: “facts” is a mapping from a fact to its column",
        ),
        (
            "{grade: grade}",
            "{factors: grade}",
            "line 11: “factors” is a checklist and cannot come from a column",
        ),
        (
            "values: {mr lu: manager}",
            "values: manager",
            "line 10: “values” is a mapping from what stands in the cell to our word",
        ),
        (
            "{grade: grade}",
            "{grade: {value: mayor}}",
            "line 11: the value of “grade” “mayor” is not known; did you mean “major”?",
        ),
        (
            "case: number",
            "case: number\nfile: {kind: cvs}",
            "line 6: the kind of file “cvs” is not known; did you mean “csv”?",
        ),
        (
            "case: number",
            "case: number\nfile: {encoding: gb12345x}",
            "line 6: “gb12345x” is no encoding; write utf-8 or gb18030",
        ),
        (
            "case: number",
            'case: number\nfile: {delimiter: ";;"}',
            "line 6: “delimiter” is one character, or tab",
        ),
        (
            "case: number",
            "case: number\nfile: {header row: none}",
            "line 6: “header row” is a number from 1, not “none”",
        ),
        (
            "case: number",
            "case: number\nends: with the last line",
            "line 6: “ends” “with the last line” is not known; did you mean “with the log”?",
        ),
    ],
)
def test_a_mistake_is_answered_with_line_and_nearest_word(
    written: Written, procedure: Procedure, wrong: str, right: str, said: str
) -> None:
    path = written("map.yaml", MAPPING.replace(wrong, right, 1))
    with pytest.raises(ReadError) as refused:
        read_mapping(path, procedure=procedure)
    assert refused.value.in_("en") == f"map.yaml, {said}"


def test_a_fact_that_follows_from_others_is_never_recorded(written: Written, procedure: Procedure) -> None:
    path = written("map.yaml", MAPPING.replace("{grade: grade}", "{settled total: total}"))
    with pytest.raises(ReadError) as refused:
        read_mapping(path, procedure=procedure)
    assert refused.value.in_("en") == f"map.yaml, line 11: {derived_only('settled total')['en']}"


def test_tab_is_written_as_a_word(written: Written, procedure: Procedure) -> None:
    mapping = read_mapping(written("map.yaml", MAPPING + "file: {delimiter: tab}\n"), procedure=procedure)
    assert mapping.file == FileFormat(delimiter="\t")


def test_a_step_from_a_column_needs_its_table(written: Written, procedure: Procedure) -> None:
    text = MAPPING.split("acts:")[0] + "acts:\n  - {step: {column: what}, at: when}\n"
    with pytest.raises(ReadError) as refused:
        read_mapping(written("map.yaml", text), procedure=procedure)
    assert refused.value.in_("zh") == "map.yaml 第 7 行：来自某列的步骤需要写“values”对照表"
