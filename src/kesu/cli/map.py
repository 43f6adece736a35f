"""`kesu map`: looks at an unknown log and drafts its mapping, with what it guessed and why."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kesu.ledger import machine_clock
from kesu.procedure.written.library import here
from kesu.reading.text import Text
from kesu.review.drafting.drafting import Draft, draft_of
from kesu.upkeep.new_file import free, new_file
from kesu.worktime.china import china_calendar

from .printed import as_json
from .tongue import lang
from .wrong_use import WrongUse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu map`."""
    parser = commands.add_parser(
        "map",
        help=Text("为一份陌生的记录起草映射文件", "draft the mapping of an unknown log").in_(lang()),
        description=Text(
            "看一份历史记录（CSV、TSV、XLSX、XES），起草 kesu review 用的映射文件，并在注释里写明猜了什么、为什么。需要的都找到时退出码为 0，还有要填的为 1。",
            "Looks at a log (CSV, TSV, XLSX, XES) and drafts the mapping that kesu review wants; comments say what was guessed and why. Exit status 0 when everything needed was found, 1 when something has to be filled in.",
        ).in_(lang()),
    )
    parser.add_argument("file", metavar="FILE", help=Text("历史记录文件", "the log").in_(lang()))
    for flag, metavar, text in (
        ("--procedure", "ID", Text("将用哪个程序审查；步骤、事实从中猜", "the procedure to judge by; steps and facts are guessed among its own")),
        ("--zone", "ZONE", Text("没有写明时区的时间属于哪个时区（默认：中国）", "the zone of times that name none (default: China's)")),
        ("--sheet", "NAME", Text("工作簿里的哪个工作表", "the sheet of a workbook")),
        ("--to", "FILE", Text("写入这个文件，而不是打印", "write it into this file instead of printing it")),
    ):  # fmt: skip
        parser.add_argument(flag, metavar=metavar, help=text.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Prints or writes the draft; 1 when something in it has to be filled in."""
    target = free(args.to) if args.to else None
    draft = draft_of(
        Path(args.file),
        procedure=here().load(args.procedure) if args.procedure else None,
        zone=_zone(args.zone),
        sheet=args.sheet,
        lang=args.lang,
        this_year=machine_clock.now().year,
    )
    if target is not None:
        with new_file(target) as to:
            to.write(draft.text.encode())
    if args.json:
        as_json(_data(args.file, draft, args))
    elif target is None:
        print(draft.text, end="")
    _tell_what_is_missing(draft, args)
    return 0 if draft.complete else 1


def _zone(name: str | None) -> ZoneInfo:
    if name is None:
        return china_calendar().zone_info
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise WrongUse(
            zh=f"没有“{name}”这个时区；请写 Asia/Shanghai 之类",
            en=f"“{name}” is no time zone; write one like Asia/Shanghai",
        ) from None


def _data(file: str, draft: Draft, args: argparse.Namespace) -> dict[str, object]:
    return {
        "file": file,
        "draft": draft.text,
        "complete": draft.complete,
        "rows": draft.rows,
        "whole": draft.whole,
        "cases": draft.cases,
        "acts": draft.acts,
        "guessed": [{"key": one.key, "why": one.text.in_(args.lang)} for one in draft.notes if not one.to_do],
        "to_do": [{"key": one.key, "what": one.text.in_(args.lang)} for one in draft.notes if one.to_do],
    }


def _tell_what_is_missing(draft: Draft, args: argparse.Namespace) -> None:
    """On the side, so that the draft itself can be sent into a file."""
    missing = [one for one in draft.notes if one.to_do]
    if missing and not args.json:
        head = Text(
            f"草稿里有 {len(missing)} 处待定：", f"to be filled in or looked at in the draft: {len(missing)}"
        )
        print(head.in_(args.lang), file=sys.stderr)
        for one in missing:
            print(f"- {one.key}: {one.text.in_(args.lang)}", file=sys.stderr)
