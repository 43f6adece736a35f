"""What a shape says about a duty: what calls for it, what answers it, and in what time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from kesu.names import FactName, PostName, RuleName, StepName
from kesu.reading.keys import Keys, known_word
from kesu.reading.strict import Scalar, fault
from kesu.worktime.calendar import Calendar
from kesu.worktime.due import Cutoff, Deemed, Due, Pause, Policy, Roll, RollOn, due
from kesu.worktime.span import Span, SpanError, SpanRange, Unit

from ..history.periods import Period
from ..history.verdict import Reason

THE_DAY: Final = ("the day itself", "the same day")  # until midnight of the day from which it is counted
ONE_DAY: Final = Span(Decimal(1), Unit.NATURAL_DAYS)
NO_LIMIT: Final = "no limit"  # a value that somebody sets, with a reason (semantics 2.4)
POLICY_WORDS: Mapping[str, type[StrEnum]] = {
    "roll": Roll,
    "roll on": RollOn,
    "cutoff": Cutoff,
    "deemed": Deemed,
}


class OfDuty(Reason):
    """Why a duty stands as it does; a shape with `timed` has a sentence for each that its duties can come to."""

    IN_TIME = "in time"
    LATE = "late"
    OPEN = "open"
    REASONED = "reasoned"


@dataclass(frozen=True, slots=True)
class Limit:
    """How long something may take.

    - `span`: so many hours, days, weeks …; None is “no limit”, a value that somebody has to have set.
    - `aim`: an earlier moment that is aimed at; missing it is no breach.
    - `policy`: where the last day rolls to, when a day ends, whether the first day counts; None: as is usual for the unit.
    """

    span: Span | None
    aim: Span | None = None
    policy: Policy | None = None

    @property
    def same_day(self) -> bool:
        """Whether it runs out with the day from which it is counted."""
        return self.policy is not None and self.policy.first_day

    def due(self, *, calendar: Calendar, start: datetime, pauses: tuple[Pause, ...] = ()) -> Due | None:
        """When it runs out, or None without a limit. `start` is aware. Raises what `worktime.due` raises."""
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
    """A duty in the making: what calls for it, what answers it, in what time, and what makes it pointless.

    A shape that calls for duties carries one as `timed`. It knows no file: `casework.duties` makes the duties of a
    file from it, after every entry, one for each (rule, entry that calls, thing). All names are names of words.

    - `calls`: steps; every standing act of one calls for a duty of its own, of a joint step the last act only.
    - `answers`: steps; an act of any of them meets the oldest running duty of the rule, or the one that it names by
      `answers entry`. Empty where a state of the file answers (`Shape.fulfilled`) or nobody has to (`owed` False).
    - `limit`: the time, counted from the calling act's `at`: for *received* from the earliest receipt of all files that
      joined, after a reopening from there. A `Limit` without a span has no end and is never late.
    - `fact`: the word of a date or an instant, instead of `calls`: each act that brings it calls, and time counts from
      its value; a bare date begins at midnight in the zone of the calendar.
    - `late_of`: the rule whose duties call when they fell late, each of them once: `calls` is the clock's own entry then,
      and time counts from when that one's was over.
    - `until`: steps after which nothing is owed any more: a running duty that was called for before becomes void.
    - `owner`: the post that owes it; None: whoever may take the step that answers.
    - `pause_from`, `pause_to`: steps between which time stands still; a pause without an end goes on.
    - `again`: each answer, each reasoned waiver and each reopening calls for the next one; `until` and the end stop it.
    - `on_paper`: called for by every act that another person noted without a scan, and answered by whoever acted, in
      person; nobody else can.
    - `period`: each period of the calendar calls, by the clock's entry `period began`; `calls` say from when. The limit
      then follows from the period (`limit_at`), and the end of the file stops it until a reopening.
    - `anew`: a step that is taken over again calls for a duty of its own. Otherwise the first time calls, and after it what
      was sent back and what is done after a reopening; a step for each thing calls once for each.
    - `owed`: False for a span at which the clock alone looks: it is nobody's duty, and when it has run out the clock
      puts a fact on record (`promote`).

    Of `fact`, `late_of`, `on_paper` and `period` at most one is set. A `when` that holds later opens the duty late, from the same
    start (decision 0014). Not judged here: whether something was in time is asked of `worktime`.
    """

    calls: tuple[StepName, ...]
    answers: tuple[StepName, ...]
    limit: Limit
    fact: FactName | None = None
    late_of: RuleName | None = None
    until: tuple[StepName, ...] = ()
    owner: PostName | None = None
    pause_from: tuple[StepName, ...] = ()
    pause_to: tuple[StepName, ...] = ()
    again: bool = False  # each answer calls for the next one
    on_paper: bool = False  # called for by every act that somebody else noted without a scan
    period: Period | None = None
    owed: bool = True
    anew: bool = False  # what is done over again calls for it anew

    @property
    def steps(self) -> frozenset[str]:
        """Every step by which a duty of it can begin, be met, end or stand still."""
        return frozenset((*self.calls, *self.answers, *self.until, *self.pause_from, *self.pause_to))

    def limit_at(self, *, start: datetime, calendar: Calendar) -> Limit:
        """The limit of what is counted from `start` (aware): the rule's own, or that of the period that begins then."""
        if self.period is None:
            return self.limit
        span, policy = self.period.span(start.astimezone(calendar.zone_info).date())
        return Limit(span, policy=policy)


def read_limit(keys: Keys, key: str) -> Limit:
    """Reads a span under a key, `aim`, and the policy words roll, roll on, cutoff and deemed. Raises ReadError."""
    text = keys.text(key)
    aim_text = keys.maybe("aim")
    chosen: dict[str, Any] = {
        name.replace(" ", "_"): kind(known_word(word, [one.value for one in kind], what=f"“{name}”"))
        for name, kind in POLICY_WORDS.items()
        if (word := keys.maybe(name)) is not None
    }
    aim = None if aim_text is None else _span(aim_text)
    if isinstance(aim, SpanRange):
        raise fault(aim_text, en="an aim is one span, not a range", zh="目标期限只能是一个时间段")
    if text == NO_LIMIT:
        return Limit(None, aim)
    if text in THE_DAY:
        policy = replace(Policy.default_for(ONE_DAY.unit), first_day=True)
        return Limit(ONE_DAY, aim, replace(policy, **chosen))
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
