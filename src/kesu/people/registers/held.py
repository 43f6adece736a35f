"""Who held which post at a moment, by the entries of the registers alone, as far as they had been noted then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from .register import Noted

ROUND: Final = timedelta(seconds=60)  # a file may be noted so much ahead of the clock (semantics 2.5)


@dataclass(slots=True)
class GivenPost:
    """A post given to a person, or a stand-in for `behalf`, as its entry says; `ends`: what later entries say, with when."""

    post: str
    person: str
    behalf: str | None
    noted: datetime
    since: datetime
    until: datetime | None
    ends: list[tuple[datetime, datetime]] = field(default_factory=list)

    def runs(self, at: datetime, noted: datetime) -> bool:
        """Did it run at this instant, by what was on record when that was noted? In doubt, by a minute, it did."""
        if self.noted > noted + ROUND or self.since > at + ROUND:
            return False
        surely = [until for then, until in self.ends if then <= noted - ROUND]
        perhaps = [until for then, until in self.ends if noted - ROUND < then <= noted + ROUND]
        last = surely[-1] if surely else self.until
        return last is None or any(at < until + ROUND for until in (last, *perhaps))


@dataclass(slots=True)
class Held:
    """All posts that were given in an organisation, by “file#number” of the entry that gave it, and who left when."""

    posts: dict[str, GivenPost] = field(default_factory=dict)
    left: dict[str, list[tuple[datetime, bool]]] = field(default_factory=lambda: defaultdict(list))

    def take(self, file: str, act: Noted) -> None:
        """One entry more of a file of posts or of a person. Raises ValueError, KeyError or TypeError for one that is none."""
        kind, _, name = file.partition("/")
        if kind == "person" and act.step in ("left", "came back"):
            self.left[name].append((act.noted, act.step == "left"))
        elif kind == "post" and act.step in ("post taken", "stand-in named"):
            since = act.instant("from")
            if since is None:
                raise KeyError("from")
            self.posts[f"{file}#{act.number}"] = GivenPost(
                post=name,
                person=act.facts["person"],
                behalf=act.facts.get("behalf"),
                noted=act.noted,
                since=since,
                until=act.instant("until"),
            )
        elif kind == "post" and (given := self.posts.get(f"{file}#{act.facts.get('entry')}")):
            until = act.instant("until")
            if until is not None:
                given.ends.append((act.noted, until))

    def had_left(self, person: str, at: datetime) -> bool:
        """Whether the person had left by then."""
        gone = [left for then, left in self.left.get(person, ()) if then <= at - ROUND]
        return bool(gone) and gone[-1]

    def any_of(self, person: str, posts: Collection[str], noted: datetime) -> bool:
        """Whether the person held, or stood in for, one of these posts."""
        return not self.had_left(person, noted) and any(
            given.person == person and given.post in posts and given.runs(noted, noted)
            for given in self.posts.values()
        )

    def by(
        self, ground: object, *, person: str, post: str, behalf: str | None, at: datetime, noted: datetime
    ) -> bool:
        """Whether the entry `ground` (“file#number”) let the person act in the post then, for `behalf` if it says so.

        Whoever holds a post himself may be called upon as the last resort of another post, which `behalf` then is.
        """
        given = self.posts.get(ground) if isinstance(ground, str) else None
        return (
            given is not None
            and (given.person, given.post) == (person, post)
            and given.behalf in (None, behalf)
            and given.runs(at, noted)
            and not self.had_left(person, at)
        )
