"""What a derived word comes to in one file, the act that is being judged included, or which words it lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Context, Decimal
from typing import Final, Protocol

from ..kinds.line_sums import number_text, read_lines, total
from ..kinds.number import number, summand
from ..words import Lexicon
from ..words.derived import Derived
from .act import MISSING, Act, Missing, Shown, Value
from .reckoning import Reckoning

Saying = tuple[int, str, Value]  # number of the act, the word, what it said
EXACT: Final = Context(prec=100, traps=[])  # so many digits that no ratio is rounded onto a limit
NOTHING: Final = Decimal(0)


class Recorded(Protocol):
    """What is asked of a history."""

    @property
    def lexicon(self) -> Lexicon: ...
    @property
    def shown(self) -> Shown: ...
    @property
    def joint(self) -> Collection[str]: ...
    @property
    def reckoning(self) -> Reckoning: ...
    @property
    def adding(self) -> Collection[int]: ...
    def unsaid(self, act: Act) -> frozenset[str]: ...
    def all(self, step: str) -> list[Act]: ...
    def value(self, word: str, act: Act | None) -> Value | Missing: ...
    def values(self, word: str) -> Iterable[tuple[int, Value]]: ...


def derive(derived: Derived, history: Recorded, act: Act | None) -> Decimal | tuple[str, ...]:
    """The amount, or the words that have to be put on record before it can be told.

    Where nothing was ever said it is 0, whatever it would be divided by; where a figure was wanted and not said, it is not
    known.
    """
    reads = derived.added_up
    if history.reckoning.in_full:
        reads += tuple(word for pair in derived.above for word in pair)
    hidden = tuple(word for word in reads if not history.shown.fact(word))
    if hidden:
        return hidden
    amounts, lacking = _told(derived, history, act)
    if lacking:
        return lacking
    summed = _sum(amounts)
    return _divided(summed, derived, history, act) if summed and derived.per else summed


def at_the_least(derived: Derived, history: Recorded, act: Act | None) -> Decimal | None:
    """What it comes to by what is known of it, when not all is; None where what is not known could lower it."""
    if not all(history.lexicon.facts[word].kind.never_below_0 for word in derived.added_up):
        return None
    summed = _sum(_told(derived, history, act)[0])
    divided = _divided(summed, derived, history, act) if summed and derived.per else summed
    return divided if isinstance(divided, Decimal) else None


def said_lines(history: Recorded, word: str, act: Act | None) -> Value | Missing:
    """The lines that stand under a word: all that steps said which say them again and again, else what was said last."""
    said = _sayings((word,), history, act)
    adding = [
        act.step in history.reckoning.again
        if act is not None and entry == act.number
        else entry in history.adding
        for entry, _, _ in said
    ]
    if not any(adding):
        return history.value(word, act)
    found: list[Value] = []
    for (_, _, value), adds in zip(said, adding, strict=True):
        if not isinstance(value, list):
            return value
        found = [*found, *value] if adds else value
    return found


def _told(derived: Derived, history: Recorded, act: Act | None) -> tuple[list[Decimal], tuple[str, ...]]:
    """The amounts that are known, and the words that keep others from being so."""
    amounts = [
        _amount(derived, word, value, history, act) for _, word, value in _counted(derived, history, act)
    ]
    if history.reckoning.in_full:
        amounts += _beyond(derived, history, act)
    lacking = {word: None for amount in amounts if isinstance(amount, tuple) for word in amount}
    return [amount for amount in amounts if isinstance(amount, Decimal)], tuple(lacking)


def _beyond(derived: Derived, history: Recorded, act: Act | None) -> list[Decimal | tuple[str, ...]]:
    """What acts say under a money word beyond what their own lines come to."""
    found: list[Decimal | tuple[str, ...]] = []
    for money, goods in derived.above:
        paid_for = {entry: value for entry, _, value in _sayings((goods,), history, act)}
        for entry, _, value in _sayings((money,), history, act):
            lines, amount = read_lines(paid_for.get(entry)), number(value)
            come = total(lines) if lines is not None else None
            if amount is None or come is None:
                found.append((money,) if amount is None else (goods,))
            else:
                found.append(max(EXACT.subtract(amount, come), NOTHING))
    return found


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
        unsaid = history.unsaid(act)
        found += [
            (act.number, word, act.facts.get(word)) for word in facts if word in act.facts or word in unsaid
        ]
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
    kind = history.lexicon.facts[word].kind
    amount = kind.adds(value, in_units=derived.in_units)
    if amount is None or (history.reckoning.in_full and kind.wrong(value, ()) is not None):
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
    if (
        history.reckoning.in_full
        and value is not MISSING
        and history.lexicon.facts[word].kind.wrong(value, ())
    ):
        return None
    return None if value is MISSING else summand(value)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    found = NOTHING
    for amount in amounts:
        found = EXACT.add(found, amount)
    return found
