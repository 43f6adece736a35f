"""What is wrong with a table of lines that somebody sends: which row, what, and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kesu.reading.text import Text

from .kind import Value
from .line_sums import MOST_LINES, figure

COLUMNS: Final = ("article", "quantity", "price")
LONGEST_ARTICLE: Final = 200
HOW_TO_WRITE: Final = Text("最多 15 位整数、6 位小数", "at most 15 digits and 6 decimals")


def wrong_lines(value: Value) -> Text | None:
    """The first thing that is wrong with the table; None when it can be put on record."""
    if not isinstance(value, list) or not value:
        return Text("至少填一行明细", "needs at least one line")
    if len(value) > MOST_LINES:
        return Text(
            f"最多 {MOST_LINES} 行，现在 {len(value)} 行；请分几次登记",
            f"at most {MOST_LINES} lines, this has {len(value)}; record it in several parts",
        )
    return next((said for _, said in wrong_rows(value)), None)


def wrong_rows(value: Iterable[object]) -> Iterator[tuple[int, Text]]:
    """What is wrong with each row, by its number from 1; the number is said in the text too."""
    for row, line in enumerate(value, 1):
        said = _wrong_row(line)
        if said is not None:
            yield row, Text(f"第 {row} 行{said.zh}", f"line {row}: {said.en}")


def _wrong_row(line: object) -> Text | None:
    if not isinstance(line, Mapping):
        return Text(
            "应写明品名、数量，有单价的写单价", "has to name an article, a quantity and, if any, a price"
        )
    unknown = next((key for key in line if key not in COLUMNS), None)
    if unknown is not None:
        return Text(f"没有“{unknown}”这一栏", f"there is no column “{unknown}”")
    return _wrong_article(line.get("article")) or _wrong_quantity(line) or _wrong_price(line)


def _wrong_article(article: object) -> Text | None:
    if not isinstance(article, str) or not article.strip():
        return Text("没有填品名", "the article is not given")
    if len(article) > LONGEST_ARTICLE:
        return Text(f"品名最长 {LONGEST_ARTICLE} 字", f"an article has at most {LONGEST_ARTICLE} characters")
    if any("\ud800" <= mark <= "\udfff" for mark in article):
        return Text("品名含有不完整的字符，请重新输入", "the article holds half a character; type it again")
    return None


def _wrong_quantity(line: Mapping[str, object]) -> Text | None:
    quantity = line.get("quantity")
    if quantity is None or quantity == "":
        return Text("没有填数量", "the quantity is not given")
    if not figure(quantity):
        return Text(
            f"的数量应是大于 0 的数（{HOW_TO_WRITE.zh}），不是“{quantity}”",
            f"the quantity has to be a number over 0 ({HOW_TO_WRITE.en}), not “{quantity}”",
        )
    return None


def _wrong_price(line: Mapping[str, object]) -> Text | None:
    if "price" in line and figure(line["price"]) is None:
        return Text(
            f"的单价应是 0 元以上的数（{HOW_TO_WRITE.zh}），不是“{line['price']}”；没有单价就不填",
            f"the price has to be 0 yuan or more ({HOW_TO_WRITE.en}), not “{line['price']}”; leave it out where there is none",
        )
    return None
