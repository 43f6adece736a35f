"""Somebody leaves: his posts and stand-ins end, each post goes to somebody, and nobody is deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from kesu.caseload.acting.answers import Done, Refused
from kesu.caseload.folded.books import in_force
from kesu.names import PersonId
from kesu.people.directory import Directory, directory_of
from kesu.people.models import Holding, StandIn
from kesu.people.posts import ADMINISTRATOR, OFFICE_POSTS
from kesu.reading.text import Text

from .register_acts import RegisterAct, register
from .together import taken, together


@dataclass(frozen=True, slots=True)
class PostLeft:
    """A post that he holds, now or later. `others` hold it too; where nobody does and it is `needed`, somebody has to follow."""

    row: Holding
    title: Text
    others: tuple[PersonId, ...]
    needed: bool

    @property
    def wants_successor(self) -> bool:
        """Whether the post would be held by nobody."""
        return self.needed and not self.others


@dataclass(frozen=True, slots=True)
class Leaving:
    """What ends when a person leaves: posts, where he stands in for others, where others stand in for him."""

    posts: tuple[PostLeft, ...]
    stands_in: tuple[StandIn, ...]
    stood_in_for: tuple[StandIn, ...]


def what_ends(directory: Directory, person: str, now: datetime) -> Leaving:
    """Everything of the registers that hangs on this person from now on."""
    titles = _needed(directory, now)
    held = [row for row in directory.holdings if row.person == person and _runs_on(row.until, now)]
    standing = [row for row in directory.stand_ins if row.until > now]
    return Leaving(
        posts=tuple(
            PostLeft(
                row,
                titles.get(row.post, Text(row.post, row.post)),
                tuple(one for one in directory.holders(row.post, now) if one != person),
                row.post in titles,
            )
            for row in held
        ),
        stands_in=tuple(row for row in standing if row.person == person),
        stood_in_for=tuple(row for row in standing if row.behalf == person),
    )


def leave(
    leaver: str,
    *,
    successors: Mapping[tuple[str, int], str],
    handed_to: str | None,
    organisation: str,
    person: str,
    now: datetime,
    key: str,
) -> Done | Refused:
    """Ends what he holds and notes that he left; `successors` (by post and entry) take his posts from the same instant on.

    `handed_to` is who takes over what was given to him by name. Refused, with nothing changed, while a post that is needed
    would be held by nobody. Raises KeyTaken, Busy, ClockInDoubt.
    """
    if leaver == person:
        own = Text("自己的离任由另一位管理员登记", "another administrator enters that you leave")
        return Refused(f"person/{leaver}", problems=(own,))
    ending = what_ends(directory_of(organisation), leaver, now)
    empty = [
        one.title
        for one in ending.posts
        if one.wants_successor and not successors.get((one.row.post, one.row.number))
    ]
    if empty:
        said = tuple(
            Text(
                f"“{post.zh}”会没有人任职，先选接任的人",
                f"nobody would hold the post “{post.en}”; choose who follows",
            )
            for post in empty
        )
        return Refused(f"person/{leaver}", problems=said)

    places = count()

    def all_of_it() -> Done:
        for post in ending.posts:
            _pass_on(post.row, successors.get((post.row.post, post.row.number)), now, noted)
        for row in {*ending.stands_in, *ending.stood_in_for}:
            noted(f"post/{row.post}", "stand-in ended", {"entry": row.number, "until": max(now, row.since)})
        return noted(f"person/{leaver}", "left", {"handed to": handed_to} if handed_to else {})

    def noted(file: str, step: str, facts: dict[str, Any]) -> Done:
        act = RegisterAct(file, step, facts)
        part = f"{key}/{next(places)}"
        return taken(register(act, organisation=organisation, person=person, now=now, key=part))

    return together(all_of_it)


def _needed(directory: Directory, now: datetime) -> dict[str, Text]:
    """The posts that somebody has to hold, with their titles: those inside the house of procedures in force, and the administrator."""
    posts = (post for procedure in in_force(directory, now) for post in procedure.posts.values())
    titles: dict[str, Text] = {ADMINISTRATOR: OFFICE_POSTS[ADMINISTRATOR]}
    for post in posts:
        if not post.external:
            titles.setdefault(post.name, post.title)
    return titles


def _pass_on(row: Holding, to: str | None, now: datetime, noted: Any) -> None:
    end = max(now, row.since)
    noted(f"post/{row.post}", "post left", {"entry": row.number, "until": end})
    if to:
        until = {"until": row.until} if row.until else {}
        noted(f"post/{row.post}", "post taken", {"person": to, "unit": row.unit, "from": end, **until})


def _runs_on(until: datetime | None, now: datetime) -> bool:
    return until is None or until > now
