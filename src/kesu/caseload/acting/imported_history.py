"""Bringing history in: acts that happened before Kesu, judged but not refused (semantics 3.7).

Imported acts carry where they came from (digest of the source, row) and stand in files that hold nothing else. Names of
persons become opaque ids; the name itself stands beside the ledger and can be erased.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from kesu.ledger.append import Conflict, HappensLater
from kesu.ledger.canonical import NotCanonical
from kesu.ledger.entry import NewEntry
from kesu.ledger.oneway import writing
from kesu.ledger.read import answered
from kesu.names import PersonId
from kesu.people.directory import Directory, directory_of
from kesu.people.models import Edition
from kesu.people.permissions import IMPORT
from kesu.procedure.history.act import Act
from kesu.procedure.words import spoken
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text
from kesu.review.cases import LoggedCase

from ..folded.books import procedure_by_digest, words_of_the_house
from ..folded.recorded import CLOCK, SYSTEM, act_in, new_entry
from ..rows.following import STRETCH, follow
from ..sight.reader import Reader
from .answers import Refused, digest_of_plain, refused
from .changes import Changes
from .new_file import NewFile, first_step, new_file_of
from .numbers_of_items import NumbersOfItems
from .owed_by_time import owed

IMPORTED_SERIES = "H"  # numbers of imported files stand in a series of their own


@dataclass
class Imported:
    """What an import did, or (dry run) would do: cases and acts brought in, cases that were there, and what was refused.

    `near`: cases that name an item which the register does not know, and has one near it; they are in as they are written.
    """

    cases: int = 0
    acts: int = 0
    again: int = 0
    refused: list[tuple[str, Text]] = field(default_factory=list)
    near: list[tuple[str, Text]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Source:
    """Where history comes from: the digest of the file (hexadecimal) and when and by whom it is brought in."""

    digest: str
    person: str
    now: datetime
    dry_run: bool
    medium: str


def import_history(
    cases: Iterable[LoggedCase],
    *,
    procedure: str,
    digest: str,
    organisation: str,
    person: str,
    now: datetime,
    dry_run: bool = False,
    draft: Procedure | None = None,
    medium: str = "system",
) -> Imported | Refused:
    """Opens a file for each case and puts its acts on record as they happened; each case is a transaction of its own.

    The same case of the same source is brought in once, however often this is called. A case is refused whole when it
    does not begin with the procedure's first step, speaks of a step the procedure does not have, or holds an act from
    after the organisation's first day with Kesu. With `dry_run` nothing is written; then `draft` may stand in for a
    procedure of which no edition is in force yet. `medium` is the way by which it is brought in. Who is here to read (an assessor) brings nothing in.
    """
    directory = directory_of(organisation)
    if not Reader(PersonId(person), directory, now).may(IMPORT) or directory.only_reads(person, (), now):
        return refused(None, zh="历史由历史导入员导入", en="history is brought in by the importer")
    if dry_run and draft is not None and not directory.editions.get(procedure):
        return _tried(cases, draft, directory)
    if not directory.editions.get(procedure):
        return refused(
            None, zh=f"程序“{procedure}”没有生效的版本", en=f"no edition of “{procedure}” is in force"
        )
    done, source = Imported(), Source(digest, person, now, dry_run, medium)
    numbers = NumbersOfItems(organisation)
    with spoken(words_of_the_house(directory)):
        for number, case in enumerate(cases, 1):
            _import(case, procedure, source, directory, done)
            done.near += numbers.asked(case)
            if number % STRETCH == 0 and not dry_run:
                follow(organisation)
    if not dry_run:
        follow(organisation)
    return done


def _tried(cases: Iterable[LoggedCase], draft: Procedure, directory: Directory) -> Imported:
    """What would come of it under a procedure that is not in force yet."""
    done, numbers = Imported(), NumbersOfItems(directory.organisation.organisation)
    for case in cases:
        done.near += numbers.asked(case)
        problem = next(_problems(case, draft, directory), None)
        if problem is not None:
            done.refused.append((case.case, problem))
        else:
            done.cases += 1
            done.acts += len(case.acts)
    return done


def _import(case: LoggedCase, procedure: str, source: Source, directory: Directory, done: Imported) -> None:
    edition = directory.edition_at(procedure, case.acts[0].at)
    if edition is None:
        done.refused.append((case.case, Text(zh="各版程序都已撤回", en="every edition was withdrawn")))
        return
    book = procedure_by_digest(directory.organisation.organisation, edition.digest)
    problem = next(_problems(case, book, directory), None)
    if problem is not None:
        done.refused.append((case.case, problem))
        return
    try:
        with writing(), transaction.atomic():
            _write(case, edition, source, directory, done)
    except (NotCanonical, HappensLater, Conflict) as wrong:
        done.refused.append((case.case, Text(zh=f"写不进台账：{wrong}", en=str(wrong))))


def _problems(case: LoggedCase, book: Procedure, directory: Directory) -> Iterator[Text]:
    founded = directory.organisation.founded
    first = first_step(book)
    if case.acts[0].step != first:
        yield Text(zh=f"第一步不是“{book.steps[first].title.zh}”", en=f"it does not begin with “{first}”")
    for act in case.acts:
        if act.step not in book.steps:
            yield Text(zh=f"程序没有“{act.step}”这一步", en=f"the procedure has no step “{act.step}”")
        if act.at >= founded:
            yield Text(
                zh=f"{act.at:%Y-%m-%d} 的“{act.step}”晚于启用本系统的日子；启用后的事要照常办理",
                en=f"“{act.step}” of {act.at:%Y-%m-%d} is after the first day with Kesu; what came later is done, not imported",
            )


def _write(case: LoggedCase, edition: Edition, source: Source, directory: Directory, done: Imported) -> None:
    organisation = directory.organisation.organisation
    key = f"{source.digest[:24]}/{hashlib.sha256(case.case.encode()).hexdigest()[:24]}"
    if answered(organisation, source.person, key) is not None:
        done.again += 1
        return
    done.cases += 1
    done.acts += len(case.acts)
    if source.dry_run:
        return
    changes = Changes(directory, source.now)
    new = new_file_of(directory, edition.digest, site=None)
    entries = [_entry(act, edition, source, directory) for act in case.acts]
    facts = {**entries[0].facts, **new.facts(), "label before": case.case}
    command = digest_of_plain({"import": source.digest, "case": case.case})
    entries[0] = replace(entries[0], key=key, command=command, facts=facts)
    entries += [new_entry(act, by=CLOCK, edition=edition.digest) for act in _lateness(case, new, changes)]
    file = new.empty(organisation)
    for number, entry in enumerate(entries, 1):
        file.apply(act_in(entry, number=number))
    changes.open(file, entries, series=IMPORTED_SERIES)
    changes.write()


def _lateness(case: LoggedCase, new: NewFile, changes: Changes) -> list[Act]:
    """What time owes the file after its last imported act."""
    trial = new.empty(changes.organisation)
    for act in case.acts:
        trial.apply(act)
    return owed(trial, directory=changes.directory, calendar=new.calendar, site="", now=changes.now)


def _entry(act: Act, edition: Edition, source: Source, directory: Directory) -> NewEntry:
    """An imported act: noted now, by the importer, done by somebody who is known here by an opaque id only."""
    actor = None if act.by is None else person_id(directory.organisation.organisation, act.by, directory)
    moved = replace(
        act,
        noted=source.now,
        by=actor,
        origin=f"{source.digest[:16]} {act.origin or ''}".strip(),
        medium=source.medium,
    )
    entry = new_entry(moved, by=source.person, edition=edition.digest)
    if actor is None or act.by is None:
        return replace(entry, actor=SYSTEM)  # the log does not show who acted
    if actor == act.by:
        return entry
    return replace(entry, personal={**entry.personal, "name of the actor": act.by})


def person_id(organisation: str, name: str, directory: Directory) -> PersonId:
    """The id of a person of the house, or an opaque one for a name that the register does not know."""
    if name in directory.persons:
        return PersonId(name)
    same = [person.person for person in directory.persons.values() if person.name == name]
    return PersonId(
        same[0]
        if len(same) == 1
        else "x-" + hashlib.sha256(f"{organisation}\0{name}".encode()).hexdigest()[:12]
    )
