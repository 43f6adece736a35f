"""Prices in case files: what the register has for the day that counts enters the file as an entry (semantics 3.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from kesu.casework.file.case_file import CaseFile
from kesu.people.prices import PriceRow, price_on
from kesu.procedure.history.act import Act, Value
from kesu.procedure.history.listed_prices import holds
from kesu.procedure.kinds.alike import matched
from kesu.procedure.shapes.abilities import KnowsPrices
from kesu.procedure.words.names import FACT, STEP

OF_A_PRICE = (FACT.LISTED_PRICE, FACT.LISTED_SINCE, FACT.LISTED_UNTIL)


def price_acts(case: CaseFile, act: Act, *, organisation: str, now: datetime) -> Iterator[Act]:
    """What the register says of the prices that rules look at for this act, where the file does not have it yet.

    Each is numbered as if it stood alone. What the register no longer has is noted too, without a price.
    """
    if STEP.PRICE_NOTED not in case.procedure.steps:
        return
    for article, day in _looked_up(case, act):
        row = price_on(day, organisation=organisation, article=article)
        last = _last(case, article, day)
        facts = _facts(row) if row is not None else _gone(article, last)
        if facts is not None and (
            last is None or any(last.get(word) != facts.get(word) for word in OF_A_PRICE)
        ):
            yield Act(number=case.number + 1, step=STEP.PRICE_NOTED, at=now, noted=now, facts=facts)


def _looked_up(case: CaseFile, act: Act) -> list[tuple[str, date]]:
    """Each article with its day, once: at the steps that a rule names, and wherever the product of the file is said."""
    history, found = case.history, dict[tuple[str, date], str]()
    for _, shape in case.procedure.able(KnowsPrices):
        if act.step in shape.steps or shape.product in act.facts:
            day = shape.day(history, act)
            for article in shape.articles(history, act):
                found.setdefault((matched(article), day), article)
    return [(article, day) for (_, day), article in found.items()]


def _last(case: CaseFile, article: str, day: date) -> Mapping[str, Value] | None:
    """What the file has from the register for this article and day."""
    acts = [
        act.facts
        for act in case.history.all(STEP.PRICE_NOTED)
        if matched(str(act.facts.get(FACT.LISTED_ARTICLE))) == matched(article) and holds(act, day)
    ]
    return acts[-1] if acts else None


def _facts(row: PriceRow) -> dict[str, Value]:
    facts: dict[str, Value] = {
        FACT.LISTED_ARTICLE: row.article,
        FACT.LISTED_PRICE: row.price,
        FACT.LISTED_SINCE: row.since.isoformat(),
        FACT.FROM: row.file,
    }
    return facts if row.until is None else {**facts, FACT.LISTED_UNTIL: row.until.isoformat()}


def _gone(article: str, last: Mapping[str, Value] | None) -> dict[str, Value] | None:
    """That the register has no price for the days of an earlier one; None where the file has none either."""
    if last is None or last.get(FACT.LISTED_PRICE) is None:
        return None
    days: dict[str, Value] = {
        word: last[word] for word in (FACT.LISTED_SINCE, FACT.LISTED_UNTIL) if last.get(word)
    }
    return {FACT.LISTED_ARTICLE: article, **days}
