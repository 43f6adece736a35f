"""The flow of a procedure as a drawing needs it: its steps in the order in which they can come, each with what bears on it.

Made from the rules alone, so it is never drawn by hand and never out of date. Where the rules leave the order open, steps stand
side by side, in the order of the paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kesu.names import StepName
from kesu.reading.text import Text

from ..shapes.abilities import OpensFiles, PrecededBy, UnderCondition
from ..written.matrix import May, Row, matrix
from ..written.model import Procedure, Step
from ..written.rule import Rule
from .described import PARTS, in_order_of_the_paper, is_a_step_of_the_way
from .sentence import sentence

EVERYBODY = Text("谁都可以", "anybody")
BY_THE_CASE = Text("本案写明的人", "whoever the case names")

Said = tuple[Text, tuple[str, ...]]  # a sentence and its clauses


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One box.

    - `number`: its place in the whole flow, from 1; a step that waits for another has a higher one.
    - `who`: the posts that may take it, none for what the house or time records; `perhaps`: those that may in some cases.
    - `after`: the numbers of the steps right before it, all of which it waits for; `sometimes`: of those it waits for in some
      cases only; `one_of`: sets of numbers of which one is enough.
    - `limits`: by when it has to be taken. `branches`: the conditions under which it exists at all.
    - `opens`: the titles of the linked files that it opens. `ends`: whether the file ends with it.
    """

    number: int
    name: StepName
    title: Text
    who: tuple[Text, ...]
    perhaps: tuple[Text, ...]
    after: tuple[int, ...]
    sometimes: tuple[int, ...]
    one_of: tuple[tuple[int, ...], ...]
    limits: tuple[Said, ...]
    branches: tuple[Said, ...]
    opens: tuple[Text, ...]
    ends: bool


@dataclass(frozen=True, slots=True)
class FlowPart:
    """A part of the way from arrival to end: rows of steps, each row after the one above; within a row the order is open."""

    title: Text
    rows: tuple[tuple[FlowStep, ...], ...]


@dataclass(frozen=True, slots=True)
class _Order:
    """What each step waits for, among those that are drawn."""

    always: Mapping[str, frozenset[str]]
    sometimes: Mapping[str, frozenset[str]]
    one_of: Mapping[str, tuple[frozenset[str], ...]]

    def waited_for(self, step: str) -> frozenset[str]:
        return self.always[step].union(self.sometimes[step], *self.one_of[step])


def flow(procedure: Procedure) -> tuple[FlowPart, ...]:
    """Its parts that have steps, in the order in which a case goes through them."""
    steps = {step.name: step for step in in_order_of_the_paper(procedure) if is_a_step_of_the_way(step)}
    order = _order(procedure, steps)
    numbers = {name: place for place, name in enumerate(_placed(steps, order), 1)}
    rows, parts = matrix(procedure), []
    for part, mine in _by_parts(numbers, steps).items():
        boxes = {name: _box(procedure, steps[name], order, numbers, rows) for name in mine}
        parts.append(FlowPart(PARTS[part], _in_rows(mine, order, boxes)))
    return tuple(parts)


def _by_parts(names: Iterable[StepName], steps: Mapping[StepName, Step]) -> dict[str, list[StepName]]:
    """The steps of each part that has any; what belongs to none goes on where the step before it stands."""
    found: dict[str, list[StepName]] = {part: [] for part in PARTS}
    part = next(iter(PARTS))
    for name in names:
        described = steps[name].word.described
        if described is not None and described in PARTS:
            part = described
        found[part].append(name)
    return {part: mine for part, mine in found.items() if mine}


def _order(procedure: Procedure, steps: Mapping[StepName, Step]) -> _Order:
    always: dict[str, set[str]] = {name: set() for name in steps}
    sometimes: dict[str, set[str]] = {name: set() for name in steps}
    one_of: dict[str, list[frozenset[str]]] = {name: [] for name in steps}
    for rule, shape in procedure.able(PrecededBy):
        into = sometimes if rule.when.conditions else always
        for name in set(rule.shape.asked()) & steps.keys():
            into[name] |= shape.waits_for(name) & steps.keys() - {name}
            if enough := shape.one_of(name) & steps.keys():
                one_of[name].append(frozenset(enough))
    return _Order(
        {name: frozenset(needed) for name, needed in always.items()},
        {name: frozenset(needed) - always[name] for name, needed in sometimes.items()},
        {name: tuple(dict.fromkeys(sets)) for name, sets in one_of.items()},
    )


def _placed(steps: Iterable[StepName], order: _Order) -> list[StepName]:
    """All of them, each after what it waits for; what the rules leave open is as the paper has it."""
    left, placed = list(steps), list[StepName]()
    while left:
        done = set(placed)
        ready = (name for name in left if order.waited_for(name) <= done)
        surely = (name for name in left if order.always[name] <= done)
        name = next(ready, None) or next(surely, left[0])
        left.remove(name)
        placed.append(name)
    return placed


def _in_rows(
    mine: list[StepName], order: _Order, boxes: Mapping[StepName, FlowStep]
) -> tuple[tuple[FlowStep, ...], ...]:
    """Each step in the row below the last one that it waits for; `mine` come in the order of their numbers."""
    rank: dict[str, int] = {}
    for name in mine:
        rank[name] = 1 + max((rank[one] for one in order.waited_for(name) if one in rank), default=-1)
    return tuple(
        tuple(boxes[name] for name in mine if rank[name] == place) for place in range(max(rank.values()) + 1)
    )


def _box(
    procedure: Procedure,
    step: Step,
    order: _Order,
    numbers: Mapping[StepName, int],
    rows: Mapping[StepName, Row],
) -> FlowStep:
    name = step.name
    return FlowStep(
        number=numbers[name],
        name=name,
        title=step.title,
        who=_who(procedure, rows.get(name, {})),
        perhaps=_perhaps(procedure, rows.get(name, {})),
        after=_numbers(_nearest(order.always[name], order), numbers),
        sometimes=_numbers(_nearest(order.sometimes[name], order), numbers),
        one_of=tuple(_numbers(one, numbers) for one in order.one_of[name]),
        limits=tuple(_said(rule, procedure) for rule in procedure.rules if _limits(rule, name)),
        branches=tuple(_said(rule, procedure) for rule, _ in procedure.able_at(name, UnderCondition)),
        opens=tuple(
            procedure.linked.get(opening.procedure, Text(opening.procedure, opening.procedure))
            for _, opening in procedure.able(OpensFiles)
            if name in opening.steps
        ),
        ends=name in procedure.ends,
    )


def _limits(rule: Rule, step: StepName) -> bool:
    timed = rule.shape.timed
    return timed is not None and timed.owed and step in timed.answers


def _said(rule: Rule, procedure: Procedure) -> Said:
    return Text(sentence(rule, procedure, "zh"), sentence(rule, procedure, "en")), rule.clauses


def _nearest(needed: frozenset[str], order: _Order) -> frozenset[str]:
    """Without those that another of them waits for anyway."""
    return needed - {far for near in needed for far in _behind(near, order)}


def _behind(step: str, order: _Order) -> set[str]:
    found: set[str] = set()
    new = set(order.always[step])
    while new:
        found |= new
        new = {one for name in new for one in order.always[name]} - found
    return found


def _numbers(names: Iterable[str], numbers: Mapping[StepName, int]) -> tuple[int, ...]:
    return tuple(sorted(numbers[StepName(name)] for name in names))


def _who(procedure: Procedure, row: Row) -> tuple[Text, ...]:
    """The posts that may take it whatever the case; everybody where no post is asked for."""
    if None in row and row[None].may is May.EVERYBODY:
        return (EVERYBODY,)
    return tuple(procedure.title_of(post) for post, cell in row.items() if post and cell.may is May.YES)


def _perhaps(procedure: Procedure, row: Row) -> tuple[Text, ...]:
    """Those whose turn hangs on the case: on its facts, the amount, or on what the person did."""
    if None in row and row[None].may is May.WHERE:
        return (BY_THE_CASE,)
    return tuple(procedure.title_of(post) for post, cell in row.items() if post and cell.may is May.WHERE)
