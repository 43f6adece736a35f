"""`kesu words`: steps and facts by what people call them, in Chinese, English or pinyin."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from kesu.procedure.kinds import kinds
from kesu.procedure.words.finding import STEP_KIND, Hit, hits
from kesu.procedure.written.library import here
from kesu.reading.text import Lang, Text

from .printed import as_json
from .table import lined_up
from .tongue import lang


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu words`."""
    parser = commands.add_parser(
        "words",
        help=Text("按叫法查步骤和事实", "find steps and facts by what they are called").in_(lang()),
        description=Text(
            "按中文、英文、拼音（huifang 或 hf）查步骤、事实和选项。查到时退出码为 0，没有时为 1。",
            "Finds steps, facts and their values by Chinese, English or pinyin (huifang, hf). Exit status 0 when there are any, else 1.",
        ).in_(lang()),
    )
    asked = Text("要查的叫法；不写就全部列出", "what it is called; all are listed without")
    parser.add_argument("text", nargs="*", metavar="TEXT", help=asked.in_(lang()))
    kind = Text("只查这一类：step，或事实的种类", "of this kind alone: step, or a kind of facts")
    parser.add_argument(
        "--kind", choices=(STEP_KIND, *sorted(kinds())), metavar="KIND", help=kind.in_(lang())
    )
    procedure = Text("连同这个程序自己的词", "with the own words of this procedure")
    parser.add_argument("--procedure", metavar="NAME", help=procedure.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Prints them, the nearest first; 1 when there is none."""
    library = here()
    lexicon = library.load(args.procedure).words if args.procedure else library.words()
    listed = hits(lexicon, " ".join(args.text), kind=args.kind)
    if args.json:
        as_json([_data(hit) for hit in listed])
    elif listed:
        print("\n".join(lined_up([_cells(hit, args.lang) for hit in listed], left=4)))
    else:
        none = Text(
            "没有这样的词；可以在 words.yaml 里自己加", "there is no such word; it may be added in words.yaml"
        )
        print(none.in_(args.lang))
    return 0 if listed else 1


def _cells(hit: Hit, tongue: Lang) -> tuple[str, str, str, str]:
    first, second = (hit.title.zh, hit.title.en) if tongue == "zh" else (hit.title.en, hit.title.zh)
    return hit.name, first, second, f"{hit.kind}{_values(hit, tongue)}"


def _values(hit: Hit, tongue: Lang) -> str:
    said: Iterator[str] = (f"{name} {title.in_(tongue)}" for name, title in hit.values)
    return f": {', '.join(said)}" if hit.values else ""


def _data(hit: Hit) -> dict[str, Any]:
    values = [{"value": name, "zh": title.zh, "en": title.en} for name, title in hit.values]
    return {"word": hit.name, "kind": hit.kind, "zh": hit.title.zh, "en": hit.title.en, "values": values}
