"""The Merkle tree of RFC 9162: known answers, and laws against a slow tree written from the definition."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kesu.ledger.merkle import Growing, NotInTree, Tree, consistent, includes

LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    ("6e340b9c", "a01d"),
    ("fac54203", "c125"),
    ("aeb6bcfe", "6e77"),
    ("d37ee418", "14b7"),
    ("4e3bbb1f", "64d4"),
    ("76e67dad", "87ef"),
    ("ddb89be4", "4c8c"),
    ("5dc9da79", "4328"),
]
EIGHT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def by_definition(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162, 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + by_definition(leaves[:k]) + by_definition(leaves[k:])).digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_of_the_classic_leaves(size: int) -> None:
    root = Tree(LEAVES[:size]).root().hex()
    assert (root[:8], root[-4:]) == ROOTS[size - 1]
    assert root == by_definition(LEAVES[:size]).hex()


def test_the_empty_tree_and_the_tree_of_eight_in_full() -> None:
    assert Tree([]).root().hex() == hashlib.sha256(b"").hexdigest()
    assert Growing().root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert Tree(LEAVES).root().hex() == EIGHT


leaves = st.lists(st.binary(max_size=4), min_size=1, max_size=70)


@given(leaves)
def test_a_growing_tree_has_the_same_root_at_every_size(data: list[bytes]) -> None:
    tree = Growing()
    for size, leaf in enumerate(data, 1):
        tree.add(leaf)
        assert tree.root() == by_definition(data[:size]) == Tree(data[:size]).root()
        tree = Growing(size=tree.size, peaks=tree.peaks)


@given(leaves, st.data())
def test_an_inclusion_proof_holds_for_its_own_leaf_place_size_and_root_only(
    data: list[bytes], draw: st.DataObject
) -> None:
    tree, place = Tree(data), draw.draw(st.integers(0, len(data) - 1))
    path, root, size = tree.inclusion(place), tree.root(), len(data)
    assert includes(data=data[place], place=place, size=size, path=path, root=root)
    assert not includes(data=data[place] + b"x", place=place, size=size, path=path, root=root)
    assert not includes(data=data[place], place=place, size=size, path=[*path, root], root=root)
    assert not includes(data=data[place], place=size, size=size, path=path, root=root)
    assert not includes(data=data[place], place=place, size=size, path=path, root=bytes(32))
    if path:
        assert not includes(data=data[place], place=place, size=size, path=path[1:], root=root)


@given(leaves, st.data())
def test_a_consistency_proof_holds_for_the_true_beginning_only(
    data: list[bytes], draw: st.DataObject
) -> None:
    tree, earlier = Tree(data), draw.draw(st.integers(1, len(data)))
    first, second, path, size = (
        by_definition(data[:earlier]),
        tree.root(),
        tree.consistency(earlier),
        len(data),
    )
    assert consistent(earlier=earlier, first=first, size=size, second=second, path=path)
    assert not consistent(earlier=earlier, first=bytes(32), size=size, second=second, path=path)
    assert not consistent(earlier=earlier, first=first, size=size, second=bytes(32), path=path)
    assert not consistent(earlier=earlier, first=first, size=size, second=second, path=[*path, first])


def test_a_place_that_the_tree_does_not_have_is_refused() -> None:
    tree = Tree(LEAVES)
    for ask in (lambda: tree.inclusion(8), lambda: tree.consistency(0), lambda: Growing(size=3, peaks=[])):
        with pytest.raises(NotInTree):
            ask()


@given(st.lists(st.integers(0, 40), max_size=6))
def test_leaves_added_many_at_a_time_give_the_same_tree(stretches: list[int]) -> None:
    many, one = Growing(), Growing()
    for stretch in stretches:
        data = [bytes([number]) for number in range(stretch)]
        many.extend(data)
        for leaf in data:
            one.add(leaf)
        assert (many.size, many.peaks, many.root()) == (one.size, one.peaks, one.root())
