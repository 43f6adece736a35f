"""One rule of a standard, held against a procedure: whether that holds it, by which rules, or what is wanting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kesu.names import FactName, RuleName, StepName
from kesu.procedure.written.rule import Rule
from kesu.reading.text import Text
from kesu.ways.search import Way


class Cover(StrEnum):
    """How far a procedure holds a rule of the standard.

    - `COVERED`: no way was found round it, and `Point.by` names the rules that bar whoever does otherwise.
    - `PARTLY`: it holds on some ways only, or by a longer limit, or by a rule that shows and does not bar.
    - `LACKING`: a file comes past it, or the procedure has no such step.
    - `NO_OCCASION`: nothing in the procedure could break it, since what it forbids cannot be done there.
    - `NOT_TOLD`: trying does not tell; somebody has to read both.
    """

    COVERED = "covered"
    PARTLY = "partly"
    LACKING = "lacking"
    NO_OCCASION = "no occasion"
    NOT_TOLD = "not told"


COVER_SAID: Final[Mapping[Cover, Text]] = {
    Cover.COVERED: Text("已落实", "covered"),
    Cover.PARTLY: Text("部分落实", "partly covered"),
    Cover.LACKING: Text("缺", "lacking"),
    Cover.NO_OCCASION: Text("不会发生", "no occasion"),
    Cover.NOT_TOLD: Text("试不出来，请人对照", "not told by trying: compare by hand"),
}
MOST_NAMED: Final = 3  # holders that are named for one point


@dataclass(frozen=True, slots=True)
class Point:
    """One rule of the standard and how it is covered.

    - `by`: rules of the procedure that hold it, or hold a part of it.
    - `steps`, `facts`: what it speaks of and the procedure lacks.
    - `way`: a history that the procedure accepts and the rule does not; None where none was needed to tell.
    """

    rule: Rule
    cover: Cover
    by: tuple[RuleName, ...] = ()
    steps: tuple[StepName, ...] = ()
    facts: tuple[FactName, ...] = ()
    way: Way | None = None


def counted(points: tuple[Point, ...]) -> Mapping[Cover, int]:
    """How many points are covered, partly covered …; each way of being covered, also with 0."""
    return {cover: sum(point.cover is cover for point in points) for cover in Cover}
