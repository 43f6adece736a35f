"""`kesu import`: past cases from a sheet or a log go into the ledger, as history."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kesu.reading.text import Lang, Text

from . import office
from .printed import as_json
from .tongue import lang

if TYPE_CHECKING:
    from kesu.intake.history import Brought

SHOWN: Final = 20


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu import`."""
    parser = commands.add_parser(
        "import",
        help=Text("把历史投诉导入台账", "bring past complaints into the ledger").in_(lang()),
        description=Text(
            "把使用本系统之前的投诉（CSV、XLSX、XES）作为历史记入台账：照实记录，不因规则而拒收；同一份文件导入多次只记一次。",
            "Puts complaints from before Kesu (CSV, XLSX, XES) into the ledger as history: recorded as they were, "
            "refused by no rule; the same file brought in twice is recorded once.",
        ).in_(lang()),
    )
    parser.add_argument("file", metavar="FILE", help=Text("要导入的文件", "the file").in_(lang()))
    for flag, metavar, needed, text in (
        ("--map", "FILE", True, Text("映射文件：哪一列是什么", "the mapping file: which column is what")),
        ("--procedure", "ID", True, Text("属于哪个程序", "the procedure that the cases belong to")),
        (
            "--organisation",
            "NAME",
            False,
            Text("哪个机构（只有一个时可不写）", "the organisation; may be left out when there is one"),
        ),
        ("--by", "PERSON", False, office.BY),
    ):
        parser.add_argument(flag, metavar=metavar, required=needed, help=text.in_(lang()))
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help=Text("只说会导入什么，什么也不写", "say what would be brought in, write nothing").in_(lang()),
    )
    return parser


def run(args: argparse.Namespace) -> int:
    """Brings them in; 1 when some cases were refused."""
    office.setup()
    from django.utils import timezone

    from kesu.intake.history import bring_in
    from kesu.registry.medium import by_command

    with by_command(office.account()):
        brought = bring_in(
            Path(args.file),
            mapping=Path(args.map),
            procedure=args.procedure,
            organisation=args.organisation,
            by=args.by,
            now=timezone.now(),
            dry_run=args.dry_run,
        )
    if args.json:
        as_json(_data(brought, args))
    else:
        print("\n".join(_printed(brought, args.lang, dry_run=args.dry_run)))
    return 1 if brought.imported.refused else 0


def _data(brought: Brought, args: argparse.Namespace) -> dict[str, object]:
    done = brought.imported
    return {
        "organisation": brought.organisation,
        "procedure": args.procedure,
        "dry_run": args.dry_run,
        "cases": done.cases,
        "acts": done.acts,
        "again": done.again,
        "refused": [{"case": case, "because": why.in_(args.lang)} for case, why in done.refused],
        "near": [{"case": case, "because": near.in_(args.lang)} for case, near in done.near],
        "first": brought.first.isoformat() if brought.first else None,
        "last": brought.last.isoformat() if brought.last else None,
        "notes": [note.in_(args.lang) for note in brought.notes],
    }


def _printed(brought: Brought, lang: Lang, *, dry_run: bool) -> Iterator[str]:
    done = brought.imported
    for note in brought.notes:
        yield note.in_(lang)
    if brought.first and brought.last:
        yield Text(
            f"记录时间：{brought.first:%Y-%m-%d} 至 {brought.last:%Y-%m-%d}",
            f"The log goes from {brought.first:%Y-%m-%d} to {brought.last:%Y-%m-%d}",
        ).in_(lang)
    if dry_run:
        yield Text(
            f"试运行，未写入。将导入 {done.cases} 件、{done.acts} 个动作",
            f"Dry run, nothing was written. {done.cases} cases with {done.acts} acts would be brought in",
        ).in_(lang)
    else:
        yield Text(
            f"已导入 {done.cases} 件、{done.acts} 个动作",
            f"{done.cases} cases with {done.acts} acts were brought in",
        ).in_(lang)
    if done.again:
        yield Text(f"{done.again} 件以前已导入，未重复记录", f"{done.again} cases were there already").in_(
            lang
        )
    yield from _some(
        [Text(f"未导入 {case}：{why.zh}", f"not brought in: {case}: {why.en}") for case, why in done.refused],
        Text("未导入", "not brought in"),
        lang,
    )
    yield from _some(
        [
            Text(f"请核对 {case}：{near.zh}？照写的记", f"look at {case}: {near.en}? It stands as written")
            for case, near in done.near
        ],
        Text("请核对", "to look at"),
        lang,
    )


def _some(lines: Sequence[Text], what: Text, lang: Lang) -> Iterator[str]:
    """The first of them, and how many more there are."""
    yield from (line.in_(lang) for line in lines[:SHOWN])
    more = len(lines) - SHOWN
    if more > 0:
        yield Text(
            f"……{what.zh}的另有 {more} 件，用 --json 查看", f"… and {more} more {what.en}; --json shows them"
        ).in_(lang)
