"""Every example of a procedure, run for a page: as its file has it, and with what an organisation settles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kesu.casework.examples.trying import exemplified, try_examples
from kesu.procedure.written.library import here
from kesu.reading.strict import ReadError
from kesu.worktime.china import china_calendar


@dataclass(frozen=True, slots=True)
class Tries:
    """How many examples there are and hold; `differing` come out otherwise with the organisation's settings."""

    examples: int
    held: int
    differing: tuple[str, ...]


def tries_of(name: str, settings: Mapping[str, str]) -> Tries:
    """The examples of a procedure of the library, tried both ways; kept in memory by what was settled."""
    return _tries_of(name, tuple(sorted(settings.items())))


@lru_cache(maxsize=16)
def _tries_of(name: str, settings: tuple[tuple[str, str], ...]) -> Tries:
    procedure, examples = exemplified(here(), name)
    listed = list(examples)
    held = [one.holds for one in try_examples(procedure, listed, calendar=china_calendar())]
    try:
        own = here().load(name, settings=dict(settings))
    except ReadError:
        return Tries(len(listed), sum(held), ())
    if own.unset:
        return Tries(len(listed), sum(held), ())
    tried = try_examples(own, listed, calendar=china_calendar())
    return Tries(len(listed), sum(held), tuple(one.example.name for one in tried if not one.holds))
