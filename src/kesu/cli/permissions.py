"""`kesu permissions`: everybody of an organisation against pages, commands, files and the steps of one case."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kesu.names import FileName
from kesu.reading.text import Lang, Text

from . import office
from .posts import letters
from .printed import as_json
from .table import lined_up
from .tongue import lang
from .wrong_use import WrongUse

if TYPE_CHECKING:
    from kesu.caseload.asking.everybody import Everybody, Here

MARKS: Final = {"may": "●", "no": "·", "hidden": "×"}
PERMISSION: Final = "permission"  # under this name a view says which row of the table lets one in
LEGEND: Final = Text("● 可以　· 不可以　× 对他不存在", "● may  · may not  × does not exist for him")


@dataclass(frozen=True, slots=True)
class Row:
    """One page with its addresses, command, file or step, and how each person stands to it."""

    kind: str
    name: str
    title: Text
    cells: Mapping[Any, Here]
    addresses: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu permissions`."""
    title = Text(
        "列出这个单位里每个人能看哪些网页、用哪些命令；或能看哪些案卷；或在一件案卷里能办哪一步",
        "list for each person of an organisation the pages and commands; or the files; or the steps of one case",
    )
    parser = commands.add_parser("permissions", help=title.in_(lang()), description=title.in_(lang()))
    which = Text("哪个单位（只有一个时可不写）", "the organisation; may be left out when there is one")
    parser.add_argument("--organisation", metavar="NAME", help=which.in_(lang()))
    what = parser.add_mutually_exclusive_group()
    files = Text("改为列出每一件案卷谁看得到", "list instead who sees which file")
    what.add_argument("--files", action="store_true", help=files.in_(lang()))
    steps = Text(
        "改为列出这件案卷的各页谁能看、各步谁能办",
        "list instead who may read which pages of this case and take which steps",
    )
    what.add_argument("--case", metavar="NUMBER", help=steps.in_(lang()))
    whole = Text(
        "全部列出：网页、命令、每一件案卷及其各页各步",
        "list all of it: pages, commands, every file with its pages and steps",
    )
    what.add_argument("--all", action="store_true", dest="whole", help=whole.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Prints it."""
    office.setup()
    from kesu.caseload.asking.everybody import Everybody
    from kesu.ledger import machine_clock

    directory = office.organisation_named(args.organisation)
    people = Everybody.of(directory, machine_clock.now())
    names = {person: directory.name_of(person) for person in people.readers}
    rows = list(_asked(people, args))
    if args.json:
        as_json({"persons": names, "rows": [_plain(row) for row in rows]})
    else:
        print("\n".join(_printed(rows, names, args.lang)))
    return 0


def _asked(people: Everybody, args: argparse.Namespace) -> Iterator[Row]:
    if args.whole or not (args.files or args.case):
        yield from _of_pages(people)
    if args.whole or args.files:
        yield from _of_files(people)
    for number in people.sees() if args.whole else [args.case] if args.case else []:
        yield from _of_case(people, number)


def _of_pages(people: Everybody) -> list[Row]:
    """Every row of the table that hangs on no file, with the addresses and commands that it opens."""
    from kesu.desk.urls import urlpatterns
    from kesu.people.permissions import TABLE, Permission

    addresses: dict[str, list[str]] = {}
    for route in urlpatterns:
        permission: Permission = getattr(route.callback, PERMISSION)
        addresses.setdefault(permission.name, []).append(f"/{route.pattern}")
    return [
        Row(kind, row.name, row.title, people.may(row), tuple(addresses.get(row.name, ())), row.commands)
        for kind, rows in TABLE.items()
        for row in rows
        if not row.of_a_file
    ]


def _of_files(people: Everybody) -> list[Row]:
    return [Row("file", label, Text(label, label), cells) for label, cells in people.sees().items()]


def _of_case(people: Everybody, number: str) -> Iterator[Row]:
    """The pages of one case, then its steps, each under the number of the case. Raises WrongUse where there is no such case."""
    from kesu.caseload.folded.fold import folds
    from kesu.caseload.models import CaseRow
    from kesu.people.permissions import TABLE

    organisation = next(iter(people.readers.values())).organisation
    row = CaseRow.objects.filter(organisation=organisation, label=number).first()
    if row is None:
        raise WrongUse(zh=f"没有编号为 {number} 的案卷", en=f"no case has the number {number}")
    file = FileName(row.file)
    pages = [one for rows in TABLE.values() for one in rows if one.of_a_file]
    titles = {one.name: one.title for one in pages}
    for name, cells in people.reads(file, pages).items():
        yield Row("page of a file", name, _of(number, titles[name]), cells)
    steps = folds.take(organisation, file).procedure.steps
    for step, cells in people.takes(file).items():
        yield Row("step", step, _of(number, steps[step].title), cells)


def _of(number: str, title: Text) -> Text:
    return Text(f"{number} {title.zh}", f"{number} {title.en}")


def _plain(row: Row) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "name": row.name,
        "zh": row.title.zh,
        "en": row.title.en,
        "addresses": list(row.addresses),
        "commands": list(row.commands),
        "cells": {str(person): str(cell) for person, cell in row.cells.items()},
    }


def _printed(rows: list[Row], names: Mapping[Any, str], lang: Lang) -> Iterator[str]:
    """The persons by their letters, the marks, and a line for each row; then what each row opens."""
    columns = dict(zip(names, letters(), strict=False))
    for person, letter in columns.items():
        yield f"  {letter}  {names[person]}"
    yield LEGEND.in_(lang)
    table = [["", *columns.values()]]
    table += [[row.title.in_(lang), *(MARKS[row.cells[person]] for person in columns)] for row in rows]
    yield from lined_up(table)
    for row in rows:
        opens = [*row.addresses, *(f"kesu {command}" for command in row.commands)]
        if opens:
            yield f"{row.title.in_(lang)}{'：' if lang == 'zh' else ': '}{'  '.join(opens)}"
