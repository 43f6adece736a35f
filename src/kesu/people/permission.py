"""What a row of the table of permissions is, the columns in which people stand, and how a view says its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from kesu.names import PostName
from kesu.reading.text import Text

from .posts import (
    OFFICE_POSTS,
)

# The columns. Those that are not posts of the office:
ANYBODY: Final = "anybody"  # without signing in
SIGNED_IN: Final = "signed in"  # a person of the organisation who has not left, with or without a post
CASE_POST: Final = (
    "post of a procedure"  # held or stood in for, in any procedure in force; of a file: in its own
)
PART: Final = "part in the file"  # acted in it, or was given a task in it
QUALITY_MANAGER: Final = PostName("quality manager")  # a post of procedures that also looks after the office
COMPLAINING: Final = "number and code"  # whoever complains and knows both of his own file
SERVER: Final = "server"  # whoever runs commands on the machine

COLUMNS: Final[Mapping[str, Text]] = {
    ANYBODY: Text("不登录", "not signed in"),
    SIGNED_IN: Text("登录的人", "everybody signed in"),
    CASE_POST: Text("程序中的岗位", "posts of procedures"),
    PART: Text("本案经办人", "part in the file"),
    QUALITY_MANAGER: Text("质量负责人", "Quality manager"),
    **OFFICE_POSTS,
    COMPLAINING: Text("凭编号和查询码", "by number and code"),
    SERVER: Text("服务器管理者", "whoever runs the server"),
}
NOTHING: Final = Text("", "")


def standing_in(column: str) -> frozenset[str]:
    """All the columns in which somebody stands who stands in this one: whoever holds a post has signed in."""
    if column in (ANYBODY, COMPLAINING, SERVER):
        return frozenset({column})
    return frozenset({column, SIGNED_IN, *((CASE_POST,) if column == QUALITY_MANAGER else ())})


@dataclass(frozen=True, slots=True)
class Permission:
    """One row. `to` are the columns that may, `offered` those at whose side the page is offered (of pages alone).

    Rows `of_a_file` are judged with the file at hand (`caseload/sight`): whoever has to stay out of it has none of them.
    `commands` are those of the command line that do it, for the first holder of a post of `to`.
    """

    name: str
    title: Text
    to: tuple[str, ...]
    offered: tuple[str, ...] = ()
    note: Text = NOTHING
    of_a_file: bool = False
    commands: tuple[str, ...] = ()

    def allows(self, columns: frozenset[str]) -> bool:
        """Whether somebody who stands in these columns may."""
        return not columns.isdisjoint(self.to)

    def is_offered(self, columns: frozenset[str]) -> bool:
        """Whether the page stands at the side of somebody in these columns."""
        return not columns.isdisjoint(self.offered)


ROW: Final = "permission"  # the attribute of a view that says under which row of the table it stands
View = TypeVar("View", bound=Callable[..., Any])


def stands_under(permission: Permission) -> Callable[[View], View]:
    """Marks the row of a view that guards itself; every address has one, and a test walks through them all."""

    def marking(view: View) -> View:
        setattr(view, ROW, permission)
        return view

    return marking
