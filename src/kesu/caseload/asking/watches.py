"""Watches as one person sees them: what is counted, and what of it he may be told (semantics 5.4).

From whom a counted case is hidden, from him its entries, every number and the alarms' lists are kept too: he sees that
an alarm was raised. Who merely holds no post in a case is told the number, and how many are not shown to him.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When

from kesu.procedure.kinds.alike import matched

from ..models import CaseRow, CountedRow, WatchRow
from ..rows.place_in_list import read_place
from ..sight.reader import Reader
from ..sight.seeing import hidden_from, visible
from ..sight.watch_entries import files_counted
from .opened import CaseView

AT_ONCE = 50
MOST_LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class Batch:
    """One watch. `days` are local days with how many cases; they and the numbers are None where they are not told.

    `cases` are the counted cases that the person may see, by day; `unseen` is how many more there are.
    """

    row: CaseRow
    watch: WatchRow
    cases: tuple[tuple[CaseRow, CountedRow], ...]
    days: tuple[tuple[date, int], ...] | None
    now: int | None  # in the window that ends today
    most: int | None  # in any window
    unseen: int | None


@dataclass(frozen=True, slots=True)
class Related:
    """Another watch that has a value in common with the one looked at, with nothing of what it counts. `state`: its last step."""

    file: str
    label: str
    state: str
    watch: WatchRow


@dataclass(frozen=True, slots=True)
class Batches:
    """A page of watches, the newest first; `next` goes into `after`. `uncounted`: open cases that lack a value."""

    listed: tuple[Batch, ...]
    next: str | None
    uncounted: tuple[tuple[CaseRow, CountedRow], ...] = ()


@dataclass(frozen=True, slots=True)
class _Sight:
    """Of the counted cases that were asked about: those that one person sees, and those from which he has to stay out."""

    asked: set[str]
    rows: Mapping[str, CaseRow]
    hidden: frozenset[str]


def batches(reader: Reader, *, days: int, after: str | None = None) -> Batches:
    """The watches that the reader sees; `days` is the length of the window."""
    organisation, own_sight = reader.organisation, visible(reader)
    own = WatchRow.objects.filter(organisation=organisation)
    rows = own_sight.filter(file__in=own.values("file"))
    if after is not None:
        at, file = read_place(after)
        rows = rows.filter(Q(received__lt=at) | Q(received=at, file__gt=file))
    listed = list(rows.order_by("-received", "file")[: AT_ONCE + 1])
    last = listed[AT_ONCE - 1] if len(listed) > AT_ONCE else None
    page = _batches(listed[:AT_ONCE], reader, days=days)
    lacking = CountedRow.objects.filter(organisation=organisation, into="")
    open_ = {row.file: row for row in own_sight.filter(ended=None, file__in=lacking.values("file"))[:AT_ONCE]}
    uncounted = [(open_[row.file], row) for row in lacking.filter(file__in=open_).order_by("at", "file")]
    return Batches(
        tuple(page), f"{last.received.isoformat()} {last.file}" if last else None, tuple(uncounted)
    )


def batch(view: CaseView, *, days: int) -> tuple[Batch, list[Related]] | None:
    """The watch whose own file is open here, and those related to it; None when it is no file of a watch.

    One statement reads this watch and its neighbours: the page of a watch shows much else that has to be asked for.
    """
    sight = _Sight(files_counted(view.case.history.acts), view.counted, view.hidden)
    near = list(_of_its_kind(view)[: MOST_LOOKED_AT + 1])
    found = _batches([view.row], view.reader, days=days, sight=sight, watches=near)
    return (found[0], _related(found[0].watch, near)) if found else None


def _related(own: WatchRow, others: Iterable[WatchRow]) -> list[Related]:
    """Those of these watches that agree with this one in a value (the same product), in their order."""
    alike = _values(own)
    found = [watch for watch in others if watch.file != own.file and alike & _values(watch)]
    return [Related(watch.file, watch.label, watch.state, watch) for watch in found[:AT_ONCE]]  # type: ignore[attr-defined]


def _of_its_kind(view: CaseView) -> QuerySet[WatchRow]:
    """This watch, then the others of its procedure that the reader sees, the newest first; each with number and state."""
    own, seen = view.row, visible(view.reader)
    row = CaseRow.objects.filter(organisation=own.organisation, file=OuterRef("file"))
    return (
        WatchRow.objects.filter(organisation=own.organisation, watch=own.procedure)
        .filter(Q(file=own.file) | Q(file__in=seen.values("file")))
        .annotate(label=Subquery(row.values("label")), state=Subquery(row.values("state")))
        .order_by(Case(When(file=own.file, then=0), default=1), "-id")
    )


def _values(watch: WatchRow) -> set[tuple[str, str]]:
    return {(word, matched(str(value))) for word, value in watch.values.items() if value}


def _batches(
    rows: Sequence[CaseRow],
    reader: Reader,
    *,
    days: int,
    sight: _Sight | None = None,
    watches: Iterable[WatchRow] | None = None,
) -> list[Batch]:
    """The watches whose files these are; `sight` and `watches` where they were asked for before."""
    organisation, files = reader.organisation, [row.file for row in rows]
    if watches is None:
        watches = WatchRow.objects.filter(organisation=organisation, file__in=files)
    by_file = {watch.file: watch for watch in watches}
    counted: dict[str, list[CountedRow]] = {file: [] for file in by_file}
    for count in CountedRow.objects.filter(organisation=organisation, into__in=files).order_by("at", "file"):
        if sight is None or count.file in sight.asked:
            counted[count.into].append(count)
    sight = sight or _sight({count.file for counts in counted.values() for count in counts}, reader)
    return [
        _batch(row, by_file[row.file], counted[row.file], sight, reader, length=days)
        for row in rows
        if row.file in by_file
    ]


def _sight(files: set[str], reader: Reader) -> _Sight:
    rows = {case.file: case for case in visible(reader).filter(file__in=files)}
    return _Sight(files, rows, frozenset(hidden_from(files, reader)))


def _batch(
    row: CaseRow,
    watch: WatchRow,
    counted: list[CountedRow],
    sight: _Sight,
    reader: Reader,
    *,
    length: int,
) -> Batch:
    zone = ZoneInfo(reader.zone)
    cases = tuple((sight.rows[count.file], count) for count in counted if count.file in sight.rows)
    if any(count.file in sight.hidden for count in counted):
        return Batch(row, watch, cases, None, None, None, None)
    days = Counter(count.at.astimezone(zone).date() for count in counted)
    today = reader.now.astimezone(zone).date()
    running = sum(count for day, count in days.items() if today - timedelta(days=length) < day <= today)
    most = max((_within(days, day, length) for day in days), default=0)
    unseen = len(counted) - len(cases)
    return Batch(row, watch, cases, tuple(sorted(days.items())), running, most, unseen)


def _within(days: Counter[date], first: date, length: int) -> int:
    return sum(count for day, count in days.items() if timedelta(0) <= day - first < timedelta(days=length))
