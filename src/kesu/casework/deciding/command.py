"""What somebody asks to be recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kesu.names import PersonId, PostName, RuleName, StepName
from kesu.procedure.history.act import Act, Value
from kesu.procedure.words.names import FACT


@dataclass(frozen=True, slots=True)
class Signature:
    """That a person signs a step, having seen the file up to an entry: at `confirmed` he gave his password again.

    It is made where passwords are asked for and nowhere else (`tests/house/test_signatures.py`); what goes on record of it is
    said by the house (semantics 5.5).
    """

    by: PersonId
    step: StepName
    seen_up_to: int
    confirmed: datetime


@dataclass(frozen=True, slots=True)
class Command:
    """A step that `by` wants to take in `post`; `recorder` notes it when somebody else acted, `at` when it happened earlier.

    `passes` are the rules that an override lets it pass: of its proposal those that are asked for, of the step itself those
    that were agreed to (semantics 5.5). `signed` where the step is one that its actor signs. `site`: of a new file, the place of work
    that it is about, where somebody was asked.
    """

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
    passes: tuple[RuleName, ...] = ()
    signed: Signature | None = None
    site: str | None = None

    def act(self, *, number: int, now: datetime) -> Act:
        """The act that this command would become."""
        facts = dict(self.facts)
        if self.reason:
            facts.setdefault(FACT.REASON, self.reason)
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
            overridden=self.passes,
        )
