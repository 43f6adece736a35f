"""A span of time: ours (late is late, a duty) or the other side's (it bars a step unless extended)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import ClassVar, Final

from kesu.names import FactName, RuleName, StepName
from kesu.reading.keys import Keys
from kesu.reading.strict import Scalar, fault
from kesu.worktime.due import in_time

from .. import words
from ..history.act import MISSING, Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, Times, broken, cannot_tell, lacking_facts, lacking_steps
from ..kinds.instant import instant_of
from ..words.names import FACT, STEP
from .blank import Blank, Filling
from .shape import Each, Shape, Spoken, Unjudged, Vocabulary
from .slots import AnyOf, Facts, Length, Owed, Slots, Steps
from .timed import Limit, Timed, read_limit

MOMENT: Final = timedelta(microseconds=1)  # up to and with an instant; a moment later is too late


@dataclass(frozen=True)
class Within(Unjudged):
    """`within, from, to` with `aim`, `until`, `pauses`, `owner`: what we owe, counted from `at` to `at`.

    With `once late: rule` in the place of `from` it is owed when what that rule calls for fell late, counted from then.
    A step that is done over again calls for nothing anew, unless `anew: yes`.
    """

    sign: ClassVar[str] = "within"
    keys: ClassVar[frozenset[str]] = frozenset(
        {
            "within",
            "aim",
            "from",
            "once late",
            "to",
            "until",
            "pauses",
            "owner",
            "roll",
            "roll on",
            "cutoff",
            "deemed",
            "anew",
            "bars",
            "unless",
        }
    )
    bars: ClassVar[bool] = False
    per_thing: ClassVar[bool] = True
    how: ClassVar[str] = "timed"

    duty: Timed

    def __post_init__(self) -> None:
        object.__setattr__(self, "timed", self.duty)

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Shape:
        limit = read_limit(keys, "within")
        if "bars" in keys:
            return _read_window(keys, vocabulary, limit)
        late_of = _read_late_of(keys, vocabulary)
        if late_of is not None:
            return cls(_duty(keys, vocabulary, limit, calls=(STEP.FELL_LATE,), late_of=late_of))
        start = keys.text("from") if isinstance(keys.need("from"), Scalar) else None
        fact = (
            vocabulary.fact(start)
            if start is not None and not vocabulary.is_step(start) and words.is_fact(start)
            else None
        )
        calls = () if fact else vocabulary.steps_of(keys, "from")
        return cls(_duty(keys, vocabulary, limit, calls=calls, fact=fact))

    def speaks_of(self) -> Spoken:
        return Spoken(self.duty.steps, self.reads())

    def wording(self) -> str:
        limit = self.duty.limit
        if self.duty.late_of is not None:
            return "once late" if limit.span else "once late without a limit"
        if limit.same_day and self.duty.fact:
            return "promised day"
        plain = "same day" if limit.same_day else "aim" if limit.aim else "rule" if limit.span else "no limit"
        return f"{plain} anew" if self.duty.anew else plain

    def slots(self) -> Slots:
        timed = self.duty
        return {
            "start": Owed(timed.late_of)
            if timed.late_of
            else Facts((timed.fact,))
            if timed.fact
            else AnyOf(timed.calls),
            "steps": AnyOf(timed.answers),
            "span": Length(timed.limit.span),
            "aim": Length(timed.limit.aim),
        }


class Why(Reason):
    """Why it is not kept."""

    TOO_LATE = "too late"
    NO_START = "no start"


@dataclass(frozen=True)
class Window(Shape):
    """`within, from, to, bars, unless`: the time limit of the other side. Judged where a calendar is at hand."""

    sign: ClassVar[str] = "within … bars"
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    how: ClassVar[str] = "enforced"

    limit: Limit
    start: str
    start_is_fact: bool
    to: str | None
    barred: tuple[StepName, ...]
    unless: StepName | None

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Shape:
        return _read_window(keys, vocabulary, read_limit(keys, "within"))

    def asked(self) -> tuple[str, ...]:
        return self.barred

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        moved = self._moved(history, act)
        if moved is None:
            return None  # not begun: other rules ask for the step itself
        start = self._started(history, act)
        if start is None:
            lacking = lacking_facts if self.start_is_fact else lacking_steps
            return cannot_tell(Why.NO_START, lacks=lacking(self.start))
        assert history.calendar is not None, "a window is judged through a file, which has a calendar"
        due = self.limit.due(calendar=history.calendar, start=start)
        if due is None or in_time(due=due, moment=moved.at):
            return KEPT
        extension = history.last(self.unless) if self.unless else None
        if extension is not None and _extended(extension, moved.at, history.calendar.zone):
            return KEPT
        lacks = lacking_steps(self.unless) if self.unless else ()
        return broken(Why.TOO_LATE, lacks=lacks, steps=(act.step,), times=Times(due, moved=moved.at))

    @property
    def changes_with_time(self) -> bool:
        return self.limit.span is not None and (self.to is None or self.to in self.barred)

    def changes_at(self, history: History, act: Act) -> datetime | None:
        start, extension = self._started(history, act), history.last(self.unless) if self.unless else None
        if self.to not in (None, act.step) or start is None:
            return None
        assert history.calendar is not None, "a window is judged through a file, which has a calendar"
        due = self.limit.due(calendar=history.calendar, start=start)
        if due is None:
            return None
        shuts: datetime | None = due.at if not in_time(due=due, moment=due.at) else due.at + MOMENT
        if extension is not None:
            longer = _extended_until(extension, history.calendar.zone)
            shuts = None if longer is None or shuts is None else max(shuts, longer)
        return shuts if shuts is not None and act.at < shuts else None

    def _moved(self, history: History, act: Act) -> Act | None:
        """The act that has to be in time: the one that is judged, unless another step is named under `to`."""
        return act if self.to in (None, act.step) else history.last(self.to)

    def _started(self, history: History, act: Act) -> datetime | None:
        if not self.start_is_fact:
            begun = history.last(self.start)
            return begun.at if begun else None
        value = history.value(self.start, act)
        return (
            None
            if value is MISSING or value is None
            else instant_of(value, history.calendar.zone if history.calendar else "UTC")
        )

    def reads(self) -> frozenset[str]:
        return frozenset({self.start}) if self.start_is_fact else frozenset()

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
        moved = self._moved(blank.history, act)
        if self.start_is_fact and self.start in blank.asks and moved is not None:
            assert blank.history.calendar is not None, (
                "a window is judged through a file, which has a calendar"
            )
            yield {self.start: moved.at.astimezone(blank.history.calendar.zone_info).date().isoformat()}

    def speaks_of(self) -> Spoken:
        start = () if self.start_is_fact else (self.start,)
        return Spoken(frozenset(filter(None, (*self.barred, *start, self.to, self.unless))), self.reads())

    def mended_by(self) -> tuple[str, ...]:
        return (self.unless,) if self.unless else ()

    def wording(self) -> str:
        if self.limit.same_day:
            return "day unless" if self.unless else "day"
        return "no limit" if not self.limit.span else "window unless" if self.unless else "window"

    def slots(self) -> Slots:
        return {
            "start": Facts((self.start,)) if self.start_is_fact else Steps((self.start,)),
            "to": Steps((self.to,) if self.to else self.barred),
            "steps": Steps(self.barred),
            "span": Length(self.limit.span),
            "unless": Steps((self.unless,) if self.unless else ()),
        }


def _extended_until(extension: Act, zone: str) -> datetime | None:
    """The first instant that an extension does not reach; None where it names no limit."""
    until = extension.facts.get(FACT.NEW_LIMIT)
    if until is None:
        return None
    limit = instant_of(until, zone)
    if limit is None:
        return extension.at  # what is no time extends nothing
    return limit + timedelta(days=1) if limit.time() == time.min else limit + MOMENT


def _extended(extension: Act, moved: datetime, zone: str) -> bool:
    until = extension.facts.get(FACT.NEW_LIMIT)
    if until is None:
        return True
    limit = instant_of(until, zone)
    if limit is None:
        return False
    return (
        moved.astimezone(limit.tzinfo).date() <= limit.date() if limit.time() == time.min else moved <= limit
    )


def _read_window(keys: Keys, vocabulary: Vocabulary, limit: Limit) -> Window:
    start = keys.text("from")
    is_fact = not vocabulary.is_step(start) and words.is_fact(start)
    to, unless = keys.maybe("to"), keys.maybe("unless")
    return Window(
        limit=limit,
        start=vocabulary.fact(start) if is_fact else vocabulary.step(start),
        start_is_fact=is_fact,
        to=vocabulary.step(to) if to is not None else None,
        barred=vocabulary.steps_of(keys, "bars"),
        unless=vocabulary.step(unless) if unless is not None else None,
    )


def _duty(
    keys: Keys,
    vocabulary: Vocabulary,
    limit: Limit,
    *,
    calls: tuple[StepName, ...],
    fact: FactName | None = None,
    late_of: RuleName | None = None,
) -> Timed:
    """What is owed, whatever calls for it."""
    owner = keys.maybe("owner")
    pause_from, pause_to = read_pauses(keys, vocabulary)
    return Timed(
        calls=calls,
        fact=fact,
        late_of=late_of,
        answers=vocabulary.steps_of(keys, "to"),
        limit=limit,
        until=vocabulary.steps_of(keys, "until") if "until" in keys else (),
        owner=vocabulary.post(owner) if owner is not None else None,
        pause_from=pause_from,
        pause_to=pause_to,
        anew=keys.flag("anew"),
    )


def _read_late_of(keys: Keys, vocabulary: Vocabulary) -> RuleName | None:
    """The rule under `once late`, which stands in the place of `from`. Raises ReadError."""
    named = keys.maybe("once late")
    if named is None:
        return None
    if "from" in keys:
        raise fault(
            named,
            en=f"the rule “{vocabulary.rule}” has both “from” and “once late”; it is counted from one of them",
            zh=f"规则“{vocabulary.rule}”既有“from”又有“once late”；只能从其中一个起算",
        )
    return RuleName(str(named))


def read_pauses(keys: Keys, vocabulary: Vocabulary) -> tuple[tuple[StepName, ...], tuple[StepName, ...]]:
    """`pauses: {from: steps, to: steps}`: between which steps the time of a rule stands still."""
    node = keys.get("pauses")
    if node is None:
        return (), ()
    inner = Keys(node, what="“pauses”")
    found = vocabulary.steps_of(inner, "from"), vocabulary.steps_of(inner, "to")
    inner.done()
    return found
