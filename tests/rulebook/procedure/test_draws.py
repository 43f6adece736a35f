"""The draw: the same for everybody, whatever the order in which the population is listed."""

from __future__ import annotations

import hashlib
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from kesu.procedure.history.draws import drawn

populations = st.lists(st.text(min_size=1, max_size=8), max_size=60)
sizes = st.integers(1, 70)


def test_it_is_the_smallest_sha_256_of_seed_line_feed_and_item() -> None:
    items = [f"P-{number}" for number in range(100)]
    by_hand = sorted(items, key=lambda item: hashlib.sha256(f"2026-1\n{item}".encode()).hexdigest())
    assert drawn(items, seed="2026-1", size=5) == tuple(by_hand[:5])
    assert drawn(items, seed="2026-1", size=3) == ("P-18", "P-4", "P-93")


@settings(max_examples=80, derandomize=True, deadline=None)
@given(populations, st.text(max_size=5), sizes, st.randoms(use_true_random=False))
def test_the_order_of_the_population_and_items_listed_twice_change_nothing(
    population: list[str], seed: str, size: int, random: Random
) -> None:
    other = [*population, *population[::2]]
    random.shuffle(other)
    assert drawn(other, seed=seed, size=size) == drawn(population, seed=seed, size=size)


@settings(max_examples=80, derandomize=True, deadline=None)
@given(populations, st.text(max_size=5), sizes)
def test_so_many_are_drawn_each_once_and_a_larger_draw_holds_the_smaller(
    population: list[str], seed: str, size: int
) -> None:
    found = drawn(population, seed=seed, size=size)
    assert len(found) == len(set(found)) == min(size, len(set(population)))
    assert set(found) <= set(population)
    assert drawn(population, seed=seed, size=size + 1)[: len(found)] == found


@settings(max_examples=40, derandomize=True, deadline=None)
@given(populations.filter(bool), st.text(max_size=5), sizes)
def test_who_was_not_drawn_may_leave_without_changing_the_draw(
    population: list[str], seed: str, size: int
) -> None:
    found = drawn(population, seed=seed, size=size)
    assert drawn(found, seed=seed, size=size) == found


def test_the_seed_decides() -> None:
    items = [f"P-{number}" for number in range(100)]
    assert len({drawn(items, seed=str(seed), size=5) for seed in range(20)}) == 20
