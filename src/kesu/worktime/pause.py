"""Pauses: while one lasts the clock of a duty stands still."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kesu.reading.text import Text
from kesu.worktime.fault import Fault
from kesu.worktime.local_time import local_moment, tick_of


class PauseError(Fault):
    """A pause that cannot be."""


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still from `start` up to `end` (aware moments); without an end it still does."""

    start: dt.datetime
    end: dt.datetime | None
    reason: str

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or (self.end is not None and self.end.tzinfo is None):
            raise PauseError(
                Text(f"自 {self.start} 起的暂停没有时区", f"the pause from {self.start} has no time zone"),
                Text("起止都要带时区", "give both its ends one"),
            )
        if self.end is not None and self.end <= self.start:
            raise PauseError(
                Text(
                    f"自 {self.start} 起的暂停止于 {self.end}，并不晚于开始",
                    f"the pause from {self.start} ends at {self.end}, not after it begins",
                ),
                Text("改正其中一个", "correct one of them"),
            )


class Stretch(NamedTuple):
    """Positions (ticks or day ordinals) between which nothing is counted: above `after`, up to `until`."""

    after: int
    until: int | None
    reason: str


def stretches_of_time(pauses: Sequence[Pause]) -> list[Stretch]:
    """The pauses as ticks, joined where they meet, in order."""
    stretches = [
        Stretch(tick_of(pause.start), None if pause.end is None else tick_of(pause.end), pause.reason)
        for pause in pauses
    ]
    return _joined(stretches)


def stretches_of_days(pauses: Sequence[Pause], zone: ZoneInfo) -> list[Stretch]:
    """The pauses as day ordinals: a local day is not counted when the clock stands still at its end.

    So a pause costs as many days as it has midnights, and one that begins and ends within a day costs none.
    """
    stretches = []
    for start, end, reason in stretches_of_time(pauses):
        after = local_moment(start, zone).toordinal() - 1
        until = None if end is None else local_moment(end, zone).toordinal() - 1
        if until is None or until > after:
            stretches.append(Stretch(after, until, reason))
    return _joined(stretches)


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda one: one.after):
        last = joined[-1] if joined else None
        if last is None or (last.until is not None and last.until < stretch.after):
            joined.append(stretch)
            continue
        reasons = last.reason.split(" / ") if last.reason else []
        reason = last.reason if stretch.reason in reasons else " / ".join([*reasons, stretch.reason])
        until = None if last.until is None or stretch.until is None else max(last.until, stretch.until)
        joined[-1] = Stretch(last.after, until, reason)
    return joined
