"""Where the words stand by which people know a case. The words themselves are personal: a row only says in which entry."""

from __future__ import annotations

from typing import Any, Final

from kesu.procedure.history.act import MISSING
from kesu.procedure.history.of_a_file import History
from kesu.procedure.words.names import FACT, STEP

from ..folded.recorded import VALUE

WHO: Final = FACT.COMPLAINANT
SAID: Final = FACT.ACCOUNT
WHICH: Final = (FACT.ITEM, FACT.BATCH, FACT.PRODUCT, FACT.ORDER_NUMBER)  # the first that is known


def face_row(history: History, *, secret: bool) -> dict[str, Any]:
    """`who` and `said`: number of an entry and the word of it whose value stands; `about`: what it is about, as written.

    What is not on record, or not known, is left out. `secret`: who complains wants to stay unnamed.
    """
    places = {name: _place(history, word) for name, word in (("who", WHO), ("said", SAID))}
    face: dict[str, Any] = {name: place for name, place in places.items() if place is not None}
    if secret:
        face["secret"] = True
    things = (value for word in WHICH if isinstance(value := history.value(word), str) and value)
    thing = next(things, None)
    return face if thing is None else {**face, "about": thing}


def _place(history: History, word: str) -> list[Any] | None:
    """The entry that says what holds now: the one that said it last, or the correction that mended that one."""
    if history.value(word) in (MISSING, None):
        return None
    number = max((number for number, _ in history.values(word)), default=0)
    for act in reversed(history.all(STEP.CORRECTED)):
        if act.facts.get(FACT.WORD) == word and str(act.facts.get(FACT.ENTRY)) == str(number):
            return [act.number, VALUE]
    return [number, word]
