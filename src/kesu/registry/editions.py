"""Putting an edition of a procedure in force: its canonical text and digest go into the ledger (semantics 3.1, 4.9)."""

from __future__ import annotations

from datetime import datetime

from kesu.caseload.acting.answers import Done, Refused
from kesu.people.directory import Directory, directory_of
from kesu.procedure.shapes.abilities import Counts
from kesu.procedure.written.canonical import canonical
from kesu.procedure.written.canonical import digest as digest_of_text
from kesu.procedure.written.circles import circles
from kesu.procedure.written.library import Library
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.taking import untaken
from kesu.reading.text import Text

from .register_acts import RegisterAct, register

OFFICE_SETTINGS = frozenset({"number series"})  # set beside those of the procedure, read by the office alone


def put_in_force(
    name: str, *, library: Library, organisation: str, person: str, now: datetime, since: datetime, key: str
) -> Done | Refused:
    """Puts the procedure of this name, with what the organisation has set, in force from `since`.

    Refused while something is to be set, while nothing says who takes a step, while a post inside the house is held by
    nobody, or where procedures that open each other close a circle. Raises ReadError.
    """
    directory = directory_of(organisation)
    settings = {
        word: value for word, value in directory.settings.get(name, {}).items() if word not in OFFICE_SETTINGS
    }
    procedure = library.load(name, settings=settings)
    file = f"edition/{name}"
    problems = (
        *_unset(procedure),
        *(fault.text for fault in untaken(procedure)),
        *_unheld(procedure, directory, now),
        *_unwatched(procedure, directory),
        *(fault.text for fault in circles(library, name)),
    )
    if problems:
        return Refused(file, problems=problems, procedure=procedure)
    text = canonical(library, name, settings=settings)
    facts = {
        "edition": procedure.edition,
        "digest": digest_of_text(text),
        "text": text,
        "from": since,
        "approved by": person,
    }
    return register(
        RegisterAct(file, "put in force", facts), organisation=organisation, person=person, now=now, key=key
    )


def _unset(procedure: Procedure) -> tuple[Text, ...]:
    return tuple(
        Text(
            zh=f"“{_titled(procedure, name).zh}”还没有定，定了才能生效",
            en=f"“{name}” is still to be set; set it first",
        )
        for name in procedure.unset
    )


def _unwatched(procedure: Procedure, directory: Directory) -> tuple[Text, ...]:
    """Every procedure of a watch that has to be in force first: an arrival that counts has to find it."""
    named = dict.fromkeys(shape.procedure for _, shape in procedure.able(Counts))
    return tuple(
        Text(
            zh=f"本程序计入“{name}”，先使该程序生效",
            en=f"files of this procedure are counted under “{name}”; put that in force first",
        )
        for name in named
        if not directory.editions.get(name)
    )


def _titled(procedure: Procedure, name: str) -> Text:
    return procedure.settings[name].title or Text(name, name)


def _unheld(procedure: Procedure, directory: Directory, now: datetime) -> tuple[Text, ...]:
    """Every post inside the house that nobody holds now."""
    return tuple(
        Text(
            zh=f"“{post.title.zh}”还没有人任职，先登记任职",
            en=f"nobody holds the post “{post.name}”; say who does first",
        )
        for post in procedure.posts.values()
        if not post.external and not directory.holders(post.name, now)
    )
