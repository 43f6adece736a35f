"""Subject items: looked up one by one, since there are many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kesu.procedure.kinds.alike import matched

from .models import Item, Work
from .near_names import NUMBERS, nearest


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


def alike_items(*, organisation: str, text: str, most: int = 6) -> list[Item]:
    """The items in whose key a text stands, however both are written, the newest first."""
    wanted = matched(text)
    known = Item.objects.filter(organisation=organisation).order_by("-id").values_list("pk", "key")
    found = [pk for pk, key in known if wanted in matched(key)][:most]
    return list(Item.objects.filter(pk__in=found).order_by("-id"))


def _alike(rows: QuerySet[Item], key: str) -> Item | None:
    """Of the items those whose key differs only as people write it: one, or nobody can tell which is meant."""
    wanted = matched(key)
    keys = [one for one in rows.values_list("key", flat=True) if matched(one) == wanted]
    return rows.get(key=keys[0]) if len(keys) == 1 else None


def near_items(*, organisation: str, key: str) -> tuple[str, ...]:
    """The keys in the register that are nearest to one that it does not know, the nearest first; none where nothing is near."""
    known = Item.objects.filter(organisation=organisation).values_list("key", flat=True)
    return nearest(key, known, share=NUMBERS)
