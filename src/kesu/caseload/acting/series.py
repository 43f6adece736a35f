"""Numbers without gaps: one row a series, locked as late as possible, in the transaction of the act (semantics 3.10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection

DIGITS = 4


@dataclass(frozen=True, slots=True)
class Label:
    """A number as given: its series, local year and place in it."""

    prefix: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}-{self.number:0{DIGITS}}"


def next_label(*, organisation: str, prefix: str, noted: datetime, zone: str) -> Label:
    """Takes the next number; a roll-back gives it back. One statement, which locks the series until the end."""
    year = noted.astimezone(ZoneInfo(zone)).year
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO caseload_series (organisation, prefix, year, last) VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (organisation, prefix, year) DO UPDATE SET last = caseload_series.last + 1 RETURNING last",
            [organisation, prefix, year],
        )
        (number,) = cursor.fetchone()
    return Label(prefix, year, number)
