"""`kesu posts`: which post, or which person, takes which step of a procedure, each cell with the rules that say so."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any, Final

from kesu.procedure.written.library import here
from kesu.procedure.written.matrix import Cell, May, matrix, waiting_for
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Lang, Text, listed

from .lint import folder_of
from .printed import as_json
from .table import lined_up
from .tongue import lang
from .wrong_use import WrongUse

MARKS: Final[Mapping[May, str]] = {May.EVERYBODY: "○", May.YES: "●", May.WHERE: "◐", May.NO: "·"}
LEGEND: Final = Text(
    "● 能办　◐ 看案情、金额或本人办过什么　· 不能办　○ 谁都可以办（评审员只看不办）",
    "● may  ◐ by the case, the amount or what the person did  · may not  ○ everybody may (assessors only read)",
)
NO_POST: Final = Text("没有以上岗位的人", "whoever holds none of these posts")


@dataclass(frozen=True, slots=True)
class Table:
    """The matrix to print: its columns are posts or persons, by their names."""

    procedure: Procedure
    columns: Mapping[str, Text]
    rows: Mapping[str, Mapping[str, Cell]]
    of_persons: bool = False


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu posts`."""
    parser = commands.add_parser(
        "posts", help=Text("列出哪个岗位能办哪一步", "list which post takes which step").in_(lang())
    )
    parser.add_argument(
        "procedure", help=Text("程序名，或它的文件夹", "the name of a procedure, or its folder").in_(lang())
    )
    persons = Text(
        "改为列出这个单位里每个人能办哪一步（按现行版、现在的任职）",
        "list each person of this organisation instead, by the edition in force and the posts held now",
    )
    parser.add_argument("--organisation", metavar="NAME", help=persons.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Prints it."""
    table = _of_persons(args.procedure, args.organisation) if args.organisation else _of_posts(args.procedure)
    if args.json:
        as_json(matrix_data(table))
    else:
        print("\n".join(printed(table, args.lang)))
    return 0


def _of_posts(name: str) -> Table:
    procedure = here().load_folder(folder_of(name))
    columns = {post: procedure.title_of(post) for post in procedure.posts} | {"": NO_POST}
    rows = {
        str(step): {str(post or ""): cell for post, cell in row.items()}
        for step, row in matrix(procedure).items()
    }
    return Table(procedure, columns, rows)


def _of_persons(name: str, organisation: str) -> Table:
    """Raises WrongUse where no edition of the procedure is in force there."""
    from . import office

    office.setup()
    from kesu.caseload.folded.books import in_force
    from kesu.ledger import machine_clock
    from kesu.people.directory import NoSuchOrganisation, directory_of
    from kesu.people.matrix_of_persons import matrix_of_persons

    now = machine_clock.now()
    try:
        directory = directory_of(organisation)
    except NoSuchOrganisation:
        raise WrongUse(
            zh=f"没有单位“{organisation}”", en=f"there is no organisation “{organisation}”"
        ) from None
    found = next((one for one in in_force(directory, now) if one.id == name), None)
    if found is None:
        raise WrongUse(zh=f"程序“{name}”没有生效的版本", en=f"no edition of “{name}” is in force")
    rows = {
        str(step): {str(person): cell for person, cell in row.items()}
        for step, row in matrix_of_persons(found, directory, now).items()
    }
    persons = next(iter(rows.values()), {})
    names = {person: directory.name_of(person) for person in persons}
    return Table(found, {person: Text(said, said) for person, said in names.items()}, rows, of_persons=True)


def matrix_data(table: Table) -> dict[str, Any]:
    """The matrix as plain data."""
    procedure = table.procedure
    key = "person" if table.of_persons else "post"
    return {
        "procedure": procedure.id,
        "edition": procedure.edition,
        "unset": list(waiting_for(procedure)),
        "steps": [
            {
                "step": step,
                "zh": procedure.steps[step].title.zh,
                "en": procedure.steps[step].title.en,
                "cells": [
                    {key: column or None, "may": cell.may, "rules": list(cell.rules)}
                    for column, cell in row.items()
                ],
            }
            for step, row in table.rows.items()
        ],
    }


def printed(table: Table, lang: Lang) -> Iterator[str]:
    """The columns by their letters, the marks, and a line for each step."""
    procedure = table.procedure
    called = dict(zip(table.columns, letters(), strict=False))
    yield procedure.title.in_(lang)
    for column, letter in called.items():
        yield f"  {letter}  {table.columns[column].in_(lang)}"
    yield LEGEND.in_(lang)
    settings = [procedure.settings[name].title or Text(name, name) for name in waiting_for(procedure)]
    if settings:
        names = listed([f"“{title.in_(lang)}”" for title in settings], lang)
        yield Text(
            f"{names}待定，有关的格子只是示意。",
            f"To be set: {names}; cells that hang on them only stand in.",
        ).in_(lang)
    rows = [["", *called.values()]]
    for step, row in table.rows.items():
        title = procedure.steps[step].title.in_(lang)
        rows.append([title, *(MARKS[row[column].may] for column in called)])
    yield from lined_up(rows)


def letters() -> Iterator[str]:
    """A, B … Z, AA, AB …: what columns are called."""
    yield from ascii_uppercase
    yield from (first + second for first in ascii_uppercase for second in ascii_uppercase)
