"""Plain values out of plain data, strictly: each refusal names the place, the fault and the way out."""

import datetime as dt
import difflib
import re
from collections.abc import Mapping, Sequence

from kesu.worktime.day import Name

Where = tuple[str | int, ...]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class CalendarError(ValueError):
    """A calendar that cannot be; `where` is the path in the data, ("days", 2, "date") for the third day's."""

    def __init__(self, *, where: Where, problem: str, remedy: str) -> None:
        self.where, self.problem, self.remedy = where, problem, remedy
        place = "".join(f", entry {step + 1}" if isinstance(step, int) else f", {step}" for step in where)
        super().__init__(f"calendar{place}: {problem}; {remedy}")


def mapping_in(data: object, where: Where, keys: Sequence[str]) -> Mapping[str, object]:
    if not isinstance(data, Mapping):
        raise CalendarError(
            where=where,
            problem=f"{_kind(data)} stands where a mapping is wanted",
            remedy=f"write {_listed(keys)}",
        )
    for key in data:
        if key not in keys:
            raise CalendarError(
                where=where, problem=f'"{key}" is no word of it', remedy=nearest(str(key), keys)
            )
    return data


def list_in(data: object, where: Where) -> Sequence[object]:
    if isinstance(data, Sequence) and not isinstance(data, str):
        return data
    raise CalendarError(
        where=where, problem=f"{_kind(data)} stands where a list is wanted", remedy="write a list"
    )


def _kind(data: object) -> str:
    if data is None or data == "":
        return "nothing"
    return (
        "a list" if isinstance(data, list | tuple) else f'"{data}"' if isinstance(data, str) else f"{data!r}"
    )


def text_in(data: Mapping[str, object], key: str, where: Where, default: str | None = None) -> str:
    value = data.get(key, default)
    if isinstance(value, str) and (value.strip() or default is not None):
        return value.strip()
    if value is None:
        raise CalendarError(where=where, problem=f"{key} is missing", remedy=f"add {key}")
    raise CalendarError(
        where=(*where, key), problem=f"{_kind(value)} is no text for {key}", remedy="write it as text"
    )


def date_in(data: Mapping[str, object], key: str, where: Where, default: dt.date | None = None) -> dt.date:
    if key not in data and default is not None:
        return default
    text = text_in(data, key, where)
    try:
        if _DATE.fullmatch(text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise CalendarError(
        where=(*where, key),
        problem=f'"{text}" is no date',
        remedy="write year, month and day, like 2027-02-06",
    )


def name_in(data: Mapping[str, object], where: Where) -> Name:
    zh = text_in(data, "name", where, "")
    return Name(zh, text_in(data, "name_en", where, "") or zh)


def choice_in(text: str, words: Sequence[str], where: Where) -> str:
    if text in words:
        return text
    raise CalendarError(where=where, problem=f'"{text}" is no kind of day', remedy=nearest(text, words))


def nearest(word: str, words: Sequence[str]) -> str:
    """The advice for a wrong word: the nearest right one, or all of them."""
    close = difflib.get_close_matches(word, words, n=1)
    return f'did you mean "{close[0]}"?' if close else f"write {_listed(words)}"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
