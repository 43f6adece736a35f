"""The rows of counting over many cases: where a case counts, and what the file of a watch says it counts.

The first follow from the case's own file, the second from the watch's; `kesu rebuild --check` proves that they agree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from kesu.casework.many.watching import ALARM, COUNTED, RAISED, WATCHED, Counting, Tally, countings
from kesu.ledger.canonical import canonical
from kesu.names import FileName
from kesu.procedure.shapes.abilities import Counts
from kesu.procedure.words.names import FACT

from ..folded.fold import Folded


def name_of(counting: Counting) -> FileName:
    """The file of the watch in which a case counts: one for each procedure, its facts and their values."""
    return FileName("case/" + hashlib.sha256(canonical({"key": list(counting.key)})).hexdigest()[:32])


def counted_rows(fold: Folded) -> Iterator[dict[str, Any]]:
    """Where a case counts as it stands, a row for each watch."""
    if not fold.procedure.able(Counts):
        return
    for watch, one in sorted(countings(fold.case.history, fold.procedure).items()):
        yield {
            "watch": watch,
            "into": "" if one.lacking else name_of(one),
            "at": one.at,
            "values": list(one.values),
            "lacking": list(one.lacking),
        }


def watch_rows(fold: Folded) -> Iterator[dict[str, Any]]:
    """What the own file of a watch says, if it is one."""
    history = fold.case.history
    first = next(iter(history.all(COUNTED)), None)
    if first is None:
        return
    yield {
        "watch": fold.procedure.id,
        "procedure": str(first.facts.get(FACT.KIND, "")),
        "values": {word: first.facts.get(word) for word in first.facts.get(WATCHED, ())},
        "by": list(first.facts.get(WATCHED, ())),
        "cases": sorted(Tally.of(history.acts).cases),
        "alarms": [
            {"rule": act.facts[ALARM], "number": act.number, "limit": int(act.facts[FACT.ALARM_LIMIT])}
            for act in history.all(RAISED)
        ],
    }
