"""Cases that took the same steps in the same order get the same findings from rules that read nothing else.

The judge is the one of casework; it is merely not asked the same question twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kesu.casework.file.recusal import apart_rules
from kesu.procedure.history.act import Act
from kesu.procedure.history.verdict import Finding, Verdict
from kesu.procedure.words import Part
from kesu.procedure.words.names import STEP
from kesu.procedure.written.rule import Rule

from .at_a_glance import order_only
from .counts import Counts
from .judging import Bench, Judged, judge_case

# Steps by which an act stops counting, or that carry more than their name: then the order of steps is not enough.
MORE_THAN_ITS_ORDER: Final = frozenset(
    {
        STEP.STRUCK,
        STEP.TAKEN_BACK,
        STEP.CORRECTED,
        STEP.OVERRIDDEN,
        STEP.PROMOTED,
        STEP.FELL_LATE,
        STEP.PERIOD_BEGAN,
    }
)


@dataclass(slots=True, eq=False)
class Repeat:
    """The findings on one order of steps, and in which months how many cases took it.

    `listed`: the findings that a report lists, each with the place of its act (-1: the end of the case).
    """

    judged: Judged
    listed: tuple[tuple[int, Finding], ...]
    months: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Repeated:
    """The rules of a procedure that read only the order of steps, judged once for each order that occurs."""

    bench: Bench
    by_order: dict[tuple[str, ...], Repeat | None] = field(default_factory=dict)

    def take(self, acts: Sequence[Act], *, month: int) -> Repeat | None:
        """The findings on this case, which is counted; None where more than the order matters."""
        repeat = self.of(tuple([act.step for act in acts]), acts)
        if repeat is not None:
            repeat.months[month] = repeat.months.get(month, 0) + 1
        return repeat

    def of(self, steps: tuple[str, ...], acts: Sequence[Act]) -> Repeat | None:
        """The findings on an order of steps, judged by these acts if it is new; None where more than the order matters."""
        repeat = self.by_order.get(steps)
        if repeat is None and steps not in self.by_order:
            repeat = self.by_order[steps] = (
                None if MORE_THAN_ITS_ORDER.intersection(steps) else self._judged(acts)
            )
        return repeat

    def count(self, counts: Counts) -> None:
        """Counts every case taken."""
        for repeat in self.by_order.values():
            if repeat is not None:
                counts.add_alike(repeat.judged, months=repeat.months)

    def _judged(self, acts: Sequence[Act]) -> Repeat:
        judged = judge_case(acts, bench=self.bench)
        listed = [
            finding
            for finding in judged.findings
            if self.bench.in_full or finding.verdict is not Verdict.KEPT
        ]
        if not listed:
            return Repeat(judged, ())
        places = {act.number: place for place, act in enumerate(acts)}
        return Repeat(judged, tuple((places.get(judged.number(finding), -1), finding) for finding in listed))


def divided(bench: Bench) -> tuple[Repeated | None, Bench | None]:
    """What judges the rules that may be repeated, and a bench for the others; None where there are none of a kind."""
    procedure = bench.procedure
    if procedure.joint or apart_rules(procedure):
        return None, bench  # whether an act counts at all depends on persons and contents then
    clocked = frozenset(name for name, step in procedure.steps.items() if step.word.part is Part.CLOCK)
    alike: list[Rule] = []
    others: list[Rule] = []
    for rule in procedure.rules:
        (alike if order_only(rule) and not _speaks_of(rule, clocked) else others).append(rule)
    if not others:
        return Repeated(bench), None
    order, rest = (
        replace(bench, procedure=replace(procedure, rules=tuple(rules))) for rules in (alike, others)
    )
    return (Repeated(order) if alike else None), rest


def _speaks_of(rule: Rule, steps: frozenset[str]) -> bool:
    """Whether the rule names one of these steps: those of the clock are in no log, and come when their time has come."""
    return not steps.isdisjoint(rule.shape.speaks_of().steps)
