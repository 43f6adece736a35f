"""What a list is narrowed to, as a condition on case rows: a list, its counts, its export and its views ask the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from kesu.people.models import Work
from kesu.procedure.kinds.alike import matched

from ..models import ConcernRow, PartRow, TraitRow
from ..rows.traits import NUMBERED
from ..sight.reader import Reader
from .searching import saying


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list is narrowed to; None is anything.

    `text` is searched for in all that is said of a file; `number` is that of a batch, a product, a report, however written.
    `person` acted in the file; `worker` did work on its item. `traits` are classed facts as they stand, by word. `since` and
    `until` (excluded) are moments of receipt.
    """

    state: str | None = None
    grade: str | None = None
    topic: str | None = None
    kind: str | None = None
    procedure: str | None = None
    owner: str | None = None
    site: str | None = None
    open: bool | None = None
    overdue: bool | None = None
    text: str | None = None
    number: str | None = None
    unit: str | None = None
    person: str | None = None
    worker: str | None = None
    traits: tuple[tuple[str, str], ...] = ()
    since: datetime | None = None
    until: datetime | None = None


PLAIN = ("state", "grade", "kind", "procedure", "owner", "site")


def narrowing(reader: Reader, wanted: Wanted) -> Q:
    """The condition; a case that has ended is never overdue."""
    asked = Q(**{name: value for name in PLAIN if (value := getattr(wanted, name)) is not None})
    if wanted.topic is not None:
        asked &= Q(topic__icontains=f'"{wanted.topic}"')
    if wanted.open is not None:
        asked &= Q(ended__isnull=wanted.open)
    if wanted.overdue is not None:
        late = Q(ended=None, next_due__lt=reader.now)
        asked &= late if wanted.overdue else ~late
    if wanted.since is not None:
        asked &= Q(received__gte=wanted.since)
    if wanted.until is not None:
        asked &= Q(received__lt=wanted.until)
    return asked & _of_other_rows(reader, wanted)


def _of_other_rows(reader: Reader, wanted: Wanted) -> Q:
    asked, here = Q(), {"organisation": reader.organisation}
    if wanted.text:
        asked &= saying(reader, wanted.text)
    for trait in wanted.traits:
        asked &= _with_trait(reader, (trait[0],), trait[1])
    if wanted.unit is not None:
        asked &= Q(file__in=TraitRow.objects.filter(of_unit=True, value=wanted.unit, **here).values("file"))
    if wanted.number is not None:
        asked &= _with_trait(reader, NUMBERED, matched(wanted.number))
    if wanted.person is not None:
        asked &= Q(file__in=PartRow.objects.filter(person=wanted.person, **here).values("file"))
    if wanted.worker is not None:
        keys = Work.objects.filter(person=wanted.worker, **here).values_list("key", flat=True)
        worked_on = sorted(set(map(matched, keys)))
        asked &= Q(file__in=ConcernRow.objects.filter(item__in=worked_on, **here).values("file"))
    return asked


def _with_trait(reader: Reader, names: tuple[str, ...], value: str) -> Q:
    rows = TraitRow.objects.filter(organisation=reader.organisation, word__in=names, value=value)
    return Q(file__in=rows.values("file"))
