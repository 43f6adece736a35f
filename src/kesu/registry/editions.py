"""Putting an edition of a procedure in force: its canonical text and digest go into the ledger (semantics 3.1, 4.9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from kesu.caseload.acting.answers import Done, Refused
from kesu.caseload.sight.reader import Reader
from kesu.names import PersonId
from kesu.people.directory import Directory, directory_of
from kesu.people.permissions import ENFORCE
from kesu.procedure.shapes.abilities import Counts
from kesu.procedure.written.canonical import canonical
from kesu.procedure.written.canonical import digest as digest_of_text
from kesu.procedure.written.circles import circles
from kesu.procedure.written.library import Library
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.taking import untaken
from kesu.reading.saying_nothing import says_nothing
from kesu.reading.text import Text

from .register_acts import RegisterAct, register


@dataclass(frozen=True, slots=True)
class BackDated:
    """With whom, and why, an edition is to count from before today."""

    second: str
    reason: str


OFFICE_SETTINGS = frozenset({"number series"})  # set beside those of the procedure, read by the office alone


def put_in_force(
    name: str,
    *,
    library: Library,
    organisation: str,
    person: str,
    now: datetime,
    since: datetime,
    key: str,
    back_dated: BackDated | None = None,
) -> Done | Refused:
    """Puts the procedure of this name, with what the organisation has set, in force from `since`.

    From before today only with a second person who may put in force, and a reason; both stay on record (`back_dated`).

    Refused while something is to be set, while nothing says who takes a step, while a post inside the house is held by
    nobody, or where procedures that open each other close a circle. Raises ReadError.
    """
    directory = directory_of(organisation)
    settings = settings_in_force(directory, name)
    procedure = library.load(name, settings=settings)
    file = f"edition/{name}"
    problems = (
        *_before_today(directory, person, now=now, since=since, given=back_dated),
        *in_the_way_of(procedure, library=library, directory=directory, now=now),
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
        **(
            {"back-dated with": back_dated.second, "back-dated reason": back_dated.reason}
            if back_dated
            else {}
        ),
    }
    return register(
        RegisterAct(file, "put in force", facts), organisation=organisation, person=person, now=now, key=key
    )


def settings_in_force(directory: Directory, name: str) -> dict[str, str]:
    """What the organisation has set for a procedure, without what the office alone reads."""
    return {
        word: value for word, value in directory.settings.get(name, {}).items() if word not in OFFICE_SETTINGS
    }


def in_the_way_of(
    procedure: Procedure, *, library: Library | None, directory: Directory, now: datetime
) -> tuple[Text, ...]:
    """What keeps an edition from going in force now. Without a library nobody looks for circles among procedures again."""
    return (
        *_unset(procedure),
        *(fault.text for fault in untaken(procedure)),
        *_unheld(procedure, directory, now),
        *_unwatched(procedure, directory),
        *((fault.text for fault in circles(library, procedure.id)) if library else ()),
    )


def _before_today(
    directory: Directory, person: str, *, now: datetime, since: datetime, given: BackDated | None
) -> tuple[Text, ...]:
    """An edition counts from before today only by two persons and with a reason."""
    zone = ZoneInfo(directory.organisation.zone)
    if since.astimezone(zone).date() >= now.astimezone(zone).date():
        return ()
    if given is None or says_nothing(given.reason):
        return (
            Text(
                zh="生效时间早于今天的，要由第二个人共同批准并写明理由",
                en="to count from before today it needs a second person and a reason",
            ),
        )
    may = (
        Reader(PersonId(given.second), directory, now).may(ENFORCE)
        if given.second in directory.persons
        else False
    )
    if given.second == person or not may:
        return (
            Text(
                zh="第二个人要是另一位程序负责人或管理员",
                en="the second person has to be another procedure owner or administrator",
            ),
        )
    return ()


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
