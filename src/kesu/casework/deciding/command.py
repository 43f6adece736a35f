"""What somebody asks to be recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kesu.names import PersonId, PostName, RuleName, StepName
from kesu.procedure.history.act import Act, Value
from kesu.procedure.words.names import FACT


@dataclass(frozen=True, slots=True)
class Override:
    """Two persons let one refused act pass once; `second` is the other one, the actor the first (semantics 5.5)."""

    rules: tuple[RuleName, ...]
    second: PersonId
    reason: str
    signature: str
    second_post: PostName | None = None

    def facts(self) -> Mapping[str, Value]:
        """What goes on record of it."""
        return {
            FACT.OVERRIDDEN_BY: self.second,
            FACT.OVERRIDE_REASON: self.reason,
            FACT.SIGNATURE: self.signature,
        }


@dataclass(frozen=True, slots=True)
class Command:
    """A step that `by` wants to take in `post`; `recorder` notes it when somebody else acted, `at` when it happened earlier."""

    step: StepName
    by: PersonId
    post: PostName | None = None
    facts: Mapping[str, Value] = field(default_factory=dict)
    behalf: str | None = None
    units: tuple[str, ...] = ()
    recorder: PersonId | None = None
    medium: str = "system"
    at: datetime | None = None
    reason: str | None = None
    override: Override | None = None

    def act(self, *, number: int, now: datetime) -> Act:
        """The act that this command would become."""
        facts = dict(self.facts)
        if self.reason:
            facts.setdefault(FACT.REASON, self.reason)
        if self.override is not None:
            facts |= self.override.facts()
        return Act(
            number=number,
            step=self.step,
            at=self.at or now,
            noted=now,
            by=self.by,
            post=self.post,
            behalf=self.behalf,
            recorder=self.recorder if self.recorder != self.by else None,
            medium=self.medium,
            units=self.units,
            facts=facts,
            overridden=self.override.rules if self.override else (),
        )
