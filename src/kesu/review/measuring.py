"""Indicators over all cases of a log: how long from one step to another, or what share has which value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median

from kesu.procedure.history import MISSING, Act, History
from kesu.procedure.model import Procedure
from kesu.procedure.rule import Rule
from kesu.procedure.shapes.measure import Measure

Group = tuple[str, ...]


@dataclass(slots=True)
class Measured:
    """One indicator, for each combination of the values it is compared by. `left_out` cases lack what it needs."""

    name: str
    kind: str
    times: dict[Group, list[timedelta]] = field(default_factory=dict)
    shares: dict[Group, dict[str, int]] = field(default_factory=dict)
    left_out: int = 0

    def median_of(self, group: Group) -> timedelta:
        """The middle time of a group that has one."""
        return timedelta(seconds=median(time.total_seconds() for time in self.times[group]))


@dataclass(slots=True)
class Measuring:
    """Takes the measures of a procedure case by case."""

    rules: tuple[tuple[Rule, Measure], ...]
    taken: dict[str, Measured]

    @classmethod
    def of(cls, procedure: Procedure) -> Measuring:
        """Nothing taken yet."""
        rules = tuple((rule, rule.shape) for rule in procedure.rules if isinstance(rule.shape, Measure))
        return cls(rules, {rule.name: Measured(shape.name, shape.kind) for rule, shape in rules})

    def add(self, acts: Sequence[Act]) -> None:
        """One more case."""
        if not self.rules:
            return
        history = History()
        for act in acts:
            history.add(act)
        for rule, shape in self.rules:
            if rule.when.holds(history, None) is True:
                self._take(self.taken[rule.name], shape, history)

    def _take(self, measured: Measured, shape: Measure, history: History) -> None:
        group = tuple(_said(history, word) for word in shape.by)
        if shape.kind == "share":
            value = _said(history, shape.fact or "")
            if value:
                counts = measured.shares.setdefault(group, {})
                counts[value] = counts.get(value, 0) + 1
            else:
                measured.left_out += 1
            return
        start, end = history.all(shape.start or ""), history.last(shape.to or "")
        if start and end is not None:
            measured.times.setdefault(group, []).append(end.at - start[0].at)
        else:
            measured.left_out += 1


def _said(history: History, word: str) -> str:
    value = history.value(word)
    if value is MISSING or value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
