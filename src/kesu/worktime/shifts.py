"""Shifts: the stretches of a day in which an office works, in minutes from local midnight."""

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kesu.reading.text import Text
from kesu.worktime.fault import Fault

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")


class ShiftError(Fault):
    """A shift that cannot be."""


class Shift(NamedTuple):
    """One stretch of work, from `opens` up to `closes` (minutes from midnight, 0 to 1440)."""

    opens: int
    closes: int

    def __str__(self) -> str:
        return f"{clock_text(self.opens)}-{clock_text(self.closes)}"


Shifts = tuple[Shift, ...]


def clock_text(minutes: int) -> str:
    """`minutes` from midnight as hh:mm; 1440 is 24:00."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def parse_shift(text: str) -> Shift:
    """Read "09:00-12:00". The end may be 24:00; a shift never runs over midnight. Raises ShiftError."""
    opens, dash, closes = text.strip().partition("-")
    if not dash:
        raise ShiftError(
            Text(f"“{text}”不是一段上班时间", f"“{text}” is no shift"),
            Text("写明起止，如 09:00-12:00", "write its start and end, like 09:00-12:00"),
        )
    shift = Shift(_minutes(opens, text), _minutes(closes, text))
    if shift.opens == shift.closes:
        raise ShiftError(
            Text(f"上班时间“{text}”起止相同", f"shift “{text}” ends when it begins"),
            Text("把结束时间写晚些，或删去这一段", "give it a later end or leave it out"),
        )
    if shift.opens > shift.closes:
        raise ShiftError(
            Text(f"上班时间“{text}”的结束早于开始", f"shift “{text}” ends before it begins"),
            Text(
                "夜班请分两段写：前一天到 24:00，次日从 00:00 起",
                "write a night shift as two, one up to 24:00 and one from 00:00 of the next day",
            ),
        )
    return shift


def _minutes(text: str, shift: str) -> int:
    clock = _TIME.fullmatch(text.strip())
    if clock is None:
        raise ShiftError(
            Text(
                f"上班时间“{shift}”里的“{text.strip()}”不是时刻",
                f"“{text.strip()}” in shift “{shift}” is no time",
            ),
            Text("按时:分写，00:00 至 24:00", "write hours and minutes, 00:00 to 24:00"),
        )
    return 1440 if clock[1] is None else int(clock[1]) * 60 + int(clock[2])


def parse_shifts(texts: Iterable[str]) -> Shifts:
    """Read the shifts of a day, in any order; two that overlap are refused, two that touch are not."""
    shifts = tuple(sorted(parse_shift(text) for text in texts))
    for before, after in itertools.pairwise(shifts):
        if after.opens < before.closes:
            raise ShiftError(
                Text(f"上班时间 {before} 与 {after} 重叠", f"shifts {before} and {after} overlap"),
                Text("让前一段在后一段开始前结束", "let one end before the other begins"),
            )
    return shifts


def without(shifts: Sequence[Shift], closed: Shift) -> Shifts:
    """What is left of `shifts` when the stretch `closed` is taken out."""
    kept: list[Shift] = []
    for shift in shifts:
        head = Shift(shift.opens, min(shift.closes, closed.opens))
        tail = Shift(max(shift.opens, closed.closes), shift.closes)
        kept.extend(piece for piece in (head, tail) if piece.opens < piece.closes)
    return tuple(kept)
