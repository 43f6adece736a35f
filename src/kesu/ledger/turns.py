"""When each loop of this process last did its work, for whoever watches over the server."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

_last: Final[dict[str, datetime]] = {}


def expect(loops: Iterable[str], now: datetime) -> None:
    """From now on these loops take turns."""
    _last.update(dict.fromkeys(loops, now))


def note_turn(loop: str, now: datetime) -> None:
    """A loop did its work; one that nobody expects is not watched."""
    if loop in _last:
        _last[loop] = now


def last_turns() -> dict[str, datetime]:
    """The loops that are expected, with the last turn that came out well, or when they began."""
    return dict(_last)
