"""批次: the cases of one product and batch that are counted together, in words and as a small chart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from kesu.caseload.asking.opened import CaseView
from kesu.caseload.asking.watches import Batch, Batches, batch, batches
from kesu.caseload.models import CaseRow, CountedRow
from kesu.casework.many.watching import COUNTED
from kesu.procedure import words
from kesu.procedure.shapes.abilities import Counts
from kesu.procedure.shapes.abilities.many import FOR_EVER
from kesu.reading.text import Text

from ..said.rows_said import CaseLine, case_line
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
class BatchSaid:
    """A watch as its page and the list show it. Numbers are None where this person is not told them."""

    line: CaseLine
    values: dict[str, str]
    window: int
    now: int | None
    most: int | None
    unseen: int | None
    alarms: list[int]
    cases: list[Counted]
    bars: list[Bar]

    @property
    def name(self) -> str:
        """What is watched, in one line."""
        return " · ".join(self.values.values())


def window_of(here: Here) -> int:
    """The longest window by which the rules in force count, in days; running totals have none."""
    shapes = [shape for procedure in here.procedures for _, shape in procedure.able(Counts)]
    days = [shape.days for shape in shapes if shape.days < FOR_EVER]
    return max(days, default=USUAL_WINDOW)


def batch_of(view: CaseView, here: Here) -> BatchSaid | None:
    """What a file says as that of a watch; None for any other file."""
    if not view.case.history.all(COUNTED):
        return None
    days = window_of(here)
    watch = batch(view, days=days)
    return _said(watch, here, days) if watch else None


def listed(here: Here, after: str | None) -> tuple[Batches, list[BatchSaid]]:
    """A page of the list, with each watch in words."""
    days = window_of(here)
    page = batches(here, days=days, after=after)
    return page, [_said(batch, here, days) for batch in page.listed]


def titles(watches: list[BatchSaid]) -> list[tuple[str, Text]]:
    """The facts by which these watches count, with their titles, for the head of the list."""
    facts = words.facts()
    names = dict.fromkeys(word for batch in watches for word in batch.values)
    return [(name, facts[name].title) for name in names if name in facts]


def lacking_said(page: Batches, here: Here) -> list[tuple[CaseLine, Text]]:
    """Open cases that are not counted, each with what is not known of it."""
    facts = words.facts()
    return [
        (
            case_line(row, here),
            Text(
                "、".join(facts[word].title.zh for word in count.lacking),
                ", ".join(facts[word].title.en for word in count.lacking),
            ),
        )
        for row, count in page.uncounted
    ]


def _said(batch_seen: Batch, here: Here, window: int) -> BatchSaid:
    values = {word: str(batch_seen.watch.values.get(word) or "") for word in batch_seen.watch.by}
    return BatchSaid(
        line=case_line(batch_seen.row, here),
        values=values,
        window=window,
        now=batch_seen.now,
        most=batch_seen.most,
        unseen=batch_seen.unseen,
        alarms=sorted({int(alarm["limit"]) for alarm in batch_seen.watch.alarms}),
        cases=[_counted(row, count, values, here) for row, count in batch_seen.cases],
        bars=_bars(batch_seen.days or (), window, here),
    )


def _counted(row: CaseRow, count: CountedRow, values: dict[str, str], here: Here) -> Counted:
    mine = [str(value or "") for value in count.values]
    other = [one for one, usual in zip(mine, values.values(), strict=False) if one != usual]
    return Counted(case_line(row, here), _day(count, here), " · ".join(other))


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
