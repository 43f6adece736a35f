"""How each rule stands in one case of our own, in two columns: as recorded, and as now known (semantics 1.2).

Beside the state each column tells what it rests on, so that nobody takes for proved what is not: a step left out with a
reason, an answer “not known”, an act that somebody else noted and nobody confirmed, a date put on later, a refusal overridden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from kesu.casework.duties.duty import Duty
from kesu.casework.file.case_file import CaseFile
from kesu.procedure.history.act import Act
from kesu.procedure.history.hearsay import hangs_on_a_word
from kesu.procedure.history.verdict import Finding, General, Verdict
from kesu.procedure.words import in_its_words
from kesu.procedure.written.rule import Rule

from .judging import Bench, Judged, judge_acts, judged_as_of
from .now_known import as_now_known


class State(StrEnum):
    """How a rule stands; of several findings the first in this order tells it."""

    BROKEN = "broken"
    CANNOT_TELL = "cannot tell"
    WAIVED = "waived"
    KEPT = "kept"
    AHEAD = "ahead"
    NONE = "none"


class Mark(StrEnum):
    """What a finding rests on that whoever reads it has to know."""

    LATE = "late"
    WAIVED = "waived"
    NOT_KNOWN = "not known"
    UNCONFIRMED = "unconfirmed"
    BACK_DATED = "back-dated"
    OVERRIDDEN = "overridden"


AT_ONCE: Final = timedelta(minutes=1)  # noted within a minute is noted when it happened
OF_MANNER: Final = {"late": Mark.LATE, "reasoned": Mark.WAIVED, "overridden": Mark.OVERRIDDEN}
OF_VERDICT: Final = {
    Verdict.KEPT: State.KEPT,
    Verdict.BROKEN: State.BROKEN,
    Verdict.OPEN: State.AHEAD,
    Verdict.CANNOT_TELL: State.CANNOT_TELL,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One reading of a rule. `finding` is the one that tells the state; `marks` are those of all its findings."""

    state: State
    finding: Finding | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One rule in both columns."""

    rule: Rule
    recorded: Column
    today: Column


class Readings:
    """What was judged of one case up to its last entry, in both columns: kept until there is another entry."""

    def __init__(self) -> None:
        self._kept: tuple[int, _Judgements] | None = None

    def of(self, case: CaseFile, *, number: int, as_of: datetime) -> tuple[_Reading, _Reading]:
        """The case as recorded and as now known. `number` is its last entry that stands in the ledger."""
        kept = self._kept
        if kept is None or kept[0] != number:
            acts = [act for act in case.history.acts if act.number <= number]
            kept = self._kept = (number, _Judgements.of(case, acts, as_of=as_of))
        return kept[1].read(case, as_of=as_of)


@in_its_words
def panel(
    case: CaseFile, *, as_of: datetime, readings: Readings | None = None, number: int | None = None
) -> list[Row]:
    """Every rule that names a clause or sets a limit, in the order of the procedure.

    `readings` are those of this very file, with the number of its last entry that stands in the ledger.
    """
    kept = readings or Readings()
    recorded, later = kept.of(case, number=case.number if number is None else number, as_of=as_of)
    return [
        Row(rule, recorded.column(rule, case), later.column(rule, case))
        for rule in case.procedure.rules
        if rule.clauses or rule.shape.timed is not None
    ]


@dataclass(frozen=True, slots=True)
class _Judgements:
    """Both columns judged act by act. `today` is None where nothing was mended: both are the same then."""

    acts: Sequence[Act]
    mended: Sequence[Act]  # as one who knows everything would have written them down
    recorded: Judged
    today: Judged | None

    @classmethod
    def of(cls, case: CaseFile, acts: Sequence[Act], *, as_of: datetime) -> _Judgements:
        mended = as_now_known(acts, zone=case.calendar.zone)
        then, now = _benches(case, as_of)
        today = None if mended is acts else judge_acts(mended, bench=now)
        return cls(acts, mended, judge_acts(acts, bench=then), today)

    def read(self, case: CaseFile, *, as_of: datetime) -> tuple[_Reading, _Reading]:
        then, now = _benches(case, as_of)
        recorded = _Reading(judged_as_of(self.recorded, self.acts, bench=then))
        if self.today is None:
            return recorded, recorded
        return recorded, _Reading(judged_as_of(self.today, self.mended, bench=now))


def _benches(case: CaseFile, as_of: datetime) -> tuple[Bench, Bench]:
    """By what each column is judged: by the edition of then, and by the one that holds now."""
    now = Bench(case.procedure, case.calendar, as_of, in_full=True)
    return replace(now, begun=case), now


class _Reading:
    """The findings of one column, by rule, with the acts that they are about."""

    def __init__(self, judged: Judged) -> None:
        assert judged.file is not None, "a case of our own is folded"
        self._file = judged.file
        self._findings: dict[str, list[Finding]] = {}
        for finding in judged.findings:
            self._findings.setdefault(finding.rule, []).append(finding)
        self._duties: Mapping[tuple[str, int, str], Duty] = {duty.key: duty for duty in self._file.duties}

    def column(self, rule: Rule, case: CaseFile) -> Column:
        """How the rule stands in this reading."""
        found = self._findings.get(rule.name, [])
        by_state = {_state(finding): finding for finding in found}  # of a state the last one
        marks = {mark for finding in found for mark in self._marks(rule, finding)}
        ordered = tuple(mark for mark in Mark if mark in marks)
        for state in State:
            if state in by_state:
                return Column(state, by_state[state], ordered)
        over = case.ended or rule.when.holds(case.history, None) is False
        return Column(State.NONE if over else State.AHEAD, None, ordered)

    def _marks(self, rule: Rule, finding: Finding) -> Iterable[Mark]:
        if finding.manner in OF_MANNER:
            yield OF_MANNER[finding.manner]
        if finding.outcome.reason is General.UNCONFIRMED:
            yield Mark.UNCONFIRMED
        for act in self._rests_on(finding):
            if hangs_on_a_word(self._file.history, act):
                yield Mark.UNCONFIRMED
            if act.by is not None and act.origin is None and act.noted - act.at > AT_ONCE:
                yield Mark.BACK_DATED
            if self._not_known(rule, act):
                yield Mark.NOT_KNOWN

    def _rests_on(self, finding: Finding) -> Iterable[Act]:
        """The act that was judged, or of a duty the one that answered it; of a confirmation what waits for it."""
        duty = self._duties.get((finding.rule, finding.number, finding.thing))
        waits = duty is not None and duty.person and duty.running
        number = finding.number if duty is None or waits else duty.answered_by
        act = self._file.history.standing_act(number) if number else None
        return () if act is None else (act,)

    def _not_known(self, rule: Rule, act: Act) -> bool:
        """Whether the act answers “not known” to something that the rule looks at or wants."""
        read = self._file.procedure.reads.get(rule.name, frozenset())
        return any(act.facts.get(word, word) is None for word in read)


def _state(finding: Finding) -> State:
    """What was left out for a reason is kept as to its verdict, and told apart from what was done."""
    kept = finding.verdict is Verdict.KEPT
    return State.WAIVED if kept and finding.manner == "reasoned" else OF_VERDICT[finding.verdict]
