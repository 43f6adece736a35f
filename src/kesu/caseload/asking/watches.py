"""Watches as one person sees them: what is counted, and what of it he may be told (semantics 5.4).

From whom a counted case is hidden, from him its entries, every number and the alarms' lists are kept too: he sees that
an alarm was raised. Who merely holds no post in a case is told the number, and how many are not shown to him.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from kesu.casework.many.watching import ALARM, CASE, COUNTED, FILES, RAISED, WATCHED, WIDENED, WITHDRAWN
from kesu.people.directory import Directory
from kesu.procedure.words.names import FACT

from ..models import ApartRow, CaseRow, CountedRow, WatchRow
from ..sight.lines import Line
from ..sight.seeing import visible

AT_ONCE = 50
NUMBERS = (
    FACT.COUNTED,
    FILES,
    FACT.ENDED_FILES,
    FACT.WINDOW_FROM,
    FACT.WINDOW_TO,
)  # what an alarm says of its cases
OF_A_WATCH = (COUNTED, WITHDRAWN, RAISED, WIDENED)
PLUMBING = (FACT.KIND, ALARM, FACT.ALARM_DAYS)  # names of procedures and rules, which say nothing to people


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
class Batches:
    """A page of watches, the newest first; `next` goes into `after`. `uncounted`: open cases that lack a value."""

    found: tuple[Batch, ...]
    next: str | None
    uncounted: tuple[tuple[CaseRow, CountedRow], ...] = ()


def batches(
    *, directory: Directory, person: str, now: datetime, days: int, after: str | None = None
) -> Batches:
    """The watches that this person sees; `days` is the length of the window."""
    organisation = directory.organisation.organisation
    seen = visible(directory=directory, person=person, now=now)
    own = WatchRow.objects.filter(organisation=organisation)
    rows = seen.filter(file__in=own.values("file"))
    if after is not None:
        moment, _, file = after.partition(" ")
        at = datetime.fromisoformat(moment)
        rows = rows.filter(Q(received__lt=at) | Q(received=at, file__gt=file))
    listed = list(rows.order_by("-received", "file")[: AT_ONCE + 1])
    last = listed[AT_ONCE - 1] if len(listed) > AT_ONCE else None
    found = _batches(listed[:AT_ONCE], directory=directory, person=person, now=now, days=days)
    lacking = CountedRow.objects.filter(organisation=organisation, into="")
    open_ = {row.file: row for row in seen.filter(ended=None, file__in=lacking.values("file"))[:AT_ONCE]}
    uncounted = [(open_[row.file], row) for row in lacking.filter(file__in=open_).order_by("at", "file")]
    return Batches(
        tuple(found), f"{last.received.isoformat()} {last.file}" if last else None, tuple(uncounted)
    )


def batch(row: CaseRow, *, directory: Directory, person: str, now: datetime, days: int) -> Batch | None:
    """The watch whose own file this is; None when it is no file of a watch. Whether he sees it was asked before."""
    return next(iter(_batches([row], directory=directory, person=person, now=now, days=days)), None)


def _batches(
    rows: Sequence[CaseRow], *, directory: Directory, person: str, now: datetime, days: int
) -> list[Batch]:
    organisation, files = directory.organisation.organisation, [row.file for row in rows]
    watches = {one.file: one for one in WatchRow.objects.filter(organisation=organisation, file__in=files)}
    counted: dict[str, list[CountedRow]] = {file: [] for file in watches}
    for one in CountedRow.objects.filter(organisation=organisation, into__in=files).order_by("at", "file"):
        counted[one.into].append(one)
    cases = [one.file for found in counted.values() for one in found]
    mine = visible(directory=directory, person=person, now=now).filter(file__in=cases)
    shown = {case.file: case for case in mine}
    hidden = hidden_from(cases, directory=directory, person=person, now=now)
    return [
        _batch(
            row,
            watches[row.file],
            counted[row.file],
            shown,
            hidden,
            directory=directory,
            now=now,
            length=days,
        )
        for row in rows
        if row.file in watches
    ]


def _batch(
    row: CaseRow,
    watch: WatchRow,
    counted: list[CountedRow],
    shown: dict[str, CaseRow],
    hidden: Collection[str],
    *,
    directory: Directory,
    now: datetime,
    length: int,
) -> Batch:
    zone = ZoneInfo(directory.organisation.zone)
    cases = tuple((shown[one.file], one) for one in counted if one.file in shown)
    if any(one.file in hidden for one in counted):
        return Batch(row, watch, cases, None, None, None, None)
    days = Counter(one.at.astimezone(zone).date() for one in counted)
    today = now.astimezone(zone).date()
    running = sum(count for day, count in days.items() if today - timedelta(days=length) < day <= today)
    most = max((_within(days, day, length) for day in days), default=0)
    unseen = len(counted) - len(cases)
    return Batch(row, watch, cases, tuple(sorted(days.items())), running, most, unseen)


def _within(days: Counter[date], first: date, length: int) -> int:
    return sum(count for day, count in days.items() if timedelta(0) <= day - first < timedelta(days=length))


def hidden_from(files: Iterable[str], *, directory: Directory, person: str, now: datetime) -> set[str]:
    """Those of the files from which this person, or a unit of his, has to stay out."""
    mine = Q(person=person) | Q(unit__in=[unit for unit in directory.units_above(person, now) if unit])
    rows = ApartRow.objects.filter(
        mine, organisation=directory.organisation.organisation, file__in=list(files)
    )
    return set(rows.values_list("file", flat=True))


# -- the timeline of a watch -----------------------------------------------------------------------------------------


def lines_shown(lines: list[Line], *, directory: Directory, person: str, now: datetime) -> list[Line]:
    """The entries of a file with what they say of counted cases as this person may read it: numbers instead of names."""
    named = {file for line in lines for file in _files(line)}
    if not named:
        return lines
    hidden = hidden_from(named, directory=directory, person=person, now=now)
    mine = visible(directory=directory, person=person, now=now).filter(file__in=named)
    labels = dict(mine.values_list("file", "label"))
    usual = _watched(lines)
    return [
        _shown(line, labels, hidden, usual) if line.kind in OF_A_WATCH else line
        for line in lines
        if line.facts.get(CASE) not in hidden
    ]


def _watched(lines: Iterable[Line]) -> Mapping[str, Any]:
    """What is watched, as the first case spelled it; further entries say it only where they spell it otherwise."""
    first = next((line.facts for line in lines if line.kind == COUNTED), {})
    return {word: first[word] for word in first.get(WATCHED, ()) if word in first}


def _files(line: Line) -> list[str]:
    """The cases that an entry of a watch's file names."""
    if line.kind in (COUNTED, WITHDRAWN):
        return [str(line.facts.get(CASE))]
    return list(line.facts.get(FILES) or ()) if line.kind in (RAISED, WIDENED) else []


def _shown(line: Line, labels: dict[str, str], hidden: Collection[str], usual: Mapping[str, Any]) -> Line:
    left = (*PLUMBING, *NUMBERS) if line.kind in (RAISED, WIDENED) and hidden else PLUMBING
    facts = {
        word: value
        for word, value in line.facts.items()
        if word not in left and not (word in usual and value == usual[word] and line.number > 1)
    }
    if CASE in facts:
        facts[CASE] = labels.get(str(facts[CASE]), "—")
    for word in (FILES, FACT.ENDED_FILES):
        if word in facts:
            facts[word] = sorted(labels[file] for file in facts[word] if file in labels) or ["—"]
    return replace(line, facts=facts)
