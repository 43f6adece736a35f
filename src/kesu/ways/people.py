"""The people of a search: a house in which each post has its holder, or one person in every post."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kesu.casework.deciding.decide import Actor
from kesu.names import PersonId, PostName
from kesu.procedure.written.model import Procedure

ALONE: Final = PersonId("one person")
SECOND: Final = PersonId("somebody else")


def everybody(procedure: Procedure) -> tuple[Actor, ...]:
    """A holder for each post inside, who has no other; somebody without a post comes last."""
    return (*(Actor(holder(post), post) for post in _inside(procedure)), Actor(SECOND))


def two_a_post(procedure: Procedure) -> tuple[Actor, ...]:
    """Two holders for each post inside: some steps are not for who took another one."""
    seconds = (Actor(PersonId(f"another {post}"), post) for post in _inside(procedure))
    return (*everybody(procedure), *seconds)


def holder(post: PostName) -> PersonId:
    """Who holds a post in a house where each has a holder of its own."""
    return PersonId(f"the {post}")


def holders_of(procedure: Procedure, posts: Iterable[str]) -> tuple[Actor, ...]:
    """One person who holds all of these posts. Raises KeyError for a post that the procedure does not have."""
    return tuple(Actor(ALONE, procedure.posts[post].name) for post in posts)


def alone(procedure: Procedure) -> tuple[Actor, ...]:
    """One person who holds every post inside."""
    return (*holders_of(procedure, _inside(procedure)), Actor(ALONE))


def _inside(procedure: Procedure) -> list[PostName]:
    return [post.name for post in procedure.posts.values() if not post.external]
