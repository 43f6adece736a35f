"""A case as it is now known: corrections and strikes taken into account, late notes in their place, naming from the start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from kesu.casework.file.taking_out import entry_of, taken_out
from kesu.procedure.history.act import Act, Value
from kesu.procedure.history.hearsay import Hearsay, confirmed
from kesu.procedure.kinds.instant import instant_of
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import MENDING, NAMING

ANYBODY_S: Final = Hearsay(by_scan=False)  # a confirmation makes an act its author's own, scan or none
REREAD: Final = (
    MENDING | NAMING | {STEP.CONFIRMED_IN_PERSON}
)  # acts after which earlier ones read otherwise as now known


def as_now_known(acts: Sequence[Act], *, zone: str = "Asia/Shanghai") -> Sequence[Act]:
    """The acts as one who knows everything would have written them down; the same ones when nothing was mended.

    Each keeps its number; their order is that in which they happened. `zone`: of a corrected time that names none.
    """
    mended = any(act.step in REREAD for act in acts)
    if not mended and all(act.noted == act.at for act in acts):
        return acts
    gone = taken_out(acts)
    stood_by = confirmed(acts, ANYBODY_S, gone)
    values = _corrected(acts, gone)
    remaining = [
        _as_it_was(_own(act) if act.number in stood_by else act, values.get(act.number, {}), zone)
        for act in acts
        if act.number not in gone and act.step not in MENDING
    ]
    if not remaining:
        return ()
    remaining.sort(key=lambda act: (act.at, act.number))
    first, rest = remaining[0], remaining[1:]
    named = [replace(act, at=first.at, noted=first.at) for act in rest if act.step in NAMING]
    return (first, *named, *(act for act in rest if act.step not in NAMING))


def _own(act: Act) -> Act:
    """The act as its author's own word, since he has confirmed what somebody else noted."""
    return replace(act, stood_by=True)


def _as_it_was(act: Act, values: Mapping[str, Value], zone: str) -> Act:
    """The act with what is now known of it, noted when it happened."""
    at = instant_of(values["at"], zone) if "at" in values else None
    facts = {**act.facts, **{word: value for word, value in values.items() if word != "at"}}
    return replace(act, at=at or act.at, noted=at or act.at, facts=facts)


def _corrected(acts: Sequence[Act], gone: set[int]) -> Mapping[int, dict[str, Value]]:
    """The values that later corrections gave to the facts of earlier entries; the last one holds."""
    values: dict[int, dict[str, Value]] = {}
    for act in acts:
        if act.step == STEP.CORRECTED and act.number not in gone:
            values.setdefault(entry_of(act.facts.get(FACT.ENTRY)), {})[str(act.facts.get(FACT.WORD))] = (
                act.facts.get(FACT.VALUE)
            )
    return values
