"""Which clock is relied on: what each witness says, just within what is allowed and just beyond it."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kesu.ledger import machine_clock
from kesu.ledger.clock_doubt import ClockInDoubt, Doubt, Evidence, Tolerances, doubt_of, expected_at
from kesu.ledger.machine_clock import Reading

NINE = datetime(2026, 3, 2, 1, tzinfo=UTC)
LAST = Reading(wall=NINE, running=1000.0, boot="first")
ALLOWED = Tolerances(step=timedelta(seconds=60), absence=timedelta(hours=72))
MINUTE, YEAR = timedelta(minutes=1), timedelta(days=365)
TEN = timedelta(hours=1)  # from nine on
A_LITTLE = timedelta(milliseconds=1)


def an_hour_later(off: timedelta = timedelta(0), *, boot: str = "first") -> Reading:
    """The clock at ten, off by so much."""
    return Reading(wall=NINE + TEN + off, running=1000.0 + 3600, boot=boot)


@pytest.mark.parametrize(
    ("off", "what"),
    [
        (timedelta(0), None),
        (MINUTE, None),
        (MINUTE + A_LITTLE, "ahead"),
        (timedelta(minutes=10), "ahead"),
        (YEAR, "ahead"),
        (-MINUTE, None),
        (-MINUTE - A_LITTLE, "back"),
        (timedelta(minutes=-10), "back"),
        (-YEAR, "back"),
    ],
)
def test_a_clock_that_was_set_is_told_by_its_own_count(off: timedelta, what: str | None) -> None:
    read = an_hour_later(off)
    expected = Doubt(what=what, clock=read.wall, expected=NINE + TEN) if what else None  # type: ignore[arg-type]
    assert doubt_of(read, Evidence(last=LAST), ALLOWED) == expected


@pytest.mark.parametrize(
    ("off", "is_kept", "what"),
    [
        (timedelta(hours=71), False, None),
        (timedelta(hours=71) + A_LITTLE, False, "absent"),
        (YEAR, False, "absent"),
        (YEAR, True, None),
        (-TEN - MINUTE, False, None),
        (-TEN - MINUTE - A_LITTLE, False, "back"),
        (-YEAR, True, "back"),
    ],
)
def test_after_the_machine_was_started_anew_a_long_absence_wants_a_time_service_or_people(
    off: timedelta, is_kept: bool, what: str | None
) -> None:
    read = replace(an_hour_later(off, boot="second"), running=5.0)
    expected = Doubt(what=what, clock=read.wall, expected=NINE) if what else None  # type: ignore[arg-type]
    assert doubt_of(read, Evidence(last=LAST), ALLOWED, is_kept=is_kept) == expected


@pytest.mark.parametrize(
    ("off", "doubted"), [(MINUTE, False), (MINUTE + A_LITTLE, True), (-MINUTE - A_LITTLE, True)]
)
def test_the_clock_of_the_database_is_a_witness(off: timedelta, doubted: bool) -> None:
    read = an_hour_later()
    database = replace(LAST, wall=NINE - off)
    expected = Doubt(what="database", clock=read.wall, expected=NINE + TEN - off) if doubted else None
    assert doubt_of(read, Evidence(last=LAST, database=database), ALLOWED) == expected


@pytest.mark.parametrize(("ahead", "doubted"), [(MINUTE, False), (MINUTE + A_LITTLE, True)])
def test_what_stands_on_record_is_a_witness(ahead: timedelta, doubted: bool) -> None:
    read = an_hour_later()
    expected = Doubt(what="behind", clock=read.wall, expected=read.wall + ahead) if doubted else None
    assert doubt_of(read, Evidence(newest=read.wall + ahead), ALLOWED) == expected


def test_without_a_witness_a_clock_is_relied_on() -> None:
    assert doubt_of(an_hour_later(), Evidence(), ALLOWED) is None
    assert expected_at(an_hour_later(), None) is None


def test_a_doubt_says_what_is_seen_and_what_to_do() -> None:
    doubt = doubt_of(an_hour_later(YEAR), Evidence(last=LAST), ALLOWED)
    assert doubt is not None
    said = ClockInDoubt(doubt)
    assert said.in_("zh") == (
        "服务器的时钟是 2027-03-02 02:00:00+00:00，而从上次可信时数起应是 2026-03-02 02:00:00+00:00：时钟被拨快了。"
        "在此之前什么也不写入、不封存。请管理服务器的人校准时钟（启用时间服务 NTP）；"
        "若现在的时钟是对的，由管理员和另一人各用自己的登录在“时钟”页确认"
    )
    assert said.in_("en") == str(said)
    assert str(said).startswith(
        "the server's clock says 2027-03-02 02:00:00+00:00, but counted on from when it was last relied on it should say"
        " 2026-03-02 02:00:00+00:00: it was put forward; until then nothing is written or sealed. "
    )


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "America/New_York"])
def test_the_zone_of_the_machine_and_its_summer_time_do_not_move_the_clock(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = machine_clock.reading()
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        after = machine_clock.reading()
    finally:
        monkeypatch.undo()
        time.tzset()
    assert after.wall.tzinfo is UTC
    assert doubt_of(after, Evidence(last=before), ALLOWED) is None


def test_both_clocks_go_on_together() -> None:
    first, second = machine_clock.reading(), machine_clock.reading()
    assert first.boot == second.boot != ""
    assert 0 <= second.running - first.running < 60
    assert abs(time.time() - second.wall.timestamp()) < 60
    assert machine_clock.is_kept_by_a_time_service() in (True, False)
    assert os.path.exists("/proc/uptime") is False or second.running > 0
