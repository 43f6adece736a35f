"""Whether the numbers of this year run without a gap, for those alone from whom no file is hidden: a gap would tell of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Count, IntegerField, Q
from django.db.models.expressions import RawSQL

from kesu.procedure.words.names import STEP

from ..models import CaseRow, Series
from ..sight.reader import Reader
from ..sight.seeing import visible


@dataclass(frozen=True, slots=True)
class Run:
    """The numbers of one series of a year: from 1 to `last` there are `given`, of which `voided`; `missing` are not there.

    `agrees`: the organisation has as many cases in its rows as in its ledger.
    """

    prefix: str
    year: int
    last: int
    given: int
    voided: int
    agrees: bool

    @property
    def missing(self) -> int:
        """How many numbers are missing."""
        return self.last - self.given


BEGUN: Final = "(SELECT count(*) FROM ledger_entry WHERE organisation = %s AND number = 1 AND substr(file, 1, 5) = 'case/')"


def continuity(reader: Reader) -> list[Run]:
    """The series of the present year in the order of their prefixes; none for somebody from whom a file is hidden. Two statements."""
    organisation, year = reader.organisation, reader.now.astimezone(ZoneInfo(reader.zone)).year
    begun = RawSQL(BEGUN, [organisation], output_field=IntegerField())
    series = list(
        Series.objects.filter(organisation=organisation, year=year).annotate(begun=begun).order_by("prefix")
    )
    asked = {"there": Count("pk"), "seen": Count("pk", filter=Q(pk__in=visible(reader).values("pk")))}
    for nth, one in enumerate(series):
        mine = Q(label__startswith=f"{one.prefix}-{year}-")
        asked |= {f"given{nth}": Count("pk", filter=mine)}
        asked |= {f"gone{nth}": Count("pk", filter=mine & Q(state=STEP.VOIDED))}
    found = CaseRow.objects.filter(organisation=organisation).aggregate(**asked)
    if found["seen"] != found["there"]:
        return []
    return [
        Run(
            one.prefix, year, one.last, found[f"given{nth}"], found[f"gone{nth}"], found["there"] == one.begun
        )
        for nth, one in enumerate(series)
    ]
