"""Who can take a step: everybody whom the rules about persons and posts let, as decided by those rules themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from kesu.casework.deciding.decide import Actor
from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.roles_in_file import open_to
from kesu.casework.waiting.may import may
from kesu.people.directory import Directory
from kesu.reading.text import Text, listed

AT_MOST_NAMED: Final = 4  # more persons than that are told by their posts


def actors_of(case: CaseFile, directory: Directory, now: datetime) -> Iterator[Actor]:
    """Everybody who holds, or stands in for, a post of the procedure inside the house now."""
    for post in (
        one for one in case.procedure.posts.values() if not one.external and open_to(case, one.name)
    ):
        for person in directory.acting(post.name, now):
            for one in directory.seats_of(person, now):
                if one.post == post.name:
                    yield Actor(person, one.post, one.behalf, directory.units_above(person, now))


def takers(case: CaseFile, step: str, directory: Directory, now: datetime) -> list[Actor]:
    """Who can take the step; where nobody inside is left, those of the last resort."""
    if step not in case.procedure.steps:
        return []
    found = [actor for actor in actors_of(case, directory, now) if may(case, step, actor, now)]
    return found or list(_last_resorts(case, step, directory, now))


def _last_resorts(case: CaseFile, step: str, directory: Directory, now: datetime) -> Iterator[Actor]:
    for post in case.procedure.posts.values():
        if post.last_resort is None:
            continue
        for person in directory.holders(post.last_resort, now):
            actor = Actor(person, post.last_resort, post.name, directory.units_above(person, now))
            if may(case, step, actor, now):
                yield actor


def said(actors: list[Actor], case: CaseFile, directory: Directory) -> Text:
    """赵敏（质量负责人）、韩冰（代理技术负责人） / Zhao Min (quality manager) and …; empty when there is nobody.

    A row of twenty names helps nobody: where many can, their posts are told, or how many there are.
    """
    names: dict[str, dict[str, Text]] = {}
    for actor in actors:
        names.setdefault(actor.person, {})[actor.post or ""] = _post(actor, case)
    if len(names) > AT_MOST_NAMED:
        return _many(actors, len(names), case)
    zh = [
        f"{directory.name_of(person)}（{'、'.join(one.zh for one in posts.values())}）"
        for person, posts in names.items()
    ]
    en = [
        f"{directory.name_of(person)} ({', '.join(one.en for one in posts.values())})"
        for person, posts in names.items()
    ]
    return Text(listed(zh, "zh"), listed(en, "en"))


def _many(actors: list[Actor], persons: int, case: CaseFile) -> Text:
    """客服人员、业务员（共 6 人）; 客服人员、业务员等 12 个岗位（共 16 人）."""
    posts = [case.procedure.title_of(one) for one in dict.fromkeys(actor.post or "" for actor in actors)]
    if len(posts) <= AT_MOST_NAMED:
        zh, en = listed([one.zh for one in posts], "zh"), listed([one.en for one in posts], "en")
    else:
        zh = f"{listed([one.zh for one in posts[:2]], 'zh')}等 {len(posts)} 个岗位"
        en = f"{', '.join(one.en for one in posts[:2])} and {len(posts) - 2} other posts"
    return Text(f"{zh}（共 {persons} 人）", f"{en} ({persons} persons)")


def _post(actor: Actor, case: CaseFile) -> Text:
    title = case.procedure.title_of(actor.post or "")
    if actor.behalf is None:
        return title
    return Text(f"代理{title.zh}", f"standing in as {title.en}")
