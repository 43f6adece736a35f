"""The catalogue of clauses, a CSV file: read whole, or refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rulebook.small import written

from kesu.procedure.written.catalogue import Clause, held_by, read_catalogue
from kesu.reading.strict import ReadError

HEAD = "id,document,kind,modality,bars,text\n"


def refusal(path: Path) -> tuple[str, str]:
    with pytest.raises(ReadError) as caught:
        read_catalogue(path)
    return caught.value.in_("en"), caught.value.in_("zh")


def test_each_line_is_a_clause_and_a_cell_left_out_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "clauses.csv"
    path.write_text(
        HEAD + 'A-1,PD-007,time limit,must,refused,"In time, always."\nA-2,PD-007\n', encoding="utf-8"
    )
    assert read_catalogue(path) == [
        Clause("A-1", "PD-007", "time limit", "must", "refused", "In time, always."),
        Clause("A-2", "PD-007", "", "", "", ""),
    ]


def test_other_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "clauses.csv"
    path.write_text("id,text\nA-1,In time.\n", encoding="utf-8")
    assert refusal(path) == (
        "clauses.csv, line 1: the columns have to be id, document, kind, modality, bars, text",
        "clauses.csv 第 1 行：列应为 id、document、kind、modality、bars、text",
    )


def test_a_file_that_is_not_there_is_said_not_to_be_readable(tmp_path: Path) -> None:
    en, zh = refusal(tmp_path / "none.csv")
    assert (en.endswith("cannot be read: No such file or directory"), "读不了" in zh) == (True, True)


def test_what_is_held_in_part_is_said_with_what_is_not_and_with_its_rules() -> None:
    procedure = written(
        "rule: looked into\nclause: [T-1]\nat: found\nafter: investigated",
        more="clauses:\n  T-1: {how: partly, reason: {zh: 看不见的不算, en: what nobody sees is not held}}\n",
    )
    found = held_by(Clause("T-1", "T", "step", "M", "", "a clause"), procedure)
    assert found is not None
    assert (found.how, found.reason, found.rules) == (
        "partly",
        "what nobody sees is not held",
        ("looked into",),
    )
