"""批次: the cases of one product and batch that are counted together, in words and as a small chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from kesu.caseload.asking.opened import CaseView
from kesu.caseload.asking.watches import Batch, Batches, Related, batch, batches
from kesu.caseload.models import CountedRow
from kesu.casework.many.watching import COUNTED
from kesu.procedure import words
from kesu.procedure.shapes.abilities import Counts
from kesu.procedure.shapes.abilities.many import FOR_EVER
from kesu.reading.text import Text

from ..said.rows_said import CaseLine, case_lines, step_said
from ..who.here import Here

USUAL_WINDOW = 7  # days, where no rule in force gives a window
LONGEST_CHART = 31  # days; of a longer time only those with cases are shown, the last ones


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted case; `written` is how its values are spelled there, where that is not as in the watch."""

    line: CaseLine
    day: date
    written: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A day of the chart; `share` of the tallest in whole hundredths; `running`: in the window that ends today."""

    day: date
    count: int
    share: int
    running: bool


@dataclass(frozen=True, slots=True)
class RelatedSaid:
    """Another watch with a value of this one: where its page is, its number, what it watches and how far it is."""

    file: str
    label: str
    name: str
    state: Text


@dataclass(frozen=True, slots=True)
class BatchSaid:
    """A watch as its page and the list show it. Numbers are None where this person is not told them.

    `promotions`: how many in how many days make its cases major. `related`: other watches with a value of this one. Both only
    on its own page.
    """

    line: CaseLine
    values: dict[str, str]
    window: int
    now: int | None
    most: int | None
    unseen: int | None
    alarms: list[int]
    cases: list[Counted]
    bars: list[Bar]
    promotions: list[tuple[int, int]] = field(default_factory=list)
    related: list[RelatedSaid] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What is watched, in one line."""
        return " · ".join(self.values.values())


def window_of(here: Here) -> int:
    """The longest window by which the rules in force count, in days; running totals have none."""
    shapes = [shape for procedure in here.procedures for _, shape in procedure.able(Counts)]
    days = [shape.days for shape in shapes if shape.days < FOR_EVER]
    return max(days, default=USUAL_WINDOW)


def counts(view: CaseView) -> bool:
    """Whether the file is that of a watch."""
    return bool(view.case.history.all(COUNTED))


def batch_of(view: CaseView, here: Here) -> BatchSaid | None:
    """What a file says as that of a watch; None for any other file."""
    if not counts(view):
        return None
    days = window_of(here)
    found = batch(view, days=days)
    if found is None:
        return None
    watch, near = found
    said = _said(watch, _lines([watch], here), here, days)
    return replace(
        said, promotions=_promotions(watch, here), related=[_related(other, here) for other in near]
    )


def _promotions(watch: Batch, here: Here) -> list[tuple[int, int]]:
    """(how many cases, in how many days) by the rules in force, where nobody is kept from the numbers; the least first."""
    if watch.now is None:
        return []
    counting = [shape for one in here.procedures for _, shape in one.able(Counts)]
    return sorted(
        {
            (shape.least, shape.days)
            for shape in counting
            if shape.follows is not None and shape.procedure == watch.watch.watch and shape.days < FOR_EVER
        }
    )


def _related(other: Related, here: Here) -> RelatedSaid:
    watch = other.watch
    name = " · ".join(str(watch.values.get(word) or "") for word in watch.by)
    return RelatedSaid(other.file, other.label, name, step_said(watch.watch, other.state, here))


def listed(here: Here, after: str | None) -> tuple[Batches, list[BatchSaid]]:
    """A page of the list, with each watch in words."""
    days = window_of(here)
    page = batches(here, days=days, after=after)
    lines = _lines(page.listed, here)
    return page, [_said(batch, lines, here, days) for batch in page.listed]


def _lines(watches: Iterable[Batch], here: Here) -> dict[str, CaseLine]:
    """Every case of these watches in words, and the watches themselves, by file."""
    rows = [row for one in watches for row in (one.row, *(row for row, _ in one.cases))]
    return {line.row.file: line for line in case_lines(rows, here)}


def titles(watches: list[BatchSaid]) -> list[tuple[str, Text]]:
    """The facts by which these watches count, with their titles, for the head of the list."""
    facts = words.facts()
    names = dict.fromkeys(word for batch in watches for word in batch.values)
    return [(name, facts[name].title) for name in names if name in facts]


def lacking_said(page: Batches, here: Here) -> list[tuple[CaseLine, Text]]:
    """Open cases that are not counted, each with what is not known of it."""
    facts = words.facts()
    lines = case_lines([row for row, _ in page.uncounted], here)
    return [
        (
            line,
            Text(
                "、".join(facts[word].title.zh for word in count.lacking),
                ", ".join(facts[word].title.en for word in count.lacking),
            ),
        )
        for line, (_, count) in zip(lines, page.uncounted, strict=True)
    ]


def _said(batch_seen: Batch, lines: Mapping[str, CaseLine], here: Here, window: int) -> BatchSaid:
    values = {word: str(batch_seen.watch.values.get(word) or "") for word in batch_seen.watch.by}
    return BatchSaid(
        line=lines[batch_seen.row.file],
        values=values,
        window=window,
        now=batch_seen.now,
        most=batch_seen.most,
        unseen=batch_seen.unseen,
        alarms=sorted({int(alarm["limit"]) for alarm in batch_seen.watch.alarms}),
        cases=[_counted(lines[row.file], count, values, here) for row, count in batch_seen.cases],
        bars=_bars(batch_seen.days or (), window, here),
    )


def _counted(line: CaseLine, count: CountedRow, values: dict[str, str], here: Here) -> Counted:
    mine = [str(value or "") for value in count.values]
    other = [one for one, usual in zip(mine, values.values(), strict=False) if one != usual]
    return Counted(line, _day(count, here), " · ".join(other))


def _day(count: CountedRow, here: Here) -> date:
    return count.at.astimezone(ZoneInfo(here.zone)).date()


def _bars(days: tuple[tuple[date, int], ...], window: int, here: Here) -> list[Bar]:
    """Every day from the first case to the last; of a long time the last days with cases."""
    if not days:
        return []
    counts = dict(days)
    first, last = days[0][0], days[-1][0]
    length = (last - first).days + 1
    charted = (
        [first + timedelta(days=place) for place in range(length)]
        if length <= LONGEST_CHART
        else [day for day, _ in days[-LONGEST_CHART:]]
    )
    top, today = max(counts.values()), _today(here)
    return [
        Bar(
            day,
            counts.get(day, 0),
            counts.get(day, 0) * 100 // top,
            today - timedelta(days=window) < day <= today,
        )
        for day in charted
    ]


def _today(here: Here) -> date:
    return here.now.astimezone(ZoneInfo(here.zone)).date()
