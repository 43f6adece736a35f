"""Prices that the register of prices has, as far as they entered the file: by article and day, the newest entry first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, tzinfo
from decimal import Decimal

from ..kinds.alike import matched
from ..kinds.number import number
from ..words.names import FACT, STEP
from ..words.parts import BEGINNING
from .act import Act
from .of_a_file import History


def listed_prices(history: History, day: date) -> Mapping[str, Decimal]:
    """For each article, as it is matched, the price in yuan that the register has for this day, by what entered the file."""
    found: dict[str, Decimal] = {}
    for noted in history.all(STEP.PRICE_NOTED):  # what came later outranks what came before
        article = noted.facts.get(FACT.LISTED_ARTICLE)
        if not isinstance(article, str) or not holds(noted, day):
            continue
        price = number(noted.facts.get(FACT.LISTED_PRICE))
        found.pop(matched(article), None)
        if price is not None:
            found[matched(article)] = price
    return found


def holds(noted: Act, day: date) -> bool:
    """Whether what was noted is about this day; without a first or a last day it is about all before or after."""
    since, until = (_day(noted.facts.get(word)) for word in (FACT.LISTED_SINCE, FACT.LISTED_UNTIL))
    return (since is None or since <= day) and (until is None or day <= until)


def price_day(history: History, act: Act, word: str | None) -> date:
    """The day whose prices count: that of the fact `word`, where it is on record; else that of the receipt."""
    said = _day(history.value(word, act)) if word is not None else None
    zone: tzinfo = history.calendar.zone_info if history.calendar is not None else UTC
    first = next((begun for step in BEGINNING for begun in history.all(step)[:1]), act)
    return said or first.at.astimezone(zone).date()


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
