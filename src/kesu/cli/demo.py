"""`kesu demo`: founds the demo organisations and performs their cases, up to now."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kesu.reading.text import Lang, Text

from .printed import as_json
from .tongue import lang

if TYPE_CHECKING:
    from kesu.demo.story import Stopped


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu demo`: none of its own."""
    title = Text("建立演示数据", "make the demo data").in_(lang())
    more = Text(
        "虚构的检测机构、乳品企业、信息技术服务商、元器件厂和超市，投诉办到不同阶段；另有一家单位把程序库里其余程序各办了一件；都按程序逐步办理，不是直接写入。需要空的数据库。",
        "Invented laboratories, a dairy, a provider of IT services, a maker of components and a supermarket, with "
        "complaints at every stage, and a house that has a case of every other procedure of the library; all performed step by step and not written in. Wants an empty database.",
    )
    return commands.add_parser("demo", help=title, description=more.in_(lang()))


def run(args: argparse.Namespace) -> int:
    """Loads it; leaves it as it is when it is there already. 1 when a story could not be told to its end."""
    from . import office

    office.setup()
    from django.utils import timezone

    from kesu.demo.stories import load_demo

    loaded = load_demo(now=timezone.now())
    if args.json:
        as_json(
            {
                "organisations": list(loaded.organisations),
                "cases": loaded.cases,
                "made": loaded.fresh,
                "stopped": [one.in_(args.lang) for one in loaded.stopped],
            }
        )
    elif not loaded.fresh:
        print(
            Text("演示数据已经有了，没有改动", "the demo data is there already; nothing was changed").in_(
                args.lang
            )
        )
    else:
        names = "、".join(loaded.organisations), ", ".join(loaded.organisations)
        print(
            Text(
                f"演示数据已建立：单位 {names[0]}，案卷 {loaded.cases} 件",
                f"demo data made: organisations {names[1]}, {loaded.cases} case files",
            ).in_(args.lang)
        )
    tell_stopped(loaded.stopped, args.lang)
    return 1 if loaded.stopped else 0


def tell_stopped(stories: Sequence[Stopped], lang: Lang) -> None:
    """The stories that the rules of today refuse, each with the step and the reason; they end there, the others go on."""
    for story in stories:
        sentence = Text(
            f"演示案例停在这里：{story.in_('zh')}", f"a story of the demo stops here: {story.in_('en')}"
        )
        print(sentence.in_(lang), file=sys.stderr, flush=True)
