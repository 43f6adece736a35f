"""What a rule says of an act: kept, broken or cannot tell, and why, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

Slot = object  # a text, a Text, a list of these, a datetime


class Verdict(StrEnum):
    """Three verdicts, and the state of a duty that still has time."""

    KEPT = "kept"
    BROKEN = "broken"
    CANNOT_TELL = "cannot tell"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A shape's answer. `why` names a sentence of the shape's template file, `slots` fill it.

    `missing` are words or steps that would settle a “cannot tell” or mend a breach; `person` is who is in the way.
    """

    verdict: Verdict
    why: str = ""
    slots: Mapping[str, Slot] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


KEPT: Final = Outcome(Verdict.KEPT)


def broken(why: str, *, missing: tuple[str, ...] = (), **slots: Slot) -> Outcome:
    """A breach, with the reason and what it lacks."""
    return Outcome(Verdict.BROKEN, why, slots, missing)


def cannot_tell(why: str, *, missing: tuple[str, ...] = (), **slots: Slot) -> Outcome:
    """Not enough on record to say."""
    return Outcome(Verdict.CANNOT_TELL, why, slots, missing)


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's verdict on one act or duty of a file.

    `number` is the entry judged (for a duty: the entry that called for it), `manner` says how a verdict came about where
    that matters: late, reasoned, overridden, retrospective. `bars` tells that online this refuses the act.
    """

    rule: str
    clauses: tuple[str, ...]
    verdict: Verdict
    number: int
    at: datetime
    outcome: Outcome
    bars: bool = False
    manner: str = ""
    thing: str = ""

    def key(self) -> tuple[str, str, int, str, str]:
        """What must be equal online and in review."""
        return (self.rule, self.verdict.value, self.number, self.manner, self.thing)
