"""Which entries were taken out again: struck, or taken back by who took them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from kesu.procedure.history.act import Act
from kesu.procedure.kinds.alike import matched
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import TAKING_OUT


def taken_out(acts: Sequence[Act], *, links: bool = False) -> set[int]:
    """The numbers of all acts that do not count; a strike that was itself struck takes nothing out.

    `links`: also of what the register said of an item that a correction replaced.
    """
    gone: set[int] = set()
    for place in range(len(acts) - 1, -1, -1):
        act = acts[place]
        if act.step in TAKING_OUT and act.number not in gone:
            gone.add(entry_taken_out(acts[:place], act))
    return gone | _unlinked(acts, gone) if links else gone


def _unlinked(acts: Sequence[Act], gone: Collection[int]) -> set[int]:
    """What the register said of an item that a correction replaced: it is about another item than this file (semantics 3.6)."""
    named: dict[int, object] = {}  # entry by a person -> the item that it names, as corrected
    notes: dict[object, set[int]] = {}  # item, as it is matched -> what the register said of it
    for act in acts:
        if act.number in gone:
            continue
        item = _as_matched(act.facts.get(FACT.ITEM))
        if act.step == STEP.ITEM_NOTED:
            notes.setdefault(item, set()).add(act.number)
        elif mends_item(act):
            named[entry_of(act.facts.get(FACT.ENTRY))] = _as_matched(act.facts.get(FACT.VALUE))
        elif item is not None:
            named[act.number] = item
    return {number for item, numbers in notes.items() for number in numbers if _replaced(item, acts, named)}


def _replaced(item: object, acts: Sequence[Act], named: Mapping[int, object]) -> bool:
    """Whether somebody named the item once and nobody does any more."""
    if item in named.values():
        return False
    return any(
        _as_matched(act.facts.get(FACT.VALUE if mends_item(act) else FACT.ITEM)) == item
        for act in acts
        if act.step != STEP.ITEM_NOTED
    )


def _as_matched(item: object) -> object:
    """An item as all its spellings: the register notes it by its own key, people as they write it."""
    return matched(item) if isinstance(item, str) else item


def mends_item(act: Act) -> bool:
    """Whether it says that the file is about another item."""
    return act.step == STEP.CORRECTED and act.facts.get(FACT.WORD) == FACT.ITEM


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
