"""What each step put on record in a case, as it stands now, in its versions: what an office prints and signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kesu.ledger.read import entries_of
from kesu.procedure.history.act import Act
from kesu.procedure.history.of_a_file import thing_of
from kesu.procedure.words import Part
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.model import Step

from ..sight.gate import Disclosure
from ..sight.lines import Line
from .opened import CaseView

CHANGING = (STEP.CORRECTED, STEP.STRUCK)


@dataclass(frozen=True, slots=True)
class Record:
    """A step taken for one thing or for the whole file. `line` is the act that holds, with its facts as this reader has them.

    `versions` are the numbers of the entries that made one: each time it was taken, corrected or struck in part.
    """

    step: Step
    thing: str | None
    line: Line
    versions: tuple[int, ...]

    @property
    def version(self) -> int:
        """Which version it is now, from 1."""
        return len(self.versions)


@dataclass(slots=True)
class _Kept:
    acts: list[Act] = field(default_factory=list)
    versions: list[int] = field(default_factory=list)


def records_of(view: CaseView) -> list[Record]:
    """In the order of their last acts. Whoever may not read a part of one does not have it: nobody signs what he cannot read."""
    lines = {line.number: line for line in view.timeline()}
    found = []
    for (step, thing), kept in _kept(view).items():
        standing = [act.number for act in kept.acts if act.number not in view.case.history.struck]
        line = lines.get(standing[-1]) if standing else None
        if line is not None and line.facts and all(fact.how is not Disclosure.HIDDEN for fact in line.facts):
            found.append(Record(view.procedure.steps[step], thing, line, tuple(kept.versions)))
    return sorted(found, key=lambda record: record.line.number)


def record_of(view: CaseView, entry: int) -> Record | None:
    """The record to which an entry belongs, whether that still holds or a later one; None where the reader has none."""
    mine = next(
        (key for key, kept in _kept(view).items() if entry in (act.number for act in kept.acts)), None
    )
    return next((one for one in records_of(view) if (one.step.name, one.thing) == mine), None)


def version_digest(view: CaseView, record: Record, version: int) -> str | None:
    """The digest (hexadecimal) of the entry that made a version; None for a version that there is not."""
    if not 0 < version <= record.version:
        return None
    number = record.versions[version - 1]
    return entries_of(view.reader.organisation, view.row.file, after=number - 1)[0].digest


def _kept(view: CaseView) -> dict[tuple[str, str | None], _Kept]:
    kept: dict[tuple[str, str | None], _Kept] = {}
    by_entry: dict[int, _Kept] = {}
    for act in view.case.history.acts:
        for changed in _changed(act):
            if changed in by_entry:
                by_entry[changed].versions.append(act.number)
        step = view.procedure.steps.get(act.step)
        if act.by is not None and step is not None and (step.word.own_work or step.word.part is Part.ARRIVAL):
            mine = kept.setdefault((act.step, thing_of(act.facts)), _Kept())
            mine.acts.append(act)
            mine.versions.append(act.number)
            by_entry[act.number] = mine
    return kept


def _changed(act: Act) -> Iterator[int]:
    """The entry that an act corrects or strikes."""
    entry = str(act.facts.get(FACT.ENTRY, ""))
    if act.step in CHANGING and entry.isdecimal():
        yield int(entry)
