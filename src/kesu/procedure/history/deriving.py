"""What a derived word comes to in one file, the act that is being judged included, or which words it lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Context, Decimal
from typing import Final, Protocol

from .. import words
from ..kinds.line_sums import number_text
from ..kinds.number import summand
from ..words.derived import Derived
from .act import MISSING, Act, Missing, Shown, Value

Saying = tuple[int, str, Value]  # number of the act, the word, what it said
EXACT: Final = Context(prec=100, traps=[])  # so many digits that no ratio is rounded onto a limit
NOTHING: Final = Decimal(0)


class Recorded(Protocol):
    """What is asked of a history."""

    @property
    def shown(self) -> Shown: ...
    @property
    def joint(self) -> Collection[str]: ...
    def all(self, step: str) -> list[Act]: ...
    def value(self, word: str, act: Act | None) -> Value | Missing: ...
    def values(self, word: str) -> Iterable[tuple[int, Value]]: ...


def derive(derived: Derived, history: Recorded, act: Act | None) -> Decimal | tuple[str, ...]:
    """The amount, or the words that have to be put on record before it can be told.

    Where nothing was ever said it is 0, whatever it would be divided by.
    """
    hidden = tuple(word for word in derived.added_up if not history.shown.fact(word))
    if hidden:
        return hidden
    amounts = [
        _amount(derived, word, value, history, act) for _, word, value in _counted(derived, history, act)
    ]
    lacking = {word: None for amount in amounts if isinstance(amount, tuple) for word in amount}
    if lacking:
        return tuple(lacking)
    summed = _sum(amount for amount in amounts if isinstance(amount, Decimal))
    return _divided(summed, derived, history, act) if summed and derived.per else summed


def amount_text(amount: Decimal) -> str:
    """An amount as people read it: to four decimals, never rounded down onto a limit."""
    rounded = amount.quantize(Decimal("0.0001"), rounding="ROUND_UP", context=EXACT)
    return number_text(rounded)


def _counted(derived: Derived, history: Recorded, act: Act | None) -> Iterator[Saying]:
    """Everything that is added up: all that was settled, and the last proposal unless something was settled after it."""
    settled = _sayings(derived.summed, history, act)
    yield from settled
    proposed = _sayings(derived.latest, history, act)
    last = max((number for number, _, _ in proposed), default=0)
    if all(number < last for number, _, _ in settled):
        yield from (one for one in proposed if one[0] == last)


def _sayings(facts: tuple[str, ...], history: Recorded, act: Act | None) -> list[Saying]:
    """What standing acts say under these words, `act` last. Of an act of several posts the last one speaks for all."""
    left_out = _repeated(history, act)
    found = [
        (number, word, value)
        for word in facts
        for number, value in history.values(word)
        if number not in left_out
    ]
    if act is not None:
        found += [(act.number, word, act.facts[word]) for word in facts if word in act.facts]
    return found


def _repeated(history: Recorded, act: Act | None) -> set[int]:
    """Acts that must not count beside others: the judged one itself, and all but the last of one joint step."""
    left_out = set() if act is None else {act.number}
    for step in history.joint:
        given = [one.number for one in history.all(step)]
        left_out.update(given if act is not None and act.step == step else given[:-1])
    return left_out


def _amount(
    derived: Derived, word: str, value: Value, history: Recorded, act: Act | None
) -> Decimal | tuple[str, ...]:
    """What one saying adds, in pieces or in yuan; the words that it lacks where that cannot be told."""
    kind = words.facts()[word].kind
    amount = kind.adds(value, in_units=derived.in_units)
    if amount is None:
        return (word,)
    if not derived.in_units or not kind.in_yuan or not amount:
        return amount
    assert derived.at is not None, "money in pieces names its price"
    price = _standing(derived.at, history, act)
    return EXACT.divide(amount, price) if price else (derived.at,)


def _divided(
    summed: Decimal, derived: Derived, history: Recorded, act: Act | None
) -> Decimal | tuple[str, ...]:
    found = {word: _standing(word, history, act) for word in derived.per}
    lacking = tuple(word for word, amount in found.items() if not amount)  # unknown, or 0
    if lacking:
        return lacking
    product = Decimal(1)
    for amount in found.values():
        product = EXACT.multiply(product, amount or NOTHING)
    return EXACT.divide(summed, product)


def _standing(word: str, history: Recorded, act: Act | None) -> Decimal | None:
    value = history.value(word, act)
    return None if value is MISSING else summand(value)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    found = NOTHING
    for amount in amounts:
        found = EXACT.add(found, amount)
    return found
