"""The clocks of this machine: what it says the time is, and for how long it has been running.

The wall clock can be set, wrongly too. Beside it the kernel counts the seconds since the machine was started, which
nobody can set: as long as it is not started anew, the two have to go on together.
"""

from __future__ import annotations

import ctypes
import os
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
UNSYNCHRONISED: Final = 0x40  # STA_UNSYNC of adjtimex(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The wall clock, in UTC; the seconds that the machine has been running by then, asleep too; and which start of it that was."""

    wall: datetime
    running: float
    boot: str


def reading() -> Reading:
    """Both clocks at this moment."""
    return Reading(wall=now(), running=_running(), boot=_BOOT)


def now() -> datetime:
    """What the wall clock says, right or wrong."""
    return datetime.now(UTC)


def is_kept_by_a_time_service() -> bool:
    """Whether the kernel knows of a time service that keeps the wall clock; no where it cannot say so."""
    if not sys.platform.startswith("linux"):
        return False
    asked = (ctypes.c_long * 64)()  # struct timex with modes = 0: only asks
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.byref(asked))
    except (OSError, AttributeError):
        return False
    status = ctypes.cast(asked, ctypes.POINTER(ctypes.c_int))[_STATUS // ctypes.sizeof(ctypes.c_int)]
    return 0 <= state < _ERROR and not status & UNSYNCHRONISED


_ERROR: Final = 5  # TIME_ERROR
_STATUS: Final = ctypes.sizeof(ctypes.c_long) * 5  # offset of the status in struct timex


def _running() -> float:
    """Seconds since the start of the machine; of the process at least, where the system does not count those asleep."""
    boot_time = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot_time is None else time.clock_gettime(boot_time)


def _boot() -> str:
    """A name that this start of the machine has and no other; where there is none, one that only this process has."""
    try:
        return BOOT.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return f"process {os.getpid()}-{os.urandom(8).hex()}"


_BOOT: Final = _boot()
