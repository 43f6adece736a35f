"""`kesu gaps`: what a procedure does not yet hold of a standard, shown by trying, with the rules that would close it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from kesu.casework.examples.trying import exemplified
from kesu.gaps.compared import compared
from kesu.gaps.point import COVER_SAID, MOST_NAMED, Point, counted
from kesu.gaps.proposal import WANTING, proposed
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Lang, Text, listed
from kesu.worktime.china import china_calendar

from .printed import as_json
from .tongue import lang
from .wrong_use import WrongUse

TIMED = "timed"  # how a rule with a limit of its own holds its clause


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu gaps`."""
    parser = commands.add_parser(
        "gaps",
        help=Text(
            "对照标准：哪些已落实，哪些还缺，该补哪条规则",
            "what a procedure does not yet hold of a standard, and which rule to add",
        ).in_(lang()),
    )
    parser.add_argument("procedure", help=Text("自己的程序", "the procedure to be looked at").in_(lang()))
    parser.add_argument(
        "--against",
        metavar="STANDARD",
        required=True,
        help=Text(
            "拿来对照的标准或另一个程序", "the standard, or any other procedure, that it is held against"
        ).in_(lang()),
    )
    return parser


def run(args: argparse.Namespace) -> int:
    """Prints a point for each rule of the standard, and what to add; exit status 1 where something is wanting."""
    library = here()
    procedure = exemplified(library, args.procedure)[0]
    standard = exemplified(library, args.against)[0]
    points = compared(procedure, standard, calendar=china_calendar())
    if not points:
        raise WrongUse(
            zh=f"“{standard.title.zh}”没有哪条规则落实条款，拿它对照比不出什么；换一个标准或程序（kesu clauses 列出条款由谁落实）",
            en=f"no rule of “{standard.title.en}” holds a clause, so there is nothing to hold a procedure against; name a standard "
            "or another paper (kesu clauses lists what holds each clause)",
        )
    to_add = proposed(points, procedure, standard, library)
    if args.json:
        as_json(_data(procedure, standard, points, to_add))
    else:
        print("\n".join(_printed(procedure, standard, points, to_add, args.lang)))
    return 1 if any(point.cover in WANTING for point in points) else 0


# -- printed -------------------------------------------------------------------------------------------------------------


def _printed(
    procedure: Procedure, standard: Procedure, points: Sequence[Point], to_add: str, tongue: Lang
) -> Iterator[str]:
    own, other = procedure.title.in_(tongue), standard.title.in_(tongue)
    yield Text(f"“{own}”对照“{other}”", f"“{own}” against “{other}”").in_(tongue)
    for point in points:
        clauses = ", ".join(point.rule.of_paper(standard.id))
        yield f"\n{COVER_SAID[point.cover].in_(tongue)} · {clauses} · {sentence(point.rule, standard, tongue)}"
        yield from (f"  {line}" for line in _why(procedure, standard, point, tongue))
    counts = counted(tuple(points))
    told = ", ".join(f"{COVER_SAID[cover].in_(tongue)} {count}" for cover, count in counts.items() if count)
    yield ""
    yield Text(f"共 {len(points)} 条：{told}", f"{len(points)} rules: {told}").in_(tongue)
    notes = len(standard.clauses)
    if notes:
        yield Text(
            f"另有 {notes} 条不靠规则落实（软件自带、声明、不归软件管）：kesu clauses {standard.id}",
            f"{notes} more clauses are not held by rules (built in, declared, outside): kesu clauses {standard.id}",
        ).in_(tongue)
    if to_add:
        yield ""
        yield Text("# 可以补进程序文件的内容", "# to be added to the procedure file").in_(tongue)
        yield to_add


def _why(procedure: Procedure, standard: Procedure, point: Point, tongue: Lang) -> Iterator[str]:
    if point.by:
        held = (procedure.by_name[name] for name in point.by[:MOST_NAMED])
        named = " / ".join(
            f"{sentence(rule, procedure, tongue)} {', '.join(rule.clauses)}".rstrip() for rule in held
        )
        yield Text(f"由这些规则落实：{named}", f"held by {named}").in_(tongue)
    if point.steps:
        steps = listed([standard.steps[step].title.in_(tongue) for step in point.steps], tongue)
        yield Text(f"程序里没有这些步骤：{steps}", f"the procedure has no step {steps}").in_(tongue)
    if point.facts:
        facts = listed([standard.words.facts[fact].title.in_(tongue) for fact in point.facts], tongue)
        yield Text(f"没有哪一步要填：{facts}", f"no step asks {facts}").in_(tongue)
    if point.cover in WANTING and point.rule.how == TIMED and not (point.steps or point.facts):
        if point.by:
            yield Text("期限更长，或没法直接比", "its limit is longer, or cannot be compared as it is").in_(
                tongue
            )
        else:
            yield Text("没有这样的期限", "it has no such limit").in_(tongue)
    if point.way is not None:
        steps = " → ".join(procedure.steps[act.step].title.in_(tongue) for act in point.way.acts)
        yield Text(f"这样办得下来：{steps}", f"this is accepted: {steps}").in_(tongue)


# -- data ----------------------------------------------------------------------------------------------------------------


def _data(procedure: Procedure, standard: Procedure, points: Sequence[Point], to_add: str) -> dict[str, Any]:
    return {
        "procedure": procedure.id,
        "standard": standard.id,
        "points": [_point(point, standard.id) for point in points],
        "cover": {str(cover): count for cover, count in counted(tuple(points)).items()},
        "to_add": to_add,
    }


def _point(point: Point, standard: str) -> dict[str, Any]:
    return {
        "rule": point.rule.name,
        "clauses": list(point.rule.of_paper(standard)),
        "cover": str(point.cover),
        "held_by": list(point.by),
        "steps_lacking": list(point.steps),
        "facts_lacking": list(point.facts),
        "accepted": [act.step for act in point.way.acts] if point.way is not None else [],
    }
