"""In whose name a command of the command line acts: somebody who is named, or the only one who may."""

from __future__ import annotations

from datetime import datetime

from kesu.names import PersonId
from kesu.reading.text import Text

from .directory import Directory
from .models import User
from .permissions import Permission
from .posts import OFFICE_POSTS


class NotInThatName(Exception):
    """Nobody is called so, nobody may, or several may and none was named; `text` says which and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def person_called(directory: Directory, name: str) -> PersonId:
    """The person of this id or sign-in name. Raises NotInThatName."""
    if name in directory.persons:
        return PersonId(name)
    user = User.objects.filter(username__iexact=name).first()
    house = directory.organisation.organisation
    for one in directory.persons.values():
        if user is not None and one.user_id == user.pk:
            return PersonId(one.person)
    raise NotInThatName(
        Text(
            f"单位“{house}”里没有登录名或编号为“{name}”的人",
            f"the organisation “{house}” has nobody with the sign-in name or id “{name}”",
        )
    )


def who_acts(directory: Directory, name: str | None, permission: Permission, now: datetime) -> PersonId:
    """The person named, whom the register then lets or not; else the only holder of a post that may. Raises NotInThatName."""
    if name is not None:
        return person_called(directory, name)
    able = directory.holders_who_may(permission, now)
    if len(able) == 1:
        return able[0]
    zh = "”或“".join(OFFICE_POSTS[post].zh for post in permission.to if post in OFFICE_POSTS)
    en = "” or “".join(permission.to)
    if not able:
        raise NotInThatName(
            Text(
                f"没有人担任“{zh}”，请先登记任职", f"nobody holds the post “{en}”; give it to somebody first"
            )
        )
    persons = [directory.name_of(person) for person in able]
    raise NotInThatName(
        Text(
            f"有 {len(able)} 个人可以办（{'、'.join(persons)}），请用 --by 写明以谁的名义办",
            f"{len(able)} persons may do this ({', '.join(persons)}); name one with --by",
        )
    )
