"""Judges one case of a log by the same fold that decides online (`casework.replay`), then its end and what is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from kesu.casework.deciding.decide import clock_acts
from kesu.casework.deciding.replay import replayed
from kesu.casework.duties.unseen import Unseen, findings_unseen, rules_unseen
from kesu.casework.file.case_file import CaseFile
from kesu.procedure.history.act import EVERYTHING, Act, Shown
from kesu.procedure.history.verdict import Finding
from kesu.procedure.written.model import Procedure
from kesu.worktime.calendar import Calendar
from kesu.worktime.due import in_time

from .at_a_glance import Glances, Rules


@dataclass(frozen=True)
class Bench:
    """What every case of one review is judged with. `complete`: a case is over at its last act.

    With `in_full` what is kept is told finding by finding, else by the rule alone, which takes a fraction of the time.
    `begun`: the case as it began, where it is one of our own: by the edition and the calendar of then.
    """

    procedure: Procedure
    calendar: Calendar
    as_of: datetime
    shown: Shown = EVERYTHING
    complete: bool = False
    in_full: bool = False
    begun: CaseFile | None = None

    @cached_property
    def unseen(self) -> tuple[Unseen, ...]:
        """The timed rules of which the log may not show that they began to speak."""
        return rules_unseen(self.procedure, self.shown)

    @cached_property
    def glances(self) -> Glances | None:
        """The procedure made ready for judging cases at a glance; None where that is not enough."""
        if self.in_full:
            return None
        return Glances.of(self.procedure, calendar=self.calendar, shown=self.shown)


@dataclass(slots=True)
class Judged:
    """The findings on one case, and the rules that were plainly kept, each time as many as there were.

    `numbers` gives, for each number in the fold, the number that the log has for that act; None where they are the
    same. A finding on no act of the log is about the end of the case. `file` is the case as it was folded.
    """

    findings: list[Finding] = field(default_factory=list)
    kept: list[Rules] = field(default_factory=list)
    numbers: dict[int, int] | None = None
    backdated: int = 0
    file: CaseFile | None = None

    def number(self, finding: Finding) -> int:
        """The number in the log of the act that a finding is about."""
        return finding.number if self.numbers is None else self.numbers.get(finding.number, 0)


def judge_case(
    acts: Sequence[Act], *, bench: Bench, elsewhere: frozenset[tuple[str, str]] = frozenset()
) -> Judged:
    """What the rules say of each act when it was noted, of the end, and of what is open as of the moment asked for.

    `elsewhere` are the values, of those that are used once, that another case had used before.
    """
    if bench.glances is not None and not elsewhere:
        seen = bench.glances.judged(acts, complete=bench.complete)
        if seen is not None:
            kept, findings = seen
            return Judged(findings, kept)
    return _finished(_folded(acts, bench, elsewhere), acts, bench)


def judge_acts(acts: Sequence[Act], *, bench: Bench) -> Judged:
    """What the rules say of each act, and of nothing after the last of them: it stays so until there is another act."""
    return _folded(acts, bench, frozenset())


def judged_as_of(judged: Judged, acts: Sequence[Act], *, bench: Bench) -> Judged:
    """What `judge_acts` said of these acts, with what is open as of the moment of the bench. The other is not touched."""
    assert judged.file is not None, "its acts were folded"
    numbers = None if judged.numbers is None else dict(judged.numbers)
    copied = replace(judged, findings=[*judged.findings], numbers=numbers, file=judged.file.copy())
    return _finished(copied, acts, bench)


def _folded(acts: Sequence[Act], bench: Bench, elsewhere: frozenset[tuple[str, str]]) -> Judged:
    """Every act judged, one after the other."""
    if bench.begun is None:
        file = CaseFile(bench.procedure, calendar=bench.calendar, shown=bench.shown)
    else:
        file = bench.begun.empty()
    file.history.elsewhere = elsewhere
    judged = Judged(file=file)
    if bench.in_full:
        _in_full(file, acts, judged)
    else:
        _weighed(file, acts, judged)
    return judged


def _finished(judged: Judged, acts: Sequence[Act], bench: Bench) -> Judged:
    """And what comes after the last act: the end of a case that is over, and what is open as of the moment asked for."""
    file = judged.file
    assert file is not None, "its acts were folded"
    if bench.complete and not file.ended and acts:
        if bench.in_full:
            judged.findings += file.judge_end(acts[-1].at)
        else:
            kept, findings = file.weigh_end(acts[-1].at)
            judged.kept.append(kept)
            judged.findings += findings
    if bench.procedure.timed:
        clock_acts(file, bench.as_of)
        judged.findings += file.open_findings(bench.as_of)
        if bench.unseen:
            called = frozenset(duty.rule for duty in file.duties)
            judged.findings += findings_unseen(bench.unseen, file.history, called=called, at=bench.as_of)
        judged.backdated = _kept_only_by_back_dating(file)
    return judged


def _weighed(file: CaseFile, acts: Sequence[Act], judged: Judged) -> None:
    for given, act, (kept, findings), settled in replayed(file, acts, ask=file.weigh):
        if act is not given or judged.numbers is not None:
            _renumbered(judged, given, act)
        if kept:
            judged.kept.append(kept)
        if findings:
            judged.findings += findings
        if settled:
            judged.findings += settled


def _in_full(file: CaseFile, acts: Sequence[Act], judged: Judged) -> None:
    for given, act, findings, settled in replayed(file, acts, ask=file.judge):
        if act is not given or judged.numbers is not None:
            _renumbered(judged, given, act)
        judged.findings += findings
        judged.findings += settled


def _renumbered(judged: Judged, given: Act, act: Act) -> None:
    """Entries of the clock stand among the acts of the log, or their order is another: from here on numbers differ."""
    if judged.numbers is None:
        judged.numbers = {number: number for number in range(1, act.number)}
    judged.numbers[act.number] = given.number


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
