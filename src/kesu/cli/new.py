"""`kesu new`: begins a procedure, from nothing but a base or from a paper with numbered clauses."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Final

from kesu.paper.clauses import PaperClause, clauses_of
from kesu.paper.draft import Begun, drafted
from kesu.paper.source import paragraphs
from kesu.procedure.written.library import Library, here
from kesu.reading.text import Text
from kesu.upkeep.new_file import free, new_folder

from .printed import as_json
from .tongue import lang
from .wrong_use import WrongUse

NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu new`."""
    parser = commands.add_parser(
        "new",
        help=Text("起草一个新程序", "begin a new procedure").in_(lang()),
        description=Text(
            "建立一个新程序的文件夹。给了原文（Word 或文本，条款有编号）的，逐条列出：是否有约束力、时限、岗位，并给每条留好规则的位置；原文留在旁边的 paper.csv 里。",
            "Makes the folder of a new procedure. From a paper (Word or text with numbered clauses) it lists each clause, whether it binds, its limits and posts, with a place for its rule; the text of the paper stands beside it in paper.csv.",
        ).in_(lang()),
    )
    parser.add_argument("name", metavar="NAME", help=Text("程序名：小写字母、数字和连字符", "its name: small letters, digits and hyphens").in_(lang()))  # fmt: skip
    for flag, metavar, text in (
        ("--from", "FILE", Text("原文：.docx、.txt 或 .md", "the paper: .docx, .txt or .md")),
        ("--title", "TITLE", Text("程序的名称（默认：原文第一段）", "what it is called (default: the first paragraph of the paper)")),
        ("--base", "NAME", Text("在哪个程序之上编写（默认：base）", "the procedure that it builds on (default: base)")),
        ("--to", "FOLDER", Text("写到哪个文件夹下（默认：程序库）", "the folder to write it into (default: the library)")),
    ):  # fmt: skip
        parser.add_argument(
            flag, dest=flag[2:].replace("from", "paper"), metavar=metavar, help=text.in_(lang())
        )
    return parser


def run(args: argparse.Namespace) -> int:
    """Writes the folder and says what is in it; nothing is written over."""
    library = here()
    folder = _folder(args, library)
    said = paragraphs(Path(args.paper)) if args.paper else []
    clauses = clauses_of(said)
    if args.paper and not clauses:
        raise WrongUse(
            zh=f"{args.paper} 里没有找到带编号的条款（如 4.2.1、第三条、一、）；请检查编号，或不带 --from 从头写",
            en=f"{args.paper} has no numbered clause (such as 4.2.1 or 第三条); look at its numbers, or begin without --from",
        )
    begun = Begun(
        name=args.name,
        title=args.title or (said[0][:60] if said else args.name),
        base=args.base or "base",
        source=Path(args.paper).name if args.paper else "",
        clauses=tuple(clauses),
    )
    library.find(begun.base)  # a base that is not there is told before anything is written
    files = drafted(begun)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with new_folder(folder) as draft:
        for name, text in files.items():
            (draft / name).write_text(text, encoding="utf-8")
    if args.json:
        as_json(_data(folder, files, clauses))
    else:
        print(_told(folder, clauses).in_(args.lang))
    return 0


def _folder(args: argparse.Namespace, library: Library) -> Path:
    if not NAME.fullmatch(args.name):
        raise WrongUse(
            zh=f"“{args.name}”不能作程序名；只用小写字母、数字和连字符，如 mall-complaint",
            en=f"“{args.name}” is no name of a procedure; use small letters, digits and hyphens, such as mall-complaint",
        )
    return free((Path(args.to) if args.to else library.roots[0]) / str(args.name))


def _data(folder: Path, files: dict[str, str], clauses: list[PaperClause]) -> dict[str, object]:
    return {
        "folder": str(folder),
        "files": sorted(files),
        "clauses": [
            {
                "number": clause.number,
                "heading": clause.heading,
                "modality": clause.modality,
                "bars": clause.bars,
                "limits": [limit.span for limit in clause.limits],
                "text": clause.text,
            }
            for clause in clauses
        ],
    }


def _told(folder: Path, clauses: list[PaperClause]) -> Text:
    binding = sum(clause.modality == "M" for clause in clauses)
    limits = sum(len(clause.limits) for clause in clauses)
    zh, en = f"已起草：{folder}", f"drafted: {folder}"
    if clauses:
        zh += f"\n{len(clauses)} 条，其中 {binding} 条有约束力，{limits} 个时限"
        en += f"\n{len(clauses)} clauses, {binding} of them binding, {limits} limits"
    return Text(
        f"{zh}\n接着：kesu lint {folder}，kesu try {folder.name}，kesu clauses --document {folder.name} --missing",
        f"{en}\nnext: kesu lint {folder}, kesu try {folder.name}, kesu clauses --document {folder.name} --missing",
    )
