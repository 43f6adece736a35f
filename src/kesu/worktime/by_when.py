"""Time as an office says it: by when in a word (今天 17:30 前、周五前), and how much of its own working time is left or over."""

import datetime as dt
from dataclasses import dataclass

from kesu.reading.text import Text
from kesu.worktime.calendar import Calendar
from kesu.worktime.local_time import DAY, HOUR, MINUTE
from kesu.worktime.until import Until
from kesu.worktime.wording import EN_MONTHS, ZH_DAYS

_EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEK = 7
NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class ByWhen:
    """The end of a limit seen from one moment: `by` when, and how much is `left`, or over where it is late; “” for nothing."""

    by: Text
    left: Text
    late: bool

    @property
    def whole(self) -> Text:
        """Both in one line: 今天 17:30 前，还剩 2 个工作小时."""
        if not self.left.zh:
            return self.by
        return Text(f"{self.by.zh}，{self.left.zh}", f"{self.by.en}, {self.left.en}")


def by_when(end: Until, *, now: dt.datetime, calendar: Calendar) -> ByWhen:
    """The end of a limit as the office of this calendar says it at `now` (aware).

    Days are named from yesterday to the end of next week, others by their date; hours are told of the present day alone.
    """
    moment = now.astimezone(calendar.zone_info)
    today = moment.date()
    clock = "" if end.whole_day else f" {end.at.astimezone(calendar.zone_info):%H:%M}"
    left = _over(end, moment, calendar) if end.late else _left(end, moment, calendar)
    return ByWhen(_was(end.day, today, clock) if end.late else _by(end.day, today, clock), left, end.late)


def _by(day: dt.date, today: dt.date, clock: str) -> Text:
    if day == today:
        return Text(f"今天{clock} 前" if clock else "今天内", f"by{clock} today" if clock else "today")
    if day == today + DAY:
        return Text(f"明天{clock} 前" if clock else "明天内", f"by{clock} tomorrow" if clock else "tomorrow")
    name = _named(day, today)
    return Text(
        f"{name.zh}{clock} 前" if clock else f"{name.zh}前",
        f"by{clock} on {name.en}" if clock else f"by {name.en}",
    )


def _was(day: dt.date, today: dt.date, clock: str) -> Text:
    names = {today: Text("今天", "today"), today - DAY: Text("昨天", "yesterday")}
    name = names.get(day) or _dated(day, today)
    return Text(f"{name.zh}{clock}", f"{name.en}{clock}")


def _named(day: dt.date, today: dt.date) -> Text:
    """The weekday of this week or the next, else the date."""
    weeks = (day - (today - dt.timedelta(days=today.weekday()))).days // _WEEK
    zh, en = f"周{ZH_DAYS[day.weekday()]}", _EN_DAYS[day.weekday()]
    if weeks == 0:
        return Text(zh, en)
    return Text(f"下{zh}", f"{en} next week") if weeks == 1 else _dated(day, today)


def _dated(day: dt.date, today: dt.date) -> Text:
    zh, en = f"{day.month}月{day.day}日", f"{day.day} {EN_MONTHS[day.month - 1]}"
    return Text(zh, en) if day.year == today.year else Text(f"{day.year}年{zh}", f"{en} {day.year}")


def _left(end: Until, now: dt.datetime, calendar: Calendar) -> Text:
    days = calendar.table.days_between(now.toordinal(), end.day.toordinal())
    if end.day > now.date():
        return Text(f"还剩 {days} 个工作日", f"{days} working day{_s(days)} left") if days else NOTHING
    work = _work(now, end.at, calendar)
    return Text(f"还剩 {work.zh}", f"{work.en} left") if work.zh else NOTHING


def _over(end: Until, now: dt.datetime, calendar: Calendar) -> Text:
    days = calendar.table.days_between(end.day.toordinal(), now.toordinal())
    if days:
        return Text(f"逾期 {days} 个工作日", f"{days} working day{_s(days)} overdue")
    work = _work(end.at, now, calendar)
    return Text(f"逾期 {work.zh}", f"{work.en} overdue") if work.zh else Text("刚逾期", "just overdue")


def _work(start: dt.datetime, end: dt.datetime, calendar: Calendar) -> Text:
    """Working hours between two moments, rounded down; minutes where it is less than one; nothing where it is none."""
    zone = calendar.zone_info
    ticks = calendar.table.work_between(
        calendar.table.tick(start.astimezone(zone)), calendar.table.tick(end.astimezone(zone))
    )
    hours, minutes = ticks // HOUR, ticks // MINUTE
    if hours:
        return Text(f"{hours} 个工作小时", f"{hours} working hour{_s(hours)}")
    return Text(f"{minutes} 分钟", f"{minutes} minute{_s(minutes)}") if minutes else NOTHING


def _s(count: int) -> str:
    return "" if count == 1 else "s"
