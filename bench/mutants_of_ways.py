"""Are examples and kept ways a specification? Each mutant opens a way round; an example or `ways.txt` has to notice.

A step of the shortest way is no longer asked for; a step is given to everybody; “not known” is an answer everywhere; a waiver
is for any post, ground and time; the gate of the end is lifted for a rule.

    python -m bench.mutants_of_ways [PROCEDURE …]   of every procedure where none is named; exit status 1 when fewer than nineteen in twenty are noticed
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from kesu.casework.examples.stories import Example
from kesu.casework.examples.trying import exemplified, tried
from kesu.procedure.shapes.abilities import SaysWho, WantsFacts
from kesu.procedure.shapes.shape import END
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule
from kesu.ways.by_post import by_each_post
from kesu.ways.exhaustive import Exhausted
from kesu.ways.openings import openings
from kesu.ways.survey import START, KeptWay, ways_to_the_ends
from kesu.worktime.china import china_calendar

WANTED: Final = 0.95
CALENDAR: Final = china_calendar()


@dataclass(frozen=True, slots=True)
class Mutant:
    """A procedure with one way round opened, and what was done to it."""

    change: str
    procedure: Procedure


def mutants(real: Procedure, ways: Iterable[KeptWay]) -> Iterator[Mutant]:
    """Every mutant of a procedure."""
    yield from _step_not_asked_for(real, ways)
    for rule in real.rules:
        says_who = rule.able(SaysWho)
        if says_who is not None and says_who.says_who_takes() and rule.bars and says_who.posts_named():
            yield Mutant(f"given to everybody: {rule.name}", _without(real, {rule.name}))
        if rule.waiver is not None:
            posts = tuple(real.posts)
            wide = replace(rule, waiver=replace(rule.waiver, posts=posts, grounds=(), after=()))
            yield Mutant(f"waiver widened: {rule.name}", _with(real, wide))
        if END in rule.shape.asked() and rule.bars:
            yield Mutant(f"end gate lifted: {rule.name}", _with(real, replace(rule, excepted=real.ends)))
    for name, step in real.steps.items():
        if step.word.own_work and step.asks and step.unknown != step.asks:
            open_ = replace(step, unknown=step.asks)
            yield Mutant(f"not known allowed: {name}", replace(real, steps={**real.steps, name: open_}))


def _step_not_asked_for(real: Procedure, ways: Iterable[KeptWay]) -> Iterator[Mutant]:
    """For each step of a way the procedure without the rules that want it done before something else."""
    taken = dict.fromkeys(taken.step for way in ways for taken in way.steps)
    for step in taken:
        wanting = {rule.name for rule in real.rules if _wants_before(rule, step)}
        if wanting:
            yield Mutant(f"no longer asked for: {step}", _without(real, wanting))


def _wants_before(rule: Rule, step: str) -> bool:
    shape = rule.shape
    order = not shape.about_persons and rule.able(WantsFacts) is None and rule.bars
    return order and step in shape.speaks_of().steps and shape.asked() != (step,)


def _without(real: Procedure, names: set[str]) -> Procedure:
    return replace(real, rules=tuple(rule for rule in real.rules if rule.name not in names))


def _with(real: Procedure, other: Rule) -> Procedure:
    return replace(real, rules=tuple(other if rule.name == other.name else rule for rule in real.rules))


def noticed(mutant: Mutant, kept: object, examples: Iterable[Example]) -> bool:
    """Whether what is kept is another, or an example no longer holds."""
    if _kept(mutant.procedure) != kept:
        return True
    return any(tried(mutant.procedure, example, calendar=CALENDAR) for example in examples)


def _ways(procedure: Procedure) -> list[KeptWay]:
    return list(ways_to_the_ends(procedure, Exhausted(0, 0), calendar=CALENDAR))


def _kept(procedure: Procedure) -> object:
    """What `ways.txt` keeps, save what takes long: the orders of steps and the dead ends."""
    posts = list(by_each_post(procedure, calendar=CALENDAR, start=START))
    return _ways(procedure), posts, list(openings(procedure))


def main(names: list[str]) -> int:
    """Prints the survivors and the rate."""
    library, all_, survivors = here(), 0, 0
    for name in names or library.names():
        procedure, listed = exemplified(library, name)
        kept = _kept(procedure)
        for mutant in mutants(procedure, _ways(procedure)):
            all_ += 1
            if not noticed(mutant, kept, listed):
                survivors += 1
                print(f"survives  {name}: {mutant.change}")
    rate = 1 - survivors / all_ if all_ else 0.0
    print(f"{all_ - survivors} of {all_} mutants noticed: {rate:.1%} (wanted: {WANTED:.0%})")
    return 0 if rate >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
