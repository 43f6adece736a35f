"""Customers as one person may know them: those of the cases that he sees, and of each the cases that he sees."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from kesu.procedure.kinds.alike import matched
from kesu.reading.grams import folded

from ..models import CaseRow, ConcernRow, CustomerRow
from ..rows.customer import called_alike
from ..sight.reader import Reader
from ..sight.seeing import visible

MOST: Final = 200  # cases of one customer on his page, and names that a search goes through
MONTHS: Final = 12
LETTERS: Final = re.compile(r"[a-z]{2,}")
DIGITS: Final = re.compile(r"\d{3,}")


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who complained, by his name as last written; `tails` are the last digits of his telephones."""

    customer: str
    name: str
    tails: tuple[str, ...]
    cases: int
    open: int


@dataclass(frozen=True, slots=True)
class CustomerSeen:
    """A customer with his cases, the newest first, and how many were received in each of the last months."""

    customer: Customer
    rows: tuple[CaseRow, ...]
    months: tuple[tuple[date, int], ...]


def customers(reader: Reader, text: str, *, most: int = 8) -> list[Customer]:
    """Those whom the text names: a part of the name, its first letters, the last digits of a telephone; most cases first.

    All of them where there is no text.
    """
    asked = _asked(text)
    seen = CustomerRow.objects.filter(
        asked, organisation=reader.organisation, file__in=visible(reader).values("file")
    )
    found = list(seen.values("customer").annotate(n=Count("pk")).order_by("-n", "customer")[:most])
    return _customers(reader, [one["customer"] for one in found])


def customer_seen(reader: Reader, customer: str) -> CustomerSeen | None:
    """One customer with what the reader sees of him; None where he sees no case of his, whether there is one or not."""
    rows = list(
        visible(reader)
        .filter(
            file__in=CustomerRow.objects.filter(organisation=reader.organisation, customer=customer).values(
                "file"
            )
        )
        .order_by("-received", "file")[:MOST]
    )
    found = _customers(reader, [customer])
    return CustomerSeen(found[0], tuple(rows), by_month(rows, reader)) if rows and found else None


def _asked(text: str) -> Q:
    word, plain = called_alike(text), folded(text).strip()
    if not plain:
        return Q()
    asked = Q(called__contains=word)
    if LETTERS.fullmatch(plain):
        asked |= Q(initials__startswith=plain)
    if DIGITS.fullmatch(plain):
        asked |= Q(tail__endswith=plain[-4:])
    return asked


def _customers(reader: Reader, names: Iterable[str]) -> list[Customer]:
    """In the order of the names; of each the cases that the reader sees, in one statement."""
    listed = list(names)
    rows = CustomerRow.objects.filter(
        organisation=reader.organisation, customer__in=listed, file__in=visible(reader).values("file")
    ).order_by("-id")
    by_customer: dict[str, list[CustomerRow]] = defaultdict(list)
    for row in rows:
        by_customer[row.customer].append(row)
    files = [row.file for mine in by_customer.values() for row in mine]
    running = set(
        CaseRow.objects.filter(organisation=reader.organisation, file__in=files, ended=None).values_list(
            "file", flat=True
        )
    )
    return [
        Customer(
            customer=name,
            name=mine[0].name,
            tails=tuple(dict.fromkeys(row.tail for row in mine if row.tail)),
            cases=len(mine),
            open=sum(row.file in running for row in mine),
        )
        for name in listed
        if (mine := by_customer.get(name))
    ]


def by_month(rows: Iterable[CaseRow], reader: Reader) -> tuple[tuple[date, int], ...]:
    """The last twelve months by their first days, the earliest first, each with how many of these were received in it."""
    zone = ZoneInfo(reader.zone)
    counted = Counter(row.received.astimezone(zone).date().replace(day=1) for row in rows)
    month, months = reader.now.astimezone(zone).date().replace(day=1), []
    for _ in range(MONTHS):
        months.append((month, counted[month]))
        month = (
            month.replace(year=month.year - 1, month=12)
            if month.month == 1
            else month.replace(month=month.month - 1)
        )
    return tuple(reversed(months))


def about_item(reader: Reader, item: str) -> list[CaseRow]:
    """The cases about a subject item that the reader sees, the newest first."""
    concerned = ConcernRow.objects.filter(organisation=reader.organisation, item=matched(item)).values("file")
    return list(visible(reader).filter(file__in=concerned).order_by("-received", "file")[:MOST])
