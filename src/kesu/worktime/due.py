"""When a span of time runs out, and why: the due date of a duty."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from kesu.reading.text import Lang, Text
from kesu.worktime.calendar import Calendar
from kesu.worktime.delay import Delay, delay, in_time
from kesu.worktime.doubt import doubt_about
from kesu.worktime.pause import Pause, PauseError
from kesu.worktime.policy import Cutoff, Deemed, Policy, Roll, RollOn
from kesu.worktime.reckoning import Reckoning, StartError
from kesu.worktime.span import Span, SpanRange
from kesu.worktime.steps import Step
from kesu.worktime.table import HorizonError
from kesu.worktime.walk import steps_of

__all__ = [
    "Cutoff", "Deemed", "Delay", "Due", "DueRange", "HorizonError", "Pause", "PauseError", "Policy", "Roll",
    "RollOn", "StartError", "delay", "due", "due_range", "in_time",
]  # fmt: skip


class Due(Reckoning):
    """The answer. Whether it is provisional, and the explanation, are worked out when asked for."""

    @cached_property
    def why_provisional(self) -> Text | None:
        """Why the date may still change; None when no day that is unsettled decided it."""
        return doubt_about(self)

    @property
    def provisional(self) -> bool:
        """Whether a day that is not settled, or a pause that has not ended, decided the date."""
        return self.why_provisional is not None

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The reckoning step by step: what counted, what was skipped, and why."""
        return steps_of(self, provisional=self.provisional)

    def explain(self, lang: Lang) -> list[str]:
        """One line for each day, or stretch of days of one kind, in Chinese or English."""
        doubt = [] if self.why_provisional is None else [self.why_provisional.in_(lang)]
        return [step.zh if lang == "zh" else step.en for step in self.steps] + doubt

    def _inputs(self) -> tuple[object, ...]:
        return self.calendar, self.start, self.span, self.policy, self.pauses

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Due) and self._inputs() == other._inputs()

    def __hash__(self) -> int:
        return hash(self._inputs())

    def __repr__(self) -> str:
        return f"Due({self.date}, {self.at.isoformat()}, {self.span} from {self.start.isoformat()})"


def due(
    *,
    calendar: Calendar,
    start: dt.datetime,
    span: Span,
    policy: Policy | None = None,
    pauses: Sequence[Pause] = (),
) -> Due:
    """When `span` runs out that began at `start` (aware), by `calendar`.

    Without a policy the default of the unit holds. Raises StartError for a start without a zone and
    HorizonError when the span does not run out within a hundred years.
    """
    return Due(calendar, start, span, policy or Policy.default_for(span.unit), pauses)


class DueRange(NamedTuple):
    """The two dates of a range: the target that we set ourselves, and the limit that binds."""

    target: Due
    limit: Due


def due_range(
    *,
    calendar: Calendar,
    start: dt.datetime,
    span: SpanRange,
    policy: Policy | None = None,
    target_policy: Policy | None = None,
    pauses: Sequence[Pause] = (),
) -> DueRange:
    """Target and limit of a range. Where the limit rolls forward the target, unless told, rolls backward."""
    chosen = Policy.default_for(span.limit.unit) if policy is None else policy
    if target_policy is None:
        target_policy = replace(chosen, roll=Roll.BACKWARD) if chosen.roll is Roll.FORWARD else chosen
    return DueRange(
        due(calendar=calendar, start=start, span=span.target, policy=target_policy, pauses=pauses),
        due(calendar=calendar, start=start, span=span.limit, policy=chosen, pauses=pauses),
    )
