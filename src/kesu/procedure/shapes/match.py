"""Two lists of lines agree by article and quantity: what is taken in is what was approved (semantics 4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from kesu.names import FactName, StepName
from kesu.reading.keys import Keys, known_word

from ..history.act import MISSING, Act, Missing, Value
from ..history.deriving import said_lines
from ..history.of_a_file import History
from ..history.verdict import KEPT, Differences, Outcome, Reason, broken, cannot_tell, lacking_facts
from ..kinds.line_sums import APART, MODES, Line, differing, exceeding, number_text, read_lines
from ..kinds.lines import LINES
from .blank import A_LOT, LITTLE, Blank, Filling
from .shape import Each, Shape, Spoken, Unknown, Vocabulary, unknown_facts
from .slots import Facts, Slots, Steps


class Why(Reason):
    """Why it is not kept."""

    DIFFERS = "differs"
    NO_DIFFERENCE = "no difference"
    NO_LINES = "no lines"


@dataclass(frozen=True)
class Match(Shape):
    """`at: steps, match: lines, with: lines, mode: whole | line | apart`; prices are not compared.

    Lines of steps that say them `again` count together, so that two deliveries do not bring more than was approved. `apart`:
    together they must not agree as a whole, as where goods are refused because they differ.
    """

    sign: ClassVar[str] = "match"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "match", "with", "mode"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why, Unknown)

    steps: tuple[StepName, ...]
    given: FactName
    approved: FactName
    mode: str = "whole"

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Match:
        mode = keys.maybe("mode")
        return cls(
            vocabulary.steps_of(keys, "at"),
            vocabulary.fact(keys.text("match"), kinds=(LINES,)),
            vocabulary.fact(keys.text("with"), kinds=(LINES,)),
            known_word(mode, (*MODES, APART), what="“mode”") if mode is not None else "whole",
        )

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        said = {self.given: self._given(history, act), self.approved: said_lines(history, self.approved, act)}
        unknown = tuple(word for word, value in said.items() if value is MISSING or value is None)
        if unknown:
            return unknown_facts(history, unknown)
        given, approved = read_lines(said[self.given]), read_lines(said[self.approved])
        if given is None or approved is None:
            unread = [
                word for word, lines in ((self.given, given), (self.approved, approved)) if lines is None
            ]
            return cannot_tell(Why.NO_LINES, lacks=lacking_facts(*unread), facts=tuple(said))
        loosely = history.reckoning.in_full
        if self.mode == APART:
            apart = differing(given, approved, loosely=loosely)
            return KEPT if apart else broken(Why.NO_DIFFERENCE, facts=tuple(said))
        if self.mode == "whole":
            found = differing(given, approved, loosely=loosely)
        else:
            found = exceeding((*given, *self._before(history, act)), approved, loosely=loosely)
        if not found:
            return KEPT
        return broken(Why.DIFFERS, differences=Differences(self.given, self.approved, found))

    def _given(self, history: History, act: Act) -> Value | Missing:
        """The lines that are held against the others; those of what is refused come on top of what was taken in."""
        if self.mode != APART:
            return said_lines(history, self.given, act)
        own, standing = act.facts.get(self.given, MISSING), said_lines(history, self.given, None)
        return [*standing, *own] if isinstance(own, list) and isinstance(standing, list) else own

    def _before(self, history: History, act: Act) -> list[Line]:
        """The lines that the same steps brought before, when this act brings lines of its own and they are not in yet."""
        if self.given not in act.facts or not history.reckoning.again.isdisjoint(self.steps):
            return []
        earlier = (one.facts.get(self.given) for step in self.steps for one in history.all(step))
        return [line for value in earlier for line in read_lines(value) or ()]

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
        mine, agreed = (word in blank.asks for word in (self.given, self.approved))
        if self.mode == APART:
            yield {
                word: lines
                for word, lines, asked in ((self.given, LITTLE, mine), (self.approved, A_LOT, agreed))
                if asked
            }
            return
        if mine and agreed:
            before = (
                self._before(blank.history, replace(act, facts={self.given: LITTLE}))
                if self.mode == "line"
                else ()
            )
            lines = [{"article": line.article, "quantity": number_text(line.quantity)} for line in before]
            yield {self.given: LITTLE, self.approved: [*lines, *LITTLE]}
        elif agreed:
            yield {self.approved: blank.history.value(self.given, act)}
        elif mine and (approved := read_lines(blank.history.value(self.approved, act))):
            yield {self.given: blank.history.value(self.approved, act)}
            yield from ({self.given: [{**LITTLE[0], "article": line.article}]} for line in approved)

    def reads(self) -> frozenset[str]:
        return frozenset({self.given, self.approved})

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset(self.steps), self.reads())

    def wording(self) -> str:
        return self.mode

    def slots(self) -> Slots:
        return {
            "steps": Steps(self.steps),
            "given": Facts((self.given,)),
            "approved": Facts((self.approved,)),
        }
