"""The table of permissions is whole: every register, every command of the office and every office post stands in it once."""

from __future__ import annotations

from importlib.resources import files

from kesu.cli.main import COMMANDS, KEYWORDS
from kesu.cli.reference_permissions import permissions_page
from kesu.people.permissions import COLUMNS, RULE_BOOK, TABLE
from kesu.people.posts import OFFICE_POSTS
from kesu.people.registers import REGISTERS

ROWS = [row for rows in TABLE.values() for row in rows]
RUNS_THE_OFFICE = (
    "office.setup()",
    "from kesu.site",
    "import review_ledger",
)  # a command with one of these opens the database


def test_every_row_has_a_name_of_its_own_and_speaks_of_columns_that_there_are() -> None:
    names = [row.name for row in ROWS]
    assert sorted(names) == sorted(set(names))
    assert {column for row in ROWS for column in (*row.to, *row.offered)} <= set(COLUMNS)


def test_a_page_is_offered_to_those_alone_who_may_open_it() -> None:
    columns = {column: frozenset({column, "signed in"}) for column in COLUMNS}
    assert [
        (row.name, column)
        for row in ROWS
        for column, stands in columns.items()
        if row.is_offered(stands) and not row.allows(stands)
    ] == []


def test_every_register_is_kept_by_a_row_of_the_table() -> None:
    assert {register.by for register in REGISTERS.values()} <= set(ROWS)


def test_every_office_post_is_a_column_and_may_something_of_its_own() -> None:
    assert set(OFFICE_POSTS) <= set(COLUMNS)
    assert [post for post in OFFICE_POSTS if not any(post in row.to for row in ROWS)] == []


def test_every_command_that_opens_the_office_stands_in_a_row() -> None:
    folder = files("kesu.cli")
    sources = {
        name: (folder / f"{name.replace('-', '_')}{'_' if name in KEYWORDS else ''}.py").read_text("utf-8")
        for name in COMMANDS
    }
    opening = {name for name, text in sources.items() if any(sign in text for sign in RUNS_THE_OFFICE)}
    office = {name for row in ROWS if row is not RULE_BOOK for name in row.commands}
    assert opening <= office
    assert opening.isdisjoint(RULE_BOOK.commands)


def test_no_command_is_open_because_nobody_thought_of_it() -> None:
    assert {name for row in ROWS for name in row.commands} == set(COMMANDS)


def test_the_page_says_each_row_in_both_languages() -> None:
    page = permissions_page()
    assert [row.name for row in ROWS if f"| {row.title.zh}<br>{row.title.en} |" not in page] == []
