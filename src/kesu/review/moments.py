"""Times as logs write them, made aware of their zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from kesu.reading.text import Text
from kesu.worktime.table import FIRST_YEAR

from .mapping import MILLISECONDS, NUMBERS, SECONDS, SERIAL, Times
from .numbers import narrow
from .rows import Cell

LAST_YEAR: Final = 2200  # a limit may lie some years later, and has to be within what worktime counts
EPOCH: Final = datetime(1970, 1, 1)
SERIAL_EPOCH: Final = datetime(1899, 12, 30)  # of a spreadsheet, after its twenty-ninth of February 1900
HALF_DAY: Final = re.compile(r"(上午|下午) ?(\d{1,2})(?=[:时点])")
MIDNIGHT: Final = re.compile(r"(?<![\d:])24(:00|时00分)(:00(\.0+)?|00秒)?(?![\d:])")
CLOCK: Final = re.compile(r"(\d{1,2})[:时点](?:(\d{1,2})(?:[:分](?:(\d{1,2})(?:\.\d+)?秒?)?)?)?")
NUMBER: Final = re.compile(r"\d+(\.\d+)?(E\+?\d+)?")
NONES: Final = frozenset(
    {"-", "--", "—", "——", "/", "\\", "?", "？", "无", "NULL", "null", "N/A", "n/a", "None", "nan", "."}
)


class NoMoment(ValueError):
    """The cell holds no time in any of the forms that the mapping names; `reason` tells why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def moment(cell: Cell, *, times: Times) -> datetime:
    """The instant in a cell, in the zone of the mapping. Raises NoMoment.

    A written offset is believed; without one the mapping's zone holds. A local time that a change of clocks makes
    double is its first occurrence. What cannot mean two things is read as it stands: figures and signs of full width,
    24:00, 上午 and 下午, seconds where the form ends with minutes.
    """
    if isinstance(cell, datetime):
        return _placed(cell, times)
    if isinstance(cell, date):
        return _placed(_alone(cell, times), times)
    return _read(cell.strip(), times)


def moment_of_two(day: Cell, clock: Cell, *, times: Times) -> datetime:
    """The instant of a date and a time of day that stand in two cells; without a time, as for a day alone. Raises NoMoment."""
    text = _narrow(clock) if isinstance(clock, str) else _clock_of(clock).isoformat()
    if not text or text in times.none:
        return moment(day, times=times)
    whole = moment(day, times=Times(times.zone, times.written, "start", times.none, times.year))
    local = whole.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    if MIDNIGHT.fullmatch(text):
        return _placed(_end_of(local.date()), times)
    parts = CLOCK.fullmatch(text)
    try:
        if parts is None:
            return _placed(datetime.combine(local.date(), time.fromisoformat(text)), times)
        hour, minute, second = (int(part or 0) for part in parts.groups())
        return _placed(local.replace(hour=hour, minute=minute, second=second), times)
    except ValueError:
        raise NoMoment(Text(f"“{text}”不是一天中的时刻", f"“{text}” is no time of day")) from None


def _clock_of(clock: date) -> time:
    return clock.time() if isinstance(clock, datetime) else time()


@lru_cache(maxsize=4096)  # logs repeat few texts, but adjacent rows often share one
def _read(text: str, times: Times) -> datetime:
    when = _by_forms(text, times)
    if when is None:
        plain, over = _end_of_day(_narrow(text))
        when = _by_forms(plain, times) if plain != text else None
        when = when if when is None or not over else _end_of(when.date())
    if when is None:
        raise NoMoment(_no_form(text, times))
    return _placed(when, times)


def _by_forms(text: str, times: Times) -> datetime | None:
    for form in times.written:
        try:
            return _by_form(text, form, times)
        except NoMoment:
            raise
        except (ValueError, OverflowError):
            continue
    return None


def _by_form(text: str, form: str, times: Times) -> datetime:
    if form == "iso":
        if len(text) > 8 and text.isdigit():  # an instant has a sign between its date and its time
            raise ValueError(text)
        if (
            len(text) <= 10
        ):  # every way of writing an instant is longer, every way of writing a day alone is not
            return _alone(date.fromisoformat(text), times)
        return datetime.fromisoformat(text)
    if form in NUMBERS:
        return _by_number(text, form, times)
    if times.year is not None and "%Y" not in form and "%y" not in form:
        text, form = f"{times.year} {text}", f"%Y {form}"
    try:
        when = datetime.strptime(text, form)
    except ValueError:
        if not form.endswith("%M"):
            raise
        when = datetime.strptime(text, f"{form}:%S")
    return _alone(when.date(), times) if "%H" not in form and "%I" not in form and "%X" not in form else when


def _by_number(text: str, form: str, times: Times) -> datetime:
    if NUMBER.fullmatch(text) is None:
        raise ValueError(text)
    if form != SERIAL:
        since = timedelta(seconds=float(text)) if form == SECONDS else timedelta(milliseconds=float(text))
        return (EPOCH + since).replace(tzinfo=UTC)
    when = SERIAL_EPOCH + timedelta(seconds=round(float(text) * 86_400))
    return when if "." in text else _alone(when.date(), times)


def _narrow(text: str) -> str:
    """The text in half width, without characters that nobody sees, its 上午 and 下午 told in hours from 0 to 23."""
    return HALF_DAY.sub(_hour, narrow(text))


def _hour(half_day: re.Match[str]) -> str:
    half, hour = half_day.group(1), int(half_day.group(2))
    if half == "上午" and hour > 12:
        return half_day.group(0)  # it says two things, so nothing reads it
    return str(hour % 12 + (12 if half == "下午" else 0) if hour <= 12 else hour)


def _end_of_day(text: str) -> tuple[str, bool]:
    """The text with 24:00 as 00:00, and whether it stood there: the end of the day that is written."""
    found = MIDNIGHT.search(text)
    if found is None:
        return text, False
    return text[: found.start()] + "00" + text[found.start() + 2 :], True


def _no_form(text: str, times: Times) -> Text:
    zh, en = "、".join(times.written), ", ".join(times.written)
    hint = _hint(text)
    return Text(
        f"不是时间；映射文件允许的格式：{zh}{hint.zh}",
        f"is no time in the forms of the mapping: {en}{hint.en}",
    )


def _hint(text: str) -> Text:
    """What the text may be, and how the mapping would say so."""
    if text in NONES:
        return Text(
            f'；如果表示没有时间，请在 times 里写 none: ["{text}"]',
            f'; if it means that there is no time, write none: ["{text}"] under “times”',
        )
    form = _number_form(text)
    if form is not None:
        return Text(
            f"；像是{NUMBER_FORMS[form].zh}，请在 written 里加上 {form}",
            f"; it looks like {NUMBER_FORMS[form].en}: add “{form}” to “written”",
        )
    return Text("", "")


def _number_form(text: str) -> str | None:
    if NUMBER.fullmatch(text) is None:
        return None
    value = float(text)
    for form, (least, most) in LIKELY.items():
        if least <= value < most:
            return form
    return None


LIKELY: Final = {SERIAL: (20_000, 80_000), SECONDS: (10**8, 10**10), MILLISECONDS: (10**11, 10**13)}
NUMBER_FORMS: Final = {
    SERIAL: Text("电子表格的日期序号", "the serial number that a spreadsheet has for a date"),
    SECONDS: Text("1970 年以来的秒数", "seconds since 1970"),
    MILLISECONDS: Text("1970 年以来的毫秒数", "milliseconds since 1970"),
}


def _alone(day: date, times: Times) -> datetime:
    if times.day_alone == "refuse":
        raise NoMoment(
            Text(
                "只有日期，没有时刻；可在映射文件里写 day alone: end",
                "a date without a time; the mapping may say “day alone: end”",
            )
        )
    return datetime.combine(day, time()) if times.day_alone == "start" else _end_of(day)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59))


def _placed(when: datetime, times: Times) -> datetime:
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise NoMoment(
            Text(
                f"年份不在 {FIRST_YEAR} 到 {LAST_YEAR} 之间",
                f"the year is not between {FIRST_YEAR} and {LAST_YEAR}",
            )
        )
    aware = when.replace(tzinfo=times.zone) if when.tzinfo is None else when
    return aware.astimezone(times.zone)
