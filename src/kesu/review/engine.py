"""The review itself: every case of a log judged by the rules of a procedure, in both columns, and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from kesu.procedure.history.act import Act, Shown
from kesu.procedure.history.verdict import Finding, Verdict
from kesu.procedure.shapes.abilities import UsedOnce
from kesu.procedure.words import in_its_words
from kesu.procedure.written.model import Procedure
from kesu.worktime.calendar import Calendar

from .cases import LoggedCase
from .counting import counted_cases
from .counts import Count, Counts, month_of
from .judging import Bench, Judged, judge_case
from .log import Log
from .measuring import Measuring
from .now_known import as_now_known
from .repeated import Repeat, Repeated, divided
from .report import CaseFinding, Changed, Report
from .used_once import FirstUses


@in_its_words
def review(
    *,
    procedure: Procedure,
    calendar: Calendar,
    log: Log,
    as_of: datetime | None = None,
    shown: Shown | None = None,
    kept_too: bool = False,
    tell: Callable[[CaseFinding], None] | None = None,
    now: datetime | None = None,
) -> Report:
    """Judges every case of `log`. What was noted after `as_of` (default: the log's last instant) is left out.

    `shown` is what the log would show (default: what its mapping says). Findings that are not kept, or all of them with
    `kept_too`, are given to `tell` as they come, case by case, those of a case by time; without it the report lists
    them, and memory grows with them. Raises ValueError for a log without acts.

    A log that goes on after `now` is remarked upon; without it nothing counts as the future.
    """
    moment = as_of or log.last
    if moment is None:
        raise ValueError("a log without acts has no last instant")
    bench = Bench(procedure, calendar, moment, shown or log.shown, log.complete, in_full=kept_too)
    course = Course(bench, as_recorded=log.as_recorded, cut=log.last is None or log.last > moment, tell=tell)
    if procedure.able(UsedOnce):
        course.uses = FirstUses.of(log.cases(), procedure=procedure, as_of=moment, zone=calendar.zone)
    notes = list(log.notes)
    course.take_all(
        counted_cases(
            log, procedure=procedure, calendar=calendar, shown=bench.shown, as_of=moment, notes=notes
        )
    )
    report = course.finished()
    report.notes = notes
    report.remarks = list(log.sentences(now=now))
    report.calendar = calendar.version
    return report


@dataclass(slots=True)
class Course:
    """A review under way. `as_recorded`: no case was mended; `cut`: some acts were noted after the moment asked for."""

    bench: Bench
    as_recorded: bool = False
    cut: bool = True
    uses: FirstUses | None = None  # where values are used once: who was first
    tell: Callable[[CaseFinding], None] | None = None  # hears each finding; without it the report lists them
    report: Report = field(init=False)
    _unmended: Counts = field(default_factory=Counts)  # of cases that read alike in both columns
    _of_case: list[CaseFinding] = field(default_factory=list)  # the findings of the case that is being taken
    _measuring: Measuring = field(init=False)
    _repeated: Repeated | None = field(init=False)
    _rest: Bench | None = field(init=False)
    _incomplete: Bench = field(
        init=False
    )  # for a case of which something was noted later: it was not over then

    def __post_init__(self) -> None:
        self.report = Report(self.bench.procedure, self.bench.as_of, self.bench.calendar.zone_info)
        self._measuring = Measuring.of(self.bench.procedure)
        self._repeated, self._rest = divided(self.bench)
        self._incomplete = replace(self.bench, complete=False)

    def take_all(self, cases: Iterable[LoggedCase]) -> None:
        """Every case of a log, or as many as there still are."""
        repeated = self._repeated
        whole = self._rest is None and self.as_recorded and not self.cut and not self._measuring.rules
        for case in self._not_repeated(repeated, cases) if repeated is not None and whole else cases:
            self.take(case)

    def take(self, case: LoggedCase) -> None:
        """One more case."""
        acts = case.acts
        if self.cut and any(act.noted > self.bench.as_of for act in acts):
            self._take_cut(case)
        else:
            self._take_whole(case)
        if self._of_case:
            self._of_case.sort(key=lambda one: one.at)
            self._tell()

    def finished(self) -> Report:
        """The report, with every rule and month in its order."""
        report = self.report
        if self._repeated is not None:
            self._repeated.count(self._unmended)
        for counts in (report.counts, report.as_now_known):
            counts.include(self._unmended)
            counts.by_rule = {
                rule.name: counts.by_rule.get(rule.name, Count()) for rule in report.procedure.rules
            }
            counts.by_month = dict(sorted(counts.by_month.items()))
        report.measured = self._measuring.taken
        return report

    def _not_repeated(self, repeated: Repeated, cases: Iterable[LoggedCase]) -> Iterator[LoggedCase]:
        """Takes the cases whose order of steps is known, and gives the others. Only where nothing but that order counts."""
        by_order: dict[int, Repeat] = {}
        events = taken = 0
        for case in cases:
            name, acts, order, month = case
            repeat = by_order.get(order)
            if repeat is None:
                repeat = repeated.of(tuple([act.step for act in acts]), acts)
                if repeat is None:
                    yield case
                    continue
                if order:
                    by_order[order] = repeat
            taken += 1
            events += len(acts)
            months, month = repeat.months, month or month_of(acts[0].at)
            months[month] = months.get(month, 0) + 1
            if repeat.listed:
                self._list_repeat(repeat, name, acts)
                self._tell()  # by time as they are: those of a log's acts are, and nothing else is judged here
        self.report.cases += taken
        self.report.events += events

    def _take_whole(self, whole: LoggedCase) -> None:
        case, acts, _, month = whole
        self.report.cases += 1
        self.report.events += len(acts)
        month = month or month_of(acts[0].at)
        self._measuring.add(acts)
        now_known = acts if self.as_recorded else as_now_known(acts, zone=self.bench.calendar.zone)
        if now_known is not acts:
            self._in_both_columns(case, acts, now_known, month, self.bench)
        elif self._repeated is None or not self._repeat(self._repeated, case, acts, month):
            self._one_by_one(case, acts, self.bench, month)
        elif self._rest is not None:
            self._one_by_one(case, acts, self._rest, month)

    def _tell(self) -> None:
        """Hands the findings of the case on."""
        findings, report = self._of_case, self.report
        report.listed += len(findings)
        if self.tell is None:
            report.findings += findings
        else:
            for finding in findings:
                self.tell(finding)
        findings.clear()

    def _take_cut(self, case: LoggedCase) -> None:
        """A case of which something was noted later than the moment asked for: it was not complete then."""
        acts = [act for act in case.acts if act.noted <= self.bench.as_of]
        self.report.left_out += len(case.acts) - len(acts)
        if not acts:
            return
        self.report.cases += 1
        self.report.events += len(acts)
        self._measuring.add(acts)
        now_known = as_now_known(acts, zone=self.bench.calendar.zone)
        month = month_of(acts[0].at)
        if now_known is acts:
            self._one_by_one(case.case, acts, self._incomplete, month)
        else:
            self._in_both_columns(case.case, acts, now_known, month, self._incomplete)

    def _repeat(self, repeated: Repeated, case: str, acts: Sequence[Act], month: int) -> bool:
        repeat = repeated.take(acts, month=month)
        if repeat is None:
            return False
        self._list_repeat(repeat, case, acts)
        return True

    def _list_repeat(self, repeat: Repeat, case: str, acts: Sequence[Act]) -> None:
        for place, finding in repeat.listed:
            act = acts[place]
            self._of_case.append(CaseFinding(case, act.at, finding, act.origin or ""))

    def _one_by_one(self, case: str, acts: Sequence[Act], bench: Bench, month: int) -> None:
        judged = judge_case(acts, bench=bench, elsewhere=self._elsewhere(case, acts))
        self._unmended.add(judged, month=month)
        self._list(case, acts, judged)

    def _in_both_columns(
        self, case: str, acts: Sequence[Act], now_known: Sequence[Act], month: int, bench: Bench
    ) -> None:
        full = replace(bench, in_full=True)  # to compare them, also what is kept is told one by one
        others = self._elsewhere(case, acts)
        recorded = judge_case(acts, bench=full, elsewhere=others)
        later = judge_case(now_known, bench=full, elsewhere=others)
        self.report.counts.add(recorded, month=month)
        self.report.as_now_known.add(later, month=month)
        self.report.changed += _changed(case, recorded, later)
        self._list(case, acts, recorded)

    def _elsewhere(self, case: str, acts: Sequence[Act]) -> frozenset[tuple[str, str]]:
        return self.uses.by_others(case, acts) if self.uses is not None else frozenset()

    def _list(self, case: str, acts: Sequence[Act], judged: Judged) -> None:
        self.report.backdated += judged.backdated
        places = {act.number: act.origin or "" for act in acts}
        for finding in judged.findings:
            if self.bench.in_full or finding.verdict is not Verdict.KEPT:
                place = places.get(judged.number(finding), "")
                self._of_case.append(CaseFinding(case, finding.at, finding, place))


def _changed(case: str, recorded: Judged, later: Judged) -> list[Changed]:
    """The findings of one column that the other has not, or has otherwise."""
    recorded_by_key, later_by_key = _keyed(recorded), _keyed(later)
    return [
        Changed(
            case,
            key[0],
            key[1],
            finding.at,
            _verdict(recorded_by_key.get(key)),
            _verdict(later_by_key.get(key)),
        )
        for key, finding in {**later_by_key, **recorded_by_key}.items()
        if _verdict(recorded_by_key.get(key)) is not _verdict(later_by_key.get(key))
    ]


def _keyed(judged: Judged) -> dict[tuple[str, int, str], Finding]:
    return {(one.rule, judged.number(one), one.thing): one for one in judged.findings}


def _verdict(finding: Finding | None) -> Verdict | None:
    return None if finding is None else finding.verdict
