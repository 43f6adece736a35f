"""Reads a calendar, strictly: what cannot be is refused with its place and the way out."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kesu.reading.keys import Keys, scalars
from kesu.reading.strict import Node, Scalar, Series, fault, suggestion
from kesu.reading.text import Text
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
from kesu.worktime.shifts import ShiftError, Shifts, parse_shift, parse_shifts

_Item = TypeVar("_Item")

# A schedule that a spreadsheet saved has 2027/1/1; others write 2027.1.1 or 2027年1月1日.
_DATE = re.compile(r"(\d{4})[-/.\u5e74](\d{1,2})[-/.\u6708](\d{1,2})\u65e5?")
_KINDS = {kind.value: kind for kind in ListedKind}
_KINDS_ZH = {
    **dict.fromkeys(("休", "休息", "放假"), ListedKind.OFF),
    **dict.fromkeys(("班", "上班"), ListedKind.WORK),
    **dict.fromkeys(("节", "法定节日"), ListedKind.FESTIVAL),
}
MOST_FIXED_DAYS = 60
_ALWAYS = dt.date(1900, 1, 1)


def read_parts(node: Node) -> Parts:
    """The parts of the calendar that a tree describes. Raises ReadError."""
    keys = Keys(node, what="the calendar")
    known_until = _date(keys, "known_until")
    known_from = _date(keys, "known_from", _ALWAYS)
    settled_until = _date(keys, "settled_until", known_until)
    _check_span_of_knowledge(keys, known_from, known_until, settled_until)
    parts = Parts(
        zone=_zone(keys.text("zone")),
        version=_filled(keys, "version"),
        known_from=known_from,
        known_until=known_until,
        settled_until=settled_until,
        shifts=_standard_shifts(keys, "shifts"),
        week=_week(keys.get("week")),
        fixed=_fixed_days(keys.items("fixed"), keys),
        days=read_days(keys.items("days")),
        closures=_closures(keys),
        openings=_openings(keys),
        sites=_sites(keys),
    )
    keys.done()
    _check_somebody_works(parts.week, [*parts.days, *parts.openings], keys)
    return parts


def read_days(nodes: Sequence[Node]) -> tuple[ListedDay, ...]:
    """Listed days, each {date, kind, name, name_en, note}, in order of date. Raises ReadError."""
    days = [_listed_day(node) for node in nodes]
    _refuse_doubles([day.date for day in days], nodes)
    return tuple(sorted(days, key=lambda day: day.date))


def _listed_day(node: Node) -> ListedDay:
    keys = Keys(node, what="the day")
    day = ListedDay(_date(keys, "date"), _kind(keys.text("kind")), _name(keys), str(keys.maybe("note") or ""))
    keys.done()
    return day


def _kind(text: Scalar) -> ListedKind:
    kind = _KINDS.get(text) or _KINDS_ZH.get(text)
    if kind is None:
        en, zh = suggestion(text, _KINDS)
        raise fault(text, en=f"“{text}” is no kind of day{en}", zh=f"没有“{text}”这一类日子{zh}")
    return kind


def _fixed_days(nodes: Sequence[Node], keys: Keys) -> tuple[FixedDay, ...]:
    if len(nodes) > MOST_FIXED_DAYS:
        raise fault(
            keys.need("fixed"),
            en=f"{len(nodes)} fixed festivals a year are too many; "
            f"name at most {MOST_FIXED_DAYS}, and what is off for one year under days or closures",
            zh=f"每年固定节日多达{len(nodes)}天；"
            f"最多写{MOST_FIXED_DAYS}天，只在某一年放假的写进 days 或 closures",
        )
    days = [_fixed_day(node) for node in nodes]
    _refuse_doubles([f"{day.month:02d}-{day.day:02d}" for day in days], nodes)
    return tuple(sorted(days, key=lambda day: (day.month, day.day)))


def _fixed_day(node: Node) -> FixedDay:
    keys = Keys(node, what="the festival")
    text = keys.text("day")
    try:
        # A leap year, so that 29 February can be named.
        day = dt.date.fromisoformat(f"2000-{text}")
    except ValueError:
        raise fault(
            text,
            en=f"“{text}” is no day of the year; write month and day, like 05-01",
            zh=f"“{text}”不是一年中的某一天；按月-日写，如 05-01",
        ) from None
    fixed = FixedDay(day.month, day.day, _date(keys, "since", _ALWAYS), _name(keys))
    keys.done()
    return fixed


def _closures(keys: Keys) -> tuple[Closure, ...]:
    closures = [_closure(node) for node in keys.items("closures")]
    return tuple(
        sorted(closures, key=lambda closure: (closure.first, closure.last, closure.between or (0, 0)))
    )


def _closure(node: Node) -> Closure:
    keys = Keys(node, what="the closure")
    first = _date(keys, "from")
    last = _date(keys, "to", first)
    if last < first:
        raise fault(
            node,
            en=f"the closure ends on {last}, before {first}; swap from and to",
            zh=f"停止办公的结束日 {last} 早于开始日 {first}；对调 from 与 to",
        )
    between = keys.maybe("between")
    closed = _shifts(lambda: parse_shift(str(between)), between) if between else None
    closure = Closure(first, last, closed, _name(keys))
    keys.done()
    return closure


def _openings(keys: Keys) -> tuple[Opening, ...]:
    nodes = keys.items("openings")
    openings = [_opening(node) for node in nodes]
    _refuse_doubles([opening.date for opening in openings], nodes)
    return tuple(sorted(openings, key=lambda opening: opening.date))


def _opening(node: Node) -> Opening:
    keys = Keys(node, what="the opening")
    opening = Opening(_date(keys, "date"), _shift_list(keys.get("shifts")), _name(keys))
    keys.done()
    return opening


def _sites(top: Keys) -> dict[str, Site]:
    node = top.get("sites")
    if node is None:
        return {}
    sites = Keys(node, what="“sites” of the calendar").block
    return {name: _site(name, site, top) for name, site in sites.items()}


def _site(name: str, node: Node, top: Keys) -> Site:
    keys = Keys(node, what=f"the site {name}")
    zone = keys.maybe("zone")
    site = Site(
        zone=_zone(zone) if zone else None,
        shifts=None if keys.get("shifts") is None else _standard_shifts(keys, "shifts"),
        week=None if keys.get("week") is None else _week(keys.need("week")),
        closures=_closures(keys),
        openings=_openings(keys),
    )
    keys.done()
    if site.week is not None:
        _check_somebody_works(site.week, [*read_days(top.items("days")), *site.openings], keys)
    return site


def _week(node: Node | None) -> Week:
    if node is None:
        return Week(tuple(() for _ in WEEKDAYS))
    keys = Keys(node, what="the week")
    week = Week(tuple(_weekday(keys.get(name)) for name in WEEKDAYS))
    keys.done()
    return week


def _weekday(node: Node | None) -> Shifts | None:
    return None if node == STANDARD else _shift_list(node)


def _standard_shifts(keys: Keys, key: str) -> Shifts:
    shifts = _shift_list(keys.get(key))
    if not shifts:
        raise fault(
            keys.need(key) if key in keys else keys.block,
            en="there is no shift at all, so that no working time ever passes; "
            "give the shifts of a working day, like 09:00-12:00 and 13:00-18:00",
            zh="没有任何上班时间，期限永远走不完；写明工作日的上班时间，如 09:00-12:00 和 13:00-18:00",
        )
    return shifts


def _shift_list(node: Node | None) -> Shifts:
    if node is None:
        return ()
    if not isinstance(node, Series):
        raise fault(
            node,
            en="shifts are a list, like [09:00-12:00, 13:00-18:00]",
            zh="上班时间应是列表，如 [09:00-12:00, 13:00-18:00]",
        )
    return _shifts(lambda: parse_shifts(map(str, scalars(node, what="a shift"))), node)


def _shifts(read: Callable[[], _Item], node: Node | None) -> _Item:
    try:
        return read()
    except ShiftError as error:
        raise fault(node, en=error.in_("en"), zh=error.in_("zh")) from None


# -- texts -----------------------------------------------------------------------------------------------------------


def _filled(keys: Keys, key: str) -> str:
    text = keys.text(key)
    if not text.strip():
        raise fault(text, en=f"“{key}” is empty", zh=f"“{key}”是空的")
    return text.strip()


def _date(keys: Keys, key: str, default: dt.date | None = None) -> dt.date:
    """The date under the key, as 2027-02-06."""
    if keys.get(key) is None and default is not None:
        return default
    text = keys.text(key)
    try:
        parts = _DATE.fullmatch(text)
        if parts:
            year, month, day = (int(part) for part in parts.groups())
            return dt.date(year, month, day)
    except ValueError:
        pass
    raise fault(
        text,
        en=f"“{text}” is no date; write year, month and day, like 2027-02-06",
        zh=f"“{text}”不是日期；按年-月-日写，如 2027-02-06",
    )


def _name(keys: Keys) -> Text:
    """The name under `name` and `name_en`; without an English one the name stands for both."""
    zh, en = keys.maybe("name") or "", keys.maybe("name_en") or ""
    return Text(str(zh), str(en or zh))


def _zone(name: Scalar) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise fault(
            name,
            en=f"“{name}” is no time zone; write a name of the IANA list, like Asia/Shanghai",
            zh=f"没有“{name}”这个时区；写 IANA 时区名，如 Asia/Shanghai",
        ) from None
    return str(name)


# -- what cannot be as a whole ---------------------------------------------------------------------------------------


def _check_span_of_knowledge(
    keys: Keys, known_from: dt.date, known_until: dt.date, settled_until: dt.date
) -> None:
    if known_until < known_from:
        raise fault(
            keys.need("known_until"),
            en=f"the calendar is known until {known_until}, before it is first known on {known_from}; "
            "give the last day whose schedule is known",
            zh=f"已知范围止于 {known_until}，早于起点 {known_from}；写明放假安排已知的最后一天",
        )
    if not known_from <= settled_until <= known_until:
        raise fault(
            keys.need("settled_until"),
            en=f"{settled_until} does not lie between {known_from} and {known_until}; "
            "give the last day that no later schedule will alter",
            zh=f"{settled_until} 不在 {known_from} 至 {known_until} 之间；写明不会再被下一年安排改动的最后一天",
        )


def _check_somebody_works(week: Week, worked: Iterable[ListedDay | Opening], keys: Keys) -> None:
    if any(shifts is None or shifts for shifts in week.days):
        return
    if not any(isinstance(day, Opening) or day.kind is ListedKind.WORK for day in worked):
        raise fault(
            keys.need("week") if "week" in keys else keys.block,
            en="no weekday is worked and no single day either, so that nothing would ever fall due; "
            "name the weekdays worked, like monday: standard",
            zh="一周七天都不上班，也没有单独列出的上班日，任何期限都不会到期；写明每周哪几天上班，如 monday: standard",
        )


def _refuse_doubles(dates: Sequence[object], nodes: Sequence[Node]) -> None:
    earlier: set[object] = set()
    for date, node in zip(dates, nodes, strict=True):
        if date in earlier:
            raise fault(
                node, en=f"{date} stands here a second time; keep one", zh=f"{date} 重复出现；只留一个"
            )
        earlier.add(date)
