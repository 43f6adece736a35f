"""Who can take a step: everybody whom the rules about persons and posts let, as decided by those rules themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from kesu.casework.command import Command
from kesu.casework.decide import Actor
from kesu.casework.file import CaseFile
from kesu.casework.standing import open_to
from kesu.people.cast import Cast
from kesu.procedure.prepared import ABOUT_PERSONS
from kesu.procedure.text import Text, listed

FILLABLE: Final = frozenset({"no amount", "not on record", "when unknown", "work not on record"})


def actors_of(case: CaseFile, cast: Cast, now: datetime) -> Iterator[Actor]:
    """Everybody who holds, or stands in for, a post of the procedure inside the house now."""
    for post in (
        one for one in case.procedure.posts.values() if not one.external and open_to(case, one.name)
    ):
        for person in cast.acting(post.name, now):
            for one in cast.posts_of(person, now):
                if one.post == post.name:
                    yield Actor(person, one.post, one.behalf, cast.units_above(person, now))


def may(case: CaseFile, step: str, actor: Actor, now: datetime) -> bool:
    """Whether no rule about persons and posts bars this actor from the step; what else is missing does not matter."""
    command = Command(step=step, by=actor.person, post=actor.post, behalf=actor.behalf, units=actor.units)
    for finding in case.judge(command.act(number=case.number + 1, now=now)):
        shape = case.procedure.by_name[finding.rule].shape
        if finding.bars and shape.sign in ABOUT_PERSONS and finding.outcome.why not in FILLABLE:
            return False
    return True


def takers(case: CaseFile, step: str, cast: Cast, now: datetime) -> list[Actor]:
    """Who can take the step; where nobody inside is left, those of the last resort."""
    if step not in case.procedure.steps:
        return []
    found = [actor for actor in actors_of(case, cast, now) if may(case, step, actor, now)]
    return found or list(_last_resorts(case, step, cast, now))


def _last_resorts(case: CaseFile, step: str, cast: Cast, now: datetime) -> Iterator[Actor]:
    for post in case.procedure.posts.values():
        if post.last_resort is None:
            continue
        for person in cast.holders(post.last_resort, now):
            actor = Actor(person, post.last_resort, post.name, cast.units_above(person, now))
            if may(case, step, actor, now):
                yield actor


def said(actors: list[Actor], case: CaseFile, cast: Cast) -> Text:
    """赵敏（质量负责人）、韩冰（代理技术负责人） / Zhao Min (quality manager) and …; empty when there is nobody."""
    names: dict[str, dict[str, Text]] = {}
    for actor in actors:
        names.setdefault(actor.person, {})[actor.post or ""] = _post(actor, case)
    zh = [
        f"{cast.name_of(person)}（{'、'.join(one.zh for one in posts.values())}）"
        for person, posts in names.items()
    ]
    en = [
        f"{cast.name_of(person)} ({', '.join(one.en for one in posts.values())})"
        for person, posts in names.items()
    ]
    return Text(listed(zh, "zh"), listed(en, "en"))


def _post(actor: Actor, case: CaseFile) -> Text:
    title = case.procedure.title_of(actor.post or "")
    if actor.behalf is None:
        return title
    return Text(f"代理{title.zh}", f"standing in as {title.en}")
