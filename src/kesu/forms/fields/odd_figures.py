"""A figure that looks like a slip: an amount a nought away from one on record, a day years away. Asked once, never refused.

The question stands where a near number is asked about: one chooses what was meant, or has it recorded as written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from kesu.procedure import words
from kesu.procedure.history.of_a_file import History
from kesu.procedure.kinds.date import DATE
from kesu.procedure.kinds.money import MONEY
from kesu.procedure.kinds.typed_times import in_full
from kesu.reading.text import Text

from .fields import Choice, Field
from .near_misses import MEANT

NOUGHTS: Final = tuple(Decimal(10) ** power for power in (-3, -2, -1, 1, 2, 3))
LONG_AGO: Final = 3  # years before this one
FAR_AHEAD: Final = 2  # years after it


def ask_odd_figures(
    fields: Sequence[Field],
    typed: Mapping[str, Sequence[str]],
    facts: Mapping[str, object],
    *,
    history: History | None,
    now: datetime,
    zone: str,
    kept_back: Collection[str] = (),
) -> None:
    """Each field whose figure looks like a slip gets an error with what may be meant, unless that was answered already.

    `facts` are those that were read out of the fields; `history` is that of the file, None for one that is begun. Nothing is
    told of what is `kept_back` from whoever fills it in.
    """
    for one in fields:
        value = facts.get(one.word)
        known = words.facts().get(one.word)
        if (
            known is None
            or not isinstance(value, str)
            or one.errors
            or one.value in typed.get(one.name + MEANT, ())
        ):
            continue
        if known.kind is MONEY:
            _ask_amount(one, value, history, kept_back)
        elif known.kind is DATE:
            _ask_day(one, value, now=now, zone=zone)


def _ask_amount(field: Field, value: str, history: History | None, kept_back: Collection[str]) -> None:
    amount = _amount(value)
    if history is None or not amount:
        return
    for title, other in _on_record(history, kept_back):
        if amount / other in NOUGHTS:
            field.near = [Choice(f"{other:f}", Text(f"{other:f} 元", f"CNY {other:f}"))]
            field.errors.append(
                Text(
                    f"案卷里“{title.zh}”是 {other:f} 元，和这里差了零；请选一个，或者照写的先记下",
                    f"“{title.en}” on record is CNY {other:f}, noughts away from this; choose one, or have it recorded as written",
                )
            )
            return


def _on_record(history: History, kept_back: Collection[str]) -> Iterator[tuple[Text, Decimal]]:
    """The amounts that stand in the file, none that is nothing."""
    for name in dict.fromkeys(word for act in history.acts for word in act.facts):
        word = None if name in kept_back else words.facts().get(name)
        amount = _amount(history.value(name)) if word is not None and word.kind is MONEY else None
        if word is not None and amount:
            yield word.title, amount


def _amount(value: object) -> Decimal | None:
    try:
        return Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None


def _ask_day(field: Field, value: str, *, now: datetime, zone: str) -> None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return
    if now.year - LONG_AGO <= day.year <= now.year + FAR_AHEAD:
        return
    said, meant = in_full(day, zone=zone), _this_year(day, now.year)
    field.near = [Choice(meant.isoformat(), in_full(meant, zone=zone))]
    field.errors.append(
        Text(
            f"{said.zh}离今天很远，年份写对了吗？请选一个，或者照写的先记下",
            f"{said.en} is far from today; is the year right? Choose one, or have it recorded as written",
        )
    )


def _this_year(day: date, year: int) -> date:
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)
