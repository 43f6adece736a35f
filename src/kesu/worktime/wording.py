"""Dates, times and amounts of time in Chinese and English, as people in an office write them."""

import datetime as dt

from kesu.worktime.local_time import HOUR, MINUTE, SECOND

ZH_DAYS = "一二三四五六日"
_EN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
EN_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def zh_date(day: dt.date, *, year: bool = True) -> str:
    """2025年1月24日（周五）."""
    text = f"{day.month}月{day.day}日（周{ZH_DAYS[day.weekday()]}）"
    return f"{day.year}年{text}" if year else text


def en_date(day: dt.date, *, year: bool = True) -> str:
    """Fri 24 Jan 2025."""
    text = f"{_EN_DAYS[day.weekday()]} {day.day} {EN_MONTHS[day.month - 1]}"
    return f"{text} {day.year}" if year else text


def zh_days(first: dt.date, last: dt.date) -> str:
    """One day, or 2025年1月28日（周二）至2月4日（周二）."""
    if first == last:
        return zh_date(first)
    return f"{zh_date(first)}至{zh_date(last, year=first.year != last.year)}"


def en_days(first: dt.date, last: dt.date) -> str:
    """One day, or Tue 28 Jan to Tue 4 Feb 2025."""
    if first == last:
        return en_date(first)
    return f"{en_date(first, year=first.year != last.year)} to {en_date(last)}"


def clock(moment: dt.datetime) -> str:
    """10:00, with seconds where there are any."""
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def zh_amount(ticks: int) -> str:
    """7小时30分钟."""
    hours, minutes, seconds = _split(ticks)
    parts = (
        f"{hours}小时" if hours else "",
        f"{minutes}分钟" if minutes else "",
        f"{seconds}秒" if seconds else "",
    )
    return "".join(parts) or "0分钟"


def en_amount(ticks: int) -> str:
    """7 h 30 min."""
    hours, minutes, seconds = _split(ticks)
    parts = (
        f"{hours} h" if hours else "",
        f"{minutes} min" if minutes else "",
        f"{seconds} s" if seconds else "",
    )
    return " ".join(part for part in parts if part) or "0 min"


def _split(ticks: int) -> tuple[int, int, int]:
    hours, rest = divmod(ticks, HOUR)
    return hours, rest // MINUTE, rest % MINUTE // SECOND
