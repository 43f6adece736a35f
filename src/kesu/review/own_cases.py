"""The organisation's own cases judged as a log is: every rule, in both columns, counted by clause, month or post.

Each case is judged by the edition and the calendar under which it was opened and whatever it moved to since; as now known
by the one that holds for it now. Nothing here reads a database: whoever asks brings the folds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from kesu.casework.file.case_file import CaseFile
from kesu.procedure.history.act import Act
from kesu.procedure.history.verdict import Finding, Verdict
from kesu.procedure.shapes.abilities import UsedOnce
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

from .cases import LoggedCase
from .counts import Count, month_named, month_of
from .judging import Bench, Judged, judge_case
from .now_known import as_now_known
from .used_once import FirstUses

NO_POST: Final = ""  # of an act that no post of the house took, or of what nobody in particular owes
REASONED: Final = "reasoned"


class By(StrEnum):
    """What is counted together."""

    CLAUSE = "clause"
    MONTH = "month"
    POST = "post"


class OwnCase(NamedTuple):
    """A case of our own: its number, and its file folded up to now."""

    label: str
    file: CaseFile


class OwnFinding(NamedTuple):
    """One finding with its case, the procedure that says so, and the post whose doing it is."""

    case: str
    procedure: Procedure
    finding: Finding
    post: str


@dataclass(slots=True)
class Tally:
    """What was counted under one head, as recorded and as now known; `waived` of what is kept was left out for a reason."""

    recorded: Count = field(default_factory=Count)
    today: Count = field(default_factory=Count)
    waived: int = 0

    def note(self, finding: Finding) -> None:
        """One more finding as it was recorded."""
        self.recorded.add(finding.verdict)
        self.waived += finding.verdict is Verdict.KEPT and finding.manner == REASONED


@dataclass(slots=True)
class OwnReport:
    """A review of one's own cases. `left_out`: entries that were noted after the moment asked for.

    `heads` are clauses, months (“2026-11”) or posts, as `by` says; under "" what has none.
    """

    as_of: datetime
    by: By
    cases: int = 0
    events: int = 0
    left_out: int = 0
    backdated: int = 0
    listed: int = 0
    totals: Tally = field(default_factory=Tally)
    heads: dict[str, Tally] = field(default_factory=dict)
    procedures: dict[str, Procedure] = field(default_factory=dict)  # those of the cases, as they hold now

    def title_of(self, post: str) -> Text:
        """A post as the procedures call it."""
        naming = (one for one in self.procedures.values() if post in one.posts)
        return next((one.title_of(post) for one in naming), Text(post, post))

    @property
    def clean(self) -> bool:
        """Whether nothing is broken."""
        return self.totals.recorded.broken == 0


def review_own(
    cases: Iterable[OwnCase],
    *,
    as_of: datetime,
    by: By,
    tell: Callable[[OwnFinding], None],
    kept_too: bool = False,
) -> OwnReport:
    """Judges every case as it stood at `as_of`, and tells each finding that is not kept (all with `kept_too`) as it comes.

    `cases` is gone through twice where values are used once in the whole organisation: it has to be iterable again.
    """
    report, uses = OwnReport(as_of, by), _first_uses(cases, as_of)
    for case in cases:
        acts = _until(case.file, as_of)
        if not acts:
            continue
        report.cases += 1
        report.procedures[case.file.procedure.id] = case.file.procedure
        report.events += len(acts)
        report.left_out += len(case.file.history.acts) - len(acts)
        others = uses.get(case.file.procedure.id)
        elsewhere = others.by_others(case.label, acts) if others is not None else frozenset()
        for one in _of_case(case, acts, report, elsewhere):
            if kept_too or one.finding.verdict is not Verdict.KEPT:
                report.listed += 1
                tell(one)
    report.heads = dict(sorted(report.heads.items()))
    return report


def _of_case(
    case: OwnCase, acts: Sequence[Act], report: OwnReport, elsewhere: frozenset[tuple[str, str]]
) -> Iterator[OwnFinding]:
    """The findings on one case as recorded, by time; both columns are counted on the way."""
    file, as_of = case.file, report.as_of
    recorded = judge_case(
        acts, bench=Bench(file.procedure, file.calendar, as_of, in_full=True, begun=file), elsewhere=elsewhere
    )
    known = as_now_known(acts, zone=file.calendar.zone)
    later = recorded
    if known is not acts:
        later = judge_case(
            known, bench=Bench(file.procedure, file.calendar, as_of, in_full=True), elsewhere=elsewhere
        )
    report.backdated += recorded.backdated
    month = month_named(month_of(acts[0].at))
    for finding in later.findings:
        for tally in _tallies(report, finding, month, _post(finding, later)):
            tally.today.add(finding.verdict)
    editions = (file.procedure, file.empty().procedure)
    for finding in sorted(recorded.findings, key=lambda one: one.at):
        post = _post(finding, recorded)
        for tally in _tallies(report, finding, month, post):
            tally.note(finding)
        said_by = next((edition for edition in editions if finding.rule in edition.by_name), file.procedure)
        yield OwnFinding(case.label, said_by, finding, post)


def _tallies(report: OwnReport, finding: Finding, month: str, post: str) -> Iterator[Tally]:
    """The total, and each head under which a finding is counted: a rule may hold several clauses."""
    heads: Sequence[str] = {By.CLAUSE: finding.clauses or ("",), By.MONTH: (month,), By.POST: (post,)}[
        report.by
    ]
    yield report.totals
    for head in heads:
        yield report.heads.setdefault(head, Tally())


def _post(finding: Finding, judged: Judged) -> str:
    """Whose doing it is: the post that acted; of a duty the one that answered it, or else owes it."""
    file = judged.file
    assert file is not None, "a case of our own is folded"
    duty = file.duties.by_key.get((finding.rule, finding.number, finding.thing))
    if duty is not None and not duty.answered_by:
        return duty.owner or NO_POST
    act = file.history.entry(finding.number if duty is None else duty.answered_by)
    return (act.post if act is not None else None) or NO_POST


def _until(file: CaseFile, as_of: datetime) -> Sequence[Act]:
    acts = file.history.acts
    return acts if not acts or acts[-1].noted <= as_of else [act for act in acts if act.noted <= as_of]


def _first_uses(cases: Iterable[OwnCase], as_of: datetime) -> dict[str, FirstUses]:
    """By procedure, the cases that first used what is used once; none where no procedure says so."""
    by_procedure: dict[str, list[LoggedCase]] = {}
    newest: dict[str, CaseFile] = {}
    for case in cases:
        procedure = case.file.procedure
        if procedure.able(UsedOnce):
            newest[procedure.id] = case.file
            by_procedure.setdefault(procedure.id, []).append(LoggedCase(case.label, case.file.history.acts))
    return {
        name: FirstUses.of(
            logged, procedure=newest[name].procedure, as_of=as_of, zone=newest[name].calendar.zone
        )
        for name, logged in by_procedure.items()
    }
