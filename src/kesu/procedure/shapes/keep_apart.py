"""Who stays out: those named, those who did the work, their units, those who took another step (semantics 5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from kesu.names import FactName, StepName
from kesu.reading.keys import Keys, known_word
from kesu.reading.strict import Block, Scalar, Series, fault

from ..history.act import Act
from ..history.circle import EVERYBODY, Circle
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, broken, cannot_tell, lacking_facts
from ..kinds.alike import matched
from ..words.names import FACT
from .abilities import KeepsPersonsApart
from .blank import Blank, Filling
from .shape import Each, Shape, Spoken, Vocabulary
from .slots import Slots, Sources, Steps

SOURCES: Mapping[str, FactName] = {
    "named": FACT.PERSONS,
    FACT.DID_THE_WORK: FACT.DID_THE_WORK,
    "named units": FACT.UNITS,
    FACT.RESPONSIBLE_UNIT: FACT.RESPONSIBLE_UNIT,
}
FAR: Final = (
    "as far as known at"  # the steps that wait for nothing of which the register has not said who did it
)
OF_UNITS: Final = ("named units", FACT.RESPONSIBLE_UNIT)


class Why(Reason):
    """Why it is not kept."""

    HAS_TO_STAY_OUT = "has to stay out"
    UNIT_HAS_TO_STAY_OUT = "unit has to stay out"
    WORK_NOT_ON_RECORD = "work not on record", True
    NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class KeepApart(Shape, KeepsPersonsApart):
    """`keep apart: [named, did the work, named units, responsible unit, {who did: step}], from: steps, assigned as: facts`.

    `as far as known at: steps` are those of the steps that keep out whom the file knows, and wait for nobody else to be known:
    that something is not in our register may be the very reason for which they are taken.
    """

    sign: ClassVar[str] = "keep apart"
    keys: ClassVar[frozenset[str]] = frozenset({"keep apart", "from", "assigned as", FAR})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    about_persons: ClassVar[bool] = True
    harmless_at_arrival: ClassVar[bool] = True

    sources: tuple[str, ...]
    doers: tuple[StepName, ...]
    steps: tuple[StepName, ...]
    assigned: tuple[FactName, ...] = ()
    as_far_as_known: tuple[StepName, ...] = ()

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> KeepApart:
        node = keys.need("keep apart")
        sources: list[str] = []
        doers: list[StepName] = []
        for item in node if isinstance(node, Series) else [node]:
            if isinstance(item, Scalar):
                sources.append(known_word(item, SOURCES, what="“keep apart”"))
            elif isinstance(item, Block):
                inner = Keys(item, what="“keep apart”")
                doers.extend(vocabulary.steps_of(inner, "who did"))
                inner.done()
            else:
                raise fault(
                    item,
                    en="“keep apart” takes words or {who did: step}",
                    zh="“keep apart”下写词语或 {who did: 步骤}",
                )
        steps = vocabulary.steps_of(keys, "from")
        far = vocabulary.steps_of(keys, FAR) if FAR in keys else ()
        if other := sorted(set(far) - set(steps)):
            raise fault(
                keys.need(FAR),
                en=f"“{FAR}” of the rule “{vocabulary.rule}” names “{other[0]}”, which is not among “from”",
                zh=f"规则“{vocabulary.rule}”的“{FAR}”里的“{other[0]}”不在“from”之列",
            )
        return cls(tuple(sources), tuple(doers), steps, vocabulary.facts_of(keys, "assigned as"), far)

    def asked(self) -> tuple[str, ...]:
        return ("*",) if self.assigned else self.steps

    def barred(self, history: History) -> set[str]:
        """The persons who have to stay out, as far as is on record."""
        return history.persons(self.doers) | self.about(history)

    def about(self, history: History) -> set[str]:
        """The persons whom the matter is about: named, or those who did the work."""
        return {
            person
            for source in self.sources
            if source not in OF_UNITS
            for person in _union(history, SOURCES[source])
        }

    def units(self, history: History) -> set[str]:
        """The units that have to stay out, and from which the file is hidden."""
        return _union(history, FACT.UNITS) if "named units" in self.sources else set()

    def _units(self, history: History) -> set[str]:
        """These, and the one that is responsible, which takes no part and sees the file all the same."""
        responsible = (
            _union(history, FACT.RESPONSIBLE_UNIT) if FACT.RESPONSIBLE_UNIT in self.sources else set()
        )
        return self.units(history) | responsible

    def unknown(self, history: History) -> tuple[str, ...]:
        """The facts without which nobody can tell who stays out, though something on record calls for them."""
        return (FACT.DID_THE_WORK,) if FACT.DID_THE_WORK in self.sources and _work_unknown(history) else ()

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        given = act.facts
        assigned = {one for word in self.assigned if word in given for one in _several(given[word])}
        taken = act.step in self.steps and act.step not in self.doers
        if not taken and not assigned:
            return None
        if act.by is None and not assigned:
            return cannot_tell(Why.NOT_SHOWN) if not history.shown.persons else None
        touched = (assigned | {act.by}) if taken else assigned
        barred = self.barred(history)
        if caught := sorted(person for person in touched if person in barred):
            return broken(Why.HAS_TO_STAY_OUT, steps=(act.step,), persons=tuple(caught))
        if taken and (caught := sorted(self._units(history).intersection(act.units))):
            return broken(Why.UNIT_HAS_TO_STAY_OUT, steps=(act.step,), units=tuple(caught))
        if self._waits_for_more(history, act):
            return cannot_tell(Why.WORK_NOT_ON_RECORD, lacks=lacking_facts(FACT.DID_THE_WORK))
        return KEPT

    def lets(self, history: History, act: Act) -> Circle:
        if act.step not in self.steps or act.step in self.doers:
            return EVERYBODY
        return Circle(
            barred=frozenset(history.persons(self.doers)),
            about=frozenset(self.about(history)),
            units=frozenset(self._units(history)),
            settled=not self._waits_for_more(history, act),
        )

    def _waits_for_more(self, history: History, act: Act) -> bool:
        """Whether the register has to say first who worked on the item."""
        return (
            FACT.DID_THE_WORK in self.sources
            and act.step not in self.as_far_as_known
            and _work_unknown(history)
        )

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
        barred = sorted(self.barred(blank.history))
        for word in self.assigned:
            yield from (
                {word: others} for others in blank.another(word, than=[*barred, *([one] for one in barred)])
            )

    def reads(self) -> frozenset[str]:
        return self._named_in() | frozenset(self.assigned)

    def _named_in(self) -> frozenset[str]:
        """The facts of the file that say who stays out, and those by which they are known to be whole."""
        named = frozenset(SOURCES[source] for source in self.sources)
        return named | {FACT.ITEM} if FACT.DID_THE_WORK in named else named

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset((*self.steps, *self.doers)), self._named_in())

    def chief_step(self) -> str:
        return self.steps[0]

    def slots(self) -> Slots:
        return {
            "sources": Sources(self.sources, self.doers),
            "steps": Steps(self.steps),
            "known": Steps(self.as_far_as_known),
        }

    def wording(self) -> str:
        return "as far as known" if self.as_far_as_known else "rule"


def _several(value: object) -> list[str]:
    return [value] if isinstance(value, str) else list(value) if isinstance(value, list) else []


def _union(history: History, word: str) -> set[str]:
    return {one for _, value in history.values(word) for one in _several(value)}


def _work_unknown(history: History) -> bool:
    """Whether an item is on record of which the register has not said who worked on it."""
    named = [(number, matched(one)) for number, value in history.values(FACT.ITEM) for one in _several(value)]
    known_word = {number for number, value in history.values(FACT.DID_THE_WORK) if value is not None}
    told = {item for number, item in named if number in known_word}
    return not {item for _, item in named} <= told
