"""Reads a calendar from plain data, strictly: what cannot be is refused with its place and the way out."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kesu.worktime.parts import (
    STANDARD,
    WEEKDAYS,
    Closure,
    FixedDay,
    ListedDay,
    ListedKind,
    Opening,
    Parts,
    Site,
    Week,
)
from kesu.worktime.said import Name
from kesu.worktime.shifts import ShiftError, Shifts, parse_shift, parse_shifts
from kesu.worktime.strict import (
    CalendarError,
    Where,
    choice_in,
    date_in,
    list_in,
    mapping_in,
    name_in,
    text_in,
)

_Item = TypeVar("_Item")

_TOP = (
    "zone", "version", "known_from", "known_until", "settled_until", "shifts", "week",
    "fixed", "days", "closures", "openings", "sites",
)  # fmt: skip
_NAMES = ("name", "name_en")
MOST_FIXED_DAYS = 60
_ALWAYS = dt.date(1900, 1, 1)


def read_parts(data: object) -> Parts:
    """The parts of the calendar that `data` describes; raises CalendarError. Every scalar is text."""
    top = mapping_in(data, (), _TOP)
    known_until = date_in(top, "known_until", ())
    known_from = date_in(top, "known_from", (), _ALWAYS)
    settled_until = date_in(top, "settled_until", (), known_until)
    _check_span_of_knowledge(known_from, known_until, settled_until)
    parts = Parts(
        zone=_zone(text_in(top, "zone", ())),
        version=text_in(top, "version", ()),
        known_from=known_from,
        known_until=known_until,
        settled_until=settled_until,
        shifts=_standard_shifts(top.get("shifts", ()), ("shifts",)),
        week=_week(top.get("week", {}), ("week",)),
        fixed=_fixed_days(top),
        days=read_days(top.get("days", ()), ("days",)),
        closures=_closures(top, ()),
        openings=_openings(top, ()),
        sites=_sites(top),
    )
    _check_somebody_works(parts.week, [*parts.days, *parts.openings], ("week",))
    for name, site in parts.sites.items():
        if site.week is not None:
            _check_somebody_works(site.week, [*parts.days, *site.openings], ("sites", name, "week"))
    return parts


def read_days(data: object, where: Where) -> tuple[ListedDay, ...]:
    """The listed days in `data`, a list of {date, kind, name, name_en, note}, in order of date."""
    days = [_listed_day(entry, (*where, at)) for at, entry in enumerate(list_in(data, where))]
    _refuse_doubles([day.date for day in days], where)
    return tuple(sorted(days, key=lambda day: day.date))


def _listed_day(data: object, where: Where) -> ListedDay:
    entry = mapping_in(data, where, ("date", "kind", *_NAMES, "note"))
    kind = choice_in(text_in(entry, "kind", where), [kind.value for kind in ListedKind], (*where, "kind"))
    return ListedDay(
        date_in(entry, "date", where),
        ListedKind(kind),
        name_in(entry, where),
        text_in(entry, "note", where, ""),
    )


def _fixed_days(top: Mapping[str, object]) -> tuple[FixedDay, ...]:
    days = [
        _fixed_day(entry, ("fixed", at)) for at, entry in enumerate(list_in(top.get("fixed", ()), ("fixed",)))
    ]
    if len(days) > MOST_FIXED_DAYS:
        raise CalendarError(
            ("fixed",),
            Name(f"每年固定节日多达{len(days)}天", f"{len(days)} fixed festivals a year are too many"),
            Name(
                f"最多写{MOST_FIXED_DAYS}天，只在某一年放假的写进 days 或 closures",
                f"name at most {MOST_FIXED_DAYS}, and what is off for one year under days or closures",
            ),
        )
    _refuse_doubles([f"{day.month:02d}-{day.day:02d}" for day in days], ("fixed",))
    return tuple(sorted(days, key=lambda day: (day.month, day.day)))


def _fixed_day(data: object, where: Where) -> FixedDay:
    entry = mapping_in(data, where, ("day", "since", *_NAMES))
    text = text_in(entry, "day", where)
    try:
        # A leap year, so that 29 February can be named.
        day = dt.date.fromisoformat(f"2000-{text}")
    except ValueError:
        raise CalendarError(
            (*where, "day"),
            Name(f"“{text}”不是一年中的某一天", f'"{text}" is no day of the year'),
            Name("按月-日写，如 05-01", "write month and day, like 05-01"),
        ) from None
    return FixedDay(day.month, day.day, date_in(entry, "since", where, _ALWAYS), name_in(entry, where))


def _closures(data: Mapping[str, object], where: Where) -> tuple[Closure, ...]:
    place = (*where, "closures")
    closures = [
        _closure(entry, (*place, at)) for at, entry in enumerate(list_in(data.get("closures", ()), place))
    ]
    return tuple(
        sorted(closures, key=lambda closure: (closure.first, closure.last, closure.between or (0, 0)))
    )


def _closure(data: object, where: Where) -> Closure:
    entry = mapping_in(data, where, ("from", "to", "between", *_NAMES))
    first = date_in(entry, "from", where)
    last = date_in(entry, "to", where, first)
    if last < first:
        raise CalendarError(
            where,
            Name(
                f"停止办公的结束日 {last} 早于开始日 {first}", f"the closure ends on {last}, before {first}"
            ),
            Name("对调 from 与 to", "swap from and to"),
        )
    between = text_in(entry, "between", where, "")
    closed = _shifts(lambda: parse_shift(between), (*where, "between")) if between else None
    return Closure(first, last, closed, name_in(entry, where))


def _openings(data: Mapping[str, object], where: Where) -> tuple[Opening, ...]:
    place = (*where, "openings")
    openings = [
        _opening(entry, (*place, at)) for at, entry in enumerate(list_in(data.get("openings", ()), place))
    ]
    _refuse_doubles([opening.date for opening in openings], place)
    return tuple(sorted(openings, key=lambda opening: opening.date))


def _opening(data: object, where: Where) -> Opening:
    entry = mapping_in(data, where, ("date", "shifts", *_NAMES))
    shifts = _shift_list(entry.get("shifts", ()), (*where, "shifts"))
    return Opening(date_in(entry, "date", where), shifts, name_in(entry, where))


def _sites(top: Mapping[str, object]) -> dict[str, Site]:
    sites = top.get("sites", {})
    if not isinstance(sites, Mapping):
        raise CalendarError(
            ("sites",),
            Name("sites 不是一组“名称: 值”", "sites are not a mapping"),
            Name("把每个场所写在它的名称之下", "write each site under its name"),
        )
    return {str(name): _site(data, ("sites", str(name))) for name, data in sites.items()}


def _site(data: object, where: Where) -> Site:
    entry = mapping_in(data, where, ("zone", "shifts", "week", "closures", "openings"))
    zone = text_in(entry, "zone", where, "")
    return Site(
        zone=_zone(zone, where) if zone else None,
        shifts=_standard_shifts(entry["shifts"], (*where, "shifts")) if "shifts" in entry else None,
        week=_week(entry["week"], (*where, "week")) if "week" in entry else None,
        closures=_closures(entry, where),
        openings=_openings(entry, where),
    )


def _week(data: object, where: Where) -> Week:
    week = mapping_in(data, where, WEEKDAYS)
    return Week(tuple(_weekday(week.get(name, ()), (*where, name)) for name in WEEKDAYS))


def _weekday(data: object, where: Where) -> Shifts | None:
    return None if data == STANDARD else _shift_list(data, where)


def _standard_shifts(data: object, where: Where) -> Shifts:
    shifts = _shift_list(data, where)
    if not shifts:
        raise CalendarError(
            where,
            Name(
                "没有任何上班时间，期限永远走不完",
                "there is no shift at all, so that no working time ever passes",
            ),
            Name(
                "写明工作日的上班时间，如 09:00-12:00 和 13:00-18:00",
                "give the shifts of a working day, like 09:00-12:00 and 13:00-18:00",
            ),
        )
    return shifts


def _shift_list(data: object, where: Where) -> Shifts:
    texts = list_in(data, where)
    return _shifts(lambda: parse_shifts(str(text) for text in texts), where)


def _shifts(read: Callable[[], _Item], where: Where) -> _Item:
    try:
        return read()
    except ShiftError as error:
        raise CalendarError(where, error.problem, error.remedy) from None


def _zone(name: str, where: Where = ()) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CalendarError(
            (*where, "zone"),
            Name(f"没有“{name}”这个时区", f'"{name}" is no time zone'),
            Name("写 IANA 时区名，如 Asia/Shanghai", "write a name of the IANA list, like Asia/Shanghai"),
        ) from None
    return name


def _check_span_of_knowledge(known_from: dt.date, known_until: dt.date, settled_until: dt.date) -> None:
    if known_until < known_from:
        raise CalendarError(
            ("known_until",),
            Name(
                f"已知范围止于 {known_until}，早于起点 {known_from}",
                f"the calendar is known until {known_until}, before it is first known on {known_from}",
            ),
            Name("写明放假安排已知的最后一天", "give the last day whose schedule is known"),
        )
    if not known_from <= settled_until <= known_until:
        raise CalendarError(
            ("settled_until",),
            Name(
                f"{settled_until} 不在 {known_from} 至 {known_until} 之间",
                f"{settled_until} does not lie between {known_from} and {known_until}",
            ),
            Name(
                "写明不会再被下一年安排改动的最后一天", "give the last day that no later schedule will alter"
            ),
        )


def _check_somebody_works(week: Week, worked: Iterable[ListedDay | Opening], where: Where) -> None:
    if any(shifts is None or shifts for shifts in week.days):
        return
    if not any(isinstance(day, Opening) or day.kind is ListedKind.WORK for day in worked):
        raise CalendarError(
            where,
            Name(
                "一周七天都不上班，也没有单独列出的上班日，任何期限都不会到期",
                "no weekday is worked and no single day either, so that nothing would ever fall due",
            ),
            Name(
                "写明每周哪几天上班，如 monday: standard", "name the weekdays worked, like monday: standard"
            ),
        )


def _refuse_doubles(dates: Sequence[object], where: Where) -> None:
    seen: set[object] = set()
    for at, date in enumerate(dates):
        if date in seen:
            raise CalendarError(
                (*where, at),
                Name(f"{date} 重复出现", f"{date} stands here a second time"),
                Name("两处留一处", "keep one of the two"),
            )
        seen.add(date)
