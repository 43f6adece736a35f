"""The watch over the clock: nothing is written or sealed by one that is contradicted, and it goes on when it is right again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from tests.office.ledger.moved_clock import MovedClock, moved_clock
from tests.office.ledger.writers import NINE, entry, write

from kesu.ledger import clock_watch, machine_clock
from kesu.ledger.clock_doubt import ClockInDoubt
from kesu.ledger.clock_watch import (
    clock_doubt,
    look_around,
    rely_on,
    require_clock,
    steady_now,
)
from kesu.ledger.models import Checkpoint, Entry
from kesu.ledger.seal import seal
from kesu.site import loops

YEAR = timedelta(days=365)


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MovedClock]:
    """A clock that a test can set; what was seen of it stands in a folder of its own."""
    with moved_clock(monkeypatch, tmp_path) as moved:
        monkeypatch.setattr("django.utils.timezone.now", moved.now)
        yield moved


@pytest.mark.parametrize("off", [YEAR, timedelta(minutes=10), timedelta(minutes=-10), -YEAR])
def test_a_clock_that_is_set_writes_and_seals_nothing_until_it_is_right_again(
    fresh_database: None, clock: MovedClock, off: timedelta
) -> None:
    write("case/1", entry("received"))
    look_around()
    clock.off = off
    with pytest.raises(ClockInDoubt):
        write("case/1", entry("registered"), expected=1)
    with pytest.raises(ClockInDoubt):
        seal("lab", NINE)
    assert (Entry.objects.count(), Checkpoint.objects.count()) == (1, 0)
    clock.off = timedelta(0)
    write("case/1", entry("registered"), expected=1)
    assert seal("lab", NINE) is not None


def test_a_time_that_somebody_read_before_is_held_against_the_clock_too(clock: MovedClock) -> None:
    now = machine_clock.now()
    require_clock(now)
    with pytest.raises(ClockInDoubt):
        require_clock(now + YEAR)


def test_each_loop_stands_still_and_says_so(
    db: None, clock: MovedClock, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loops, "close_old_connections", lambda: None)
    assert loops.turn(now=machine_clock.now() + YEAR) == ["clock", "seal", "logs", "tidy"]
    assert [record.getMessage()[:40] for record in caplog.records] == [
        "the loop “clock” stands still: the serve",
        "the loop “seal” stands still: the server",
        "the loop “logs” stands still: the server",
        "the loop “tidy” stands still: the server",
    ]


def test_what_was_seen_is_kept_for_the_next_process_and_those_beside(db: None, clock: MovedClock) -> None:
    look_around()
    kept = json.loads(clock_watch.clock_seen_path().read_text())
    assert sorted(kept) == ["boot", "kesu", "running", "wall"]
    assert clock_watch.clock_seen_path().stat().st_mode & 0o777 == 0o600
    clock.another_process()
    clock.off = timedelta(minutes=5)
    doubt = clock_doubt()
    assert doubt is not None
    assert doubt.what == "ahead"


def test_who_seals_notes_the_clock_too(fresh_database: None, clock: MovedClock) -> None:
    """So that the first server over a home that commands have made knows of the time."""
    write("case/1", entry("received"))
    assert not clock_watch.clock_seen_path().exists()
    seal("lab", NINE)
    assert clock_watch.clock_seen_path().exists()


def test_after_a_start_of_the_machine_a_clock_that_went_back_is_seen(db: None, clock: MovedClock) -> None:
    look_around()
    clock.another_process(boot="second")
    clock.off = timedelta(minutes=-5)
    doubt = clock_doubt()
    assert doubt is not None
    assert doubt.what == "back"


def test_a_wrong_clock_is_never_noted_as_relied_on(db: None, clock: MovedClock) -> None:
    look_around()
    before = clock_watch.clock_seen_path().read_text()
    clock.off = YEAR
    look_around()
    assert clock_watch.clock_seen_path().read_text() == before


def test_who_vouches_for_the_clock_in_another_process_is_heard_in_this_one(
    db: None, clock: MovedClock
) -> None:
    look_around()
    clock.off = YEAR
    assert clock_doubt() is not None
    here = clock_watch._known.last
    rely_on(machine_clock.reading())  # as the other process does
    clock_watch._known.last = here
    clock_watch._known.database = None  # which would still speak against it
    assert clock_doubt() is None


def test_time_that_is_counted_steadily_does_not_jump(clock: MovedClock) -> None:
    require_clock()
    clock.off = YEAR
    assert abs(steady_now() - (machine_clock.now() - YEAR)) < timedelta(seconds=30)
    clock.off = timedelta(0)
    assert abs(steady_now() - machine_clock.now()) < timedelta(seconds=30)


@pytest.mark.parametrize("torn", ["", "{", "[]", '{"wall": 3}', "\xff"])
def test_a_file_that_cannot_be_read_is_as_if_there_were_none(clock: MovedClock, torn: str) -> None:
    clock_watch.clock_seen_path().write_text(torn, encoding="latin-1")
    assert clock_doubt() is None


def test_the_clock_of_a_database_server_is_asked(db: None, clock: MovedClock) -> None:
    look_around()
    if connection.vendor != "postgresql":
        assert clock_watch._known.database is None
        return
    asked = clock_watch._known.database
    assert asked is not None
    assert abs(asked.wall - machine_clock.now()) < timedelta(seconds=30)
    clock_watch._known.database = replace(asked, wall=asked.wall + timedelta(minutes=5))
    doubt = clock_doubt()
    assert doubt is not None
    assert doubt.what == "database"
