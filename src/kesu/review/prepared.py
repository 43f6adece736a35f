"""Rows as the mapping wants them before they are read: filled down, up to a line to stop at; their transitions counted."""

from __future__ import annotations

from collections.abc import Iterator

from .mapping import LogMapping
from .remarks import TRANSITION, Remarks
from .rows import Cell, Row


def prepared(rows: Iterator[Row], mapping: LogMapping, remarks: Remarks) -> Iterator[Row]:
    """The rows themselves where the mapping asks for nothing."""
    file = mapping.file
    if file.stop_at:
        rows = _up_to(rows, file.stop_at, remarks)
    if file.fill_down:
        rows = _filled_down(rows, file.fill_down, remarks)
    return rows if TRANSITION in mapping.columns() else _with_transitions(rows, remarks)


def _up_to(rows: Iterator[Row], words: tuple[str, ...], remarks: Remarks) -> Iterator[Row]:
    for row in rows:
        first = next((cell for cell in row.cells.values() if not isinstance(cell, str) or cell.strip()), "")
        if isinstance(first, str) and first.strip().startswith(words):
            remarks.stopped_at = row.place
            return
        yield row


def _filled_down(rows: Iterator[Row], columns: tuple[str, ...], remarks: Remarks) -> Iterator[Row]:
    above: dict[str, Cell] = {}
    for row in rows:
        cells = dict(row.cells)
        for column in columns:
            cell = cells.get(column, "")
            if isinstance(cell, str) and not cell.strip() and column in above:
                cells[column] = above[column]
                remarks.filled_down += 1
            else:
                above[column] = cell
        yield Row(row.place, cells, row.sheet)


def _with_transitions(rows: Iterator[Row], remarks: Remarks) -> Iterator[Row]:
    """Counts the transitions that the mapping does not use, where the log has that column."""
    for row in rows:
        name = row.cells.get(TRANSITION)
        if isinstance(name, str):
            remarks.transitions[name] += 1
        yield row
