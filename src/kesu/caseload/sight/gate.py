"""Result texts that may not be told yet: who may read them, and with which mark; others are not served them at all (semantics 5.9)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kesu.casework.deciding.decide import Actor
from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.untold import consents
from kesu.casework.waiting.takers import Takers
from kesu.names import StepName


class Disclosure(StrEnum):
    """How a value reaches a reader, what hides most last."""

    OPEN = "open"
    MASKED = "masked"  # contact details: enough to recognise them, not to use them
    DRAFT = "draft"  # whole, and not to be told yet
    HIDDEN = "hidden"  # that there is one, and nothing of it


@dataclass(frozen=True, slots=True)
class Gate:
    """`words` are the facts behind the gate; `disclosure` is how this reader gets them."""

    words: frozenset[str]
    disclosure: Disclosure  # open, a draft or hidden
    steps: frozenset[str] = frozenset()  # those by which it is consented to and told

    @property
    def kept_back(self) -> frozenset[str]:
        """The facts whose values stay on the server."""
        return self.words if self.disclosure is Disclosure.HIDDEN else frozenset()

    def hides(self, word: str) -> bool:
        """Whether the value of this fact stays on the server."""
        return word in self.kept_back

    def marks(self, word: str) -> bool:
        """Whether the value carries the mark of a draft."""
        return self.disclosure is Disclosure.DRAFT and word in self.words


NO_GATE: Final = Gate(frozenset(), Disclosure.OPEN)


def gate(takers: Takers, *, person: str, actors: list[Actor]) -> Gate:
    """The gate of a case for one reader.

    Once told, the result is open to everybody who sees the case. Consented to, it is open to those who may tell it.
    Before that only those read it who write or approve it, and each time with the mark of a draft. What a rule speaks of in
    some cases alone is behind the gate in these: what nobody has to consent to is no draft.
    """
    case = takers.case
    rules = consents(case)
    words = frozenset(word for shape in rules for word in shape.facts)
    told = [step for shape in rules for step in shape.told_at]
    consent = [step for shape in rules for step in shape.consent]
    steps = frozenset([*told, *consent])
    if not words or any(case.history.done(step) for step in told):
        return Gate(words, Disclosure.OPEN, steps)
    if _consented(case, consent, words) and _may_any(takers, told, actors):
        return Gate(words, Disclosure.OPEN, steps)
    writing = [step.name for step in case.procedure.steps.values() if words.intersection(step.asks)]
    wrote = person in case.history.persons([*writing, *consent])
    if wrote or _may_any(takers, [*writing, *consent], actors):
        return Gate(words, Disclosure.DRAFT, steps)
    return Gate(words, Disclosure.HIDDEN, steps)


def _consented(case: CaseFile, consent: list[StepName], words: frozenset[str]) -> bool:
    """Whether everything behind the gate was consented to as it stands."""
    given = max((act.number for step in consent if (act := case.history.last(step))), default=0)
    return given > 0 and all(case.history.changed(word) <= given for word in words)


def _may_any(takers: Takers, steps: list[StepName], actors: list[Actor]) -> bool:
    return any(actor.post is not None and takers.may(step, actor) for step in steps for actor in actors)
