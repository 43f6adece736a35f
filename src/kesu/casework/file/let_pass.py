"""Overrides in two hands (semantics 5.5): one person asks, with what he would do; another agrees or declines; then it passes once.

Each of the three is an act of its author in his own sign-in. The proposal bears the facts of the step that it asks for; they
count for nothing before that step is taken with the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kesu.names import RuleName
from kesu.procedure import words
from kesu.procedure.history.act import Act, Value
from kesu.procedure.history.of_a_file import History
from kesu.procedure.words.names import FACT, STEP

from .taking_out import entry_of

ABOUT_IT = (
    FACT.OVERRIDE_STEP,
    FACT.OVERRIDE_REASON,
    FACT.OVERRIDE_ENTRY,
    FACT.OVERRIDDEN_BY,
    FACT.SIGNATURE,
    FACT.SIGNATURE_MEANING,
    FACT.SIGNED_VERSION,
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One override asked for: by which act, what the second person said of it, and by which act it was used."""

    act: Act
    agreed: Act | None
    declined: Act | None
    used: Act | None

    @property
    def step(self) -> str:
        """The step that is to pass."""
        return str(self.act.facts.get(FACT.OVERRIDE_STEP))

    @property
    def rules(self) -> tuple[RuleName, ...]:
        """The rules that are to let it."""
        return tuple(map(RuleName, self.act.overridden))

    @property
    def reason(self) -> str:
        """Why."""
        return str(self.act.facts.get(FACT.OVERRIDE_REASON, ""))

    @property
    def waits(self) -> bool:
        """Whether the second person has not spoken yet."""
        return self.agreed is None and self.declined is None

    @property
    def open(self) -> bool:
        """Whether the step may be taken by it now."""
        return self.agreed is not None and self.used is None


def content(facts: Mapping[str, Value]) -> dict[str, Value]:
    """What the step itself says, without what is about the override and the signature, and what the ledger holds beside facts."""
    known = words.facts()
    return {word: value for word, value in facts.items() if word in known and word not in ABOUT_IT}


def proposals(history: History) -> Iterator[Proposal]:
    """Every override that was asked for, the oldest first. Nobody answers his own, and one answer is enough."""
    for act in history.all(STEP.OVERRIDE_PROPOSED):
        agreed = _answer(history, STEP.OVERRIDE_AGREED, act)
        declined = _answer(history, STEP.OVERRIDE_DECLINED, act)
        whole = history.standing_act(act.number) or act  # rules hear of it only what is its own to say
        yield Proposal(whole, None if declined else agreed, declined, _use(history, act))


def proposal(history: History, entry: object) -> Proposal | None:
    """The one of this entry."""
    number = entry_of(entry)
    return next((one for one in proposals(history) if one.act.number == number), None)


def rules_let_pass(history: History, act: Act) -> tuple[str, ...]:
    """The rules that let an act pass this once: those of a proposal by whoever acts, for this very step, that another agreed to.

    In files judged by editions of Kesu 0.1 those that the act names.
    """
    if not act.overridden or history.hearsay.by_scan or act.origin is not None:
        return act.overridden
    asked = proposal(history, act.facts.get(FACT.OVERRIDE_ENTRY))
    if asked is None or not asked.open or asked.step != act.step or asked.act.by != act.by:
        return ()
    return tuple(rule for rule in act.overridden if rule in asked.rules)


def _answer(history: History, step: str, asked: Act) -> Act | None:
    answers = (one for one in history.all(step) if entry_of(one.facts.get(FACT.ENTRY)) == asked.number)
    return next((one for one in answers if one.by != asked.by), None)


def _use(history: History, asked: Act) -> Act | None:
    uses = (
        act
        for act in history.all(str(asked.facts.get(FACT.OVERRIDE_STEP)))
        if act.overridden and entry_of(act.facts.get(FACT.OVERRIDE_ENTRY)) == asked.number
    )
    return next(uses, None)
