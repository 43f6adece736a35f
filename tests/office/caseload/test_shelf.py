"""Editions are kept by what they cost and shared by their text; whoever has not put one in force does not get it."""

from __future__ import annotations

import pytest
from tests.office.caseload.office import Office

from kesu.caseload.folded.books import NotInForce, procedure_by_digest
from kesu.caseload.folded.shelf import Shelf
from kesu.people.directory import directory_of


def test_what_was_longest_not_wanted_goes_when_the_texts_are_too_long() -> None:
    shelf: Shelf[str] = Shelf(str.upper, characters=6)
    assert [shelf.put(text, text) for text in ("aa", "bb", "cc")] == ["AA", "BB", "CC"]
    assert shelf.get("aa") == "AA"
    shelf.put("dd", "dd")
    assert [shelf.get(text) for text in ("aa", "bb", "cc", "dd")] == ["AA", None, "CC", "DD"]


def test_a_text_longer_than_the_shelf_is_kept_alone() -> None:
    shelf: Shelf[str] = Shelf(str.upper, characters=3)
    shelf.put("a", "a")
    assert shelf.put("long", "longer") == "LONGER"
    assert (shelf.get("a"), shelf.get("long")) == (None, "LONGER")


def test_a_text_is_made_once() -> None:
    made: list[str] = []
    shelf: Shelf[int] = Shelf(lambda text: len(made.append(text) or made), characters=9)
    assert (shelf.put("a", "a"), shelf.put("a", "a"), made) == (1, 1, ["a"])


def test_two_organisations_share_one_edition_of_the_same_text(office: Office) -> None:
    (edition,) = directory_of("hengce").editions["office-trial"]
    (other,) = directory_of("hengce-2").editions["office-trial"]
    assert edition.digest == other.digest
    assert procedure_by_digest("hengce", edition.digest) is procedure_by_digest("hengce-2", other.digest)


def test_an_edition_that_is_kept_for_one_is_not_given_to_an_organisation_that_never_had_it(
    office: Office,
) -> None:
    (edition,) = directory_of("hengce").editions["office-trial"]
    procedure_by_digest("hengce", edition.digest)
    with pytest.raises(NotInForce):
        procedure_by_digest("nobody", edition.digest)
