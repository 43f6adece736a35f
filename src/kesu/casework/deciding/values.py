"""Whether the values of a command are of their words' kinds; what, where, why and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from kesu.procedure import words
from kesu.procedure.history.act import Value
from kesu.procedure.when import number
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import suggestion
from kesu.reading.text import Text

from .wrong_lines import wrong_lines

LONGEST = 20_000  # characters of one text
LARGEST = 10**15  # yuan


def wrong_values(procedure: Procedure, facts: Mapping[str, Value]) -> list[Text]:
    """Every fact that is not known or not of its kind. “Not known” (None) is always a value."""
    return [
        problem
        for word, value in facts.items()
        if value is not None and (problem := _wrong(procedure, word, value)) is not None
    ]


def _wrong(procedure: Procedure, name: str, value: Value) -> Text | None:
    word = words.facts().get(name)
    if word is None:
        en, zh = suggestion(name, words.facts())
        return Text(f"没有“{name}”这一项{zh}", f"there is no fact “{name}”{en}")
    if word.derived is not None:
        below = [words.facts()[one].title for one in words.underneath(name)]
        return Text(
            f"“{word.title.zh}”由系统算出，不能填写；请填{'、'.join(one.zh for one in below)}",
            f"“{word.title.en}” is worked out from {', '.join(one.en for one in below)}; give those",
        )
    allowed = procedure.choices.get(name) or tuple(word.choices)
    check = CHECKS.get(word.kind, _text)
    wrong = check(value, allowed)
    if wrong is None:
        return None
    return Text(f"“{word.title.zh}”：{wrong.zh}", f"“{word.title.en}”: {wrong.en}")


def _text(value: Value, allowed: tuple[str, ...]) -> Text | None:
    if not isinstance(value, str):
        return Text("应是一段文字", "has to be a text")
    if len(value) > LONGEST:
        return Text(
            f"最长 {LONGEST} 字，现在 {len(value)} 字；请放进附件",
            f"at most {LONGEST} characters, this has {len(value)}; attach it instead",
        )
    try:
        value.encode()
    except UnicodeEncodeError:
        return Text("含有不完整的字符，请重新输入", "holds half a character; type it again")
    return None


def _choice(value: Value, allowed: tuple[str, ...]) -> Text | None:
    if not isinstance(value, str) or value not in allowed:
        return Text(
            f"“{value}”不在可选项内：{'、'.join(allowed)}", f"“{value}” is none of {', '.join(allowed)}"
        )
    return None


def _list(value: Value, allowed: tuple[str, ...]) -> Text | None:
    if not isinstance(value, list) or not value:
        return Text("至少选一项", "choose at least one")
    return next((said for one in value if (said := _choice(one, allowed)) is not None), None)


def _several(value: Value, allowed: tuple[str, ...]) -> Text | None:
    items = value if isinstance(value, list) else [value]
    return next((said for one in items if (said := _text(one, ())) is not None), None)


def _number(value: Value, allowed: tuple[str, ...]) -> Text | None:
    found = number(value)
    if found is None or not found.is_finite():
        return Text(f"应是数字，不是“{value}”", f"has to be a number, not “{value}”")
    return None


def _money(value: Value, allowed: tuple[str, ...]) -> Text | None:
    found = number(value)
    if found is None or not found.is_finite() or not 0 <= found < LARGEST:
        return Text(f"应是金额（元），不是“{value}”", f"has to be an amount in yuan, not “{value}”")
    exponent = found.normalize().as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -2:
        return Text("金额最多两位小数", "an amount has at most two decimals")
    return None


def _date(value: Value, allowed: tuple[str, ...]) -> Text | None:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return Text(
            f"应是日期，如 2026-03-09，不是“{value}”", f"has to be a date such as 2026-03-09, not “{value}”"
        )
    return None


def _instant(value: Value, allowed: tuple[str, ...]) -> Text | None:
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        return Text(
            f"应是时间，如 2026-03-09 10:20，不是“{value}”",
            f"has to be a time such as 2026-03-09 10:20, not “{value}”",
        )
    return None


def _checklist(value: Value, allowed: tuple[str, ...]) -> Text | None:
    if not isinstance(value, dict):
        return Text("应逐项填写", "has to be answered item by item")
    for item, answer in value.items():
        if item not in allowed:
            return Text(f"没有“{item}”这一项", f"has no item “{item}”")
        if (said := _text(answer, ())) is not None:
            return said
    return None


CHECKS: Mapping[str, Callable[[Value, tuple[str, ...]], Text | None]] = {
    "choice": _choice,
    "yesno": _choice,
    "list": _list,
    "persons": _several,
    "units": _several,
    "things": _several,
    "thing": _several,
    "number": _number,
    "money": _money,
    "date": _date,
    "instant": _instant,
    "checklist": _checklist,
    "lines": lambda value, allowed: wrong_lines(value),
}
