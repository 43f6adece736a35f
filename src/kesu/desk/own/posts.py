"""The posts that a page offers or names: those of procedures in force, of the office, and held ones of procedures to come."""

from __future__ import annotations

from collections.abc import Mapping

from kesu.people.posts import OFFICE_POSTS
from kesu.reading.text import Text

from ..who.here import Here
from .library import written_procedures


def post_titles(here: Here, *, asked: str = "") -> dict[str, Text]:
    """Every post by name, in the order of the procedures, those of the office last; and the one `asked` for, if any procedure has it."""
    titles = {name: post.title for procedure in here.procedures for name, post in procedure.posts.items()}
    held = {row.post for row in here.directory.holdings}
    to_come = held.difference(titles, OFFICE_POSTS)
    if asked and asked not in {*titles, *OFFICE_POSTS} and asked in posts_of_library():
        to_come.add(asked)
    if to_come:
        written = posts_of_library()
        titles |= {name: written.get(name, Text(name, name)) for name in sorted(to_come)}
    return titles | OFFICE_POSTS


def posts_of_library() -> Mapping[str, Text]:
    """The posts of all procedures that came along."""
    written = written_procedures().values()
    return {post.name: post.title for procedure in written for post in procedure.posts.values()}
