"""Judges one case of a log by the same fold that decides online (`casework.replay`), then its end and what is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kesu.casework.decide import clock_acts
from kesu.casework.file import CaseFile
from kesu.casework.replay import replay
from kesu.procedure.history import EVERYTHING, Act, Shown
from kesu.procedure.model import Procedure
from kesu.procedure.verdict import Finding
from kesu.worktime.calendar import Calendar
from kesu.worktime.due import in_time


@dataclass(frozen=True, slots=True)
class Bench:
    """What every case of one review is judged with. `complete`: a case is over at its last act."""

    procedure: Procedure
    calendar: Calendar
    as_of: datetime
    shown: Shown = EVERYTHING
    complete: bool = False


@dataclass(slots=True)
class Judged:
    """The findings on one case. `acts` gives, for each number in the fold, the number the log has for that act.

    A finding whose number is not in `acts` is about the end of the case.
    """

    findings: list[Finding] = field(default_factory=list)
    acts: dict[int, int] = field(default_factory=dict)
    backdated: int = 0


def judge_case(acts: Sequence[Act], *, bench: Bench) -> Judged:
    """What the rules say of each act when it was noted, of the end, and of what is open as of the moment asked for."""
    file = CaseFile(bench.procedure, calendar=bench.calendar, shown=bench.shown)
    judged = Judged()
    given = iter(acts)
    for act, found in replay(file, acts):
        judged.acts[act.number] = next(given).number
        judged.findings += found
    if bench.complete and not file.ended and acts:
        judged.findings += file.judge_end(acts[-1].at)
    clock_acts(file, bench.as_of)
    judged.findings += file.open_findings(bench.as_of)
    judged.backdated = _kept_only_by_back_dating(file)
    return judged


def _kept_only_by_back_dating(file: CaseFile) -> int:
    """Duties met in time by the date of the act, but noted after the time had run out (semantics 2.1)."""
    met = [duty for duty in file.duties if duty.state == "met" and duty.due is not None]
    if not met:
        return 0
    noted = {act.number: act.noted for act in file.history.acts}
    return sum(
        noted[duty.answered_by] != duty.answered_at
        and duty.due is not None
        and not in_time(due=duty.due, moment=noted[duty.answered_by])
        for duty in met
    )
