"""Which post takes which step by a procedure's own rules: the matrix of its permissions, each cell with the rules that say so.

It says what hangs on the post alone. Who has to stay out of a file, and what has to come first, hangs on the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kesu.names import PostName, RuleName, StepName

from ..shapes.abilities import NamesADoer, SaysWho
from ..words import in_its_words
from .model import Procedure
from .rule import Rule


class May(StrEnum):
    """Whether a post takes a step."""

    EVERYBODY = "everybody"  # whoever sees the file, with a post or without
    YES = "yes"
    WHERE = "where"  # by the facts of the case, the amount, or what the person did
    NO = "no"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a procedure says of one post at one step, and by which of its rules."""

    may: May
    rules: tuple[RuleName, ...]


Row = Mapping[PostName | None, Cell]  # None: whoever holds none of the posts


@in_its_words
def matrix(procedure: Procedure) -> dict[StepName, Row]:
    """A row for every step that people take, with a cell for every post, and for whoever holds none."""
    table: dict[StepName, list[tuple[Rule, SaysWho]]] = {}
    for rule, shape in procedure.able(SaysWho):
        for step in shape.says_who_takes() if rule.bars else ():
            table.setdefault(step, []).append((rule, shape))
    kept_from = _kept_from_doers(procedure)
    return {
        step.name: {
            post: _cell(post, table.get(step.name, []), kept_from.get(step.name, ()))
            for post in (*map(PostName, procedure.posts), None)
        }
        for step in procedure.steps.values()
        if step.word.by_people
    }


def waiting_for(procedure: Procedure) -> tuple[str, ...]:
    """The settings still to be set on which cells hang: what stands there only stands in."""
    unset = [name for rule, _ in procedure.able(SaysWho) for name in rule.unset]
    return tuple(dict.fromkeys(name for name in unset if procedure.settings[name].value is None))


def _cell(post: PostName | None, rules: Sequence[tuple[Rule, SaysWho]], apart: Sequence[Rule]) -> Cell:
    """Rules that always hold are all asked; of those that hold by the facts of a case one may let the post."""
    always = [(rule, shape) for rule, shape in rules if not rule.when.conditions]
    by_facts = [(rule, shape) for rule, shape in rules if rule.when.conditions]
    barring = [rule for rule, shape in always if not _names(shape, post)]
    if not always:
        barring = _all_unless_one_lets(by_facts, post)
    if barring or not rules:
        return Cell(May.NO, _named(barring))
    hangs = [*by_facts, *apart, *(shape for _, shape in always if shape.hangs_on_more())]
    return Cell(May.WHERE if hangs else _always(always), _named([*(rule for rule, _ in rules), *apart]))


def _all_unless_one_lets(rules: Sequence[tuple[Rule, SaysWho]], post: PostName | None) -> list[Rule]:
    return [] if any(_names(shape, post) for _, shape in rules) else [rule for rule, _ in rules]


def _always(rules: Sequence[tuple[Rule, SaysWho]]) -> May:
    return May.EVERYBODY if all(shape.posts_named() is None for _, shape in rules) else May.YES


def _names(shape: SaysWho, post: PostName | None) -> bool:
    posts = shape.posts_named()
    return posts is None or post in posts


def _named(rules: Iterable[Rule]) -> tuple[RuleName, ...]:
    return tuple(dict.fromkeys(rule.name for rule in rules))


def _kept_from_doers(procedure: Procedure) -> dict[StepName, list[Rule]]:
    """The rules that keep a step from whoever took an earlier one."""
    table: dict[StepName, list[Rule]] = {}
    for rule, shape in procedure.able(NamesADoer):
        for step in rule.shape.asked() if shape.apart and rule.bars else ():
            table.setdefault(StepName(step), []).append(rule)
    return table
