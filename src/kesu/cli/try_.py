"""`kesu try`: runs the examples beside procedures, each as commands and as a log."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Iterator, Sequence
from typing import Any, Final

from kesu.casework.examples.trying import Tried, exemplified, try_examples
from kesu.procedure.written.library import Library, here
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import suggestion
from kesu.reading.text import Text
from kesu.worktime.china import china_calendar

from .printed import as_json
from .tongue import lang
from .try_cases import run_cases
from .try_course import run_course
from .wrong_use import WrongUse

ANEW: Final = "\r\x1b[K"  # back to the beginning of the line, and clear it


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
        "--only",
        metavar="PAIR",
        help=Text(
            "只看一个示例（名称、所在行或规则名）的经过：每一行作为办理、作为记录各得出什么",
            "the course of one example (its name, its line, or its rule): what becomes of every line, both ways",
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
    if args.only:
        return run_course(args)
    library = here()
    names = args.names or library.names()
    results = {name: tried_all(library, name, without=args.without) for name in _one_by_one(names)}
    failed = [(name, one) for name, found in results.items() for one in found if not one.holds]
    if args.json:
        as_json(_data(results, failed, args))
    else:
        _print(results, failed, args)
    return 1 if failed else 0


def _refuse_misfits(args: argparse.Namespace) -> None:
    for option, given in (("--without", args.without), ("--only", args.only)):
        if given and (len(args.names) != 1 or args.cases):
            raise WrongUse(
                zh=f"{option} 要和一个程序名一起用", en=f"{option} goes with the name of one procedure"
            )
    if args.without and args.only:
        raise WrongUse(zh="--without 和 --only 不能同时用", en="--without does not go with --only")
    if args.short and not args.cases:
        raise WrongUse(zh="--short 要和 --cases 一起用", en="--short goes with --cases")


def _one_by_one(names: Sequence[str]) -> Iterator[str]:
    """The names in turn; on a terminal a line says meanwhile which one is being tried, and goes when all are."""
    watched = len(names) > 1 and sys.stderr.isatty()
    for place, name in enumerate(names, 1):
        if watched:
            print(f"{ANEW}{place}/{len(names)}  {name}", end="", file=sys.stderr, flush=True)
        yield name
    if watched:
        print(ANEW, end="", file=sys.stderr, flush=True)


def tried_all(library: Library, name: str, *, without: str | None = None) -> list[Tried]:
    """Every example of a procedure, tried; without one of its rules if so asked."""
    procedure, examples = exemplified(library, name)
    listed = list(examples)
    if without is not None:
        procedure = left_out(procedure, without)
    return list(try_examples(procedure, listed, calendar=china_calendar()))


def left_out(procedure: Procedure, rule: str) -> Procedure:
    """The procedure without one rule: an empty shell of it stays, so that examples can still name it. Raises WrongUse."""
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
            {"procedure": name, "examples": len(tries), "failed": sum(not each.holds for each in tries)}
            for name, tries in results.items()
        ],
        "failed": [
            {
                "procedure": name,
                "example": each.example.name,
                "rule": each.example.rule,
                "line": each.example.line,
                "said": each.fault,
            }
            for name, each in failed
        ],
    }


def _print(
    results: dict[str, list[Tried]], failed: list[tuple[str, Tried]], args: argparse.Namespace
) -> None:
    for name, each in failed:
        print(f"✗ {name}, {each.example.line}: {each.example.name}\n    {each.fault}")
    for name, tries in results.items():
        held = sum(each.holds for each in tries)
        print(
            Text(
                f"{name}：{len(tries)} 个示例，{held} 个成立", f"{name}: {len(tries)} examples, {held} hold"
            ).in_(args.lang)
        )
    if args.without:
        print(
            Text(
                f"去掉“{args.without}”：{len(failed)} 个示例露馅",
                f"without “{args.without}”: {len(failed)} examples notice",
            ).in_(args.lang)
        )
