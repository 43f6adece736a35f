"""The Merkle tree of RFC 9162: known answers, and laws against a slow tree written from the definition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.office.ledger.trees import root_by_definition

from kesu.ledger.merkle import Growing, NotInTree, Tree
from kesu.ledger.offline.kesu_verify import root_by_proof

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


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_of_the_classic_leaves(size: int) -> None:
    tree = Growing()
    tree.extend(LEAVES[:size])
    root = tree.root().hex()
    assert (root[:8], root[-4:]) == ROOTS[size - 1]
    assert root == root_by_definition(LEAVES[:size]).hex()


def test_the_empty_tree_and_the_tree_of_eight_in_full() -> None:
    tree = Growing()
    assert tree.root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    tree.extend(LEAVES)
    assert tree.root().hex() == EIGHT


leaves = st.lists(st.binary(max_size=4), min_size=1, max_size=70)


@given(st.lists(st.integers(0, 40), max_size=6))
def test_a_tree_that_grows_in_stretches_has_the_root_of_all_its_leaves_after_each(
    stretches: list[int],
) -> None:
    tree, everything = Growing(), list[bytes]()
    for stretch in stretches:
        data = [bytes([stretch, number]) for number in range(stretch)]
        everything += data
        tree.extend(data)
        assert (tree.size, tree.root()) == (len(everything), root_by_definition(everything))
        tree = Growing(size=tree.size, peaks=tree.peaks)


@given(leaves, st.data())
def test_an_inclusion_proof_leads_the_offline_verifier_to_the_root_for_its_own_leaf_and_place_only(
    data: list[bytes], draw: st.DataObject
) -> None:
    place, size, root = draw.draw(st.integers(0, len(data) - 1)), len(data), root_by_definition(data).hex()
    proof = [step.hex() for step in Tree(data).inclusion(place)]
    assert root_by_proof(data[place], place, size, proof) == root
    assert root_by_proof(data[place] + b"x", place, size, proof) != root
    assert root_by_proof(data[place], place, size, [*proof, root]) != root
    assert root_by_proof(data[place], size, size, proof) != root
    if proof:
        assert root_by_proof(data[place], place, size, proof[1:]) != root


def test_a_place_that_the_tree_does_not_have_is_refused() -> None:
    tree = Tree(LEAVES)
    for ask in (lambda: tree.inclusion(8), lambda: tree.inclusion(-1), lambda: Growing(size=3, peaks=[])):
        with pytest.raises(NotInTree):
            ask()
