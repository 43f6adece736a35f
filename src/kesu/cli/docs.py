"""`kesu docs`: writes the generated reference pages, or says which of them no longer fit the software."""

from __future__ import annotations

import argparse
from pathlib import Path

from kesu.reading.text import Text

from .printed import as_json
from .tongue import lang
from .wrong_use import WrongUse

FOLDER = Path("docs/reference")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu docs`."""
    said = Text("生成参考文档", "write the generated reference pages").in_(lang())
    parser = commands.add_parser("docs", help=said)
    to = Text(f"写到哪个文件夹（默认 {FOLDER}）", f"the folder to write to (default {FOLDER})")
    parser.add_argument("--to", metavar="FOLDER", type=Path, default=FOLDER, help=to.in_(lang()))
    check = Text(
        "只检查，不写；有过时的页面时退出码为 1", "write nothing; exit status 1 when a page is out of date"
    )
    parser.add_argument("--check", action="store_true", help=check.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Writes what changed; with `--check` only names it."""
    from .reference import pages

    folder: Path = args.to
    if not folder.is_dir():
        raise WrongUse(
            zh=f"没有 {folder} 这个文件夹；用 --to 指定",
            en=f"there is no folder {folder}; name one with --to",
        )
    stale = [name for name, text in pages().items() if not _same(folder / name, text)]
    if not args.check:
        for name, text in pages().items():
            if name in stale:
                (folder / name).write_text(text, encoding="utf-8")
    if args.json:
        as_json({"folder": str(folder), "stale": stale, "written": not args.check})
    else:
        print(
            "\n".join(_said(name, check=args.check).in_(args.lang) for name in stale)
            or _fresh().in_(args.lang)
        )
    return 1 if stale and args.check else 0


def _same(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


def _said(name: str, *, check: bool) -> Text:
    if check:
        return Text(f"{name} 已过时；运行 kesu docs", f"{name} is out of date; run kesu docs")
    return Text(f"{name} 已更新", f"{name} written")


def _fresh() -> Text:
    return Text("参考文档都是最新的", "every reference page is up to date")
