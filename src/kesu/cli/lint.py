"""`kesu lint`: what is wrong with a procedure file, with file, line and the nearest right word."""

from __future__ import annotations

import argparse
from pathlib import Path

from kesu.procedure.written.audit import audit
from kesu.procedure.written.catalogue import FILE as CATALOGUE
from kesu.procedure.written.catalogue import read_catalogue
from kesu.procedure.written.circles import circles
from kesu.procedure.written.library import FILE, Library, here
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import ReadError
from kesu.reading.text import Text

from .printed import as_json
from .tongue import lang


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu lint`."""
    parser = commands.add_parser("lint", help=Text("检查程序文件", "check a procedure file").in_(lang()))
    parser.add_argument(
        "path",
        type=Path,
        help=Text("程序的文件夹或 procedure.yaml", "the folder of a procedure, or its procedure.yaml").in_(
            lang()
        ),
    )
    return parser


def run(args: argparse.Namespace) -> int:
    """Reads and audits; 1 when there is something to mend."""
    faults, procedure = linted(args.path)
    if args.json:
        as_json(
            {
                "procedure": procedure.id if procedure else None,
                "faults": [
                    {"file": file, "line": line, "zh": said.zh, "en": said.en} for file, line, said in faults
                ],
                "unset": list(procedure.unset) if procedure else [],
            }
        )
    else:
        _print(faults, procedure, args)
    return 1 if faults else 0


def linted(path: Path) -> tuple[list[tuple[str, int, Text]], Procedure | None]:
    """What is to be mended in the file at `path`, and the procedure if it can be read at all."""
    folder = path.parent if path.name == FILE or path.is_file() else path
    library = Library(folder.parent, *here().roots)
    try:
        procedure = library.load_folder(folder)
    except ReadError as error:
        return [(error.file, error.line, Text(error.zh, error.en))], None
    catalogues = [root / CATALOGUE for root in library.roots if (root / CATALOGUE).is_file()]
    clauses = [clause.id for clause in read_catalogue(catalogues[0])] if catalogues else None
    faults = [*audit(procedure, clauses=clauses), *circles(library, procedure.id)]
    return [(fault.origin, fault.line, fault.text) for fault in faults], procedure


def _print(
    faults: list[tuple[str, int, Text]], procedure: Procedure | None, args: argparse.Namespace
) -> None:
    for file, line, said in faults:
        where = f"{file} 第 {line} 行：" if args.lang == "zh" else f"{file}, line {line}: "
        print(where + said.in_(args.lang))
    if procedure is not None and not faults:
        rules, unset = len(procedure.rules), len(procedure.unset)
        print(
            Text(
                f"{procedure.id}：{rules} 条规则，没有问题；待定设定 {unset} 项",
                f"{procedure.id}: {rules} rules, nothing to mend; {unset} settings to be set",
            ).in_(args.lang)
        )
