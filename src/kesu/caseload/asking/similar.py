"""Cases that may be the same as one that is being registered, of those that the reader sees: same customer, same item or batch."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Q

from kesu.procedure.history.of_a_file import History
from kesu.procedure.kinds.alike import matched
from kesu.procedure.words.names import FACT
from kesu.reading.text import Text

from ..folded.recorded import ERASED_VALUE
from ..models import CaseRow, CustomerRow, TraitRow
from ..rows.customer import customer_name
from ..rows.traits import NUMBERED
from ..sight.complainant import has_complainant
from ..sight.reader import Reader
from ..sight.seeing import visible
from .opened import CaseView

LATELY: Final = timedelta(days=180)
ABOUT: Final = (FACT.ITEM, FACT.ORDER_NUMBER)  # cases of one batch are counted together, and each is its own
MOST: Final = 6
ABOUT_THE_SAME = Text("同一报告、批号或产品", "same report, batch or product")
OF_THE_SAME = Text("同一客户", "same customer")


@dataclass(frozen=True, slots=True)
class Similar:
    """A case that may be the same, and in what it is alike."""

    row: CaseRow
    alike: tuple[Text, ...]


def similar(
    reader: Reader, *, complainant: str, numbers: Collection[str], besides: str = ""
) -> list[Similar]:
    """Those alike in most first, then the newest; of the last half year, and none with which `besides` was compared."""
    customer = customer_name(complainant) if complainant.strip() else ""
    wanted = [matched(number) for number in numbers if number.strip()]
    here = {"organisation": reader.organisation}
    of_him = CustomerRow.objects.filter(customer=customer, **here)
    about = TraitRow.objects.filter(word__in=NUMBERED, value__in=wanted, **here)
    near = Q(file__in=of_him.values("file")) if customer else Q(pk__in=[])
    if wanted:
        near |= Q(file__in=about.values("file"))
    rows = visible(reader).filter(near, received__gt=reader.now - LATELY)
    if besides:
        pairs = TraitRow.objects.filter(word=FACT.COMPARED_CASE, **here)
        rows = rows.exclude(file=besides).exclude(file__in=pairs.filter(file=besides).values("value"))
        rows = rows.exclude(file__in=pairs.filter(value=besides).values("file"))
    found = list(rows.order_by("-received", "file")[:50])
    files = [row.file for row in found]
    same_customer = set(of_him.filter(file__in=files).values_list("file", flat=True)) if customer else set()
    same_thing = set(about.filter(file__in=files).values_list("file", flat=True)) if wanted else set()
    told = [
        Similar(
            row,
            (
                *((ABOUT_THE_SAME,) if row.file in same_thing else ()),
                *((OF_THE_SAME,) if row.file in same_customer else ()),
            ),
        )
        for row in found
    ]
    return sorted(told, key=lambda one: -len(one.alike))[:MOST]


def to_compare(view: CaseView) -> list[Similar]:
    """The cases with which somebody may still compare this one: none for a file that is no matter of a complainant, or has ended."""
    if view.case.ended or not has_complainant(view.case):
        return []
    history, linked = view.case.history, {row.file for row in view.links}
    who = _text(history, FACT.COMPLAINANT)
    found = similar(
        view.reader,
        complainant=who,
        numbers=[_text(history, word) for word in ABOUT],
        besides=view.row.file,
    )
    return [one for one in found if one.row.file not in linked]


def _text(history: History, word: str) -> str:
    value = history.value(word)
    return value if isinstance(value, str) and value != ERASED_VALUE else ""
