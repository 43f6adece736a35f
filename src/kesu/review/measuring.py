"""Indicators over all cases of a log: how long from one step to another, what share has which value, rates and means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from statistics import median
from typing import Final

from kesu.procedure.history.act import MISSING, Act
from kesu.procedure.history.of_a_file import History
from kesu.procedure.kinds.number import number
from kesu.procedure.shapes.abilities import Measures
from kesu.procedure.words import Lexicon
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule

Group = tuple[str, ...]


@dataclass(slots=True)
class Measured:
    """One indicator, for each combination of the values it is compared by. `left_out` cases lack what it needs."""

    name: str
    kind: str
    times: dict[Group, list[timedelta]] = field(default_factory=dict)
    shares: dict[Group, dict[str, int]] = field(default_factory=dict)
    rates: dict[Group, tuple[int, int]] = field(default_factory=dict)  # good answers, and all
    figures: dict[Group, list[Decimal]] = field(default_factory=dict)
    left_out: int = 0

    def median_of(self, group: Group) -> timedelta:
        """The middle time of a group that has one."""
        return timedelta(seconds=median(time.total_seconds() for time in self.times[group]))

    def mean_of(self, group: Group) -> Decimal:
        """The mean figure of a group that has one."""
        return sum(self.figures[group], Decimal(0)) / len(self.figures[group])


@dataclass(slots=True)
class Measuring:
    """Takes the measures of a procedure case by case."""

    rules: tuple[tuple[Rule, Measures], ...]
    taken: dict[str, Measured]
    words: Lexicon | None = None

    @classmethod
    def of(cls, procedure: Procedure) -> Measuring:
        """Nothing taken yet."""
        rules = procedure.able(Measures)
        return cls(
            rules, {rule.name: Measured(shape.name, shape.kind) for rule, shape in rules}, procedure.words
        )

    def add(self, acts: Sequence[Act]) -> None:
        """One more case."""
        if not self.rules:
            return
        history = History(written_in=self.words)
        for act in acts:
            history.add(act)
        for rule, shape in self.rules:
            for thing in (None,) if rule.each is None else history.things(rule.each):
                if rule.when.holds(history, None, thing) is True:
                    self._take(self.taken[rule.name], shape, history, rule.each, thing)

    def _take(
        self, measured: Measured, shape: Measures, history: History, each: str | None, thing: str | None
    ) -> None:
        group = tuple(_said(history, word, thing) for word in shape.by)
        if shape.kind in ("rate", "mean"):
            measured.left_out += not TAKEN[shape.kind](measured, shape, group, history, thing)
            return
        if shape.kind == "share":
            value = _said(history, shape.fact or "", thing)
            if value:
                counts = measured.shares.setdefault(group, {})
                counts[value] = counts.get(value, 0) + 1
            else:
                measured.left_out += 1
            return
        start, end = (_acts(history, step, each, thing) for step in (shape.start, shape.to))
        if start and end:
            measured.times.setdefault(group, []).append(end[-1].at - start[0].at)
        else:
            measured.left_out += 1


def _rate(measured: Measured, shape: Measures, group: Group, history: History, thing: str | None) -> bool:
    """Each answer counts, good or not; whether there was any."""
    answers = [said for word in shape.facts if (said := _said(history, word, thing))]
    good, all_ = measured.rates.get(group, (0, 0))
    if answers:
        measured.rates[group] = good + sum(said in shape.good for said in answers), all_ + len(answers)
    return bool(answers)


def _mean(measured: Measured, shape: Measures, group: Group, history: History, thing: str | None) -> bool:
    """One figure a case; whether it is known."""
    figure = number(_said(history, shape.fact or "", thing))
    if figure is not None:
        measured.figures.setdefault(group, []).append(figure)
    return figure is not None


TAKEN: Final = {"rate": _rate, "mean": _mean}


def _acts(history: History, step: str | None, each: str | None, thing: str | None) -> list[Act]:
    """The acts of a step, those for one thing where the indicator is taken for each."""
    acts = history.all(step or "")
    if each is None or thing is None:
        return acts
    return [act for act in acts if history.concerns(act, each, thing)]


def _said(history: History, word: str, thing: str | None) -> str:
    value = history.value(word) if thing is None else history.value_for(word, thing)
    if value is MISSING or value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
