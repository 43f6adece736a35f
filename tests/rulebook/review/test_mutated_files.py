"""Files that were changed at random are read, or refused in words with what is wrong: no reader fails for any of them."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from datetime import datetime

import pytest
from tests.rulebook.review.test_order_and_numbers import IN, XES_MAPPING, xes
from tests.rulebook.review.unclean import HEAD, MARCH, SHEET, Opened, workbook

from kesu.review.rows import LogError

MUTATED = 400  # of each kind
PIECES = (
    b"<",
    b"&",
    b'"',
    b"999999999999",
    b"-1",
    b"1e999",
    b"NaN",
    b"\0",
    b"\xff\xff",
    b"</row>",
    b"<row>",
    b"<c/>",
    b"&#x0;",
)
BOOK = workbook(
    ("a", [["number", "in", "out"], ["1", datetime(2026, 3, 6, 9), datetime(2026, 3, 9)]]),
    ("b", [["number", "in", "out"], ["3", datetime(2026, 3, 6, 9), "=B2"]]),
)
Mutate = Callable[[bytes, random.Random], bytes]


def changed(content: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them altered, cut, doubled, or with something put in that parsers trip over."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 5)):
        place = chance.randrange(len(made) or 1)
        match chance.randrange(4):
            case 0:
                made[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del made[place : place + chance.randint(1, 30)]
            case 2:
                made[place:place] = chance.choice(PIECES)
            case _:
                made[place:place] = made[: chance.randint(1, 60)]
    return bytes(made)


def changed_within(content: bytes, chance: random.Random) -> bytes:
    """The workbook with one of its parts changed, packed as it should be."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        mutated = chance.choice([name for name in old.namelist() if "theme" not in name])
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, changed(part, chance) if name == mutated else part)
    return target.getvalue()


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
