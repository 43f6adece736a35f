"""The ways of a procedure as text beside it, so that a change of a rule shows what it opens or shuts.

In the names of the procedure file, a line a step; read back by pages, which say it in the words of their reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Final

from kesu.names import PostName, StepName
from kesu.reading.strict import ReadError

from .account import Standing
from .survey import KeptWay, People, Survey, Taken

FILE: Final = "ways.txt"
HEAD: Final = "# kesu ways {} --write"
INDENT: Final = "  "
NO_WAY: Final = "no way found"
GAVE_UP: Final = "no way found, the search came to its bound"
THE_SAME: Final = "the same steps"  # as the way above it
NO_END: Final = "# no step ends a file"
WITH: Final = "with"
IN_THE_WAY: Final = "in the way"
BETWEEN: Final = " · "
NAMES: Final = "; "  # rules and values may hold a comma
CLAUSES: Final = ", "


def kept_text(survey: Survey) -> str:
    """The text of a survey: the same survey gives the same text."""
    lines = [HEAD.format(survey.procedure)]
    for before, way in zip((None, *survey.ways), survey.ways, strict=False):
        lines += ["", *(_lines(way) if before is None or not _alike(before, way) else _short(way))]
    if not survey.ways:
        lines.append(NO_END)
    return "\n".join(lines) + "\n"


def _alike(before: KeptWay, way: KeptWay) -> bool:
    return bool(way.steps) and replace(before, people=way.people) == way


def _short(way: KeptWay) -> Iterator[str]:
    yield f"{way.goal}{BETWEEN}{way.people}"
    yield f"{INDENT}{THE_SAME}"


def _lines(way: KeptWay) -> Iterator[str]:
    yield f"{way.goal}{BETWEEN}{way.people}"
    if way.given:
        yield f"{INDENT}{WITH}: {NAMES.join(f'{name}={value}' for name, value in way.given)}"
    if not way.steps:
        yield f"{INDENT}{GAVE_UP if way.given_up else NO_WAY}"
        yield f"{INDENT}{IN_THE_WAY}: {NAMES.join(way.barred)}"
        return
    for number, taken in enumerate(way.steps, start=1):
        yield f"{INDENT}{number} {taken.step}" + (f"{BETWEEN}{taken.post}" if taken.post else "")
    for standing, clauses in way.undone:
        yield f"{INDENT}{standing}: {CLAUSES.join(clauses)}"


def read_kept(path: Path) -> Survey | None:
    """The survey that a text holds; None where none is kept. Raises ReadError where the text is none of a survey."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    try:
        return _survey(text)
    except (ValueError, IndexError):
        raise ReadError(
            file=f"{path.parent.name}/{path.name}",
            line=0,
            en="this is not as `kesu ways --write` writes it",
            zh="这不是 kesu ways --write 写出的格式",
        ) from None


def _survey(text: str) -> Survey:
    head, *lines = text.splitlines()
    if not head.startswith(HEAD.partition("{")[0]):
        raise ValueError(head)
    ways: list[KeptWay] = []
    for part in (list(group) for full, group in groupby(lines, key=bool) if full and NO_END not in lines):
        way = _way(part)
        ways.append(replace(ways[-1], people=way.people) if INDENT + THE_SAME in part else way)
    return Survey(head.split()[3], tuple(ways))


def _way(lines: Sequence[str]) -> KeptWay:
    goal, people = lines[0].split(BETWEEN)
    steps: list[Taken] = []
    said: dict[str, str] = {}
    for line in lines[1:]:
        if line.strip() in (NO_WAY, GAVE_UP, THE_SAME):
            continue
        if line.lstrip()[0].isdecimal():
            steps.append(_taken(line))
        else:
            name, _, value = line.strip().partition(":")
            said[name] = value.strip()
    undone = tuple((so, tuple(said[so].split(CLAUSES))) for so in Standing if so in said)
    barred = tuple(filter(None, said.get(IN_THE_WAY, "").split(NAMES)))
    return KeptWay(
        StepName(goal),
        People(people),
        tuple(steps),
        _given(said.get(WITH, "")),
        undone,
        barred,
        INDENT + GAVE_UP in lines,
    )


def _taken(line: str) -> Taken:
    _, rest = line.strip().split(" ", 1)
    step, _, post = rest.partition(BETWEEN)
    return Taken(StepName(step), PostName(post) if post else None)


def _given(text: str) -> tuple[tuple[str, str], ...]:
    parted = (one.partition("=") for one in text.split(NAMES) if one)
    return tuple((name, value) for name, _, value in parted)
