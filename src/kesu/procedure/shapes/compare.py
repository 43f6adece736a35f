"""One fact against another: a date promised and a date agreed, a figure and what it may come to at most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import ClassVar, Final

from kesu.names import FactName, StepName
from kesu.reading.keys import Keys, known_word
from kesu.reading.strict import Scalar, fault
from kesu.worktime.calendar import Calendar
from kesu.worktime.due import HorizonError, StartError, due
from kesu.worktime.policy import Policy, Roll
from kesu.worktime.span import Span, SpanError, Unit

from .. import words
from ..history.act import MISSING, Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, broken, cannot_tell, lacking_steps
from ..kinds import kinds_that
from ..kinds.date import DATE
from ..kinds.instant import INSTANT, instant_of
from ..kinds.line_sums import number_text
from ..kinds.number import number
from ..kinds.text import TEXT
from ..words import underneath
from .blank import Blank, Filling
from .shape import Each, Shape, Spoken, Unknown, Vocabulary, unknown_facts
from .slots import Facts, Length, Slots, Steps
from .timed import THE_DAY

FIGURES: Final = kinds_that(lambda kind: kind.single_figure)
DATES: Final = (DATE, INSTANT)
OF_DATES: Final = ("not later", "not earlier", "the same", "another")
OF_FIGURES: Final = ("not more", "not less", "the same", "another")
EARLY, LATE = "2000-01-01", "2300-01-01"
PLAIN: Final = (Unit.CALENDAR_DAYS, Unit.NATURAL_DAYS)  # days of which no calendar skips any


class Why(Reason):
    """Why it is not kept."""

    OTHERWISE = "otherwise"
    NO_START = "no start"


@dataclass(frozen=True, slots=True)
class Against:
    """What a fact is held against: a fact, a step's own day, or the day of the act itself; a span after or before it."""

    fact: FactName | None = None
    step: StepName | None = None
    span: Span | None = None
    back: bool = False


@dataclass(frozen=True)
class Compare(Shape):
    """`at: steps, compare: fact, with: fact | [span from | span before] fact, step or “the day itself”, is: how, unless: remark`.

    Figures may follow from others (sums); with `unless` a remark on record stands for agreement. Dates by the local day: not later, not earlier, the same, another. Figures: not more, not less, the same, another.
    """

    sign: ClassVar[str] = "compare"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "compare", "with", "is", "unless"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why, Unknown)

    steps: tuple[StepName, ...]
    fact: FactName
    against: Against
    relation: str
    unless: FactName | None = None

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Compare:
        word = keys.text("compare")
        name = vocabulary.fact(word, kinds=(*DATES, *FIGURES), derived=True)
        of_dates = words.facts()[name].kind in DATES
        how = known_word(keys.text("is"), OF_DATES if of_dates else OF_FIGURES, what="“is”")
        node = keys.text("with")
        against = _against(node, vocabulary) if of_dates else Against(_figure(node, vocabulary))
        remark = keys.maybe("unless")
        unless = None if remark is None else vocabulary.fact(remark, kinds=(TEXT,))
        return cls(vocabulary.steps_of(keys, "at"), name, against, how, unless)

    @property
    def of_dates(self) -> bool:
        """Whether days are compared, and not figures."""
        return words.facts()[self.fact].kind in DATES

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        mine, other = self._mine(history, act), self._other(history, act)
        lacking = tuple(
            lack
            for word, value in ((self.fact, mine), (self.against.fact, other))
            if word and value is None
            for lack in history.lacking(word, act) or (word,)
        )
        if lacking:
            return unknown_facts(history, lacking)
        if other is None:
            assert self.against.step is not None
            return cannot_tell(Why.NO_START, lacks=lacking_steps(self.against.step))
        assert mine is not None
        if _holds(self.relation, mine, other) or self._remarked(history, act):
            return KEPT
        return broken(Why.OTHERWISE, facts=(self.fact,), steps=(act.step,))

    def _remarked(self, history: History, act: Act) -> bool:
        said = history.value(self.unless, act) if self.unless is not None else MISSING
        return isinstance(said, str) and bool(said.strip())

    def _mine(self, history: History, act: Act) -> date | Decimal | None:
        return (
            _day(history.value(self.fact, act), history)
            if self.of_dates
            else _amount(history.value(self.fact, act))
        )

    def _other(self, history: History, act: Act) -> date | Decimal | None:
        if not self.of_dates:
            assert self.against.fact is not None
            return _amount(history.value(self.against.fact, act))
        start = self._start(history, act)
        if start is None or self.against.span is None:
            return None if start is None else start.date()
        assert history.calendar is not None, "dates are compared in a file, which has a calendar"
        return _moved(start, self.against.span, back=self.against.back, calendar=history.calendar)

    def _start(self, history: History, act: Act) -> datetime | None:
        """The local instant from which the other date is counted."""
        assert history.calendar is not None, "dates are compared in a file, which has a calendar"
        zone = history.calendar.zone_info
        if self.against.fact is not None:
            value = history.value(self.against.fact, act)
            start = None if value is MISSING or value is None else instant_of(value, history.calendar.zone)
            return None if start is None else start.astimezone(zone)
        taken = act if self.against.step is None else history.last(self.against.step)
        return None if taken is None else taken.at.astimezone(zone)

    @property
    def changes_with_time(self) -> bool:
        return self.of_dates and self.against.fact is None and self.against.step is None

    def changes_at(self, history: History, act: Act) -> datetime | None:
        mine = self._mine(history, act) if self.changes_with_time else None
        if not isinstance(mine, date) or self._remarked(history, act):
            return None  # a remark stands whatever the day
        assert history.calendar is not None, "dates are compared in a file, which has a calendar"
        zone = history.calendar.zone_info
        days = 0 if self.against.span is None else int(self.against.span.amount)
        turns = mine - timedelta(
            days=-days if self.against.back else days
        )  # the day on which both are the same
        ends = {"not later": (0,), "not earlier": (1,)}.get(self.relation, (0, 1))
        instants = (datetime.combine(_shifted(turns, one), time.min, zone) for one in ends)
        return next((at for at in instants if at > act.at), None)

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
        mine, other = self.fact, self.against.fact
        remark = self._remark(blank)
        yield from remark
        if words.facts()[mine].derived is not None:
            for sums in self._sums(blank, act):
                yield sums
                yield from ({**sums, **said} for said in remark)
            return
        if mine in blank.asks:
            value = self._other(blank.history, act)
            yield from _near(mine, value) if value is not None else ()
        if other is not None and other in blank.asks:
            value = self._mine(blank.history, act)
            yield from self._starts(other, value, blank.history) if value is not None else ()
        if other is not None and {mine, other} <= set(blank.asks):
            day = date(2026, 1, 15)
            yield from _both(mine, other, of_dates=self.of_dates)
            yield from ({mine: day.isoformat(), **one} for one in self._starts(other, day, blank.history))

    def _remark(self, blank: Blank) -> tuple[Filling, ...]:
        """The remark that stands for agreement, where the form asks it."""
        if self.unless is None or self.unless not in blank.asks:
            return ()
        return ({self.unless: blank.some(self.unless)},)

    def _sums(self, blank: Blank, act: Act) -> Iterator[Filling]:
        """Ways to bring a sum to the other figure, or that to the sum, by what the form asks of either."""
        other = str(self.against.fact)
        for filling in (*blank.extremes(underneath(self.fact)), {}):
            sum_ = self._mine(blank.history, replace(act, facts={**act.facts, **filling}))
            if isinstance(sum_, Decimal):
                yield from ({**filling, **one} for one in _near(other, sum_) if other in blank.asks)
                yield from self._up_to(blank, act, filling, sum_)
            yield filling

    def _up_to(self, blank: Blank, act: Act, filling: Filling, sum_: Decimal) -> Iterator[Filling]:
        """What is wanting to the other figure is added under one of the words that the sum rests on."""
        goal = self._other(blank.history, act)
        if not isinstance(goal, Decimal) or goal <= sum_:
            return
        derived = words.facts()[self.fact].derived
        in_units = derived is not None and derived.in_units
        for word in underneath(self.fact):
            if word in blank.asks:
                value, wanting = filling.get(word), number_text(goal - sum_)
                if words.facts()[word].kind.single_figure:
                    yield {**filling, word: number_text(goal - sum_ + (number(value) or Decimal(0)))}
                elif isinstance(value, list):
                    quantity, price = (wanting, "0") if in_units else ("1", wanting)
                    yield {**filling, word: [*value, {"article": "—", "quantity": quantity, "price": price}]}

    def _starts(self, word: str, value: date | Decimal, history: History) -> Iterator[Filling]:
        """What the other fact could be, so that this one is not beyond it, or falls just on it."""
        span = self.against.span
        if isinstance(value, Decimal) or span is None:
            yield from _near(word, value)
            return
        calendar, days = history.calendar, int(span.amount)
        assert calendar is not None, "dates are compared in a file, which has a calendar"
        yield from ({word: day} for day in (EARLY, LATE))
        for days_away in range(-4 * days - 60, 4 * days + 60):
            day = _shifted(value, days_away)
            start = datetime.combine(day, time.min, calendar.zone_info)
            if _moved(start, span, back=self.against.back, calendar=calendar) == value:
                yield {word: day.isoformat()}
                return

    def reads(self) -> frozenset[str]:
        facts = (self.fact, *(one for one in (self.against.fact, self.unless) if one is not None))
        return frozenset(word for fact in facts for word in underneath(fact))

    def speaks_of(self) -> Spoken:
        start = (self.against.step,) if self.against.step else ()
        return Spoken(frozenset((*self.steps, *start)), self.reads())

    def wording(self) -> str:
        to = self.against
        span = "" if to.span is None else " before" if to.back else " after"
        remark = "" if self.unless is None else " unless"
        return f"{self.relation}{span}{'' if to.fact else ' a day'}{remark}"

    def slots(self) -> Slots:
        to = self.against
        other = Facts((to.fact,)) if to.fact else Steps((to.step,) if to.step else self.steps)
        return {
            "steps": Steps(self.steps),
            "fact": Facts((self.fact,)),
            "other": other,
            "span": Length(to.span),
            "remark": Facts((self.unless,) if self.unless is not None else ()),
        }


def _holds(how: str, mine: date | Decimal, other: date | Decimal) -> bool:
    match how:
        case "not later" | "not more":
            return mine <= other  # type: ignore[operator]
        case "not earlier" | "not less":
            return mine >= other  # type: ignore[operator]
        case "the same":
            return mine == other
        case _:
            return mine != other


def _day(value: object, history: History) -> date | None:
    """The local day of a date or an instant; None for what is none."""
    assert history.calendar is not None, "dates are compared in a file, which has a calendar"
    if value is MISSING or value is None:
        return None
    when = instant_of(value, history.calendar.zone)
    return None if when is None else when.astimezone(history.calendar.zone_info).date()


def _amount(value: object) -> Decimal | None:
    return None if value is MISSING or value is None else number(value)


def _moved(start: datetime, span: Span, *, back: bool, calendar: Calendar) -> date:
    """The day so long after or before another; far from today every day counts, since no calendar says otherwise."""
    days = int(span.amount)
    if back or span.unit in PLAIN:
        return _shifted(start.date(), -days if back else days)
    try:
        return due(calendar=calendar, start=start, span=span, policy=Policy(roll=Roll.NONE)).date
    except (StartError, HorizonError):
        return _shifted(start.date(), days)


def _shifted(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _near(word: str, value: date | Decimal) -> Iterator[Filling]:
    """The value itself, and one on either side of it."""
    if isinstance(value, Decimal):
        yield from ({word: number_text(one)} for one in (value, value + 1, max(value - 1, Decimal(0))))
    else:
        yield from ({word: _shifted(value, days).isoformat()} for days in (0, 1, -1))


def _both(mine: str, other: str, *, of_dates: bool) -> Iterator[Filling]:
    early, late = (EARLY, LATE) if of_dates else ("1", "1000")
    yield {mine: early, other: late}
    yield {mine: late, other: early}
    yield {mine: early, other: early}


def _figure(word: Scalar, vocabulary: Vocabulary) -> FactName:
    return vocabulary.fact(word, kinds=FIGURES, derived=True)


def _against(text: Scalar, vocabulary: Vocabulary) -> Against:
    """`fact`, `step`, `the day itself`, or one of these with “SPAN from” or “SPAN before” in front of it. Raises ReadError."""
    for between in (" from ", " before "):
        length, found, rest = text.partition(between)
        if found and length[:1].isdecimal():
            start, back = _against(Scalar(rest, text.file, text.line), vocabulary), between == " before "
            whole_days = back or (start.fact is None and start.step is None)
            return Against(start.fact, start.step, _span(length, text, whole_days=whole_days), back)
    if text in THE_DAY:
        return Against()
    if vocabulary.is_step(text):
        return Against(step=vocabulary.step(text))
    return Against(fact=vocabulary.fact(text, kinds=DATES))


def _span(length: str, text: Scalar, *, whole_days: bool) -> Span:
    """A number of days; `whole_days`: of such as can be counted back from a day, or on from the day of the act itself."""
    try:
        span = Span.parse(length)
    except SpanError as error:
        raise fault(text, en=error.in_("en"), zh=error.in_("zh")) from None
    if not isinstance(span, Span) or span.unit.in_hours or (whole_days and span.unit not in PLAIN):
        raise fault(
            text,
            en=f"days are compared here, so “{length}” is a number of days; before a day, and from the day itself, of calendar or natural ones",
            zh=f"这里比较的是日期，“{length}”应写天数；往前数的、从当日起数的只能用日历日或自然日",
        )
    return span
