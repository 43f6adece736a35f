"""The page of permissions: the table that pages, registers and commands read, as a table to read."""

from __future__ import annotations

from kesu.people.permissions import COLUMNS, SERVER, TABLE, Permission, standing_in
from kesu.reading.text import Text, listed

MAY, OFFERED = "○", "●"
HEAD = """# Permissions

权限表：程序的规则之外，谁可以看什么、做什么。网页、登记册和命令都读这一张表。

Who may see or do what outside the rules of procedures. Pages, registers and commands read this table; it is
`src/kesu/people/permissions.py`. What a step of a case needs is said by the rules of its procedure, not here.

● 可以，并列在左侧 may, and finds it at the side · ○ 可以 may · 空白 不可以，页面如同不存在 may not: the page answers like one
that does not exist. A stand-in has the posts of whom he stands in for. Whoever has to stay out of a file has no row of
it, whatever post he holds.
"""
TITLES = {
    "pages": "网页 Pages",
    "one file": "一件案卷 One file",
    "acts that follow no procedure": "程序之外的办理 Acts that follow no procedure",
    "the machine": "服务器 The machine",
}


def permissions_page() -> str:
    """Every row under its heading, a column a kind of person; the notes below each table."""
    lines = [HEAD]
    for group, rows in TABLE.items():
        lines += [f"## {TITLES[group]}", "", *_table(rows), "", *_notes(rows)]
    return "\n".join(lines)


def _table(rows: tuple[Permission, ...]) -> list[str]:
    head = ["", *(f"{title.zh}<br>{title.en}" for title in COLUMNS.values())]
    return [
        f"| {' | '.join(head)} |",
        "|" + " --- |" * len(head),
        *(f"| {row.title.zh}<br>{row.title.en} | {' | '.join(_cells(row))} |" for row in rows),
    ]


def _cells(row: Permission) -> list[str]:
    """A sign for each column."""
    return [_sign(row, column) for column in COLUMNS]


def _sign(row: Permission, column: str) -> str:
    columns = standing_in(column)
    if row.is_offered(columns):
        return OFFERED
    return MAY if row.allows(columns) or (column == SERVER and row.commands) else ""


def _notes(rows: tuple[Permission, ...]) -> list[str]:
    """What is noted of the rows, those with the same note together; then the commands that do them."""
    titles: dict[Text, list[Text]] = {}
    for row in rows:
        if row.note.zh:
            titles.setdefault(row.note, []).append(row.title)
    parts = [
        f"- {listed([one.zh for one in of], 'zh')} {listed([one.en for one in of], 'en')}: {note.zh}。{note.en}."
        for note, of in titles.items()
    ]
    parts += [
        f"- {row.title.zh} {row.title.en}: " + "、".join(f"`kesu {name}`" for name in row.commands)
        for row in rows
        if row.commands
    ]
    return [*parts, ""] if parts else []
