"""Every row from the ledger again: to put rows right, or to prove that they are (`kesu rebuild --check`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import DatabaseError, IntegrityError, connection, models, transaction

from kesu.ledger.oneway import writing
from kesu.ledger.read import entries_of, files, organisations
from kesu.ledger.snapshot import snapshot
from kesu.people.directory import forget as forget_directories
from kesu.people.models import PROJECTIONS as PEOPLE
from kesu.people.models import Projection, Revision
from kesu.people.registers import REGISTERS, REVISED

from ..folded.books import forget as forget_books
from ..folded.fold import folded_from, folds
from ..models import CASE_PROJECTIONS, CountedRow, Key, Row, SearchedRow, SearchRow, Series
from ..pieces import WORDS, out_of_step, remake
from ..rows.case import case_rows
from ..rows.following import follow, put_back
from ..rows.projection import insert, keyed, refresh
from ..rows.register import as_noted, register_rows
from ..rows.searchable import search_row
from .agreement import disagreements
from .behind import Followed, as_far_as_followed, followed

BATCH = 200
UNREADABLE = "unreadable"  # the field of a difference that is none: what stands there cannot be read at all
_NO_VALUE = (DatabaseError, ValueError, TypeError)  # what reading a strange value of a column ends in
MODELS: tuple[type[Projection], ...] = (*PEOPLE, *CASE_PROJECTIONS)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a stored row is not what the ledger says. `row` or `ledger` is None when the whole row is missing there.

    With the field `UNREADABLE` nothing could be compared: of a file whose entries cannot be folded (`ledger` says why), or of a
    table in which something stands that is no value (`row` says what).
    """

    organisation: str
    table: str
    file: str
    key: tuple[Any, ...]
    field: str
    row: Any
    ledger: Any


Later = tuple[str, list[Row], list[Row]]  # a file, its rows as stored, its rows by the ledger


@dataclass
class Tally:
    """What follows from many files together: the last number of each series, and the count of register entries."""

    search: Followed
    series: dict[tuple[str, int], int] = field(default_factory=dict)
    revision: int = 0
    complete: bool = True  # false: some file could not be read, so numbers and counts say nothing
    later: list[Later] = field(default_factory=list)  # what waits until other files let go of a value

    def count(self, file: str, entries: Sequence[Any]) -> None:
        """Takes one file into account."""
        if file.partition("/")[0] in REVISED:
            self.revision += len(entries)
        given = entries[0].facts.get("series")
        if given:
            prefix, year, number = given
            self.series[prefix, year] = max(number, self.series.get((prefix, year), 0))


def rebuild(*, organisation: str | None = None, check: bool) -> list[Difference]:
    """The differences between stored rows and the ledger; unless `check`, they are put right, file by file.

    A check looks at one moment, whoever acts meanwhile: else a row would be held against an entry that came after it.
    """
    why = out_of_step()  # asks by a statement that writes: before the moment
    if why is not None and not check:
        remake()
    with snapshot() if check else nullcontext():
        names = [organisation] if organisation else sorted({*organisations(), *_with_rows()})
        differences = [one for name in names for one in (*_rebuild(name, check), *_out_of_step(name, why))]
    if not check:
        folds.forget()
        forget_directories()
        forget_books()
        for name in names:
            follow(name)
    return differences


def _out_of_step(organisation: str, why: str | None) -> Iterator[Difference]:
    """Where the full-text table does not agree with the rows that it is made from."""
    if why is not None:
        yield _unreadable(organisation, WORDS, "", row=why)


def _rebuild(organisation: str, check: bool) -> Iterator[Difference]:
    """Rows of no file go first, since they may hold what a file has to have; cases are folded with the registers put right."""
    tally = Tally(followed(organisation))
    registers, cases = _registers_and_cases(organisation)
    yield from _strays(organisation, {*registers, *cases}, check)
    for names in (registers, cases):
        for batch in _in_batches(iter(names)):
            yield from _batch(organisation, batch, check, tally)
        if tally.later:
            _put_later(organisation, tally.later)
            tally.later.clear()
    if tally.complete:
        yield from _tallied(organisation, tally, check)
        yield from _uncounted(organisation)
    yield from _beyond(organisation, tally.search, check)


def _beyond(organisation: str, search: Followed, check: bool) -> Iterator[Difference]:
    """Where the mark of the search says more than the ledger has sealed: what is sealed next would be passed over."""
    if search.is_out:
        table = SearchedRow._meta.db_table
        yield Difference(organisation, table, "", (), "leaf", search.mark, search.newest or None)
        if not check:
            put_back(organisation, search.newest)


def _batch(organisation: str, batch: Sequence[str], check: bool, tally: Tally) -> Iterator[Difference]:
    stored, strange = _stored(organisation, batch)
    yield from strange
    for file in batch:
        rows_now = stored.get(file, [])
        try:
            rows = _rows_of(organisation, file, tally)
            if file in tally.search.late:
                owed = tally.search.owed.get(file, 0)
                rows = as_far_as_followed(organisation, file, rows, rows_now, owed)
        except DatabaseError:
            raise
        except (
            Exception
        ) as broken:  # whatever altered bytes end in: the file is named, and the others are looked at
            tally.complete = False
            yield _unreadable(organisation, "ledger_entry", file, ledger=_in_words(broken))
            continue
        yield from _settle(organisation, file, rows_now, rows, check, tally.later)


def _rows_of(organisation: str, file: str, tally: Tally) -> list[Row]:
    """The rows of a file by its entries, which are counted."""
    entries = entries_of(organisation, file)
    if file.partition("/")[0] in REGISTERS:
        rows = list(register_rows(file, [as_noted(one) for one in entries]))
    else:
        fold = folded_from(organisation, file, entries)
        rows = [*case_rows(fold), (SearchRow, search_row(fold))]
    tally.count(file, entries)
    return rows


def _unreadable(
    organisation: str, table: str, file: str, *, row: str | None = None, ledger: str | None = None
) -> Difference:
    return Difference(organisation, table, file, (), UNREADABLE, row, ledger)


def _in_words(broken: Exception) -> str:
    return f"{type(broken).__name__}: {broken}"[:200]


def _uncounted(organisation: str) -> Iterator[Difference]:
    """Where a case and a watch's file do not agree on what is counted; `row` is what the case says."""
    table = CountedRow._meta.db_table
    for watch, case, says, counts in disagreements(organisation):
        yield Difference(organisation, table, watch, (case,), "counted", says, counts)


def _registers_and_cases(organisation: str) -> tuple[list[str], list[str]]:
    """The names of its files. Case files are folded with editions and calendars, so these have to stand first."""
    registers: list[str] = []
    cases: list[str] = []
    for file in files(organisation):
        (registers if file.partition("/")[0] in REGISTERS else cases).append(file)
    return registers, cases


def _settle(
    organisation: str, file: str, stored: list[Row], rows: Iterable[Row], check: bool, later: list[Later]
) -> Iterator[Difference]:
    rows = [(model, _whole(model, row)) for model, row in rows]
    differences = list(_differences(organisation, file, keyed(stored), keyed(rows)))
    if differences and not check:
        try:
            with writing(), transaction.atomic():
                refresh(organisation=organisation, file=file, before=keyed(stored), after=keyed(rows))
        except IntegrityError:
            later.append((file, stored, rows))
    yield from differences


def _put_later(organisation: str, later: Sequence[Later]) -> None:
    """Files that could not have what another file wrongly had, such as a number: all let go first, then all take.

    Raises IntegrityError where the ledger itself gives two files what only one can have.
    """
    with writing(), transaction.atomic():
        for file, stored, _ in later:
            refresh(organisation=organisation, file=file, before=keyed(stored), after={})
        for file, _, rows in later:
            refresh(organisation=organisation, file=file, before={}, after=keyed(rows))


def _differences(
    organisation: str, file: str, stored: Mapping[Key, Any], ledger: Mapping[Key, Any]
) -> Iterator[Difference]:
    for place in sorted({*stored, *ledger}, key=lambda key: (key[0]._meta.db_table, str(key[1]))):
        model, key = place
        table = model._meta.db_table
        row, owed_row = stored.get(place), ledger.get(place)
        if row is None or owed_row is None:
            yield Difference(organisation, table, file, key, "", _plain(row), _plain(owed_row))
            continue
        for name, value in owed_row.items():
            if row[name] != value:
                yield Difference(organisation, table, file, key, name, row[name], value)


def _plain(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if row is None else dict(row)


def _whole(model: type[Projection], row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with every field, so that what a register leaves open is compared as well."""
    return {
        field.attname: row[field.attname] if field.attname in row else field.get_default()
        for field in _own_fields(model)
    }


def _own_fields(model: type[Projection]) -> list[Any]:
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in ("organisation", "file")
    ]


def _stored(organisation: str, batch: Sequence[str]) -> tuple[dict[str, list[Row]], list[Difference]]:
    """The rows as they stand, by file; and where something stands in a table that is no value of its column."""
    by_file: dict[str, list[Row]] = {}
    strange = []
    for model in MODELS:
        try:
            rows = _values(model, organisation, batch)
        except _NO_VALUE:
            rows = []
            for file in batch:
                try:
                    rows += _values(model, organisation, [file])
                except _NO_VALUE as broken:
                    table = model._meta.db_table
                    strange.append(_unreadable(organisation, table, file, row=_in_words(broken)))
        for row in rows:
            by_file.setdefault(row.pop("file"), []).append((model, row))
    return by_file, strange


def _values(model: type[Projection], organisation: str, batch: Sequence[str]) -> list[dict[str, Any]]:
    names = [field.attname for field in _own_fields(model)]
    return list(
        model._default_manager.filter(organisation=organisation, file__in=batch).values("file", *names)
    )


def _strays(organisation: str, files: set[str], check: bool) -> Iterator[Difference]:
    """Rows of files that the ledger does not have."""
    for model in MODELS:
        named = set(
            model._default_manager.filter(organisation=organisation).values_list("file", flat=True).distinct()
        )
        for batch in _in_batches(iter(sorted(named - files))):
            stored, strange = _stored(organisation, batch)
            yield from (one for one in strange if one.table == model._meta.db_table)
            for file, rows in stored.items():
                mine = [row for row in rows if row[0] is model]
                yield from _settle(organisation, file, mine, [], check, [])


def _tallied(organisation: str, tally: Tally, check: bool) -> Iterator[Difference]:
    stored = {(row.prefix, row.year): row.last for row in Series.objects.filter(organisation=organisation)}
    differences = [
        Difference(
            organisation, Series._meta.db_table, "", key, "last", stored.get(key), tally.series.get(key)
        )
        for key in sorted({*stored, *tally.series})
        if stored.get(key) != tally.series.get(key)
    ]
    revision = (
        Revision.objects.filter(organisation=organisation).values_list("number", flat=True).first() or 0
    )
    if revision != tally.revision:
        differences.append(
            Difference(organisation, Revision._meta.db_table, "", (), "number", revision, tally.revision)
        )
    if differences and not check:
        _put_tally(organisation, tally)
    yield from differences


def _put_tally(organisation: str, tally: Tally) -> None:
    with writing(), transaction.atomic(), connection.cursor() as cursor:
        for table in ("caseload_series", "people_revision"):
            cursor.execute(f"DELETE FROM {table} WHERE organisation = %s", [organisation])
        series = [
            {"organisation": organisation, "prefix": prefix, "year": year, "last": last}
            for (prefix, year), last in tally.series.items()
        ]
        insert(Series, series)
        if tally.revision:
            insert(Revision, [{"organisation": organisation, "number": tally.revision}])


def _with_rows() -> set[str]:
    every: tuple[type[models.Model], ...] = (*MODELS, Series, Revision, SearchedRow)
    return {
        name
        for model in every
        for name in model._default_manager.values_list("organisation", flat=True).distinct()
    }


def _in_batches(names: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(names, BATCH)):
        yield batch
