"""Plain values out of plain data, strictly: each refusal names the place, the fault and the way out."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from kesu.worktime.said import Fault, Name, listed, nearest

Where = tuple[str | int, ...]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class CalendarError(Fault):
    """A calendar that cannot be; `where` is the path in the data, ("days", 2, "date") for the third day's."""

    def __init__(self, where: Where, problem: Name, remedy: Name) -> None:
        self.where = where
        path = path_text(where)
        super().__init__(problem, remedy, place=Name(f"日历{path.zh}", f"calendar{path.en}"))


def path_text(where: Where) -> Name:
    """A path in the data in words, to be put after the name of the whole."""
    zh = "".join(f"，第{step + 1}项" if isinstance(step, int) else f"，{step}" for step in where)
    en = "".join(f", entry {step + 1}" if isinstance(step, int) else f", {step}" for step in where)
    return Name(zh, en)


def mapping_in(data: object, where: Where, keys: Sequence[str]) -> Mapping[str, object]:
    """`data` as a mapping that has no other keys than `keys`."""
    if not isinstance(data, Mapping):
        found, known = _kind(data), listed(keys)
        raise CalendarError(
            where,
            Name(f"这里应是一组“名称: 值”，却是{found.zh}", f"{found.en} stands where a mapping is wanted"),
            Name(f"可以写 {known.zh}", f"write {known.en}"),
        )
    for key in data:
        if key not in keys:
            problem = Name(f"这里没有“{key}”这一项", f'"{key}" is no word of it')
            raise CalendarError(where, problem, nearest(str(key), keys))
    return data


def list_in(data: object, where: Where) -> Sequence[object]:
    """`data` as a list."""
    if isinstance(data, Sequence) and not isinstance(data, str):
        return data
    found = _kind(data)
    problem = Name(f"这里应是列表，却是{found.zh}", f"{found.en} stands where a list is wanted")
    raise CalendarError(where, problem, Name("改写成列表", "write a list"))


def _kind(data: object) -> Name:
    if data is None or data == "":
        return Name("空的", "nothing")
    if isinstance(data, list | tuple):
        return Name("列表", "a list")
    if isinstance(data, Mapping):
        return Name("一组“名称: 值”", "a mapping")
    return Name(f"“{data}”", f'"{data}"')


def text_in(data: Mapping[str, object], key: str, where: Where, default: str | None = None) -> str:
    """The text under `key`; without a default it must be there and not be empty."""
    value = data.get(key, default)
    if isinstance(value, str) and (value.strip() or default is not None):
        return value.strip()
    if value is None:
        raise CalendarError(
            where, Name(f"缺少 {key}", f"{key} is missing"), Name(f"补上 {key}", f"add {key}")
        )
    found = _kind(value)
    problem = Name(f"{key} 应是文字，却是{found.zh}", f"{found.en} is no text for {key}")
    raise CalendarError((*where, key), problem, Name("改写成文字", "write it as text"))


def date_in(data: Mapping[str, object], key: str, where: Where, default: dt.date | None = None) -> dt.date:
    """The date under `key`, as 2027-02-06."""
    if key not in data and default is not None:
        return default
    text = text_in(data, key, where)
    try:
        if _DATE.fullmatch(text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise CalendarError(
        (*where, key),
        Name(f"“{text}”不是日期", f'"{text}" is no date'),
        Name("按年-月-日写，如 2027-02-06", "write year, month and day, like 2027-02-06"),
    )


def name_in(data: Mapping[str, object], where: Where) -> Name:
    """The name under `name` and `name_en`; without an English one the name stands for both."""
    zh = text_in(data, "name", where, "")
    return Name(zh, text_in(data, "name_en", where, "") or zh)


def choice_in(text: str, words: Sequence[str], where: Where) -> str:
    """`text`, which must be one of `words`."""
    if text in words:
        return text
    problem = Name(f"没有“{text}”这一类日子", f'"{text}" is no kind of day')
    raise CalendarError(where, problem, nearest(text, words))
