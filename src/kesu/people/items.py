"""Subject items: looked up one by one, since there are many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
    """The item with this key, or None when the register does not know it."""
    row = Item.objects.filter(organisation=organisation, key=key).first()
    if row is None:
        return None
    work = (
        Work.objects.filter(organisation=organisation, key=key)
        .order_by("number")
        .values_list("person", "what")
    )
    return ItemRow(row.key, row.kind, row.holder, row.received, tuple(row.units), tuple(work), row.file)
