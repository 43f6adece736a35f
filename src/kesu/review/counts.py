"""Counting verdicts: in all, by rule, by month of receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from kesu.names import RuleName
from kesu.procedure.history.verdict import Verdict
from kesu.procedure.written.rule import Rule

from .at_a_glance import Rules
from .judging import Judged

Key = TypeVar("Key")


@dataclass(slots=True)
class Count:
    """How many findings of each verdict."""

    kept: int = 0
    broken: int = 0
    cannot_tell: int = 0
    open: int = 0

    def add(self, verdict: Verdict, times: int = 1) -> None:
        """So many more of this verdict."""
        match verdict:
            case Verdict.KEPT:
                self.kept += times
            case Verdict.BROKEN:
                self.broken += times
            case Verdict.CANNOT_TELL:
                self.cannot_tell += times
            case Verdict.OPEN:
                self.open += times

    def include(self, other: Count, times: int = 1) -> None:
        """Adds another count so many times."""
        self.kept += other.kept * times
        if other.broken or other.cannot_tell or other.open:
            self.broken += other.broken * times
            self.cannot_tell += other.cannot_tell * times
            self.open += other.open * times

    @property
    def asked(self) -> bool:
        """Whether there is any finding at all."""
        return bool(self.kept or self.broken or self.cannot_tell or self.open)

    def as_dict(self) -> dict[str, int]:
        """The four numbers by name."""
        return {
            "kept": self.kept,
            "broken": self.broken,
            "cannot_tell": self.cannot_tell,
            "open": self.open,
        }


@dataclass(slots=True)
class Counts:
    """All counts of one column of a review. `manners` counts what stands apart: late, reasoned, overridden.

    A month is a whole number, 12 × year + month − 1, until it is shown. What is added is complete in `by_rule` only
    after `include`.
    """

    totals: Count = field(default_factory=Count)
    by_rule: dict[RuleName, Count] = field(default_factory=dict)
    by_month: dict[int, Count] = field(default_factory=dict)
    manners: dict[str, int] = field(default_factory=dict)
    # The rules of a step that are kept together are one and the same tuple each time: counted whole, and told apart once.
    _together: dict[int, tuple[tuple[Rule, ...], int]] = field(default_factory=dict)

    def add(self, judged: Judged, *, month: int) -> None:
        """One case."""
        self.add_alike(judged, months={month: 1})

    def add_alike(self, judged: Judged, *, months: Mapping[int, int]) -> None:
        """Cases that are alike, so many of them in each month."""
        cases = sum(months.values())
        single = Count()
        for rules in judged.kept:
            if rules:
                single.kept += len(rules)
                self._keep(rules, cases)
        for finding in judged.findings:
            single.add(finding.verdict)
            _of(self.by_rule, finding.rule).add(finding.verdict, cases)
            if finding.manner:
                self.manners[finding.manner] = self.manners.get(finding.manner, 0) + cases
        self.totals.include(single, cases)
        all_kept, by_month = not judged.findings, self.by_month
        for month, times in months.items():
            count = by_month.get(month)
            if count is None:
                count = by_month[month] = Count()
            if all_kept:
                count.kept += single.kept * times
            else:
                count.include(single, times)

    def _keep(self, rules: Rules, cases: int) -> None:
        if isinstance(rules, tuple):
            known = self._together.get(id(rules))
            self._together[id(rules)] = rules, cases + (known[1] if known is not None else 0)
        else:
            for rule in rules:
                _of(self.by_rule, rule.name).kept += cases

    def include(self, other: Counts) -> None:
        """Adds all counts of another."""
        self.totals.include(other.totals)
        for name, count in other.by_rule.items():
            _of(self.by_rule, name).include(count)
        for rules, cases in other._together.values():
            for rule in rules:
                _of(self.by_rule, rule.name).kept += cases
        for month, count in other.by_month.items():
            _of(self.by_month, month).include(count)
        for manner, times in other.manners.items():
            self.manners[manner] = self.manners.get(manner, 0) + times


def month_of(at: datetime) -> int:
    """The local month of a moment as one number."""
    return 12 * at.year + at.month - 1


def month_named(month: int) -> str:
    """The month as people write it: 2025-01."""
    return f"{month // 12:04}-{month % 12 + 1:02}"


def _of(table: dict[Key, Count], key: Key) -> Count:
    count = table.get(key)
    if count is None:
        count = table[key] = Count()
    return count
