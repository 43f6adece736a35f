"""What a review found: totals, by rule, by month of receipt, and the findings one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kesu.procedure.history.verdict import Finding, Verdict
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

from .counts import Counts
from .measuring import Measured


class CaseFinding(NamedTuple):
    """One finding with its case; `at` is the instant of the act judged in this case, `place` where the log has it."""

    case: str
    at: datetime
    finding: Finding
    place: str = ""

    @property
    def verdict(self) -> Verdict:
        """Kept, broken, cannot tell or open."""
        return self.finding.verdict

    @property
    def rule(self) -> str:
        """The rule that says so."""
        return self.finding.rule


@dataclass(frozen=True, slots=True)
class Changed:
    """A finding that comes out otherwise as it is now known; None: that column has no such finding."""

    case: str
    rule: str
    number: int
    at: datetime
    recorded: Verdict | None
    as_now_known: Verdict | None


@dataclass(slots=True)
class Report:
    """The whole review; `zone` is the one that its times are told in.

    `seconds` is what the judging took, where whoever asked for it says so. `counts` are as recorded, `as_now_known` as now
    known; both are equal where nothing was mended.
    """

    procedure: Procedure
    as_of: datetime
    zone: ZoneInfo
    cases: int = 0
    events: int = 0
    left_out: int = 0
    seconds: float = 0.0
    counts: Counts = field(default_factory=Counts)
    as_now_known: Counts = field(default_factory=Counts)
    listed: int = (
        0  # how many findings there are to list, whether they are listed here or were told as they came
    )
    findings: list[CaseFinding] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    backdated: int = 0
    measured: Mapping[str, Measured] = field(default_factory=dict)
    notes: list[Text] = field(default_factory=list)
    remarks: list[Text] = field(
        default_factory=list
    )  # what was left out or taken together, how much, and why
    calendar: str = ""  # the version of the calendar by which days were counted

    @property
    def clean(self) -> bool:
        """Whether nothing is broken."""
        return self.counts.totals.broken == 0
