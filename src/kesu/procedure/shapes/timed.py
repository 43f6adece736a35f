"""What a shape says about a duty: what calls for it, what answers it, and in what time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from kesu.reading.keys import Keys, known
from kesu.reading.strict import Scalar, fault
from kesu.worktime.calendar import Calendar
from kesu.worktime.due import Cutoff, Deemed, Due, Pause, Policy, Roll, RollOn, due
from kesu.worktime.span import Span, SpanError, SpanRange

from ..history.periods import Period

NO_LIMIT: Final = "no limit"  # a value that somebody sets, with a reason (semantics 2.4)
POLICY_WORDS: Mapping[str, type[StrEnum]] = {
    "roll": Roll,
    "roll on": RollOn,
    "cutoff": Cutoff,
    "deemed": Deemed,
}


@dataclass(frozen=True, slots=True)
class Limit:
    """A span of time with an optional earlier aim; `span` None is “no limit”, which somebody has to have set."""

    span: Span | None
    aim: Span | None = None
    policy: Policy | None = None

    def due(self, *, calendar: Calendar, start: datetime, pauses: tuple[Pause, ...] = ()) -> Due | None:
        """When it runs out, or None without a limit."""
        return self._due(self.span, calendar, start, pauses)

    def aimed(self, *, calendar: Calendar, start: datetime, pauses: tuple[Pause, ...] = ()) -> Due | None:
        """The earlier moment aimed at, if there is one."""
        return self._due(self.aim, calendar, start, pauses)

    def _due(
        self, span: Span | None, calendar: Calendar, start: datetime, pauses: tuple[Pause, ...]
    ) -> Due | None:
        if span is None:
            return None
        return due(calendar=calendar, start=start, span=span, policy=self.policy, pauses=pauses)


@dataclass(frozen=True, slots=True)
class Timed:
    """A duty in the making: called for by steps or a date fact, answered by steps, voided by others.

    With a `period` each period that began calls for it, and `calls` only say from when. What is not `owed` is no
    duty: nobody answers it, and when its time has run out the clock puts something on record.
    """

    calls: tuple[str, ...]
    answers: tuple[str, ...]
    limit: Limit
    fact: str | None = None
    until: tuple[str, ...] = ()
    owner: str | None = None
    pause_from: tuple[str, ...] = ()
    pause_to: tuple[str, ...] = ()
    again: bool = False  # each answer calls for the next one
    on_paper: bool = False  # called for by every act that somebody else noted without a scan
    period: Period | None = None
    owed: bool = True

    def limit_at(self, *, start: datetime, calendar: Calendar) -> Limit:
        """The limit of what is counted from `start`."""
        if self.period is None:
            return self.limit
        span, policy = self.period.span(start.astimezone(calendar.zone_info).date())
        return Limit(span, policy=policy)


def read_limit(keys: Keys, key: str) -> Limit:
    """Reads a span under a key, `aim`, and the policy words roll, roll on, cutoff and deemed."""
    text = keys.text(key)
    aim_text = keys.maybe("aim")
    chosen: dict[str, Any] = {
        name.replace(" ", "_"): kind(known(word, [one.value for one in kind], what=f"“{name}”"))
        for name, kind in POLICY_WORDS.items()
        if (word := keys.maybe(name)) is not None
    }
    aim = None if aim_text is None else _span(aim_text)
    if isinstance(aim, SpanRange):
        raise fault(aim_text, en="an aim is one span, not a range", zh="目标期限只能是一个时间段")
    if text == NO_LIMIT:
        return Limit(None, aim)
    taken = _span(text)
    span = taken.limit if isinstance(taken, SpanRange) else taken
    if isinstance(taken, SpanRange):
        if aim is not None:
            raise fault(
                aim_text, en="a range has its aim already", zh="期限写成区间时，前一个数就是目标，不再写 aim"
            )
        aim = taken.target
    return Limit(span, aim, replace(Policy.default_for(span.unit), **chosen) if chosen else None)


def _span(text: Scalar) -> Span | SpanRange:
    try:
        return Span.parse(str(text))
    except SpanError as error:
        raise fault(text, en=error.in_("en"), zh=error.in_("zh")) from None
