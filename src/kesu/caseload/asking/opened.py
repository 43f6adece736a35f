"""One case file opened for one person: fold, timeline, duties, and what he may do next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from kesu.casework.deciding.decide import Actor
from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.edition_move import MOVING
from kesu.casework.waiting.options import Option, option, options
from kesu.casework.waiting.takers import Takers
from kesu.ledger.read import answered
from kesu.names import OUTSIDER, FileName
from kesu.people.directory import Directory
from kesu.procedure.history.of_a_file import History
from kesu.procedure.history.verdict import Finding
from kesu.procedure.shapes.abilities import Counts
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import BY_THE_HOUSE
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text
from kesu.review.clause_panel import Readings

from ..acting.compared import UNRELATED
from ..acting.edition_move import movers
from ..acting.owed_by_time import owed
from ..folded.fold import Folded, NoSuchFile, folds
from ..folded.secrecy import has_looked, hushed, is_kept_secret
from ..models import CaseRow, CountedRow
from ..sight.disclosure import NAMED, Disclosed
from ..sight.face import face_of
from ..sight.findings import told_finding
from ..sight.gate import Gate, gate
from ..sight.lines import Facts, Line, as_they_stand, lines_of, with_facts
from ..sight.reader import Reader
from ..sight.seats import actors_for, actors_in
from ..sight.seeing import hidden_from, sees, visible
from ..sight.watch_entries import files_counted, told_entries


@dataclass(frozen=True)
class CaseView:
    """A case file as one person sees it at `now`. `number` goes back with a command as `seen_up_to`.

    `lines` are its entries without their facts; `timeline` has them as this person gets them.
    """

    row: CaseRow
    case: CaseFile  # with what time owes up to now; written by the next act or by the clock, not by looking
    procedure: Procedure
    number: int
    lines: list[Line]
    actors: list[Actor]
    links: list[CaseRow]
    named: Mapping[str, str]  # the numbers of the files that its entries name, of those that this person sees
    reader: Reader  # at the moment of opening, or of the last entry where that was noted later
    raw: Mapping[
        int, Facts
    ]  # what the entries in `lines` say, before anything is kept from him: see `timeline`
    counted: Mapping[str, CaseRow]  # where it is the file of a watch: the cases counted there that he sees
    hidden: frozenset[str]  # and those from which he has to stay out
    readings: Readings  # what was judged of its entries before: it stands until there is another
    unnamed: bool = False  # who complains is kept back from this person, on this page

    @property
    def case_id(self) -> str:
        """The file's name without its kind, as addresses have it."""
        return self.row.file.partition("/")[2]

    @property
    def directory(self) -> Directory:
        """The organisation of the file."""
        return self.reader.directory

    @property
    def now(self) -> datetime:
        """The moment at which it is seen."""
        return self.reader.now

    @cached_property
    def face(self) -> Text:
        """By what people know the case."""
        return face_of(self.row, self.case.history)

    @cached_property
    def gate(self) -> Gate:
        """The gate before results that may not be told yet, as this person stands to it."""
        return gate(self.takers, person=self.reader.person, actors=self.actors)

    @cached_property
    def takers(self) -> Takers:
        """Who may take its steps now: asked by whatever a page says of that, and each rule but once."""
        return Takers(
            self.case, now=self.now, actors=actors_in(self.case, directory=self.directory, now=self.now)
        )

    def timeline(self, *, unmasked: frozenset[int] = frozenset()) -> list[Line]:
        """The entries with their facts, in the order of the ledger; in those of `unmasked` contact details stand in full."""
        return with_facts(self.lines, self.raw, gate=self.gate, labels=self.named, unmasked=unmasked)

    def as_they_stand(self, facts: Iterable[str]) -> list[Disclosed]:
        """What the file says now of these facts, as this person gets them."""
        return as_they_stand(facts, self.case.history, gate=self.gate, labels=self.named)

    def readable(self, finding: Finding) -> Finding | None:
        """A finding as this person gets it; None where its reason would tell what is kept back from him."""
        rule = self.procedure.by_name[finding.rule]
        return told_finding(finding, rule, gate=self.gate, labels=self.named)

    def options(self) -> list[Option]:
        """Every step with what bars it for this person, in the best of his posts."""
        own = options(self.takers, actors=self.actors)
        mine = [one for one in own if one.step.name not in (*BY_THE_HOUSE, MOVING)]
        moving = self.procedure.steps.get(MOVING)
        owners = movers(self.reader.person, self.directory, self.now)
        if self.case.ended or moving is None or not owners:
            return mine
        return [*mine, option(self.takers, moving, actors=owners)]


def _files_named(history: History) -> set[str]:
    """The case files that the facts of a history name, with or without the entry up to which they were looked at."""
    values = (value for act in history.acts for value in act.facts.values())
    texts = (one for value in values for one in (value if isinstance(value, list) else (value,)))
    return {one.partition("#")[0] for one in texts if isinstance(one, str) and NAMED.fullmatch(one)}


def _akin(history: History) -> list[str]:
    """The cases that were found to be the same as this one or related to it, here or there; the last answer counts."""
    answers = {
        str(act.facts[FACT.COMPARED_CASE]): act.facts.get(FACT.LIKENESS)
        for act in history.acts
        if FACT.COMPARED_CASE in act.facts and history.counts(act.number)
    }
    return [file for file, likeness in answers.items() if likeness != UNRELATED]


def opened(file: str, reader: Reader, *, source: bool = False) -> CaseView | None:
    """The file, or None when there is no such file or the reader may not see it: the same answer.

    A source that is kept secret is kept back; with `source` not from one whose reason for looking is on record.
    """
    try:
        fold = folds.take(reader.organisation, FileName(file))
    except NoSuchFile:
        return None
    view = _opened(fold, reader, source=source) if sees(fold, reader) else None
    folds.put(fold)
    return view


def when_answered(view: CaseView, *, key: str) -> CaseView:
    """The file as it stood before the act that this key has led to already, so that a form sent twice reads alike.

    What a form asks hangs on the file; read against what its own act has changed, the same form would be another command.
    """
    row = view.row
    earlier = answered(row.organisation, view.reader.person, key) if key else None
    if earlier is None or earlier.file != row.file:
        return view
    case = view.case.empty()
    for act in view.case.history.acts:
        if act.number < earlier.number:
            case.apply(act)
    return replace(view, case=case, number=earlier.number - 1)


def _for_reader(fold: Folded, reader: Reader, *, source: bool) -> tuple[CaseFile, bool]:
    """A copy of the file for him, and whether who complains is kept back in it: from all but himself, and one who looks."""
    case = fold.case
    if reader.person == OUTSIDER or not is_kept_secret(case):
        return case.copy(), False
    if source and has_looked(case, reader.person, reader.now):
        return case.copy(), False
    return hushed(case), True


def _opened(fold: Folded, reader: Reader, *, source: bool = False) -> CaseView:
    row = CaseRow.objects.get(organisation=fold.organisation, file=fold.file)
    directory = reader.directory
    if fold.head.noted is not None and fold.head.noted > reader.now:
        reader = replace(reader, now=fold.head.noted)
    case, unnamed = _for_reader(fold, reader, source=source)
    acts = tuple(case.history.acts)
    owed(case, directory=directory, calendar=row.calendar, site=row.site, now=reader.now)
    near = visible(reader)
    linked = [act.facts.get(FACT.LINKED_FILE) for act in case.history.all(STEP.LINKED)]
    counts = CountedRow.objects.filter(organisation=fold.organisation, file=fold.file)
    watches = counts.values_list("into", flat=True) if fold.procedure.able(Counts) else ()
    around = {one for one in (row.parent, *linked, *watches, *_akin(case.history)) if one}
    found = list(near.filter(file__in=around | _files_named(case.history)).order_by("received", "file"))
    labels = {one.file: one.label for one in found}
    counted = files_counted(acts)
    hidden = frozenset(hidden_from(counted, reader) if counted else ())
    told = told_entries(acts, labels=labels, hidden=hidden)
    return CaseView(
        row=row,
        case=case,
        procedure=fold.procedure,
        number=fold.head.number,
        lines=[line for line in lines_of(fold, directory) if line.number in told],
        actors=actors_for(fold, reader),
        links=[one for one in found if one.file in around],
        named=labels,
        counted={one.file: one for one in found if one.file in counted},
        hidden=hidden,
        readings=fold.readings,
        reader=reader,
        raw=told,
        unnamed=unnamed,
    )
