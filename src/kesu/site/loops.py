"""What has to happen without anybody asking: duties that fall late, entries that want sealing.

One thread beside the web server runs them, every twenty seconds. A failure is logged and the next turn comes
all the same; all are safe to run twice, in several processes too.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import close_old_connections
from django.utils import timezone

from kesu.caseload.acting.clock import clock
from kesu.desk.who.door import forget_old
from kesu.desk.who.sessions import SessionStore
from kesu.ledger import turns
from kesu.ledger.logs import note_logs
from kesu.ledger.seal import seal_due

PAUSE = 20.0  # seconds between two turns


def tidy(now: datetime) -> None:
    """Takes away what has run out and that nobody asks for any more: sessions, wrong passwords of yesterday."""
    SessionStore.clear_expired()
    forget_old(now)


LOOPS: Mapping[str, Callable[[datetime], object]] = {
    "clock": lambda now: clock(now=now),
    "seal": seal_due,
    "logs": note_logs,
    "tidy": tidy,
}

log = logging.getLogger(__name__)


def turn(*, now: datetime, loops: Mapping[str, Callable[[datetime], object]] = LOOPS) -> list[str]:
    """One turn of every loop; the names of those that failed. Their traces are in the log."""
    failed = []
    for name, loop in loops.items():
        close_old_connections()
        try:
            loop(now)
            turns.note_turn(name, now)
        except Exception:  # whatever it is, the other loop and the next turn must not suffer from it
            log.exception("the loop “%s” failed; it is tried again in %d seconds", name, PAUSE)
            failed.append(name)
        finally:
            close_old_connections()
    return failed


def start(*, pause: float = PAUSE) -> threading.Thread:
    """Starts the thread. It ends with its process."""
    turns.expect(LOOPS, timezone.now())
    thread = threading.Thread(target=_run, args=(pause,), name="kesu loops", daemon=True)
    thread.start()
    return thread


def _run(pause: float) -> None:
    stop = threading.Event()
    while True:
        turn(now=timezone.now())
        stop.wait(pause)
