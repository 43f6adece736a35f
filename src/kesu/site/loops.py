"""What has to happen without anybody asking: duties that fall late, entries that want sealing.

One thread beside the web server runs them, every twenty seconds. A failure is logged and the next turn comes
all the same; all are safe to run twice, in several processes too. What has to wait for others, by mail or over the network,
has a thread of its own, so that nothing here waits for them.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import close_old_connections
from django.utils import timezone

from kesu.caseload.acting.clock import clock
from kesu.caseload.acting.unused_files import destroy_strays, tidy_files
from kesu.caseload.rows.following import follow_everywhere
from kesu.desk.who.form_drafts import forget_old_drafts
from kesu.desk.who.sessions import SessionStore
from kesu.ledger import turns
from kesu.ledger.clock_doubt import ClockWrong
from kesu.ledger.clock_watch import look_around, require_clock
from kesu.ledger.logs import note_logs
from kesu.ledger.seal import seal_due
from kesu.people.guessing import forget_old
from kesu.upkeep.giving_away import give_due

PAUSE = 20.0  # seconds between two turns
PAUSE_OUTSIDE = 60.0  # of those that ask others


def tidy(now: datetime) -> None:
    """Takes away what has run out and that nobody asks for any more: sessions, wrong passwords, files and forms that nobody sent."""
    SessionStore.clear_expired()
    forget_old(now)
    forget_old_drafts(now)
    tidy_files(now)


def by_a_right_clock(loop: Callable[[datetime], object]) -> Callable[[datetime], object]:
    """The loop, which stops before it writes anything when the time is in doubt (ClockInDoubt)."""

    def held(now: datetime) -> object:
        require_clock(now)
        return loop(now)

    return held


LOOPS: Mapping[str, Callable[[datetime], object]] = {
    "clock": by_a_right_clock(lambda now: clock(now=now)),
    "search": lambda _: follow_everywhere(),
    "seal": by_a_right_clock(seal_due),
    "logs": by_a_right_clock(note_logs),
    "tidy": by_a_right_clock(tidy),
}

OUTSIDE: Mapping[str, Callable[[datetime], object]] = {"give away": by_a_right_clock(give_due)}

AT_FIRST: Mapping[str, Callable[[datetime], object]] = {"strays": lambda _: destroy_strays()}

log = logging.getLogger(__name__)


def turn(*, now: datetime, loops: Mapping[str, Callable[[datetime], object]] = LOOPS) -> list[str]:
    """One turn of every loop; the names of those that failed. Their traces are in the log."""
    failed = []
    for name, loop in loops.items():
        close_old_connections()
        try:
            loop(now)
            turns.note_turn(name, now)
        except ClockWrong as wrong:
            log.error("the loop “%s” stands still: %s", name, wrong)
            failed.append(name)
        except Exception:  # whatever it is, the other loop and the next turn must not suffer from it
            log.exception("the loop “%s” failed; it is tried again in %d seconds", name, PAUSE)
            failed.append(name)
        finally:
            close_old_connections()
    return failed


def start(*, pause: float = PAUSE) -> threading.Thread:
    """Starts the threads; the one of the loops. They end with their process."""
    turns.expect(LOOPS, timezone.now())
    thread = threading.Thread(target=_run, args=(pause,), name="kesu loops", daemon=True)
    thread.start()
    threading.Thread(target=_run_outside, name="kesu outside", daemon=True).start()
    return thread


def _run_outside() -> None:
    stop = threading.Event()
    while not stop.wait(PAUSE_OUTSIDE):
        turn(now=timezone.now(), loops=OUTSIDE)


def _run(pause: float) -> None:
    stop = threading.Event()
    turn(now=timezone.now(), loops=AT_FIRST)
    while True:
        _look_around()
        turn(now=timezone.now())
        stop.wait(pause)


def _look_around() -> None:
    """What the others say of the time, before anything is done by it."""
    try:
        look_around()
    except Exception:  # the turn that comes now says what is the matter with the database
        log.exception("the clock could not be held against others")
    finally:
        close_old_connections()
