"""Which column plays which part: the case, the step, its times, who acted, and the facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from ..mapping import IGNORED
from .forms import Forms, Reading, forms_of, is_clock, reading
from .hints import EXACT, WITHIN, bare, closest, hints
from .names import Names, step_of
from .table import Column, Table

MOST_STEPS: Final = 200  # values of a column of steps
TIMED: Final = 0.6  # of the cells of a column of times are read as such
FEW: Final = 0.3  # of the rows whose value is known as a step, where values come again
MANY: Final = 0.5  # where they do not
SELDOM: Final = (
    0.01  # a word that comes so seldom beside another for the same step is left to somebody's judgement
)


@dataclass(slots=True)
class TimeColumn:
    """A column of times: what was read of it, and the column of the time of day that goes with it."""

    column: Column
    reading: Reading
    clock: Column | None = None
    step: str | None = None
    sure: bool = True


@dataclass(slots=True)
class Guess:
    """What was found. `case` None: no column looks like a number. `activity` None: a row is a case, a column a step."""

    case: Column | None = None
    case_by_header: bool = True
    fill_down: int = 0
    activity: Column | None = None
    steps: dict[str, str] = field(default_factory=dict)
    doubtful: dict[str, tuple[str, ...]] = field(default_factory=dict)  # a value: the steps that it may mean
    time: TimeColumn | None = None
    noted: TimeColumn | None = None
    times: list[TimeColumn] = field(default_factory=list)
    forms: Forms = field(default_factory=Forms)
    none: Counter[str] = field(default_factory=Counter)
    person: Column | None = None
    persons: dict[str, Column] = field(default_factory=dict)  # by step
    post: Column | None = None
    transition: Column | None = None
    facts: dict[str, Column] = field(default_factory=dict)
    unused: list[Column] = field(default_factory=list)


def guessed(table: Table, names: Names, *, zone: ZoneInfo, year: int) -> Guess:
    """What the columns of a table seem to be."""
    guess = Guess()
    left = list(table.columns)
    guess.transition = _taken(left, _best(left, "transition", EXACT))
    clocks = [column for column in left if column.filled and is_clock(column.values, zone)]
    left = [column for column in left if column not in clocks]
    guess.case = _case_by_header(left)
    candidates = [column for column in left if column is not guess.case]
    timed, guess.forms = _timed(candidates, zone, year)
    times = guess.forms.times(zone, year=year)
    found = {column.name: TimeColumn(column, reading(column.cells, times)) for column in timed}
    for one in found.values():
        guess.none.update(one.reading.none)
    _give_clocks(list(found.values()), clocks, table)
    left = [column for column in left if column.name not in found]
    if guess.case is None:
        guess.case, guess.case_by_header = _case_by_values(left), False
    _taken(left, guess.case)
    guess.post = _taken(left, _best(left, "post", EXACT))
    _layout(guess, left, names)
    _place_times(guess, list(found.values()), names)
    guess.fill_down = _merged(guess)
    _persons(guess, left, names)
    _facts(guess, left, names)
    guess.unused = [column for column in left if column.filled]
    return guess


def _taken(left: list[Column], column: Column | None) -> Column | None:
    if column is not None and column in left:
        left.remove(column)
    return column


def _best(columns: list[Column], role: str, least: int) -> Column | None:
    """The column whose header says best that it has the role; of equals the first."""
    scored = [(hints().role(column.name, role), column) for column in columns if column.filled]
    most = max((score for score, _ in scored), default=0)
    if most < least:
        return None
    alike = [column for score, column in scored if score >= EXACT] or [c for s, c in scored if s == most]
    order = list(hints().roles[role])
    return min(alike, key=lambda column: order.index(column.name) if column.name in order else len(order))


def _case_by_header(columns: list[Column]) -> Column | None:
    named = [column for column in columns if not hints().of_time(column.name)]
    return _best(named, "case", WITHIN)


def _case_by_values(columns: list[Column]) -> Column | None:
    """The first column that is full of short values with figures, nearly all of them different."""
    for column in columns:
        texts = [value for value in column.values if isinstance(value, str)]
        full = column.filled and column.empty * 20 <= len(column.cells)
        short = len(texts) * 2 > column.filled and all(len(text) <= 40 for text in texts)
        figures = sum(any(sign.isdigit() for sign in text) for text in texts)
        if full and short and figures * 10 >= 9 * len(texts):
            return column
    return None


def _timed(columns: list[Column], zone: ZoneInfo, year: int) -> tuple[list[Column], Forms]:
    """The columns of times, and the forms in which they are written, taken together."""
    timed = []
    for column in columns:
        titled = hints().of_time(column.name)
        forms = forms_of([column.cells], zone=zone, year=year, titled=titled)
        if not forms.written and not any(not isinstance(cell, str) for cell in column.values):
            continue
        read = reading(column.cells, forms.times(zone, year=year))
        if read.read and read.read >= TIMED * (column.filled - read.none.total()):
            timed.append(column)
    return timed, forms_of([column.cells for column in timed], zone=zone, year=year)


def _give_clocks(times: list[TimeColumn], clocks: list[Column], table: Table) -> None:
    """Each time of day goes to the column of days before it; best to one that is called alike."""
    place = {column.name: at for at, column in enumerate(table.columns)}
    for clock in clocks:
        days = [one for one in times if one.clock is None and one.reading.alone == one.reading.read]
        named = [
            one for one in days if bare(one.column.name, hints().times) == bare(clock.name, hints().times)
        ]
        before = [one for one in days if place[one.column.name] < place[clock.name]]
        if named or before:
            (named or before[-1:])[0].clock = clock


def _layout(guess: Guess, left: list[Column], names: Names) -> None:
    """Whether a column names the step of each row: then a case has several rows."""
    case = guess.case
    if case is None or len(case.values) == case.filled == len(case.cells):
        return
    scored = [(*score, column) for column in left if (score := _as_activity(column, names)) is not None]
    if not scored:
        return
    guess.activity = max(scored, key=lambda one: (one[0] + (one[1] >= EXACT), one[1]))[2]
    left.remove(guess.activity)
    left[:] = [column for column in left if column.cells != guess.activity.cells]  # the same once more
    _steps(guess, names)


def _as_activity(column: Column, names: Names) -> tuple[float, int] | None:
    """For how many rows the column has a word for a step, and how well its header says so; None: it names no steps."""
    values = [value for value in column.values if isinstance(value, str)]
    if not values or len(values) > MOST_STEPS:
        return None
    share = sum(column.values[value] for value in values if step_of(value, names)[0]) / column.filled
    header = hints().role(column.name, "activity")
    repeated = 4 * len(values) <= 3 * column.filled
    if (repeated and (share >= FEW or header >= EXACT)) or (share >= MANY and header >= WITHIN):
        return round(share, 2), header
    return None


def _steps(guess: Guess, names: Names) -> None:
    assert guess.activity is not None
    counts = {str(value): count for value, count in guess.activity.values.most_common()}
    meant = {value: step_of(value, names) for value in counts}
    plain = {
        step for value, (step, _) in meant.items() if step and closest(value, names.steps[step]) >= EXACT
    }
    most: dict[str, int] = {}
    for value, count in counts.items():
        step, among = meant[value]
        if step is not None and _another_means_it(value, count, step, plain, most, names):
            guess.doubtful[value], step = (step,), None
        elif step is not None:
            most.setdefault(step, count)
        elif among:
            guess.doubtful[value] = among
        guess.steps[value] = step or IGNORED


def _another_means_it(
    value: str, count: int, step: str, exactly: set[str], most: Mapping[str, int], names: Names
) -> bool:
    """Whether the step is what another value says plainly, or far more often: then this one may be something else."""
    if step in exactly and closest(value, names.steps[step]) < EXACT:
        return True
    return count < SELDOM * most.get(step, 0)


def _place_times(guess: Guess, times: list[TimeColumn], names: Names) -> None:
    if guess.activity is not None:
        ranked = sorted(times, key=lambda time: -_as_main(time))
        guess.time = ranked[0] if ranked else None
        others = ranked[1:]
        guess.noted = _noted(others)
        guess.unused.extend(time.column for time in others if time is not guess.noted)
        return
    _a_step_a_column(times, names)
    guess.noted = _noted([time for time in times if time.step is None])
    guess.times = [time for time in times if time is not guess.noted]


def _noted(times: list[TimeColumn]) -> TimeColumn | None:
    """The column that says when something was put on record."""
    return next((time for time in times if _says_noted(time)), None)


def _says_noted(time: TimeColumn) -> bool:
    return hints().role(time.column.name, "noted") >= EXACT


def _a_step_a_column(times: list[TimeColumn], names: Names) -> None:
    """Gives each step to the column that is called most like it; the first takes the arrival where none does."""
    for time in times:
        time.step, _ = step_of(bare(time.column.name, hints().times), names)
    taken: set[str] = set()
    for time in sorted(times, key=lambda time: -_fit(time, names)):
        if time.step in taken:
            time.step = None
        elif time.step is not None:
            taken.add(time.step)
    if names.begins and not taken & names.begins:
        first = next((time for time in times if time.step is None), None)
        if first is not None and not _says_noted(first):
            first.step, first.sure = sorted(names.begins)[0], False


def _as_main(time: TimeColumn) -> int:
    header = time.column.name
    return (
        time.column.filled
        + 10 * time.column.filled * (hints().role(header, "time") >= EXACT)
        - 5 * (time.column.filled * (hints().role(header, "noted") >= EXACT))
    )


def _fit(time: TimeColumn, names: Names) -> int:
    if time.step is None:
        return 0
    return closest(bare(time.column.name, hints().times), names.steps[time.step])


def _merged(guess: Guess) -> int:
    """How many rows have no number because its cell is merged with the one above: they are no cases of their own."""
    case = guess.case
    if case is None or not case.empty or not case.cells or case.cells[0] == "":
        return 0
    if guess.activity is None and guess.times:
        begins = guess.times[0].column.cells
        if any(begins[at] != "" for at, cell in enumerate(case.cells) if cell == ""):
            return 0
    return case.empty


def _persons(guess: Guess, left: list[Column], names: Names) -> None:
    person = _best(left, "person", EXACT)
    if guess.activity is None:
        steps = {one.step for one in guess.times if one.step}
        for column in list(left):
            said = bare(column.name, hints().persons)
            step = step_of(said, names)[0] if said != column.name.lower() else None
            if (
                step in steps
                and step not in names.begins
                and step not in guess.persons
                and column is not person
            ):
                guess.persons[step] = column
                left.remove(column)
    guess.person = _taken(left, person)


def _facts(guess: Guess, left: list[Column], names: Names) -> None:
    brought = set(guess.steps.values()) | {one.step for one in guess.times if one.step}
    scored = []
    for place, column in enumerate(left):
        for fact, called in names.facts.items():
            asked = names.asked[fact]
            if not asked or brought & set(asked):
                scored.append((closest(column.name, called), -place, fact))
    for score, place, fact in sorted(scored, key=lambda one: (-one[0], -one[1])):
        column = left[-place]
        if score >= WITHIN and fact not in guess.facts and column not in guess.facts.values():
            guess.facts[fact] = column
    left[:] = [column for column in left if column not in guess.facts.values()]
