"""Which entries were taken out again: struck, or taken back by who took them."""

from __future__ import annotations

from collections.abc import Sequence

from kesu.procedure.history.act import Act
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import TAKING_OUT


def taken_out(acts: Sequence[Act]) -> set[int]:
    """The numbers of all acts that do not count; a strike that was itself struck takes nothing out."""
    gone: set[int] = set()
    for place in range(len(acts) - 1, -1, -1):
        act = acts[place]
        if act.step in TAKING_OUT and act.number not in gone:
            gone.add(entry_taken_out(acts[:place], act))
    return gone


def entry_taken_out(before: Sequence[Act], act: Act) -> int:
    """The entry that a strike or a taking back names; the latter, naming none, means its author's last act."""
    named = entry_of(act.facts.get(FACT.ENTRY))
    return named or (own_last(before, act.by) if act.step == STEP.TAKEN_BACK else 0)


def own_last(acts: Sequence[Act], person: str | None) -> int:
    """The number of the last act of a person; 0 when there is none."""
    return next((act.number for act in reversed(acts) if person is not None and act.by == person), 0)


def entry_of(value: object) -> int:
    """An entry number as facts hold it; 0 when it is none."""
    try:
        return int(str(value))
    except ValueError:
        return 0
