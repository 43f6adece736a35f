"""Lines stand in a cell of a log as JSON; figures are taken exactly as they are written there."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from tests.rulebook.review.small import MAPPING

from kesu.review.log import Log
from kesu.review.rows import LogError

Opened = Callable[..., Log]
LINES = MAPPING.replace("facts: {grade: grade}", "facts: {settlement lines: goods}")


def sheet(cell: str) -> str:
    """A log of one act with this cell."""
    made = io.StringIO()
    csv.writer(made).writerows(
        [["number", "what", "when", "who", "goods"], ["7", "in", "2025-03-03T09:00", "ms wu", cell]]
    )
    return made.getvalue()


def read(opened: Opened, cell: str, **more: int) -> object:
    (case,) = opened(sheet(cell), mapping=LINES, **more).cases()
    return case.acts[0].facts.get("settlement lines", "nothing")


@pytest.mark.parametrize("in_memory", [200_000, 0])
def test_lines_are_read_exactly_also_where_the_log_is_larger_than_memory(
    opened: Opened, in_memory: int
) -> None:
    cell = '[{"article": "盒装奶", "quantity": 3, "price": 19.90}, {"article": "tea", "quantity": "0.5"}]'
    assert read(opened, cell, in_memory=in_memory) == [
        {"article": "盒装奶", "quantity": "3", "price": "19.90"},
        {"article": "tea", "quantity": "0.5"},
    ]


def test_an_empty_cell_puts_nothing_on_record(opened: Opened) -> None:
    assert read(opened, "") == "nothing"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("ten of milk", "has to be lines in JSON"),
        ('[{"article": "milk"}]', "line 1: the quantity is not given"),
        ('[{"article": "milk", "quantity": 1e3}]', "line 1: the quantity has to be a number over 0"),
        ('[{"article": "milk", "quantity": NaN}]', "line 1: the quantity has to be a number over 0"),
        ('{"article": "milk"}', "needs at least one line"),
        ("[" * 100_000, "has to be lines in JSON"),
    ],
)
def test_what_is_no_list_of_lines_is_refused_with_the_reason(opened: Opened, cell: str, said: str) -> None:
    with pytest.raises(LogError) as refused:
        opened(sheet(cell), mapping=LINES)
    assert said in refused.value.in_("en")
