"""A whole case by every paper of the library, from registering to its end, through the pages: by the buttons that the desk offers.

Ten papers are driven always, in Chinese on SQLite and in English on PostgreSQL; KESU_PAPERS=all takes every one. A step that
is signed is not driven yet: the journey knows no passwords.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from django.db import connection
from tests.pages.conftest import Clock, copy_of, database_with
from tests.pages.papers import Journey

from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.demo.kept_stories import KeptStory
from kesu.demo.library_house import Played, founded_library_house, stories_to_play
from kesu.demo.stories import held_elsewhere
from kesu.procedure.written.library import here
from kesu.worktime.china import china_calendar

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
DRIVEN = (
    "agreed-result", "appeals-and-complaints", "approved-by-management", "assessed-and-assigned", "authorised-return",
    "axes-and-recusal", "case-library", "classed-and-graded", "complaint-year", "confirmed-solution",
)  # fmt: skip
PAPERS = [
    name
    for name in here().names()
    if name in DRIVEN
    or (
        os.environ.get("KESU_PAPERS") == "all"
        and name not in held_elsewhere()
        and (here().find(name) / "examples.yaml").is_file()
        and "extends" in here().own(name)
    )
]


@cache
def told() -> dict[str, KeptStory]:
    """The story of each paper, and of those that they open."""
    return stories_to_play(here(), held_elsewhere(), calendar=china_calendar(), now=NOW)


@pytest.fixture(scope="module")
def house_of_the_library(django_test_environment: None, django_db_blocker: Any) -> Iterator[str]:
    """A database with that house, without cases."""

    def found() -> None:
        founded_library_house(told(), library=here(), calendar=china_calendar())

    with database_with(found, django_db_blocker) as name:
        yield name


@pytest.fixture
def fresh_database(house_of_the_library: str, django_db_blocker: Any) -> Iterator[None]:
    """A copy of it, thrown away afterwards."""
    with copy_of(house_of_the_library, django_db_blocker):
        yield


@pytest.mark.parametrize("paper", PAPERS)
def test_whoever_presses_the_buttons_of_the_desk_brings_a_case_to_its_end(
    fresh_database: None, clock: Clock, paper: str
) -> None:
    language = "zh" if connection.vendor == "sqlite" else "en"
    row = Journey(Played(told()[paper]), told(), clock, language).go()
    assert row.ended is not None
    assert rebuild(check=True) == []
