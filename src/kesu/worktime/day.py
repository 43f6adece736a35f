"""What a calendar says of one day: whether it is worked, when, and why."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from kesu.reading.text import NO_TEXT, Text
from kesu.worktime.shifts import Shifts


class DayKind(StrEnum):
    """Why a day is worked or not."""

    ORDINARY = "ordinary working day"
    REST = "rest day of the week"
    HOLIDAY = "day off by the year's schedule"
    FESTIVAL = "statutory festival day"
    MAKE_UP = "make-up working day"
    CLOSURE = "closed by the organisation"
    OPENING = "extra opening"


class Knowledge(StrEnum):
    """How far a day is settled: by data, by data that the next schedule may alter, or by guess."""

    KNOWN = "known"
    UNSETTLED = "unsettled"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Day:
    """One local day, not worked exactly when it has no shifts; `partly` names a closure of a part of it."""

    date: dt.date
    kind: DayKind
    name: Text
    shifts: Shifts
    knowledge: Knowledge
    partly: Text | None = None

    @property
    def works(self) -> bool:
        """Whether anybody works on this day."""
        return bool(self.shifts)

    @property
    def is_rest(self) -> bool:
        """Whether it is a rest day or holiday by law or week; an organisation's own closure is not."""
        return self.kind in (DayKind.REST, DayKind.HOLIDAY, DayKind.FESTIVAL)

    @property
    def is_festival(self) -> bool:
        """Whether it is a statutory festival day itself, not a day off around it."""
        return self.kind is DayKind.FESTIVAL

    @property
    def label(self) -> Text:
        """Why the day is special, in both languages; empty for an ordinary working day."""
        if self.partly is not None:
            return _named(Text("部分时段停止办公", "closed for part of the day"), self.partly)
        match self.kind:
            case DayKind.ORDINARY:
                return NO_TEXT
            case DayKind.REST:
                weekend = self.date.weekday() >= 5
                return Text("周末", "weekend") if weekend else Text("休息日", "rest day")
            case DayKind.HOLIDAY | DayKind.FESTIVAL:
                if not self.name.zh:
                    return Text("放假", "holiday")
                return Text(f"{self.name.zh}假期", f"{self.name.en} holiday")
            case DayKind.MAKE_UP:
                if not self.name.zh:
                    return Text("调休上班", "make-up working day")
                return Text(f"{self.name.zh}调休上班", f"make-up working day for {self.name.en}")
            case DayKind.CLOSURE:
                return _named(Text("本单位停止办公", "closed"), self.name)
            case DayKind.OPENING:
                return _named(Text("本单位临时上班", "extra opening"), self.name)


def _named(what: Text, name: Text) -> Text:
    return Text(f"{what.zh}（{name.zh}）", f"{what.en} ({name.en})") if name.zh else what
