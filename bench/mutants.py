"""`make mutants`: are the examples a specification? Each mutant changes one thing; an example has to notice.

For every rule: it is dropped; each limit in it is moved by one unit, up and down (a day, an hour, a fen, one time); each
post in it is swapped for another. A mutant is caught when an example that holds under the real rules no longer does.
The kept side of a dropped rule's own pair does not count: that a rule which is gone says nothing proves nothing.

    python -m bench.mutants [PROCEDURE …]     exit status 1 when fewer than nine in ten are caught
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from typing import Any, Final

from kesu.casework.examples.stories import Example
from kesu.casework.examples.trying import exemplified, tried
from kesu.procedure import words
from kesu.procedure.when import Condition, When
from kesu.procedure.written.library import Library, here
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule
from kesu.reading.strict import ReadError
from kesu.worktime.china import china_calendar
from kesu.worktime.span import Span, SpanError

WANTED: Final = 0.9
FEN: Final = Decimal("0.01")
SHOWN_ONLY: Final = {"owner", "aim"}  # who is reminded, and the earlier aim: no verdict depends on them
CALENDAR: Final = china_calendar()


@dataclass(frozen=True, slots=True)
class Mutant:
    """A procedure in which one rule is another one (or gone, when `rule` is None)."""

    of: Rule
    change: str
    rule: Rule | None

    @property
    def key(self) -> tuple[str, str, str]:
        """The same mutant of an inherited rule has the same key in every procedure that inherits it."""
        return (self.of.origin, self.of.name, self.change)

    def procedure(self, real: Procedure) -> Procedure:
        """The whole procedure with this one change."""
        changed = [self.rule if rule.name == self.of.name else rule for rule in real.rules]
        return replace(real, rules=tuple(rule for rule in changed if rule is not None))


def mutants(procedure: Procedure) -> Iterator[Mutant]:
    """Every mutant of every rule."""
    posts = tuple(procedure.posts)
    for rule in procedure.rules:
        yield Mutant(rule, "dropped", None)
        for change, shape in _variants(rule.shape, posts):
            yield Mutant(rule, change, replace(rule, shape=shape))
        for change, when in _of_when(rule.when):
            yield Mutant(rule, change, replace(rule, when=when))


def _variants(value: Any, posts: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """What a value could be instead, by one unit or one post: spans, amounts, counts, posts, and what holds them."""
    match value:
        case Span():
            yield from _moved(value)
        case bool():
            return
        case Decimal():
            yield from ((f"{value} → {other}", other) for other in (value - FEN, value + FEN))
        case int():
            yield from ((f"{value} → {other}", other) for other in (value - 1, value + 1) if other > 0)
        case str() if value in posts:
            other = posts[(posts.index(value) + 1) % len(posts)]
            yield f"{value} → {other}", other
        case tuple() if value and _posts_only(value, posts):
            yield from _swapped(value, posts)
        case tuple():
            yield from _of_items(value, posts)
        case _ if is_dataclass(value) and not isinstance(value, type):
            yield from _of_fields(value, posts)


def _posts_only(held: tuple[Any, ...], posts: tuple[str, ...]) -> bool:
    return all(isinstance(one, str) and one in posts for one in held)


def _of_items(held: tuple[Any, ...], posts: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for place, item in enumerate(held):
        for change, other in _variants(item, posts):
            yield change, (*held[:place], other, *held[place + 1 :])


def _of_fields(value: Any, posts: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for field in fields(value):
        if field.init and field.name not in SHOWN_ONLY:
            for change, other in _variants(getattr(value, field.name), posts):
                yield change, replace(value, **{field.name: other})


def _moved(span: Span) -> Iterator[tuple[str, Span]]:
    for step in (-1, 1):
        try:
            other = replace(span, amount=span.amount + step)
        except SpanError:
            continue  # nothing is shorter than one
        yield f"{span} → {other}", other


def _swapped(held: tuple[str, ...], posts: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each post of the tuple for the next one of the procedure that is not in it."""
    for place, post in enumerate(held):
        start = posts.index(post)
        others = [posts[(start + turn) % len(posts)] for turn in range(1, len(posts))]
        other = next((one for one in others if one not in held), None)
        if other is not None:
            yield f"{post} → {other}", (*held[:place], other, *held[place + 1 :])


def _of_when(when: When) -> Iterator[tuple[str, When]]:
    """The limits that narrow a rule: an amount of money moves by a fen, another number by one."""
    for place, condition in enumerate(when.conditions):
        if condition.test not in ("over", "under", "at least", "up to"):
            continue
        unit = FEN if words.facts()[condition.word].kind == "money" else Decimal(1)
        limit = Decimal(condition.values[0])
        for other in (limit - unit, limit + unit):
            moved = Condition(condition.word, condition.test, (str(other),))
            conditions = (*when.conditions[:place], moved, *when.conditions[place + 1 :])
            yield f"when {condition.word} {condition.test} {limit} → {other}", When(conditions)


def caught(mutant: Mutant, real: Procedure, examples: Iterable[Example]) -> bool:
    """Whether an example notices. Those of the rule itself are tried first."""
    procedure = mutant.procedure(real)
    ordered = sorted(examples, key=lambda example: example.rule != mutant.of.name)
    return any(
        tried(procedure, example, calendar=CALENDAR) for example in ordered if _counts(mutant, example)
    )


def _counts(mutant: Mutant, example: Example) -> bool:
    return mutant.rule is not None or not example.kept or example.rule != mutant.of.name


def survey(library: Library, names: Iterable[str]) -> Mapping[tuple[str, str, str], bool]:
    """Each mutant of these procedures, and whether the examples of any of them catch it."""
    found: dict[tuple[str, str, str], bool] = {}
    for name in names:
        procedure, listed = exemplified(library, name)
        held = [example for example in listed if not tried(procedure, example, calendar=CALENDAR)]
        for mutant in mutants(procedure):
            if not found.get(mutant.key):
                found[mutant.key] = bool(held) and caught(mutant, procedure, held)
    return found


def main(names: list[str]) -> int:
    """Prints the survivors and the rate."""
    library = here()
    try:
        found = survey(library, names or library.names())
    except ReadError as error:
        print(error, file=sys.stderr)
        return 2
    survivors = sorted(key for key, was_caught in found.items() if not was_caught)
    for origin, rule, change in survivors:
        print(f"survives  {origin}: {rule}: {change}")
    rate = 1 - len(survivors) / len(found) if found else 0.0
    print(f"{len(found) - len(survivors)} of {len(found)} mutants caught: {rate:.1%} (wanted: {WANTED:.0%})")
    return 0 if rate >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
