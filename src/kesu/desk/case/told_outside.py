"""告知: the four things that a complainant has to be told, and what became of each; and the three judgements on every case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kesu.caseload.asking.opened import CaseView
from kesu.caseload.sight.complainant import COMPLAINANT, has_complainant
from kesu.caseload.sight.face import short_name
from kesu.forms.said.values import Said
from kesu.names import StepName
from kesu.procedure.history.act import Act
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

from ..said.timeline import TimelineEntry
from .deadlines import Deadline

RECEIPT: Final = frozenset({STEP.ACKNOWLEDGED})
PROGRESS: Final = frozenset({STEP.PROGRESS_TOLD, STEP.TIME_PROMISED, STEP.COMPLAINANT_ASKED})
END: Final = frozenset({STEP.END_NOTICE_GIVEN})
NAMES: Final = ("receipt", "progress", "result", "end")  # of the four, in addresses
TITLES: Final = (
    Text("收讫", "Receipt"),
    Text("进展", "Progress"),
    Text("结果", "Result"),
    Text("终结", "End"),
)
PROOF: Final = (FACT.EVIDENCE, FACT.SCAN)
JUDGED: Final = (
    (FACT.MATTER, Text("是不是投诉", "Is it a complaint")),
    (FACT.OURS, Text("归不归我们", "Is it ours")),
    (FACT.FINDING, Text("成不成立", "Does it stand")),
)


@dataclass(frozen=True, slots=True)
class Notice:
    """One of the four. `steps`: those of the procedure by which it is given; with none the paper does not ask for it.

    `given`: the last time it was told; `times` how often. `excused`: the act that says why it cannot be; `limit`: what runs for it.
    """

    name: str
    title: Text
    steps: tuple[StepName, ...]
    given: TimelineEntry | None
    times: int
    to: str
    excused: TimelineEntry | None
    limit: Deadline | None

    @property
    def proof(self) -> list[Said]:
        """What is on record to prove it."""
        return [said for said in self.given.facts if said.word in PROOF] if self.given else []


@dataclass(frozen=True, slots=True)
class Judgement:
    """One question with its answer as it stands, and the entry that gave it; both None as long as nobody has."""

    question: Text
    answer: Said | None
    entry: TimelineEntry | None


def _groups(procedure: Procedure) -> tuple[frozenset[StepName], ...]:
    """The steps by which each of the four is given: the software's, and the paper's own by what they are for."""
    outside = {name: step.purpose for name, step in procedure.steps.items() if step.audience == COMPLAINANT}
    receipt, progress, end = (
        known | {StepName(name) for name, purpose in outside.items() if purpose in purposes}
        for known, purposes in (
            (RECEIPT, ("receipt",)),
            (PROGRESS, ("progress", "promise of time")),
            (END, ("end",)),
        )
    )
    rest = frozenset(map(StepName, outside)) - receipt - progress - end
    return receipt, progress, rest, end


def notices(view: CaseView, entries: Sequence[TimelineEntry], limits: Iterable[Deadline]) -> list[Notice]:
    """The four lines of a case that somebody from outside brought, the newest entry first; none for any other."""
    if not has_complainant(view.case):
        return []
    groups = _groups(view.procedure)
    running = [limit for limit in limits if limit.running]
    whole = view.case.history.value(FACT.COMPLAINANT)
    to = short_name(whole) if isinstance(whole, str) else ""
    return [
        _notice(
            name,
            title,
            tuple(StepName(step) for step in view.procedure.steps if step in group),
            to,
            view,
            entries,
            running,
        )
        for name, title, group in zip(NAMES, TITLES, groups, strict=True)
    ]


def _notice(
    name: str,
    title: Text,
    steps: tuple[StepName, ...],
    to: str,
    view: CaseView,
    entries: Sequence[TimelineEntry],
    running: list[Deadline],
) -> Notice:
    given = [entry for entry in entries if entry.kind in steps and not entry.struck]
    without = {act.number for act in _excuses(view, steps)}
    return Notice(
        name=name,
        title=title,
        steps=steps,
        given=given[0] if given else None,
        times=len(given),
        to=to,
        excused=next((entry for entry in entries if entry.number in without), None),
        limit=next((limit for limit in running if not set(steps).isdisjoint(limit.duty.steps)), None),
    )


def _excuses(view: CaseView, steps: Iterable[StepName]) -> list[Act]:
    return [act for step in steps for act in view.case.history.left_out(step)]


def judgements(entries: Sequence[TimelineEntry]) -> list[Judgement]:
    """Whether it is a complaint, whether it is this house's to answer for, whether it stands: apart, each by its own entry."""
    return [_judgement(question, word, entries) for word, question in JUDGED]


def _judgement(question: Text, word: str, entries: Sequence[TimelineEntry]) -> Judgement:
    for entry in entries:
        for said in entry.facts:
            if said.word == word and not entry.struck:
                return Judgement(question, said, entry)
    return Judgement(question, None, None)
