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
    """Beside its own file, or, of an overlay that no file can be judged by alone, beside one that is written on it."""
    shown = {
        (told(name)[0].by_name[example.rule].origin, example.rule)
        for name in NAMES
        for example in told(name)[1]
    }
    without = {
        name: [
            rule.name
            for rule in told(name)[0].rules
            if rule.origin == name
            and not rule.of_steps  # test_posts holds them, step by step and post by post
            and not _waits_for_an_end_that_never_comes(rule, told(name)[0])
            and (name, rule.name) not in shown
        ]
        for name in NAMES
    }
    assert {name: rules for name, rules in without.items() if rules} == {}


def _waits_for_an_end_that_never_comes(rule: Rule, procedure: Procedure) -> bool:
    """A standing programme opens files and never ends; that they are opened is shown at the office."""
    return rule.shape.asked() == (END,) and not procedure.ends


ROWS = {  # the clauses of each document, as the paper has been read
    "A01": 27,
    "A02": 21,
    "A03": 119,
    "A04": 18,
    "A05": 28,
    "A06": 34,
    "A07": 23,
    "A11": 31,
    "A12": 29,
    "A13": 4,
    "A14": 26,
    "A15": 32,
    "A16": 20,
    "A08": 32,
    "A09": 32,
    "A10": 31,
    "B01": 32,
    "B02": 32,
    "B03": 30,
    "B04": 18,
    "B05": 32,
    "B06": 28,
    "B07": 32,
    "B08": 32,
    "B10": 22,
    "B15": 30,
    "B18": 34,
    "B21": 154,
    "B14": 31,
    "C01": 63,
    "E01": 16,
    "D01": 85,
    "D02": 43,
    "E02": 31,
    "E03": 19,
    "E04": 18,
    "E05": 25,
    "E06": 32,
    "E07": 13,
    "E08": 33,
    "E09": 33,
    "E10": 29,
    "B12": 36,
    "B13": 45,
    "B17": 25,
    "B20": 27,
    "B09": 23,
    "B11": 16,
    "B16": 16,
    "B19": 26,
    "ISO10002": 26,
    "ISO17020": 12,
    "ISO17065": 9,
    "RBT214": 7,
    "GMP": 12,
    "CFR211.198": 7,
    "ISO13485": 10,
    "ISO9001": 6,
    "IATF": 9,
    "ISO20000": 7,
}


def test_every_clause_in_force_is_held_and_shown_by_a_pair() -> None:
    rows = clause_rows(here())
    assert Counter(row["document"] for row in rows) == ROWS
    assert [row["id"] for row in rows if missing(row)] == []


def test_at_most_three_in_a_hundred_of_the_clauses_that_bind_are_outside() -> None:
    binding = {
        clause.id for clause in read_catalogue(here().roots[0] / FILE) if {*clause.modality} & {"M", "S"}
    }
    outside = [row["id"] for row in clause_rows(here()) if row["id"] in binding and row["how"] == "outside"]
    assert len(binding) > 250
    assert len(outside) <= 0.03 * len(binding), outside
