"""Counting verdicts: in all, by rule, by month of receipt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kesu.procedure.verdict import Finding, Verdict


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

    def include(self, other: Count) -> None:
        """Adds another count."""
        self.kept += other.kept
        self.broken += other.broken
        self.cannot_tell += other.cannot_tell
        self.open += other.open

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
    """All counts of one column of a review. `manners` counts what stands apart: late, reasoned, overridden."""

    totals: Count = field(default_factory=Count)
    by_rule: dict[str, Count] = field(default_factory=dict)
    by_month: dict[str, Count] = field(default_factory=dict)
    manners: dict[str, int] = field(default_factory=dict)

    def add(self, findings: Iterable[Finding], *, month: str, times: int = 1) -> None:
        """The findings on one case, or on so many cases that are alike."""
        monthly = _of(self.by_month, month)
        for finding in findings:
            self.totals.add(finding.verdict, times)
            monthly.add(finding.verdict, times)
            _of(self.by_rule, finding.rule).add(finding.verdict, times)
            if finding.manner:
                self.manners[finding.manner] = self.manners.get(finding.manner, 0) + times

    def include(self, other: Counts) -> None:
        """Adds all counts of another."""
        self.totals.include(other.totals)
        for mine, theirs in ((self.by_rule, other.by_rule), (self.by_month, other.by_month)):
            for key, count in theirs.items():
                _of(mine, key).include(count)
        for manner, times in other.manners.items():
            self.manners[manner] = self.manners.get(manner, 0) + times


def _of(table: dict[str, Count], key: str) -> Count:
    found = table.get(key)
    if found is None:
        found = table[key] = Count()
    return found
