"""The examples beside the procedures are their specification: each is tried as commands and as a log."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from kesu.casework.examples.stories import Example
from kesu.casework.examples.trying import exemplified, tried
from kesu.cli.clauses import clause_rows, missing
from kesu.procedure.history.act import Act
from kesu.procedure.shapes import END
from kesu.procedure.written.catalogue import FILE, read_catalogue
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule
from kesu.worktime.china import china_calendar

NAMES = here().names()


@cache
def told(name: str) -> tuple[Procedure, tuple[Example, ...]]:
    """A procedure as its examples set it, and these examples."""
    procedure, examples = exemplified(here(), name)
    return procedure, tuple(examples)


def _items() -> Iterator[object]:
    for name in NAMES:
        for place, example in enumerate(told(name)[1]):
            side = "kept" if example.kept else "broken"
            yield pytest.param(name, place, id=f"{name}:{example.line}: {example.name} ({side})")


@pytest.mark.parametrize(("name", "place"), list(_items()))
def test_an_example_comes_out_as_its_name_says_both_ways(name: str, place: int) -> None:
    procedure, examples = told(name)
    assert tried(procedure, examples[place], calendar=china_calendar()) == ""


def _pairs() -> Iterator[object]:
    for name in NAMES:
        examples = told(name)[1]
        for place, (kept, broken) in enumerate(itertools.pairwise(examples)):
            if kept.kept and not broken.kept and kept.line == broken.line:
                yield pytest.param(name, place, id=f"{name}:{kept.line}: {kept.name}")


Line = tuple[object, ...]


def _lines(example: Example) -> list[Line]:
    acts = [*example.given, *([example.judged] if example.judged is not None else [])]
    return [_line(act) for act in acts]


def _line(act: Act) -> Line:
    facts = tuple(sorted((word, str(value)) for word, value in act.facts.items()))
    return (
        act.step,
        act.at,
        act.noted,
        act.by,
        act.post,
        act.behalf,
        act.recorder,
        act.medium,
        act.units,
        facts,
    )


def _differences(one: Line, other: Line) -> int:
    """How many things two lines of the same step say differently; a time is one thing, though noted moves with it."""
    facts, others = dict(one[-1]), dict(other[-1])  # type: ignore[call-overload]
    said = sum(facts.get(word) != others.get(word) for word in {*facts, *others})
    places = (0, 3, 4, 5, 6, 7, 8)
    return said + sum(one[place] != other[place] for place in places) + (one[1:3] != other[1:3])


@pytest.mark.parametrize(("name", "place"), list(_pairs()))
def test_a_pair_differs_by_one_change_also_in_the_acts_that_result(name: str, place: int) -> None:
    kept, broken = told(name)[1][place : place + 2]
    first, second = _lines(kept), _lines(broken)
    if first == second:
        assert (kept.as_of != broken.as_of) != (kept.others != broken.others)
    elif len(first) == len(second):
        changed = [(one, other) for one, other in zip(first, second, strict=True) if one != other]
        assert [_differences(one, other) for one, other in changed] == [1]
    else:
        longer, shorter = sorted((first, second), key=len, reverse=True)
        left = [line for line in longer if line not in shorter]
        assert [line for line in longer if line in shorter] == shorter
        assert len({line[0] for line in left}) == 1


def test_every_rule_has_an_example() -> None:
    without = {
        name: [
            rule.name
            for rule in told(name)[0].rules
            if rule.origin == name
            and not rule.of_steps  # test_posts holds them, step by step and post by post
            and not _waits_for_an_end_that_never_comes(rule, told(name)[0])
            and all(example.rule != rule.name for example in told(name)[1])
        ]
        for name in NAMES
    }
    assert {name: rules for name, rules in without.items() if rules} == {}


def _waits_for_an_end_that_never_comes(rule: Rule, procedure: Procedure) -> bool:
    """A standing programme opens files and never ends; that they are opened is shown at the office."""
    return rule.shape.asked() == (END,) and not procedure.ends


def test_every_clause_in_force_is_held_and_shown_by_a_pair() -> None:
    rows = clause_rows(here())
    assert Counter(row["document"] for row in rows) == {"A03": 119, "A06": 34, "B18": 34, "B21": 154}
    assert [row["id"] for row in rows if missing(row)] == []


def test_at_most_three_in_a_hundred_of_the_clauses_that_bind_are_outside() -> None:
    binding = {
        clause.id for clause in read_catalogue(here().roots[0] / FILE) if {*clause.modality} & {"M", "S"}
    }
    outside = [row["id"] for row in clause_rows(here()) if row["id"] in binding and row["how"] == "outside"]
    assert len(binding) > 250
    assert len(outside) <= 0.03 * len(binding), outside
