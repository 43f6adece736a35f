"""A report as one page: the figures from the ledger, what was written, who reviewed it, and to whom it went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from kesu.caseload.asking.opened import CaseView
from kesu.casework.many.figures import DIGEST
from kesu.forms.said.values import Said, count_title
from kesu.procedure import words
from kesu.procedure.history.act import Act
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.model import Step
from kesu.reading.text import Text

from ..said.timeline import TimelineEntry, timeline

KINDS: Final = frozenset({"periodic report", "survey round"})  # kinds of file that are read as a report


@dataclass(frozen=True, slots=True)
class Figures:
    """One entry of figures. `cases` are the numbers of those that the reader sees with their files, `hidden` how many he does not."""

    number: int
    at: datetime
    since: date
    until: date
    total: str
    ended: str
    imported: str
    unknown: str
    counts: list[tuple[Text, list[tuple[Text, str]]]]
    cases: list[tuple[str, str]]
    hidden: int
    digest: str
    kept_back: bool  # a counted case is hidden from the reader, so that no number is shown


@dataclass(frozen=True, slots=True)
class Written:
    """What one step wrote: one list of facts, or where it was taken several times a row each, under these headings."""

    title: Text
    heads: list[Text]
    rows: list[tuple[TimelineEntry, list[Said | None]]]

    @property
    def several(self) -> bool:
        """Whether it is a table."""
        return len(self.rows) > 1

    @property
    def facts(self) -> list[Said]:
        """The facts of a step that was taken once, in the order of its form."""
        return [said for _, cells in self.rows[:1] for said in cells if said is not None]


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the report's course: by whom and when it was last taken, and for a sending to whom and how."""

    title: Text
    sends: bool
    entry: TimelineEntry | None
    again: int  # how often before


@dataclass(frozen=True, slots=True)
class Report:
    """Everything on the page."""

    figures: list[Figures]
    written: list[Written]
    stages: list[Stage]


def is_report(view: CaseView) -> bool:
    """Whether a file is read as a report."""
    return view.procedure.kind in KINDS


def report(view: CaseView) -> Report:
    """The file as a report, as far as this person may read it."""
    entries = [entry for entry in timeline(view) if not entry.struck]
    own = [step for step in view.procedure.steps.values() if step.word.own_work]
    by_step = {step.name: [entry for entry in entries if entry.kind == step.name] for step in own}
    return Report(
        figures=list(_figures(view)),
        written=[_written(step, by_step[step.name]) for step in own if _says(by_step[step.name])],
        stages=[_stage(step, by_step[step.name]) for step in own],
    )


def _figures(view: CaseView) -> Iterator[Figures]:
    """The last figures of each rule."""
    last: dict[str, Act] = {str(act.facts.get(FACT.RULE)): act for act in view.case.history.all(STEP.FIGURES)}
    for act in last.values():
        facts: Any = act.facts
        named = [str(place).partition("#")[0] for place in facts[FACT.CASES_COUNTED]]
        cases = [(view.named[file], file) for file in named if file in view.named]
        yield Figures(
            number=act.number,
            at=act.at,
            since=date.fromisoformat(facts[FACT.COUNTED_FROM]),
            until=date.fromisoformat(facts[FACT.COUNTED_TO]),
            total=facts[FACT.TOTAL_COUNTED],
            ended=facts[FACT.ENDED_COUNTED],
            imported=facts[FACT.IMPORTED_COUNTED],
            unknown=facts[FACT.UNKNOWN_COUNTED],
            counts=[
                (words.facts()[word].title, _split(word, split)) for word, split in facts[FACT.COUNTS].items()
            ],
            cases=sorted(cases),
            hidden=len(named) - len(cases),
            digest=facts[DIGEST],
            kept_back=not view.hidden.isdisjoint(named),
        )


def _split(word: str, split: dict[str, str]) -> list[tuple[Text, str]]:
    return [(count_title(word, value), number) for value, number in split.items()]


def _says(entries: list[TimelineEntry]) -> bool:
    return any(entry.facts for entry in entries)


def _written(step: Step, entries: list[TimelineEntry]) -> Written:
    """The facts of a step, the columns in the order in which its form asks them."""
    asked = dict.fromkeys(step.asks)
    named = {fact.word: fact.title for entry in entries for fact in entry.facts}
    order = [word for word in asked if word in named] + [word for word in named if word not in asked]
    rows = []
    for entry in entries:
        given = {fact.word: fact for fact in entry.facts}
        rows.append((entry, [given.get(word) for word in order]))
    return Written(step.title, [named[word] for word in order], rows)


def _stage(step: Step, entries: list[TimelineEntry]) -> Stage:
    last = entries[-1] if entries else None
    return Stage(step.title, step.audience is not None, last, max(0, len(entries) - 1))
