"""The ways of a procedure as text beside it, so that a change of a rule shows what it opens or shuts.

In the names of the procedure file, a line a step; read back by pages, which say it in the words of their reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Final

from kesu.names import PostName, StepName
from kesu.reading.strict import ReadError

from .account import Standing
from .by_post import Alone
from .dead_ends import DeadEnd, Kind
from .openings import Opening, Openness
from .survey import KeptWay, People, Survey, Taken

FILE: Final = "ways.txt"
HEAD: Final = "# kesu ways {} --write"
DEPTH: Final = (
    "# every order of steps up to {} acts was tried, each form filled in as little as can be; "
    "beyond that the search does what refusals ask for, and may miss a way"
)
NUMBERS: Final = re.compile(r"up to (\d{1,6}) acts was tried")
INDENT: Final = "  "
NO_WAY: Final = "no way found"
GAVE_UP: Final = "no way found, the search came to its bound"
THE_SAME: Final = "the same steps"  # as the way above it
NO_END: Final = "# no step ends a file"
ALONE: Final = "alone"
TAKES: Final = "takes"
ENDS: Final = "ends"
BY_WORDS: Final = "for these"
WHERE: Final = "where"
WITH: Final = "with"
IN_THE_WAY: Final = "in the way"
BETWEEN: Final = " · "
NAMES: Final = "; "  # rules and values may hold a comma
LISTED: Final = ", "


# -- written -------------------------------------------------------------------------------------------------------------


def kept_text(survey: Survey) -> str:
    """The text of a survey: the same survey gives the same text."""
    lines = [HEAD.format(survey.procedure), DEPTH.format(survey.depth)]
    for before, way in zip((None, *survey.ways), survey.ways, strict=False):
        same = before is not None and way.steps and replace(before, people=way.people) == way
        lines += ["", f"{way.goal}{BETWEEN}{way.people}", *([INDENT + THE_SAME] if same else _of_way(way))]
    for dead in survey.dead_ends:
        lines += [
            "",
            f"{dead.kind}{BETWEEN}{LISTED.join(dead.names)}",
            _listed(IN_THE_WAY, dead.barred, NAMES),
        ]
    for alone in survey.posts:
        lines += ["", f"{ALONE}{BETWEEN}{alone.post}", _listed(TAKES, alone.takes, LISTED)]
        if alone.ends:
            lines.append(_listed(ENDS, [f"{end} {acts}" for end, acts in alone.ends], LISTED))
    for opening in survey.openings:
        lines += ["", f"{opening.kind}{BETWEEN}{opening.name}", _listed(BY_WORDS, opening.words, NAMES)]
    if not survey.ways:
        lines.append(NO_END)
    return "\n".join(lines) + "\n"


def _of_way(way: KeptWay) -> Iterator[str]:
    for name, facts in ((WHERE, way.where), (WITH, way.given)):
        if facts:
            yield _listed(name, [f"{fact}={value}" for fact, value in facts], NAMES)
    if not way.steps:
        yield f"{INDENT}{GAVE_UP if way.given_up else NO_WAY}"
        yield _listed(IN_THE_WAY, way.barred, NAMES)
        return
    for number, taken in enumerate(way.steps, start=1):
        yield f"{INDENT}{number} {taken.step}" + (f"{BETWEEN}{taken.post}" if taken.post else "")
    for standing, clauses in way.undone:
        yield _listed(standing, clauses, LISTED)


def _listed(name: str, values: Sequence[str], between: str) -> str:
    return f"{INDENT}{name}: {between.join(values)}".rstrip()


# -- read back -----------------------------------------------------------------------------------------------------------


def read_kept(path: Path) -> Survey | None:
    """The survey that a text holds; None where none is kept. Raises ReadError where the text is none of a survey."""
    try:
        return _survey(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (ValueError, IndexError):  # bytes that are no text, too
        raise ReadError(
            file=f"{path.parent.name}/{path.name}",
            line=0,
            en="this is not as `kesu ways --write` writes it",
            zh="这不是 kesu ways --write 写出的格式",
        ) from None


def _survey(text: str) -> Survey:
    head, depth, *lines = text.splitlines()
    numbers = NUMBERS.search(depth)
    if not head.startswith(HEAD.partition("{")[0]) or numbers is None:
        raise ValueError(head)
    ways: list[KeptWay] = []
    dead_ends: list[DeadEnd] = []
    posts: list[Alone] = []
    open_: list[Opening] = []
    body = [line for line in lines if line != NO_END]
    for part in (list(group) for full, group in groupby(body, key=bool) if full):
        first, _, second = part[0].partition(BETWEEN)
        if first == ALONE:
            posts.append(_alone(second, _said(part[1:])))
        elif first in list(Openness):
            open_.append(Opening(Openness(first), second, _parted(_said(part[1:]), BY_WORDS, NAMES)))
        elif first in list(Kind):
            barred = _parted(_said(part[1:]), IN_THE_WAY, NAMES)
            dead_ends.append(DeadEnd(Kind(first), tuple(second.split(LISTED)), barred))
        elif INDENT + THE_SAME in part:
            ways.append(replace(ways[-1], people=People(second)))
        else:
            ways.append(_way(first, second, part[1:]))
    return Survey(
        head.split()[3],
        int(numbers[1]),
        ways=tuple(ways),
        dead_ends=tuple(dead_ends),
        posts=tuple(posts),
        openings=tuple(open_),
    )


def _alone(post: str, lists: Mapping[str, str]) -> Alone:
    ends = (one.rpartition(" ") for one in _parted(lists, ENDS, LISTED))
    return Alone(
        PostName(post),
        tuple(map(StepName, _parted(lists, TAKES, LISTED))),
        tuple((StepName(end), int(acts)) for end, _, acts in ends),
    )


def _way(goal: str, people: str, lines: Sequence[str]) -> KeptWay:
    lists = _said(lines)
    return KeptWay(
        StepName(goal),
        People(people),
        steps=tuple(_taken(line) for line in lines if line.lstrip()[0].isdecimal()),
        where=_facts(lists, WHERE),
        given=_facts(lists, WITH),
        undone=tuple((so, _parted(lists, so, LISTED)) for so in Standing if so in lists),
        barred=_parted(lists, IN_THE_WAY, NAMES),
        given_up=INDENT + GAVE_UP in lines,
    )


def _facts(lists: Mapping[str, str], name: str) -> tuple[tuple[str, str], ...]:
    parted = (one.partition("=") for one in _parted(lists, name, NAMES))
    return tuple((fact, value) for fact, _, value in parted)


def _said(lines: Sequence[str]) -> Mapping[str, str]:
    named = (line.strip().partition(":") for line in lines if not line.lstrip()[0].isdecimal())
    return {name: value.strip() for name, _, value in named}


def _parted(lists: Mapping[str, str], name: str, between: str) -> tuple[str, ...]:
    return tuple(filter(None, lists.get(name, "").split(between)))


def _taken(line: str) -> Taken:
    _, rest = line.strip().split(" ", 1)
    step, _, post = rest.partition(BETWEEN)
    return Taken(StepName(step), PostName(post) if post else None)
