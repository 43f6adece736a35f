"""A clock that a test can set, at the one place where the house reads it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kesu.ledger import clock_watch, machine_clock

REAL = machine_clock.now


class MovedClock:
    """The clock of this machine, off by `off`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.off = timedelta(0)
        self._monkeypatch = monkeypatch

    def now(self) -> datetime:
        return REAL() + self.off

    def another_process(self, *, boot: str | None = None) -> None:
        """What this process knew of the time is forgotten; `boot`: the machine was started anew as well."""
        self._monkeypatch.setattr(clock_watch, "_known", clock_watch._Known())
        if boot is not None:
            self._monkeypatch.setattr(machine_clock, "_BOOT", boot)


@contextmanager
def moved_clock(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[MovedClock]:
    """The clock as a test may set it; what was seen of it is kept in `folder`."""
    moved = MovedClock(monkeypatch)
    with monkeypatch.context() as patched:
        patched.setattr(machine_clock, "now", moved.now)
        patched.setattr(clock_watch, "clock_seen_path", lambda: folder / "clock-seen")
        patched.setattr(clock_watch, "_known", clock_watch._Known())
        yield moved
