"""These facts have to be given with the step; at the arrival of a matter they may follow (semantics 1.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Final

from kesu.names import FactName, StepName
from kesu.reading.keys import Keys
from kesu.reading.strict import fault
from kesu.worktime.due import in_time

from .. import words
from ..history.act import MISSING, Act, Value
from ..history.of_a_file import History
from ..history.things_named import named_things
from ..history.verdict import KEPT, Outcome, Reason, Things, broken, cannot_tell, lacking_facts
from ..words.parts import ARRIVAL, COMPLETING
from .abilities import WantsFacts
from .blank import Blank, Filling
from .shape import Each, Shape, Spoken, Vocabulary
from .slots import Facts, Length, Slots, Steps
from .timed import Limit, Timed, read_limit

LATE: Final = "noted later than"
NOTHING_SAID: Final[tuple[Value, ...]] = (MISSING, "", [])


class Why(Reason):
    """Why it is not kept."""

    LACKING = "lacking"
    NOT_SHOWN = "not shown"
    NOT_THERE = "not there"


@dataclass(frozen=True)
class Record(Shape, WantsFacts):
    """`at: steps, record: facts`. Whether “not known” is an answer says the step; with `in hand: yes` it is none. An empty text is none.

    `noted later than: span` asks for them only where the act was noted longer than that after it happened, and of the act
    itself: an arrival on which a time limit hangs says why it is noted so late.
    """

    sign: ClassVar[str] = "record"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "record", "in hand", LATE})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    harmless_at_arrival: ClassVar[bool] = True

    steps: tuple[StepName, ...]
    facts: tuple[FactName, ...]
    completing: tuple[StepName, ...] = ()  # the step by which what was lacking at the arrival is added
    in_hand: bool = False  # a paper that has to be there: that it is not known will not do
    noted_late: Limit | None = None  # asked for only where it was noted later than this after it happened

    def __post_init__(self) -> None:
        calls = tuple(step for step in self.steps if step in ARRIVAL)
        if calls:
            object.__setattr__(self, "timed", Timed(calls, self.completing, Limit(None)))

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Record:
        completing = tuple(step for step in COMPLETING if step in vocabulary.steps)
        steps, in_hand = vocabulary.steps_of(keys, "at"), keys.flag("in hand")
        if in_hand and (early := ARRIVAL.intersection(steps)):
            raise fault(
                keys.need("in hand"),
                en=f"“in hand” cannot be asked at “{min(early)}”: nothing refuses an arrival",
                zh=f"“{min(early)}”时不能要求“in hand”：收到和登记从不拒绝",
            )
        late = read_limit(keys, LATE) if LATE in keys else None
        return cls(steps, vocabulary.facts_of(keys, "record"), completing, in_hand, late)

    @cached_property
    def arrival(self) -> bool:
        """Whether it concerns the arrival, where it opens a duty and bars the next step instead of refusing."""
        return bool(ARRIVAL.intersection(self.steps))

    def asked(self) -> tuple[str, ...]:
        return (*self.steps, "* own") if self.arrival else self.steps

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if self.arrival:
            return self._arrival(history, act)
        if not self._concerns(history, act):
            return None
        missing = tuple([word for word in self.facts if self._nothing(history, act, word)])
        return self._verdict(history, missing, act) if missing else self._of_things(history, act)

    def _of_things(self, history: History, act: Act) -> Outcome:
        """A thing that is named has to be one that the file holds; as long as it holds none, rules for each thing say so."""
        for name in self.facts:
            named = named_things(history, name, act.facts)
            if named is None or not named.gone or (named.word.among is None and not named.there):
                continue
            of = str(named.word.names_of)
            if not history.shown.fact(of):
                return cannot_tell(Why.NOT_SHOWN, lacks=lacking_facts(of))
            things = Things(of, named.gone)
            return broken(
                Why.NOT_THERE, lacks=lacking_facts(of), facts=(name,), steps=(act.step,), things=things
            )
        return KEPT

    def _nothing(self, history: History, act: Act, word: str) -> bool:
        value = act.facts.get(word, MISSING)
        return _nothing_said(value, history) or (
            value is None and (self.in_hand or history.hearing.closed(act.step, word))
        )

    def _arrival(self, history: History, act: Act) -> Outcome | None:
        if act.step in self.steps:
            if not self._concerns(history, act):
                return None
            missing = self.lacking(history, act)
            return (
                None
                if missing and all(map(history.shown.fact, missing))
                else self._verdict(history, missing, act)
            )
        missing = self.lacking(history, None)
        return self._verdict(history, missing, act) if missing else None

    def fulfilled(self, history: History) -> bool | None:
        return not self.lacking(history, None) if self.arrival else None

    def lacking(self, history: History, act: Act | None) -> tuple[str, ...]:
        """The facts that the file does not hold yet; of what was noted late, those that neither it nor what completes it says."""
        if self.noted_late is None:
            return tuple([word for word in self.facts if _nothing_said(history.value(word, act), history)])
        acts = [one for step in self.steps for one in history.all(step)] if act is None else [act]
        late = [one for one in acts if self._concerns(history, one)]
        return tuple([word for word in self.facts if any(self._unsaid(history, one, word) for one in late)])

    def _unsaid(self, history: History, arrival: Act, word: str) -> bool:
        """Whether neither the arrival nor what was added to it later says this."""
        added = (one for step in self.completing for one in history.all(step) if one.number > arrival.number)
        return all(_nothing_said(one.facts.get(word, MISSING), history) for one in (arrival, *added))

    def _concerns(self, history: History, act: Act) -> bool:
        """Whether it asks anything of an act of its steps: of each, or of one that was noted late."""
        if self.noted_late is None:
            return True
        if act.noted <= act.at:
            return False
        assert history.calendar is not None, (
            "what was noted late is judged through a file, which has a calendar"
        )
        due = self.noted_late.due(calendar=history.calendar, start=act.at)
        return due is not None and not in_time(due=due, moment=act.noted)

    def _verdict(self, history: History, missing: tuple[str, ...], act: Act) -> Outcome:
        if not missing:
            return KEPT
        shown = tuple(word for word in missing if history.shown.fact(word))
        if not shown:
            return cannot_tell(Why.NOT_SHOWN, lacks=lacking_facts(*missing))
        return broken(Why.LACKING, lacks=lacking_facts(*shown), steps=(act.step,))

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
        yield {word: blank.some(word) for word in self.facts if word in blank.asks}

    def reads(self) -> frozenset[str]:
        known = words.facts()
        named = (known[name].names_of for name in self.facts)
        return frozenset(self.facts).union(name for name in named if name is not None)

    def wanted(self) -> frozenset[str]:
        return frozenset(self.facts)

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset(self.steps), self.reads())

    def wording(self) -> str:
        if self.noted_late is not None:
            return "late arrival" if self.arrival else "noted late"
        return "arrival" if self.arrival else "in hand" if self.in_hand else "rule"

    def slots(self) -> Slots:
        slots: Slots = {"steps": Steps(self.steps), "facts": Facts(self.facts)}
        return slots if self.noted_late is None else {**slots, "span": Length(self.noted_late.span)}


def _nothing_said(value: object, history: History) -> bool:
    """Whether there is no value; a text of spaces is none, save in editions of Kesu 0.1."""
    blank = isinstance(value, str) and not value.strip() and history.reckoning.in_full
    return value in NOTHING_SAID or blank
