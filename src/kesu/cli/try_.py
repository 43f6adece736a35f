"""`kesu try`: runs the examples beside procedures, each as commands and as a log."""

from __future__ import annotations

import argparse
import dataclasses
from typing import Any

from kesu.casework.examples.trying import Tried, exemplified, try_examples
from kesu.procedure.written.library import Library, here
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import suggestion
from kesu.reading.text import Text
from kesu.worktime.china import china_calendar

from .printed import as_json
from .tongue import lang
from .try_cases import run_cases
from .wrong_use import WrongUse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu try`."""
    parser = commands.add_parser(
        "try", help=Text("运行程序文件旁的示例", "run the examples beside a procedure").in_(lang())
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=Text(
            "程序名，不写则全部；与 --cases 连用时是案例名",
            "names of procedures, all of them when left out; with --cases, names of cases",
        ).in_(lang()),
    )
    parser.add_argument(
        "--without",
        metavar="RULE",
        help=Text(
            "去掉这条规则再试，看哪些示例会露馅", "leave this rule out, to see which examples notice"
        ).in_(lang()),
    )
    parser.add_argument(
        "--cases",
        metavar="FILE",
        help=Text(
            "运行一份案例文件，比较实际结果与应有的结论",
            "run a file of cases, and hold what comes out against the right verdicts",
        ).in_(lang()),
    )
    parser.add_argument(
        "--short",
        action="store_true",
        help=Text(
            "与 --cases 连用：只列不符的案例，各占一行",
            "with --cases: only the cases that differ, a line each",
        ).in_(lang()),
    )
    return parser


def run(args: argparse.Namespace) -> int:
    """Tries examples or cases; 1 when one does not hold (with --without: when one notices). Raises WrongUse, ReadError."""
    _refuse_misfits(args)
    if args.cases:
        return run_cases(args)
    library = here()
    results = {name: tried_all(library, name, without=args.without) for name in args.names or library.names()}
    failed = [(name, one) for name, found in results.items() for one in found if not one.holds]
    if args.json:
        as_json(_data(results, failed, args))
    else:
        _print(results, failed, args)
    return 1 if failed else 0


def _refuse_misfits(args: argparse.Namespace) -> None:
    if args.without and (len(args.names) != 1 or args.cases):
        raise WrongUse(
            zh="--without 要和一个程序名一起用", en="--without goes with the name of one procedure"
        )
    if args.short and not args.cases:
        raise WrongUse(zh="--short 要和 --cases 一起用", en="--short goes with --cases")


def tried_all(library: Library, name: str, *, without: str | None = None) -> list[Tried]:
    """Every example of a procedure, tried; without one of its rules if so asked."""
    procedure, examples = exemplified(library, name)
    listed = list(examples)
    if without is not None:
        procedure = left_out(procedure, without)
    return list(try_examples(procedure, listed, calendar=china_calendar()))


def left_out(procedure: Procedure, rule: str) -> Procedure:
    """The procedure without one rule: an empty shell of it stays, so that examples can still name it."""
    if rule not in procedure.by_name:
        en, zh = suggestion(rule, procedure.by_name)
        raise WrongUse(
            zh=f"{procedure.id} 没有规则“{rule}”{zh}", en=f"{procedure.id} has no rule “{rule}”{en}"
        )
    return dataclasses.replace(procedure, rules=tuple(one for one in procedure.rules if one.name != rule))


def _data(
    results: dict[str, list[Tried]], failed: list[tuple[str, Tried]], args: argparse.Namespace
) -> dict[str, Any]:
    return {
        "without": args.without,
        "procedures": [
            {"procedure": name, "examples": len(found), "failed": sum(not one.holds for one in found)}
            for name, found in results.items()
        ],
        "failed": [
            {
                "procedure": name,
                "example": one.example.name,
                "rule": one.example.rule,
                "line": one.example.line,
                "said": one.said,
            }
            for name, one in failed
        ],
    }


def _print(
    results: dict[str, list[Tried]], failed: list[tuple[str, Tried]], args: argparse.Namespace
) -> None:
    for name, one in failed:
        print(f"✗ {name}, {one.example.line}: {one.example.name}\n    {one.said}")
    for name, found in results.items():
        held = sum(one.holds for one in found)
        print(
            Text(
                f"{name}：{len(found)} 个示例，{held} 个成立", f"{name}: {len(found)} examples, {held} hold"
            ).in_(args.lang)
        )
    if args.without:
        print(
            Text(
                f"去掉“{args.without}”：{len(failed)} 个示例露馅",
                f"without “{args.without}”: {len(failed)} examples notice",
            ).in_(args.lang)
        )
