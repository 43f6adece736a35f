"""Each declaration of each shape said wrongly, one at a time: does the contract of the shapes notice?

A declaration that says the same when it is falsified (nothing is read, nothing is sure, no time matters) has no mutant: there
is nothing to notice. `python -m tests.rulebook.procedure.falsified` prints the table.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from tests.rulebook.procedure.contract import shape_keeps_its_promises
from tests.rulebook.procedure.situations import facts_of, rules_of, steps_of

from kesu.procedure.shapes import Shape, shapes
from kesu.procedure.shapes.shape import Spoken, Sure
from kesu.procedure.written.rule import Rule

SEEDS: Final = (60, 400)  # more where so many notice nothing
NOTHING: Final = frozenset[str]()

# What each declaration says when it is falsified, given what it says of this rule.
FALSE: Final[dict[str, Callable[[Any], Any]]] = {
    "reads": lambda declared: NOTHING,
    "speaks_of": lambda declared: Spoken(NOTHING, NOTHING),
    "sure": lambda declared: None if declared is None else Sure(),
    "fillings": lambda declared: (),
    "changes_at": lambda declared: None,
    "order_only": lambda declared: not declared,
    "changes_with_time": lambda declared: not declared,
    "about_persons": lambda declared: not declared,
    "first_only": lambda declared: not declared,
}
ASKED_WITH_A_FILE: Final = (
    "fillings",
    "changes_at",
)  # whether one says anything is told by whether it is defined


def mutants(sign: str) -> Iterator[str]:
    """The declarations of a shape that can be falsified."""
    rules = rules_of(sign)
    for name in FALSE:
        if any(_differs(rule, name) for rule in rules):
            yield name


def _differs(rule: Rule, name: str) -> bool:
    if name in ASKED_WITH_A_FILE:
        return getattr(type(rule.shape), name) is not getattr(Shape, name)
    declared = _declared(rule.shape, name)
    return bool(FALSE[name](declared) != declared)


def _declared(shape: Shape, name: str) -> Any:
    value = getattr(shape, name)
    return value() if callable(value) else value


@contextmanager
def falsified(sign: str, name: str) -> Iterator[None]:
    """One declaration says something else, in every class by which rules of the sign are read."""
    classes = {type(rule.shape) for rule in rules_of(sign)}
    for rule in rules_of(sign):  # what is drawn stays what it was
        facts_of(rule)
        steps_of(rule.shape)
    before = {one: (name in vars(one), getattr(one, name)) for one in classes}
    originals = {one: vars(next(base for base in one.__mro__ if name in vars(base)))[name] for one in classes}
    for one in classes:
        setattr(one, name, _false(name, originals[one]))
    try:
        yield
    finally:
        for one, (own, _) in before.items():
            if own:
                setattr(one, name, originals[one])
            else:
                delattr(one, name)


def _false(name: str, original: Any) -> Any:
    if name in ASKED_WITH_A_FILE:
        return lambda self, *_: FALSE[name](None)
    if callable(original):
        return lambda self: FALSE[name](original(self))
    if isinstance(original, property):
        return property(lambda self: FALSE[name](original.__get__(self)))
    return FALSE[name](original)


def noticed(sign: str, name: str) -> str:
    """What the contract says of the falsified declaration; empty when it notices nothing."""
    with falsified(sign, name):
        for seeds in SEEDS:
            try:
                shape_keeps_its_promises(sign, seeds=seeds)
            except AssertionError as error:
                return str(error).partition("\n")[0] or "not as promised"
    return ""


def main() -> int:
    """Prints every mutant with what was noticed, and how many there were."""
    found = {(sign, name): noticed(sign, name) for sign in sorted(shapes()) for name in mutants(sign)}
    for (sign, name), said in found.items():
        print(f"{'noticed ' if said else 'SURVIVES'}  {sign}: {name}: {said}")
    survivors = sum(not said for said in found.values())
    print(f"{len(found) - survivors} of {len(found)} falsified declarations noticed")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
