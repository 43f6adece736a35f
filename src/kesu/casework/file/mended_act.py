"""The act that a correction or a strike makes of an entry: with the new value, and taken by whoever mends (semantics 3.6)."""

from __future__ import annotations

from dataclasses import replace

from kesu.procedure.history.act import Act
from kesu.procedure.kinds.instant import instant_of
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.model import Procedure


def mended_act(entry: Act, mending: Act, *, zone: str) -> Act:
    """`entry` as it reads after `mending`, as an act of whoever mends; struck it says what it said.

    A new time that is none leaves the time as it is.
    """
    anew = replace(
        entry,
        by=mending.by,
        post=mending.post,
        behalf=mending.behalf,
        recorder=mending.recorder,
        units=mending.units,
    )
    if mending.step != STEP.CORRECTED:
        return anew
    word, value = str(mending.facts.get(FACT.WORD)), mending.facts.get(FACT.VALUE)
    if word == "at":
        at = instant_of(value, zone)
        return anew if at is None else replace(anew, at=at)
    return replace(anew, facts={**entry.facts, word: value})


def unread(procedure: Procedure, mending: Act) -> bool:
    """Whether no rule looks at what is corrected, or it is one's own act that is taken back."""
    if mending.step != STEP.CORRECTED:
        return mending.step == STEP.TAKEN_BACK
    word = mending.facts.get(FACT.WORD)
    return word != "at" and word not in procedure.looked_at
