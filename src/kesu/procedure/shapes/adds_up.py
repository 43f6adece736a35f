"""A sum of money is what its lines come to, less deductions; else a remark says why not (semantics 4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from kesu.names import FactName, StepName
from kesu.reading.keys import Keys

from ..history.act import MISSING, Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Amounts, Outcome, Reason, broken, cannot_tell, lacking_facts
from ..kinds.line_sums import number_text, read_lines, total
from ..kinds.lines import LINES
from ..kinds.money import MONEY
from ..kinds.number import number
from ..kinds.text import TEXT
from .blank import Blank, Filling
from .shape import Each, Shape, Spoken, Unknown, Vocabulary, unknown_facts
from .slots import Facts, Slots, Steps


class Why(Reason):
    """Why it is not kept."""

    DIFFERS = "differs"
    DIFFERS_WITHOUT_REMARK = "differs without remark"
    NO_PRICE = "no price"


@dataclass(frozen=True)
class AddsUp(Shape):
    """`at: steps, adds up: money, of: lines, less: [money], unless: remark`. A deduction that is not on record is none."""

    sign: ClassVar[str] = "adds up"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "adds up", "of", "less", "unless"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why, Unknown)

    steps: tuple[StepName, ...]
    total: FactName
    lines: FactName
    less: tuple[FactName, ...] = ()
    remark: FactName | None = None

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> AddsUp:
        remark = keys.maybe("unless")
        return cls(
            vocabulary.steps_of(keys, "at"),
            vocabulary.fact(keys.text("adds up"), kinds=(MONEY,)),
            vocabulary.fact(keys.text("of"), kinds=(LINES,)),
            vocabulary.facts_of(keys, "less", kinds=(MONEY,)),
            vocabulary.fact(remark, kinds=(TEXT,)) if remark is not None else None,
        )

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if self.remark is not None and str(act.facts.get(self.remark) or "").strip():
            return KEPT  # with a remark it passes, whether or not there is a difference
        said = {word: history.value(word, act) for word in (self.total, self.lines, *self.less)}
        unknown = tuple(
            word
            for word, value in said.items()
            if value is None or (value is MISSING and word not in self.less)
        )
        if unknown:
            return unknown_facts(history, unknown)
        lines, amount = read_lines(said[self.lines]), number(said[self.total])
        come = total(lines) if lines is not None else None
        if come is None or amount is None:
            return cannot_tell(Why.NO_PRICE, lacks=lacking_facts(self.lines))
        due = come - sum((number(said[word]) or Decimal(0) for word in self.less), Decimal(0))
        return KEPT if due == amount else self._differs(history, amount, due)

    def _differs(self, history: History, amount: Decimal, due: Decimal) -> Outcome:
        if self.remark is not None and not history.shown.fact(self.remark):
            return unknown_facts(history, (self.remark,))
        amounts = Amounts(amount, due)
        if self.remark is None:
            return broken(Why.DIFFERS, amounts=amounts)
        return broken(Why.DIFFERS_WITHOUT_REMARK, lacks=lacking_facts(self.remark), amounts=amounts)

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
        if self.remark is not None and self.remark in blank.asks:
            yield {self.remark: blank.some(self.remark)}
        zero = Decimal(0)
        nothing = {word: "0" for word in (self.total, *self.less) if word in blank.asks}
        stands = {word: number(blank.history.value(word, act)) or zero for word in (self.total, *self.less)}
        stands |= dict.fromkeys(nothing, zero)
        less = sum((stands[word] for word in self.less), zero)
        if self.lines in blank.asks:
            price = number_text(stands[self.total] + less)
            yield {**nothing, self.lines: [{"article": "—", "quantity": "1", "price": price}]}
            return
        come = total(read_lines(blank.history.value(self.lines, act)) or ())
        for word in nothing if come is not None else ():
            assert come is not None
            rest = come - less if word == self.total else come - less - stands[self.total]
            yield {**nothing, word: number_text(max(rest, zero))}

    def reads(self) -> frozenset[str]:
        return self._reckoned() | ({self.remark} if self.remark is not None else frozenset())

    def _reckoned(self) -> frozenset[str]:
        return frozenset({self.total, self.lines, *self.less})

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset(self.steps), self._reckoned())

    def wording(self) -> str:
        return (
            " ".join([key for key, there in (("less", self.less), ("unless", self.remark)) if there])
            or "rule"
        )

    def slots(self) -> Slots:
        return {
            "steps": Steps(self.steps),
            "sum": Facts((self.total,)),
            "lines": Facts((self.lines,)),
            "less": Facts(self.less),
            "remark": Facts((self.remark,) if self.remark else ()),
        }
