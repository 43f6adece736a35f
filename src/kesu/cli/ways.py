"""`kesu ways`: the least with which a file comes to each of its ends, and what of the paper was not done on the way."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any, Final

from kesu.casework.deciding.decide import Actor
from kesu.casework.examples.trying import exemplified
from kesu.names import StepName
from kesu.procedure import words
from kesu.procedure.history.act import Act, Value
from kesu.procedure.kinds import Value as FactValue
from kesu.procedure.saying.sentence import reason
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import suggestion
from kesu.reading.text import Lang, Text
from kesu.ways.account import Account, Standing, account
from kesu.ways.kept import FILE
from kesu.ways.people import alone, everybody, holders_of
from kesu.ways.search import Way, shortest
from kesu.ways.survey import START
from kesu.worktime.china import china_calendar

from .printed import as_json
from .tongue import lang
from .ways_kept import kept_ways
from .wrong_use import WrongUse

NOT_DONE: Final = {
    Standing.WAIVED: Text("写明理由免办的", "left out with a reason"),
    Standing.NOT_TOLD: Text("说不准的", "nobody can tell"),
    Standing.BROKEN: Text("没有做到的", "broken"),
    Standing.NEVER_ASKED: Text("没有用到的", "never asked"),
}


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu ways`."""
    parser = commands.add_parser(
        "ways",
        help=Text(
            "最少办哪些步骤就能办结，哪些条款没有办到",
            "the least with which a file ends, and what was not done",
        ).in_(lang()),
    )
    parser.add_argument(
        "procedure",
        nargs="?",
        help=Text(
            "程序名；写、查时不写就是全部程序", "the name of a procedure; to write and to check, none is all"
        ).in_(lang()),
    )
    parser.add_argument("--to", metavar="STEP", help=Text("只看到这一步", "only to this step").in_(lang()))
    parser.add_argument(
        "--branch",
        metavar="FACT=VALUE",
        action="append",
        default=[],
        help=Text(
            "凡是要填这项事实的都填这个值；可写多次",
            "write this value wherever a form asks the fact; may be repeated",
        ).in_(lang()),
    )
    parser.add_argument(
        "--as",
        dest="posts",
        metavar="POST",
        action="append",
        help=Text(
            "只由担任这些岗位的一个人办；可写多次",
            "only by one person who holds these posts; may be repeated",
        ).in_(lang()),
    )
    parser.add_argument(
        "--alone",
        action="store_true",
        help=Text("由一个人担任全部岗位来办", "by one person who holds every post").in_(lang()),
    )
    parser.add_argument(
        "--write",
        action="store_true",
        help=Text(f"把走法写进程序旁的 {FILE}", f"keep the ways as text beside the procedure, in {FILE}").in_(
            lang()
        ),
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help=Text(
            f"只核对 {FILE}，不写；过时的退出码为 1",
            f"only compare {FILE}; exit status 1 when it is out of date",
        ).in_(lang()),
    )
    return parser


def run(args: argparse.Namespace) -> int:
    """Prints the way to each end; exit status 1 where one was not found. With `--write` or `--check` what is kept of them."""
    library = here()
    if args.write or args.check:
        names = [args.procedure] if args.procedure else library.names()
        return kept_ways(library, names, write=args.write, json=args.json, tongue=args.lang)
    if args.procedure is None:
        raise WrongUse(zh="写明哪个程序", en="name the procedure")
    return _searched(exemplified(library, args.procedure)[0], args)


@words.in_its_words
def _searched(procedure: Procedure, args: argparse.Namespace) -> int:
    goals = [_step(procedure, args.to)] if args.to else [StepName(end) for end in procedure.ends]
    branch = dict(_given(text) for text in args.branch)
    calendar, actors = china_calendar(), _actors(procedure, args)
    ways = [
        shortest(procedure, goal, calendar=calendar, actors=actors, start=START, branch=branch)
        for goal in goals
    ]
    told = [(way, account(procedure, way, calendar=calendar) if way.reached else None) for way in ways]
    if args.json:
        as_json([_data(way, judged) for way, judged in told])
    else:
        print("\n\n".join("\n".join(_printed(procedure, way, judged, args.lang)) for way, judged in told))
    return 0 if all(way.reached for way in ways) else 1


def _actors(procedure: Procedure, args: argparse.Namespace) -> tuple[Actor, ...]:
    if args.posts:
        return holders_of(procedure, [_post(procedure, post) for post in args.posts])
    return alone(procedure) if args.alone else everybody(procedure)


def _step(procedure: Procedure, name: str) -> StepName:
    if name not in procedure.steps:
        en, zh = suggestion(name, procedure.steps)
        raise WrongUse(zh=f"本程序没有步骤“{name}”{zh}", en=f"this procedure has no step “{name}”{en}")
    return StepName(name)


def _post(procedure: Procedure, name: str) -> str:
    if name not in procedure.posts:
        en, zh = suggestion(name, procedure.posts)
        raise WrongUse(zh=f"本程序没有岗位“{name}”{zh}", en=f"this procedure has no post “{name}”{en}")
    return name


def _given(text: str) -> tuple[str, Value]:
    name, sign, value = text.partition("=")
    if not sign or name not in words.facts():
        en, zh = suggestion(name, words.facts())
        raise WrongUse(
            zh=f"--branch 要写成“事实=值”；没有事实“{name}”{zh}",
            en=f"--branch takes FACT=VALUE; no fact is called “{name}”{en}",
        )
    return name, value


# -- printed -------------------------------------------------------------------------------------------------------------


def _printed(procedure: Procedure, way: Way, judged: Account | None, tongue: Lang) -> Iterator[str]:
    title = procedure.steps[way.goal].title.in_(tongue)
    given = ", ".join(f"{name}={value}" for name, value in way.branch.items())
    if judged is None:
        gave_up = (
            Text("；没有找完就停了", "; the search stopped before it had tried everything")
            if way.given_up
            else Text("", "")
        )
        yield Text(f"“{title}”：没有找到办法", f"“{title}”: no way was found").in_(tongue) + gave_up.in_(
            tongue
        )
        yield from (f"  {reason(finding, procedure, tongue) or finding.rule}" for finding in way.stuck)
        return
    steps = Text(f"“{title}”：{len(way.acts)} 步", f"“{title}”: {len(way.acts)} steps").in_(tongue)
    yield steps + (Text(f"（其中 {given}）", f" (with {given})").in_(tongue) if given else "")
    yield from (_line(procedure, act, tongue) for act in way.acts)
    for standing, name in NOT_DONE.items():
        clauses = judged.clauses_that_are(standing)
        if clauses:
            yield f"  {name.in_(tongue)} {len(clauses)}: {', '.join(clauses)}"


def _line(procedure: Procedure, act: Act, tongue: Lang) -> str:
    title = procedure.steps[act.step].title.in_(tongue)
    post = (
        procedure.title_of(act.post).in_(tongue)
        if act.post
        else Text("系统", "the house").in_(tongue)
        if act.by is None
        else ""
    )
    return f"  {act.number:>3} {title}" + (f"  {post}" if post else "")


# -- data ----------------------------------------------------------------------------------------------------------------


def _data(way: Way, judged: Account | None) -> dict[str, Any]:
    return {
        "goal": way.goal,
        "reached": way.reached,
        "given_up": way.given_up,
        "branch": dict(way.branch),
        "steps": [_act(act) for act in way.acts] if way.reached else [],
        "clauses": dict(judged.clauses) if judged is not None else {},
        "stuck": [finding.rule for finding in way.stuck],
    }


def _act(act: Act) -> dict[str, Any]:
    facts: dict[str, FactValue] = dict(act.facts)
    return {"number": act.number, "step": act.step, "post": act.post, "facts": facts}
