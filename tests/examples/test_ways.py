"""The ways kept beside each procedure are what its rules give: a change of a rule shows here what it opens or shuts."""

from __future__ import annotations

import pytest

from kesu.cli.lint import linted
from kesu.cli.ways_kept import kept
from kesu.procedure.written.library import here
from kesu.ways.kept import FILE, kept_text, read_kept


@pytest.mark.parametrize("name", here().names())
def test_the_kept_ways_are_what_the_rules_give(name: str) -> None:
    found = kept(here(), name)
    assert found.there == found.now, f"kesu ways {name} --write, and look at what changed in {found.path}"


@pytest.mark.parametrize("name", here().names())
def test_what_is_kept_is_read_back_whole(name: str) -> None:
    path = here().find(name) / FILE
    survey = read_kept(path)
    assert survey is not None
    assert kept_text(survey) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", here().names())
def test_no_end_is_reached_without_a_clause_that_bars_unless_it_says_why(name: str) -> None:
    assert [text.en for _, _, text in linted(here().find(name))[0]] == []
