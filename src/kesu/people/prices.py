"""The register of prices, as it is asked: what an article cost on a day, and all that is in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from kesu.procedure.kinds.alike import matched

from .models import Price


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price in yuan as it was written, with the first day on which it holds and the last; None: no end is known."""

    number: int
    article: str
    price: str
    since: date
    until: date | None
    origin: str
    file: str

    def holds(self, day: date) -> bool:
        """Whether it holds on this day."""
        return self.since <= day and (self.until is None or day <= self.until)


def price_on(day: date, *, organisation: str, article: str) -> PriceRow | None:
    """What the article, however it is written, cost on a day; None where the register does not know."""
    rows = Price.objects.filter(organisation=organisation, key=matched(article)).order_by("since")
    return next((row for row in with_ends(rows) if row.holds(day)), None)


def prices(*, organisation: str, text: str = "", most: int | None = None) -> list[PriceRow]:
    """All prices whose article holds a text, by article and then the newest first."""
    rows = Price.objects.filter(
        organisation=organisation, key__contains=matched(text) if text.strip() else ""
    )
    found: list[PriceRow] = []
    for _, of_one in groupby(rows.order_by("key", "since"), key=lambda row: row.key):
        found += reversed(with_ends(of_one))
        if most is not None and len(found) >= most:
            return found[:most]
    return found


def with_ends(rows: Iterable[Price]) -> list[PriceRow]:
    """The prices of one article, in order of their first day: each ends at the latest the day before the next begins."""
    ordered = list(rows)
    ends: Mapping[int, date] = {
        place: following.since - timedelta(days=1) for place, following in enumerate(ordered[1:])
    }
    return [
        PriceRow(
            row.number,
            row.article,
            row.price,
            row.since,
            min((one for one in (row.until, ends.get(place)) if one is not None), default=None),
            row.origin,
            row.file,
        )
        for place, row in enumerate(ordered)
    ]
