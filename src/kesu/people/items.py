"""Subject items: looked up one by one, since there are many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kesu.procedure.kinds.alike import matched

from .models import Item, Work


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A subject item with who did which work on it."""

    key: str
    kind: str
    holder: str
    received: date | None
    units: tuple[str, ...]
    work: tuple[tuple[str, str], ...]  # (person, what), in the order in which it was noted
    file: str


def item(*, organisation: str, key: str) -> ItemRow | None:
    """The item with this key, or the only one whose key is written alike (`hc 0075`); None when the register knows neither."""
    rows = Item.objects.filter(organisation=organisation)
    row = rows.filter(key=key).first() or _alike(rows, key)
    if row is None:
        return None
    work = (
        Work.objects.filter(organisation=organisation, key=row.key)
        .order_by("number")
        .values_list("person", "what")
    )
    return ItemRow(row.key, row.kind, row.holder, row.received, tuple(row.units), tuple(work), row.file)


def _alike(rows: QuerySet[Item], key: str) -> Item | None:
    """Of the items those whose key differs only as people write it: one, or nobody can tell which is meant."""
    wanted = matched(key)
    keys = [one for one in rows.values_list("key", flat=True) if matched(one) == wanted]
    return rows.get(key=keys[0]) if len(keys) == 1 else None
