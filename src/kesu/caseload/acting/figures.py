"""Figures of periodic reports: entered when a report is compiled, and counted again from the ledger to prove them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from kesu.casework.file.case_file import CaseFile
from kesu.casework.many.figures import Looked, called_figures, figured, received_within
from kesu.ledger.models import Entry
from kesu.ledger.read import entries_of, files
from kesu.names import FileName
from kesu.procedure.history.act import Act
from kesu.procedure.shapes.abilities import TotalsFigures
from kesu.procedure.words.names import FACT, STEP

from ..folded.fold import folded_from, folds
from ..models import CaseRow
from .changes import Changes
from .house_act import note

OF_THE_ENTRY = (FACT.RULE, FACT.ENTRY)  # what called for the figures, beside them in the entry


@dataclass(frozen=True, slots=True)
class Recounted:
    """One entry of figures, counted again: `different` are the words that do not agree, `missed` cases of the period
    that were on record by then and that it neither counts nor leaves out."""

    number: int
    at: datetime
    facts: Mapping[str, Any]
    again: Mapping[str, Any]
    different: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether the ledger still says what the report says."""
        return not self.different and not self.missed


def enter_figures(changes: Changes, file: FileName, act: Act) -> None:
    """Enters what the ledger knows when an act calls for it; the act has been applied to the file as it will be.

    Raises NoSuchFile.
    """
    case = changes.as_it_will_be(file)
    for rule, shape in called_figures(case, act):
        since, until = shape.period(case.history, act)
        looked = _looked(changes.organisation, shape.procedure, since, until, case)
        facts = figured(looked, shape, since=since, until=until)
        note(changes, file, STEP.FIGURES, {**facts, FACT.RULE: rule, FACT.ENTRY: str(act.number)})


def _looked(
    organisation: str, procedure: str, since: date, until: date, report: CaseFile
) -> Iterator[Looked]:
    """The cases received in the period, as they stand in this transaction; a site's own zone may shift a day."""
    zone = ZoneInfo(report.calendar.zone)
    begin = datetime.combine(since, time(), zone) - timedelta(days=1)
    end = datetime.combine(until, time(), zone) + timedelta(days=2)
    rows = CaseRow.objects.filter(
        organisation=organisation, procedure=procedure, received__gte=begin, received__lt=end
    )
    for file in map(FileName, rows.order_by("file").values_list("file", flat=True)):
        fold = folds.take(organisation, file)
        yield Looked(file, fold.head.number, fold.case)
        folds.put(fold)


def with_figures(organisation: str | None = None) -> list[CaseRow]:
    """The reports into whose files figures were entered, by number."""
    files_ = Entry.objects.filter(kind=STEP.FIGURES)
    rows = CaseRow.objects.filter(organisation=organisation) if organisation else CaseRow.objects.all()
    same = files_.filter(organisation=OuterRef("organisation"), file=OuterRef("file"))
    return list(rows.filter(Exists(same)).order_by("organisation", "label"))


def recount(organisation: str, file: str) -> list[Recounted]:
    """Every entry of figures in a report's file, counted again from the ledger and not from rows."""
    fold = folded_from(organisation, file, entries_of(organisation, file))
    found = []
    for entry in fold.case.history.all(STEP.FIGURES):
        called = fold.case.history.standing_act(int(entry.facts[FACT.ENTRY]))
        shapes = dict(called_figures(fold.case, called)) if called else {}
        shape = shapes.get(str(entry.facts[FACT.RULE]))
        if shape is not None:
            found.append(_recounted(organisation, entry, shape))
    return found


def _recounted(organisation: str, entry: Act, shape: TotalsFigures) -> Recounted:
    facts = {word: value for word, value in entry.facts.items() if word not in OF_THE_ENTRY}
    since, until = (date.fromisoformat(str(facts[word])) for word in (FACT.COUNTED_FROM, FACT.COUNTED_TO))
    places = [*facts[FACT.CASES_COUNTED], *facts[FACT.CASES_LEFT_OUT]]
    again = figured((_as_of(organisation, place) for place in places), shape, since=since, until=until)
    different = tuple(word for word in again if again[word] != facts.get(word))
    named = {place.partition("#")[0] for place in places}
    missed = _missed(organisation, shape.procedure, entry.noted, since, until, named)
    return Recounted(entry.number, entry.noted, facts, again, different, tuple(missed))


def _as_of(organisation: str, place: str) -> Looked:
    """A file up to the entry that the report names."""
    file, _, number = place.partition("#")
    entries = [one for one in entries_of(organisation, file) if one.number <= int(number)]
    return Looked(file, int(number), folded_from(organisation, file, entries).case)


def _missed(
    organisation: str, procedure: str, as_of: datetime, since: date, until: date, named: Iterable[str]
) -> Iterator[str]:
    """Files of the procedure that were on record by then, received in the period, and not looked at."""
    known = set(named)
    for file in files(organisation):
        if file in known or not file.startswith("case/"):
            continue
        entries = [one for one in entries_of(organisation, file) if one.noted <= as_of]
        fold = folded_from(organisation, file, entries) if entries else None
        if fold and fold.procedure.id == procedure and received_within(fold.case, since, until):
            yield file
