"""The rows that follow from the entries of a register file: persons, units, posts, items, calendars, editions."""

from __future__ import annotations

from kesu.ledger.entry import StoredEntry
from kesu.people.registers import REGISTERS, Noted

from ..folded.recorded import ERASED_VALUE
from ..models import Row


def register_rows(file: str, entries: list[Noted]) -> list[Row]:
    """The rows that follow from the entries of a register file."""
    kind, _, name = file.partition("/")
    register = REGISTERS[kind]
    return [(model, row) for model, row in register.rows(name=name, entries=entries)]


def as_noted(entry: StoredEntry) -> Noted:
    """An entry as registers read it; erased values read “erased”."""
    personal = {
        word: value if isinstance(value, str) else ERASED_VALUE for word, value in entry.personal.items()
    }
    return Noted(entry.number, entry.kind, entry.at, entry.noted, entry.by, {**entry.facts, **personal})
