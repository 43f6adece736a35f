"""In which forms the times of a log are written: the fewest that read all, and where they could mean something else."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from ..mapping import NUMBERS, Times
from ..moments import CLOCK, LIKELY, NONES, NUMBER, NoMoment, moment, moment_of_two
from ..numbers import narrow
from ..rows import Cell
from .hints import hints, plainly

ISO: Final = "iso"
DAYS: Final = (
    "%Y/%m/%d", "%Y-%m-%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y年%m月%d号", "%Y %m %d",
    "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%m.%d.%Y", "%d-%m-%Y", "%m-%d-%Y",
    "%d %b %Y", "%d-%b-%Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%a %d %b %Y",
    "%y/%m/%d", "%d/%m/%y", "%m/%d/%y", "%y-%m-%d", "%d-%m-%y", "%m-%d-%y", "%y.%m.%d", "%d.%m.%y", "%m.%d.%y",
    "%y年%m月%d日", "%d-%b-%y",
)  # fmt: skip
YEARLESS: Final = (
    "%m月%d日",
    "%m月%d号",
    "%m/%d",
    "%d/%m",
    "%m-%d",
    "%d-%m",
    "%m.%d",
    "%d.%m",
    "%d %b",
    "%b %d",
)
CLOCKS: Final = ("", " %H:%M", " %I:%M %p", " %I:%M:%S %p", "%H:%M", " %H时%M分", "%H时%M分", " %H时", "%H时",
    " %H点%M分", "%H点%M分", " %H点", "%H点", " %H时%M分%S秒", "%H时%M分%S秒", " %H:%M:%S.%f", ", %H:%M", "T%H:%M",
    " %H.%M", " %H:%M:%S %z", " %I:%M%p")  # fmt: skip
TOGETHER: Final = (
    "%Y%m%d",
    "%Y%m%d%H%M",
    "%Y%m%d%H%M%S",
    "%Y%m%d %H:%M",
    "%Y%m%d %H%M",
    "%a %b %d %H:%M:%S %Y",
)
RUN: Final = re.compile(r"\d+")
CLOCK_RUN: Final = re.compile(r"\d{1,2}(?= ?[:时点分])|(?<=[:时点分])\d{1,2}")
LONGEST: Final = 40  # characters of a time
TOGETHER_RUN: Final = re.compile("%Y(%[mdHMS])+")
TYPED: Final = 24  # values of one shape that are looked at
MOST_SHAPES: Final = 80
MARKED: Final = re.compile(r"\d *[:时点]|上午|下午")
CLASSES: Final = ((12, "a"), (31, "b"))  # what two figures can be: a month or a day, a day, neither


@dataclass(frozen=True, slots=True)
class Rival:
    """Another form that reads the same values as something else: nobody can tell which is meant."""

    form: str
    other: str
    values: int
    examples: tuple[str, ...]
    backward: tuple[int, int]


@dataclass(slots=True)
class Forms:
    """The forms of a log, in the order in which they are tried."""

    written: list[str] = field(default_factory=list)
    rivals: list[Rival] = field(default_factory=list)
    yearless: bool = False

    def times(self, zone: ZoneInfo, *, none: Iterable[str] = (), year: int | None = None) -> Times:
        """They, as a mapping has them."""
        return Times(zone, tuple(self.written) or (ISO,), "end", frozenset(none), year)


@dataclass(slots=True)
class Reading:
    """What of a column was read: how many cells, how many of them a day alone, words for none, and what is left."""

    read: int = 0
    alone: int = 0
    none: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)


@cache
def _candidates() -> tuple[str, ...]:
    whole = [f"{day}{clock}" for day in DAYS for clock in CLOCKS]
    return (
        ISO,
        *whole,
        *TOGETHER,
        *(f"{day}{clock}" for day in YEARLESS for clock in CLOCKS),
    )


def forms_of(columns: Iterable[Iterable[Cell]], *, zone: ZoneInfo, year: int, titled: bool = True) -> Forms:
    """The forms that read the values of all columns. `titled`: their headers say that they hold times.

    Without that, plain numbers and days without a year are not taken for times.
    """
    values = [_texts(column) for column in columns]
    shapes = _shapes(cell for column in values for cell in column)
    ways = {shape: _ways(examples, zone, year, titled) for shape, examples in shapes.items()}
    forms, left = Forms(), {shape for shape, read in ways.items() if read}
    while left:
        best = max(
            (*_candidates(), *sorted(NUMBERS)), key=lambda form: sum(form in ways[shape] for shape in left)
        )
        here = [shape for shape in left if best in ways[shape]]
        forms.rivals.extend(
            _rivals(best, [(shapes[shape], ways[shape]) for shape in here], values, zone, year)
        )
        forms.written.append(_first(best, forms.rivals))
        left -= set(here)
    forms.yearless = any(_without_year(form) for form in forms.written)
    return forms


def _texts(column: Iterable[Cell]) -> list[str]:
    return [cell for cell in column if isinstance(cell, str) and 0 < len(cell) <= LONGEST]


def reading(cells: Iterable[Cell], times: Times) -> Reading:
    """What the forms make of the cells of a column."""
    found = Reading()
    for cell, count in Counter(cell for cell in cells if cell != "").items():
        whole = read_moment(cell, times)
        if whole is not None:
            found.read += count
            found.alone += count * (whole != read_moment(cell, replace(times, day_alone="start")))
        elif isinstance(cell, str) and says_none(cell):
            found.none[cell] += count
        else:
            found.unread[str(cell)] += count
    return found


def says_none(text: str) -> bool:
    """Whether a text is a word for no time."""
    plain = plainly(text)
    return text in NONES or (
        not RUN.search(text)
        and len(text) <= 12
        and any(plain == word or (not word.isascii() and plain.startswith(word)) for word in _nones())
    )


@cache
def _nones() -> tuple[str, ...]:
    return tuple(word for word in map(plainly, hints().none) if word)


def is_clock(cells: Iterable[Cell], zone: ZoneInfo) -> bool:
    """Whether the cells hold times of day alone."""
    texts = {cell for cell in cells if isinstance(cell, str) and cell and not says_none(cell)}
    few = sorted(texts)[: TYPED * 4]
    return bool(few) and sum(_clock(text, zone) for text in few) >= 0.9 * len(few)


def _clock(text: str, zone: ZoneInfo) -> bool:
    if not MARKED.search(text) or len(text) > 14 or (not CLOCK.search(narrow(text))):
        return False
    try:
        moment_of_two(date(2026, 1, 1), text, times=Times(zone))
    except NoMoment:
        return False
    return True


def read_moment(cell: Cell, times: Times) -> datetime | None:
    """The instant in a cell; None where it holds none."""
    try:
        return moment(cell, times=times)
    except NoMoment:
        return None


def _without_year(form: str) -> bool:
    return "%" in form and "%Y" not in form and "%y" not in form


def _shapes(cells: Iterable[str]) -> dict[str, list[str]]:
    """Some values of each way of writing, told apart as far as a form could tell them apart."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for cell in cells:
        shape = _shape(cell)
        if shape in found or len(found) < MOST_SHAPES:
            kept = found[shape]
            if len(kept) < TYPED:
                kept[cell] = None
    return {shape: list(kept) for shape, kept in found.items()}


def _shape(text: str) -> str:
    plain = narrow(text)
    if NUMBER.fullmatch(plain):
        value = float(plain)
        number = next((form for form, (least, most) in LIKELY.items() if least <= value < most), None)
        if number is not None and len(plain.partition(".")[0]) != 8:
            return f"{number} {len(plain) in (12, 14)}"
    return RUN.sub(lambda run: _class(run.group()), CLOCK_RUN.sub("t", plain))


def _class(run: str) -> str:
    if len(run) > 2:
        return "y" if len(run) == 4 and 1950 <= int(run) <= 2200 else f"n{len(run)}"
    return next((sign for most, sign in CLASSES if int(run) <= most), "c")


def _ways(examples: list[str], zone: ZoneInfo, year: int, titled: bool) -> set[str]:
    """The forms that read nearly all of these values, which look alike; numbers only where nothing else does."""
    signs = {_signs(one) for one in examples[:2]}
    plain = [form for form in _candidates() if titled or not _weak(form)]
    likely = [form for form in plain if form == ISO or any(_may_read(form, sign) for sign in signs)]
    possible = [form for form in likely if _of_its_length(form, examples[0])]
    found = {form for form in possible if _reads(examples, form, zone, year)}
    return found or (_numbers(examples, zone, year) if titled else set())


def _numbers(examples: list[str], zone: ZoneInfo, year: int) -> set[str]:
    """What plain numbers are likely to count."""
    numbers = {form for form in LIKELY if _shape(examples[0]).startswith(form)}
    return {form for form in numbers if _reads(examples, form, zone, year)}


def _signs(text: str) -> str:
    """What stands between the figures of a text, without spaces; letters as one `x`."""
    return re.sub("[A-Za-z]+", "x", re.sub(r"[\d\s]|上午|下午", "", narrow(text)))


@cache
def _may_read(form: str, signs: str) -> bool:
    """Whether the signs of a form are those of a text: most forms need not be tried at all."""
    mine = re.sub("T|%[bBapAz]", "x", re.sub(r"%[YymdHMSIf]|\s", "", form))
    return signs in (mine, f"{mine}:") or (form.endswith(":%M %p") and signs == mine) or "%z" in form


def _of_its_length(form: str, text: str) -> bool:
    """Whether figures without a sign between them are as many as the form wants: 202603060905 has no seconds."""
    together, first = TOGETHER_RUN.match(form), RUN.search(narrow(text))
    return together is None or (first is not None and len(first.group()) == 2 + len(together.group()))


def _weak(form: str) -> bool:
    """Whether what it reads may well be something else, where no header speaks of times."""
    return _without_year(form) or form in TOGETHER


def _reads(examples: list[str], form: str, zone: ZoneInfo, year: int) -> bool:
    """Whether the form reads the first of them, and most of the others."""
    times = Times(zone, (form,), "start", frozenset(), year)
    if read_moment(examples[0], times) is None and (
        len(examples) < 2 or read_moment(examples[1], times) is None
    ):
        return False
    return 2 * sum(read_moment(one, times) is not None for one in examples) > len(examples)


def _rivals(
    form: str, here: list[tuple[list[str], set[str]]], columns: list[list[str]], zone: ZoneInfo, year: int
) -> Iterator[Rival]:
    """Those that read every one of these values, and some of them as another day."""
    if not here or form in NUMBERS:
        return
    examples = [one for values, _ in here for one in values]
    mine = Times(zone, (form,), "start", frozenset(), year)
    for other in sorted(set.intersection(*(ways for _, ways in here)) - {form}):
        theirs = replace(mine, written=(other,))
        pairs = [(one, read_moment(one, mine), read_moment(one, theirs)) for one in examples]
        if any(second is None for _, first, second in pairs if first is not None):
            continue
        unlike = [one for one, first, second in pairs if first != second]
        if unlike:
            backward = (_backward(columns, mine), _backward(columns, theirs))
            yield Rival(form, other, len(examples), tuple(unlike[:3]), backward)


def _backward(columns: list[list[str]], times: Times) -> int:
    """How often a time is before the one above it: a list is mostly kept in order."""
    read = ([read_moment(one, times) for one in column[:2000]] for column in columns)
    return sum(
        later < earlier for column in read for earlier, later in pairwise(one for one in column if one)
    )


def _first(form: str, rivals: list[Rival]) -> str:
    """Of forms that nobody can tell apart the one by which the list goes backward least; it is said all the same."""
    mine = [rival for rival in rivals if rival.form == form and rival.backward[1] < rival.backward[0]]
    return min(mine, key=lambda rival: rival.backward[1]).other if mine else form
