"""`price/ARTICLE`: what an article costs, from which day and until which; the name of the file is the article as it is matched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from kesu.procedure.kinds.alike import matched
from kesu.procedure.kinds.money import MONEY
from kesu.reading.text import Text

from ..models import Price
from ..permissions import KEEP_PRICES
from .register import Form, Noted, Register, Row

LONGEST = 120  # characters of the name of an article


class PriceRegister(Register):
    """Prices of one article. One that was noted stays noted; a wrong one is struck, a new one begins on its own day."""

    kind = "price"
    by = KEEP_PRICES
    forms: ClassVar[Mapping[str, Form]] = {
        "price set": Form(
            {"article": "text", "price": "text", "since": "date"}, {"until": "date", "origin": "text"}
        ),
        "price struck": Form({"entry": "number", "reason": "reason"}),
    }

    def problem(self, *, name: str, before: Sequence[Noted], act: Noted) -> Text | None:
        """Written as money, above nothing, one price a day, and in the file of its own article."""
        there = prices_of(before)
        if act.step == "price struck":
            if act.facts["entry"] in {one["number"] for one in there}:
                return None
            return Text(zh="没有这一条价格", en="there is no such price on record")
        return _wrong_article(name, str(act.facts["article"])) or _wrong_price(there, act.facts)

    def rows(self, *, name: str, entries: Sequence[Noted]) -> list[Row]:
        """A row for each price that was not struck."""
        return [(Price, {"key": name, **row}) for row in prices_of(entries)]


def prices_of(entries: Sequence[Noted]) -> list[dict[str, Any]]:
    """The prices that stand after these entries, in the order in which they were noted."""
    struck = {entry.facts["entry"] for entry in entries if entry.step == "price struck"}
    return [
        {
            "number": entry.number,
            "article": entry.facts["article"],
            "price": entry.facts["price"],
            "since": date.fromisoformat(entry.facts["since"]),
            "until": _day(entry.facts.get("until")),
            "origin": entry.facts.get("origin") or "",
        }
        for entry in entries
        if entry.step == "price set" and entry.number not in struck
    ]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _wrong_article(name: str, article: str) -> Text | None:
    if len(article) > LONGEST or len(article.splitlines()) > 1:
        return Text(
            f"品名写成一行，最多 {LONGEST} 个字符", f"an article is one line of at most {LONGEST} characters"
        )
    if matched(article) != name:
        return Text(f"“{article}”不属于这份价格档案", f"“{article}” is another article than this file’s")
    return None


def _wrong_price(there: Sequence[Mapping[str, Any]], facts: Mapping[str, Any]) -> Text | None:
    price, since, until = facts["price"], date.fromisoformat(facts["since"]), _day(facts.get("until"))
    if (wrong := MONEY.wrong(price, ())) is not None:
        return wrong
    if not any(mark in price for mark in "123456789"):
        return Text("价格要大于 0", "a price is above 0")
    if until is not None and until < since:
        return Text("截止日期早于开始日期", "it ends before it begins")
    same = next((one for one in there if one["since"] == since), None)
    if same is not None:
        return Text(
            f"从这天起已经有一个价格（{same['price']} 元）；写错了的，先划去那一条",
            f"there is a price from this day already (CNY {same['price']}); strike that first if it is wrong",
        )
    return None
