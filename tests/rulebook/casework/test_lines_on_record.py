"""A table of lines as a command brings it: what is taken, and what is said of a row that is not."""

from __future__ import annotations

import pytest
from tests.rulebook.casework.test_decide import tried
from tests.rulebook.small import filed, written

from kesu.casework.deciding.decide import Accepted, Barred
from kesu.casework.deciding.values import wrong_values
from kesu.casework.examples.stories import Examples
from kesu.procedure.history.act import Value
from kesu.procedure.kinds.line_sums import MOST_LINES
from kesu.reading.strict import Block, ReadError, read_text
from kesu.reading.text import Text

PLAIN = written()
MILK = {"article": "纯牛奶 250ml", "quantity": "3", "price": "5.50"}


def said(value: Value) -> list[Text]:
    return wrong_values(PLAIN, {"settlement lines": value})


def test_lines_with_and_without_a_price_are_taken() -> None:
    assert said([MILK, {"article": "酸奶", "quantity": "0.5"}, {**MILK, "price": "0"}]) == []
    assert said(None) == []  # not known is an answer
    assert said([MILK] * MOST_LINES) == []


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        ({"quantity": "1"}, "没有填品名", "the article is not given"),
        ({**MILK, "article": " "}, "没有填品名", "the article is not given"),
        ({**MILK, "article": "x" * 201}, "品名最长 200 字", "an article has at most 200 characters"),
        (
            {**MILK, "article": "\ud83d"},
            "品名含有不完整的字符，请重新输入",
            "the article holds half a character; type it again",
        ),
        ({"article": "x"}, "没有填数量", "the quantity is not given"),
        ({**MILK, "quantity": ""}, "没有填数量", "the quantity is not given"),
        ({**MILK, "colour": "x"}, "没有“colour”这一栏", "there is no column “colour”"),
        ("x", "应写明品名、数量，有单价的写单价", "has to name an article, a quantity and, if any, a price"),
    ],
)
def test_what_is_wrong_is_said_with_the_number_of_the_row(line: object, zh: str, en: str) -> None:
    assert said([MILK, line]) == [Text(f"“赔付产品明细”：第 2 行{zh}", f"“Goods settled with”: line 2: {en}")]


@pytest.mark.parametrize(
    "quantity", ["0", "-1", "+1", "1e3", "1,5", "一", "NaN", "1234567890123456", "0.1234567", 3]
)
def test_a_quantity_is_a_plain_number_over_nothing(quantity: object) -> None:
    assert said([{**MILK, "quantity": quantity}]) == [
        Text(
            f"“赔付产品明细”：第 1 行的数量应是大于 0 的数（最多 15 位整数、6 位小数），不是“{quantity}”",
            f"“Goods settled with”: line 1: the quantity has to be a number over 0 (at most 15 digits and 6 decimals), "
            f"not “{quantity}”",
        )
    ]


@pytest.mark.parametrize("price", ["-0.01", "", "5元", None, "1e2"])
def test_a_price_is_nothing_or_more_or_left_out(price: object) -> None:
    assert said([{**MILK, "price": price}]) == [
        Text(
            f"“赔付产品明细”：第 1 行的单价应是 0 元以上的数（最多 15 位整数、6 位小数），不是“{price}”；没有单价就不填",
            "“Goods settled with”: line 1: the price has to be 0 yuan or more (at most 15 digits and 6 decimals), "
            f"not “{price}”; leave it out where there is none",
        )
    ]


def test_a_table_has_at_least_one_line_and_no_more_than_can_be_looked_through() -> None:
    empty = Text("“赔付产品明细”：至少填一行明细", "“Goods settled with”: needs at least one line")
    for value in ([], {}, "", "[]", MILK):
        assert said(value) == [empty]
    assert said([MILK] * (MOST_LINES + 1)) == [
        Text(
            "“赔付产品明细”：最多 500 行，现在 501 行；请分几次登记",
            "“Goods settled with”: at most 500 lines, this has 501; record it in several parts",
        )
    ]


def test_a_word_that_follows_from_others_is_refused_to_whoever_sends_it() -> None:
    assert wrong_values(PLAIN, {"settled total": "5"}) == [
        Text(
            "“累计赔付金额”由系统算出，不能填写；请填赔付产品明细、赔付现金、退款金额、退款明细",
            "“Total settled” is worked out from Goods settled with, Cash paid, Sum refunded, Lines refunded; give those",
        )
    ]


def test_a_command_with_a_wrong_row_is_refused_and_a_right_one_stands_and_can_be_corrected() -> None:
    file = filed(PLAIN)
    refused = tried(
        file, "compensation agreed", now="2026-03-02 09:00", facts={"settlement lines": [{"article": "x"}]}
    )
    assert isinstance(refused, Barred)
    taken = tried(file, "compensation agreed", now="2026-03-02 09:00", facts={"settlement lines": [MILK]})
    assert isinstance(taken, Accepted)
    file.apply(taken.act)
    mended = {"entry": "1", "word": "settlement lines", "reason": "typed wrongly"}
    assert isinstance(
        tried(file, "corrected", now="2026-03-02 10:00", facts={**mended, "value": [{**MILK, "price": "x"}]}),
        Barred,
    )
    corrected = tried(
        file, "corrected", now="2026-03-02 10:00", facts={**mended, "value": [{**MILK, "price": "6"}]}
    )
    assert isinstance(corrected, Accepted)
    assert corrected.after.history.value("settled total") == "18"


def _story(line: str) -> list[object]:
    text = f"stories:\n  one:\n    - {line}\n"
    node = read_text(text, file="examples.yaml")
    assert isinstance(node, Block)
    return [dict(one.facts) for one in Examples(node, PLAIN).story("one")]


def test_examples_write_a_table_as_a_list_of_blocks() -> None:
    line = '{at: 2026-03-02 09:00, step: found, by: an, settlement lines: [{article: milk, quantity: "3", price: "5.50"}]}'
    assert _story(line) == [{"settlement lines": [{"article": "milk", "quantity": "3", "price": "5.50"}]}]
    assert _story("{at: 2026-03-02 09:00, step: found, by: an, settlement lines: not known}") == [
        {"settlement lines": None}
    ]
    with pytest.raises(ReadError, match="settled total” follows from"):
        _story('{at: 2026-03-02 09:00, step: found, by: an, settled total: "5"}')
    with pytest.raises(ReadError, match="a line of a table has to be a mapping"):
        _story("{at: 2026-03-02 09:00, step: found, by: an, settlement lines: [milk]}")
