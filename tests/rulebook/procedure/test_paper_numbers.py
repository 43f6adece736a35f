"""A clause is cited by the number that its paper prints; ours, by which it stands in the catalogue, is for the catalogue."""

from __future__ import annotations

import pytest

from kesu.procedure.written.library import here
from kesu.procedure.written.paper_numbers import paper_number, paper_numbers


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("A03-4.2.2.1", "4.2.2.1"),
        ("A03-4.2.1.1a", "4.2.1.1"),
        ("B21-S10.2a2", "10.2"),
        ("B21-A5.1.3b", "5.1.3"),
        ("A06-15", "7.9.5"),  # this paper restates another, whose numbers people know
        ("A06-2", ""),  # and of itself it numbers nothing
        ("T-51", "T-51"),  # no id of the catalogue: an organisation cites as it likes
    ],
)
def test_the_number_is_that_of_the_paper(ours: str, theirs: str) -> None:
    assert paper_number(ours) == theirs


def test_parts_of_one_clause_are_cited_once_and_what_has_no_number_not_at_all() -> None:
    assert paper_numbers(["A03-4.2.3.5b", "A03-4.2.3.5c", "A06-2", "A06-17"]) == ["4.2.3.5", "7.9.6"]


def test_where_a_rule_holds_clauses_of_several_papers_those_of_its_own_are_shown() -> None:
    laboratory = here().load("lab-pd-007")
    assert laboratory.own_paper == "A03"
    assert laboratory.own_clauses(("A03-3.1.4", "E08-3.1e")) == ("A03-3.1.4",)
    assert laboratory.own_clauses(("E08-4.6b", "A03-4.1.6b")) == ("A03-4.1.6b",)
    assert laboratory.own_clauses(("E08-3.1e", "X01-2", "E08-4")) == ("E08-3.1e", "E08-4")
    assert laboratory.own_clauses(()) == ()
