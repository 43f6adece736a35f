"""Files that were changed at random are read, or refused in words with what is wrong: no reader fails for any of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime

import pytest
from tests.fuzz.mutating import changed, changed_within
from tests.rulebook.review.test_order_and_numbers import IN, XES_MAPPING, xes
from tests.rulebook.review.unclean import HEAD, MARCH, SHEET, Opened, workbook

from kesu.review.rows import LogError

MUTATED = 400  # of each kind
BOOK = workbook(
    ("a", [["number", "in", "out"], ["1", datetime(2026, 3, 6, 9), datetime(2026, 3, 9)]]),
    ("b", [["number", "in", "out"], ["3", datetime(2026, 3, 6, 9), "=B2"]]),
)
Mutate = Callable[[bytes, random.Random], bytes]


@pytest.mark.parametrize(
    ("name", "content", "mapping", "mutate"),
    [
        ("log.csv", (HEAD + MARCH * 3).encode(), SHEET, changed),
        ("log.xes", xes(("甲", [IN, IN]), ("2", [IN]), encoding="GBK"), XES_MAPPING, changed),
        ("log.xes", xes(("甲", [IN, IN]), ("2", [IN])), XES_MAPPING, changed),
        ("log.xlsx", BOOK, SHEET + "file: {sheets: all}\n", changed),
        ("log.xlsx", BOOK, SHEET + "file: {sheets: all}\n", changed_within),
    ],
    ids=["csv", "xes in GBK", "xes", "xlsx", "xlsx within"],
)
def test_no_reader_fails(opened: Opened, name: str, content: bytes, mapping: str, mutate: Mutate) -> None:
    for seed in range(MUTATED):
        try:
            log = opened(mutate(content, random.Random(seed)), name=name, mapping=mapping)
        except LogError as refused:
            assert refused.in_("zh").startswith(name)
            assert refused.in_("en").startswith(name)
        else:
            assert [case for case, *_ in log.cases()]
            assert all(one.zh and one.en for one in log.sentences())
            log.close()
