"""The list of cases: a page at a time in one of its orders, counts of several views at once, and whether numbers have gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet

from ..models import CaseRow
from ..rows.place_in_list import read_place
from ..sight.reader import Reader
from ..sight.seeing import visible
from .narrowing import Wanted, narrowing

ORDERS: Final = ("received", "label", "next_due")  # heads by which a list can be put in order
NEWEST: Final = "-received"


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list; `next` goes into `after` for the following ones, None at the end."""

    rows: list[CaseRow]
    next: str | None


def cases(
    reader: Reader,
    *,
    wanted: Wanted | None = None,
    after: str | None = None,
    limit: int = 50,
    order: str = NEWEST,
) -> Page:
    """The cases that the reader sees, the newest first or by another of `ORDERS`, with - before it the other way round.

    What has no limit comes last in either. `after` is the `next` of the page before. Raises ValueError for an order or an
    `after` that no page gave.
    """
    name = order.removeprefix("-")
    if name not in ORDERS:
        raise ValueError(order)
    rows = visible(reader).filter(narrowing(reader, wanted or Wanted()))
    if after is not None:
        rows = _beyond(rows, name, order.startswith("-"), after)
    place = F(name)
    by = place.desc(nulls_last=True) if order.startswith("-") else place.asc(nulls_last=True)
    listed = list(rows.order_by(by if name == "next_due" else order, "file")[: limit + 1])
    return Page(listed[:limit], _place(listed[limit - 1], name) if len(listed) > limit else None)


def _place(last: CaseRow, name: str) -> str:
    value = getattr(last, name)
    return f"{value.isoformat() if isinstance(value, datetime) else value or ''} {last.file}"


def _beyond(rows: QuerySet[CaseRow], name: str, down: bool, after: str) -> QuerySet[CaseRow]:
    said, _, file = after.partition(" ")
    value: Any = said if name == "label" else read_place(after)[0] if said else None
    if value is None:
        return rows.filter(Q(**{f"{name}__isnull": True}), file__gt=file)
    on = Q(**{f"{name}__{'lt' if down else 'gt'}": value}) | Q(**{name: value}, file__gt=file)
    return rows.filter(on | Q(next_due=None) if name == "next_due" else on)


def count(reader: Reader, *, wanted: Wanted | None = None) -> int:
    """How many cases `cases` would list."""
    return visible(reader).filter(narrowing(reader, wanted or Wanted())).count()


def counts(reader: Reader, views: Mapping[str, Wanted]) -> dict[str, int]:
    """The same of several views by their names, in one statement."""
    if not views:
        return {}
    asked = {f"v{nth}": narrowing(reader, wanted) for nth, wanted in enumerate(views.values())}
    rows = visible(reader)
    if all(wanted.open for wanted in views.values()):
        rows = rows.filter(ended=None)
    found = rows.aggregate(**{name: Count("pk", filter=where) for name, where in asked.items()})
    return {view: found[name] for view, name in zip(views, asked, strict=True)}
