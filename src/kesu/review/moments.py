"""Times as logs write them, made aware of their zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from kesu.reading.text import Text

from .mapping import Times
from .rows import Cell


class NoMoment(ValueError):
    """The cell holds no time in any of the forms that the mapping names; `reason` tells why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def moment(cell: Cell, *, times: Times) -> datetime:
    """The instant in a cell, in the zone of the mapping. Raises NoMoment.

    A written offset is believed; without one the mapping's zone holds. A local time that a change of clocks makes
    double is its first occurrence.
    """
    if isinstance(cell, datetime):
        return _placed(cell, times)
    return _read(cell.strip(), times)


@lru_cache(maxsize=4096)  # logs repeat few texts, but adjacent rows often share one
def _read(text: str, times: Times) -> datetime:
    for form in times.written:
        try:
            return _placed(_by_form(text, form, times), times)
        except NoMoment:
            raise
        except (ValueError, OverflowError):
            continue
    forms = "、".join(times.written), ", ".join(times.written)
    raise NoMoment(
        Text(
            f"不是时间；映射文件允许的格式：{forms[0]}", f"is no time in the forms of the mapping: {forms[1]}"
        )
    )


def _by_form(text: str, form: str, times: Times) -> datetime:
    if form == "iso":
        if len(text) == 10:
            return _alone(date.fromisoformat(text), times)
        return datetime.fromisoformat(text)
    when = datetime.strptime(text, form)
    return _alone(when.date(), times) if "%H" not in form and "%I" not in form and "%X" not in form else when


def _alone(day: date, times: Times) -> datetime:
    if times.day_alone == "refuse":
        raise NoMoment(
            Text(
                "只有日期，没有时刻；可在映射文件里写 day alone: end",
                "a date without a time; the mapping may say “day alone: end”",
            )
        )
    midnight = datetime.combine(day, time())
    return midnight if times.day_alone == "start" else midnight + timedelta(days=1, seconds=-1)


def _placed(when: datetime, times: Times) -> datetime:
    if not 1900 <= when.year <= 2200:
        raise NoMoment(Text("年份不在 1900 到 2200 之间", "the year is not between 1900 and 2200"))
    aware = when.replace(tzinfo=times.zone) if when.tzinfo is None else when
    return aware.astimezone(times.zone)
