"""The arithmetic of lines: exact, by article, and not to be fooled by splitting or spelling."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kesu.procedure.kinds.line_sums import (
    MOST_LINES,
    Difference,
    Line,
    differing,
    exceeding,
    number_text,
    read_lines,
    total,
    units,
)

MILK = {"article": "milk", "quantity": "3", "price": "19.90"}
figures = st.decimals("0.000001", "999999999999999", places=6).map(lambda one: format(one, "f"))
lines = st.builds(
    Line, st.sampled_from(["milk", "Milk ", "tea", "奶"]), figures.map(Decimal), figures.map(Decimal)
)


def test_a_list_is_read_as_exact_numbers() -> None:
    assert read_lines([MILK, {"article": "tea", "quantity": "0.5"}]) == (
        Line("milk", Decimal(3), Decimal("19.90")),
        Line("tea", Decimal("0.5")),
    )
    assert read_lines([]) == ()


@pytest.mark.parametrize(
    "value",
    [
        None,
        "milk",
        {"article": "milk"},
        ["milk"],
        [{"article": "milk"}],
        [MILK | {"article": " "}],
        [MILK | {"article": 3}],
        [MILK | {"quantity": "0"}],
        [MILK | {"quantity": "-1"}],
        [MILK | {"quantity": "1e3"}],
        [MILK | {"quantity": "３"}],
        [MILK | {"quantity": 3}],
        [MILK | {"quantity": "NaN"}],
        [MILK | {"quantity": "1" * 16}],
        [MILK | {"price": None}],
        [MILK | {"price": "-0.01"}],
        [MILK | {"colour": "white"}],
        [MILK] * (MOST_LINES + 1),
    ],
)
def test_what_is_no_list_of_lines_is_none(value: object) -> None:
    assert read_lines(value) is None


def test_units_and_total() -> None:
    found = read_lines([MILK, MILK | {"quantity": "0.5", "price": "0"}]) or ()
    assert (units(found), total(found)) == (Decimal("3.5"), Decimal("59.70"))
    assert (units(()), total(())) == (Decimal(0), Decimal(0))
    assert total((Line("milk", Decimal(1)),)) is None


def test_where_two_lists_differ() -> None:
    given_, approved = (Line("Milk", Decimal(11)), Line("tea", Decimal(1))), (Line("milk", Decimal(10)),)
    assert differing(given_, approved) == (
        Difference("Milk", Decimal(11), Decimal(10)),
        Difference("tea", Decimal(1), Decimal(0)),
    )
    assert exceeding(approved, given_) == ()
    assert differing(approved, given_) == (
        Difference("milk", Decimal(10), Decimal(11)),
        Difference("tea", Decimal(0), Decimal(1)),
    )


@pytest.mark.parametrize(
    ("amount", "said"), [("10", "10"), ("1E+1", "10"), ("10.00", "10"), ("0.50", "0.5"), ("0.00", "0")]
)
def test_numbers_are_written_plainly(amount: str, said: str) -> None:
    assert number_text(Decimal(amount)) == said


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(lines, max_size=20), st.randoms(use_true_random=False))
def test_order_and_splitting_change_nothing(found: list[Line], random: Random) -> None:
    mixed = [half for line in found for half in _halves(line)]
    random.shuffle(mixed)
    assert differing(mixed, found) == exceeding(mixed, found) == ()
    assert units(mixed) == units(found)
    assert total(mixed) == total(found)


def _halves(line: Line) -> list[Line]:
    step = Decimal("0.000001")
    if line.quantity <= step:
        return [line]
    return [Line(line.article, step, line.price), Line(line.article, line.quantity - step, line.price)]


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(lines, max_size=10), st.lists(lines, max_size=10))
def test_what_neither_list_exceeds_does_not_differ(one: list[Line], other: list[Line]) -> None:
    same = not exceeding(one, other) and not exceeding(other, one)
    assert same is (not differing(one, other))
