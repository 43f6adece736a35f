"""The arithmetic of lines: a list of {article, quantity, price} in exact decimals, summed and held against another.

Pure figures, no words of a procedure: shapes and derived words are made of these. Articles are the same when their names
are, whatever their case, their width or the spaces around them, `loosely` as people write them; lines of one article count together, so that splitting a
line changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Final

from .alike import alike, matched

MOST_LINES = 500
MODES: Final = ("whole", "line")  # how two lists are compared: `differing`, or `exceeding` line by line
APART: Final = "apart"  # they are not to agree
PLAIN = re.compile(
    r"\d{1,15}(\.\d{1,6})?", re.ASCII
)  # how a quantity or a price is written; never 1e3, never +1
_EXACT = Context(prec=80)  # 500 products of 21 digits each stay exact


@dataclass(frozen=True, slots=True)
class Line:
    """So many of one article, in yuan a piece where a price stands."""

    article: str
    quantity: Decimal
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """An article of which `given` were brought and `approved` were agreed on; 0 where it is in one list alone."""

    article: str
    given: Decimal
    approved: Decimal


def figure(text: object) -> Decimal | None:
    """A quantity or price as an exact number of pieces or yuan; None when it is not written as one."""
    return Decimal(text) if isinstance(text, str) and PLAIN.fullmatch(text) else None


def read_lines(value: object) -> tuple[Line, ...] | None:
    """A value on record as lines; None when it is no list of lines, as a foreign log may have it."""
    if not isinstance(value, list) or len(value) > MOST_LINES:
        return None
    found = [_line(one) for one in value]
    return None if None in found else tuple(line for line in found if line is not None)


def _line(row: object) -> Line | None:
    if not isinstance(row, Mapping) or not set(row) <= {"article", "quantity", "price"}:
        return None
    article, quantity, price = row.get("article"), figure(row.get("quantity")), figure(row.get("price"))
    if not isinstance(article, str) or not article.strip() or not quantity:
        return None
    return None if "price" in row and price is None else Line(article, quantity, price)


def units(lines: Iterable[Line]) -> Decimal:
    """How many pieces there are: Σ quantity."""
    return _sum(line.quantity for line in lines)


def total(lines: Iterable[Line]) -> Decimal | None:
    """What they come to in yuan: Σ quantity × price; None when a line has no price. No lines come to 0."""
    amounts = [None if line.price is None else _EXACT.multiply(line.quantity, line.price) for line in lines]
    return None if None in amounts else _sum(amount for amount in amounts if amount is not None)


def differing(
    given: Iterable[Line], approved: Iterable[Line], *, loosely: bool = False
) -> tuple[Difference, ...]:
    """Where two lists differ in an article or its quantity, prices left out; empty when they agree as a whole."""
    return tuple(one for one in _side_by_side(given, approved, loosely) if one.given != one.approved)


def exceeding(
    given: Iterable[Line], approved: Iterable[Line], *, loosely: bool = False
) -> tuple[Difference, ...]:
    """The articles of which more were given than approved, line by line; fewer, or none yet, is no difference."""
    return tuple(one for one in _side_by_side(given, approved, loosely) if one.given > one.approved)


def _side_by_side(given: Iterable[Line], approved: Iterable[Line], loosely: bool) -> list[Difference]:
    """Every article of either list, in the order in which they come, with both quantities."""
    named: dict[str, str] = {}
    counted: tuple[dict[str, Decimal], dict[str, Decimal]] = ({}, {})
    for side, lines in zip(counted, (given, approved), strict=True):
        for line in lines:
            key = matched(line.article) if loosely else alike(line.article)
            named.setdefault(key, line.article.strip())
            side[key] = _EXACT.add(side.get(key, Decimal(0)), line.quantity)
    nothing = Decimal(0)
    return [
        Difference(name, counted[0].get(key, nothing), counted[1].get(key, nothing))
        for key, name in named.items()
    ]


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    found = Decimal(0)
    for amount in amounts:
        found = _EXACT.add(found, amount)
    return found


def number_text(amount: Decimal) -> str:
    """A number as people write it: 10, never 1E+1 or 10.00."""
    return format(amount.normalize(_EXACT), "f") if amount else "0"


def yuan(amount: Decimal) -> str:
    """An amount with two decimals, or as many as it has beyond."""
    said = number_text(amount)
    whole, _, cents = said.partition(".")
    return f"{whole}.{cents:0<2}"
