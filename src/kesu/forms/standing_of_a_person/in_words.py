"""Who can take a step, in words: names with posts, or where many can, the posts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kesu.casework.deciding.decide import Actor
from kesu.casework.file.case_file import CaseFile
from kesu.people.directory import Directory
from kesu.people.posts import seat_said
from kesu.reading.text import Text, listed

NO_POST: Final = Text("不以岗位", "in no post")
AT_MOST_NAMED: Final = 4  # more persons than that are told by their posts


def actors_in_words(actors: Sequence[Actor], case: CaseFile, directory: Directory) -> Text:
    """赵敏（质量负责人）、韩冰（代沈立任技术负责人） / Zhao Min (quality manager) and …; empty when there is nobody.

    A row of twenty names helps nobody: where many can, their posts are told, or how many there are.
    """
    names: dict[str, dict[str, Text]] = {}
    for actor in actors:
        names.setdefault(actor.person, {})[actor.post or ""] = seat_of(actor, case, directory)
    if len(names) > AT_MOST_NAMED:
        return _many(actors, len(names), case)
    zh = [
        f"{directory.name_of(person)}（{'、'.join(seat.zh for seat in seats.values())}）"
        for person, seats in names.items()
    ]
    en = [
        f"{directory.name_of(person)} ({', '.join(seat.en for seat in seats.values())})"
        for person, seats in names.items()
    ]
    return Text(listed(zh, "zh"), listed(en, "en"))


def _many(actors: Sequence[Actor], persons: int, case: CaseFile) -> Text:
    """客服人员、业务员（共 6 人）; 客服人员、业务员等 12 个岗位（共 16 人）."""
    posts = [case.procedure.title_of(post) for post in dict.fromkeys(actor.post or "" for actor in actors)]
    if len(posts) <= AT_MOST_NAMED:
        zh, en = listed([post.zh for post in posts], "zh"), listed([post.en for post in posts], "en")
    else:
        zh = f"{listed([post.zh for post in posts[:2]], 'zh')}等 {len(posts)} 个岗位"
        en = f"{', '.join(one.en for one in posts[:2])} and {len(posts) - 2} other posts"
    return Text(f"{zh}（共 {persons} 人）", f"{en} ({persons} persons)")


def seat_of(actor: Actor, case: CaseFile, directory: Directory) -> Text:
    """The post in which an actor acts, and for whom."""
    title = case.procedure.title_of(actor.post) if actor.post else NO_POST
    if actor.behalf is not None and actor.behalf in case.procedure.posts:
        return seat_said(title, for_post=case.procedure.title_of(actor.behalf))
    return seat_said(title, for_person=directory.name_of(actor.behalf) if actor.behalf else None)
