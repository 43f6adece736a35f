"""`kesu lint`: what is wrong with a procedure file, with file, line and the nearest right word."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from kesu.casework.deciding.admissible import BACK_DATING
from kesu.procedure.written.audit import audit
from kesu.procedure.written.catalogue import Clause, clauses_of
from kesu.procedure.written.circles import circles
from kesu.procedure.written.fault import Fault
from kesu.procedure.written.library import FILE, Library, here
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.unused import unused_settings
from kesu.reading.gathered import errors_of
from kesu.reading.strict import ReadError, place
from kesu.reading.text import Text
from kesu.ways.kept import FILE as KEPT
from kesu.ways.kept import read_kept
from kesu.ways.passed_over import faults_of_ways
from kesu.ways.stated import FILE as STATED
from kesu.ways.stated import read_stated

from .printed import as_json
from .tongue import lang


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu lint`."""
    parser = commands.add_parser("lint", help=Text("检查程序文件", "check a procedure file").in_(lang()))
    parser.add_argument(
        "procedure",
        metavar="NAME",
        help=Text(
            "程序名，或程序的文件夹，或其中的 procedure.yaml",
            "the name of a procedure, or its folder, or its procedure.yaml",
        ).in_(lang()),
    )
    return parser


def run(args: argparse.Namespace) -> int:
    """Reads and audits; 1 when there is something to mend. Raises ReadError where no procedure is called so."""
    faults, procedure = linted(folder_of(args.procedure))
    if args.json:
        as_json(
            {
                "procedure": procedure.id if procedure else None,
                "faults": [
                    {"file": file, "line": line or None, "zh": text.zh, "en": text.en}
                    for file, line, text in faults
                ],
                "unset": list(procedure.unset) if procedure else [],
            }
        )
    else:
        _print(faults, procedure, args)
    return 1 if faults else 0


def folder_of(procedure: str) -> Path:
    """The folder of a procedure that is named, or to which a path leads. Raises ReadError with the nearest right name."""
    path = Path(procedure)
    if path.name == FILE or path.is_file():
        return path.parent
    return path if path.is_dir() or len(path.parts) > 1 else here().find(procedure)


def linted(folder: Path) -> tuple[list[tuple[str, int, Text]], Procedure | None]:
    """What is to be mended in the procedure of a folder (file, line, what), and the procedure if it can be read at all."""
    library = Library(folder.parent, *here().roots)
    try:
        procedure = library.load_folder(folder)
    except ReadError as error:
        return [(one.file, one.line, Text(one.zh, one.en)) for one in errors_of(error)], None
    clauses = clauses_of(library)
    known = [clause.id for clause in clauses] or None
    unused = unused_settings(library.layers(library.own(procedure.id)), read_elsewhere=(BACK_DATING,))
    faults = [*audit(procedure, clauses=known), *circles(library, procedure.id), *unused]
    try:
        faults += _faults_of_ways(procedure, folder, clauses)
    except ReadError as error:
        return [(error.file, error.line, Text(error.zh, error.en))], procedure
    return [(_file(fault.origin), fault.line, fault.text) for fault in faults], procedure


def _file(origin: str) -> str:
    """The file that a fault is in: a procedure's name stands for its own file."""
    return origin if origin.endswith(".yaml") else f"{origin}/{FILE}"


def _faults_of_ways(procedure: Procedure, folder: Path, clauses: Sequence[Clause]) -> list[Fault]:
    """What of the clauses the kept ways leave out; a procedure whose ways are not kept yet is not asked."""
    kept = read_kept(folder / KEPT)
    ways = kept.ways if kept is not None else ()
    known = [way for way in ways if way.goal in procedure.ends]
    return list(faults_of_ways(procedure, known, clauses, read_stated(folder / STATED, procedure).passed))


def _print(
    faults: list[tuple[str, int, Text]], procedure: Procedure | None, args: argparse.Namespace
) -> None:
    for file, line, text in faults:
        print(place(file, line).in_(args.lang) + ("：" if args.lang == "zh" else ": ") + text.in_(args.lang))
    if procedure is not None and not faults:
        rules, unset = len(procedure.rules), len(procedure.unset)
        print(
            Text(
                f"{procedure.id}：{rules} 条规则，没有问题；待定设定 {unset} 项",
                f"{procedure.id}: {rules} rules, nothing to mend; {unset} settings to be set",
            ).in_(args.lang)
        )
