"""The steps by the part that they play, read from the words once: what engine and pages ask of a step is asked here.

A step that a later paper brings says its parts in `steps/`; nothing here, and nothing that asks here, changes for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kesu.names import FactName, StepName

from . import Mends, Part, StepWord, facts, steps


def _steps(plays: Callable[[StepWord], bool]) -> frozenset[StepName]:
    return frozenset(word.name for word in steps().values() if plays(word))


ARRIVAL: Final = _steps(lambda word: word.part is Part.ARRIVAL)
BEGINNING: Final = tuple(
    word.name for word in steps().values() if word.begins
)  # in the order in which they are tried
BY_THE_HOUSE: Final = _steps(lambda word: word.part is Part.HOUSE)
COMPLETING: Final = tuple(word.name for word in steps().values() if word.completes_arrival)
ENDING_ALWAYS: Final = _steps(lambda word: word.ends_always)
ENDING_UNDONE: Final = _steps(lambda word: word.undone)
MENDING: Final = _steps(lambda word: word.mends is not None)
TAKING_OUT: Final = _steps(lambda word: word.mends is Mends.ACT)
NAMING: Final = _steps(lambda word: word.names_persons)
ABOUT_THE_FILE: Final = _steps(lambda word: word.about_file)
STAGES: Final = _steps(
    lambda word: word.stage or word.part is Part.ARRIVAL
)  # lists show them, own work aside

FIRST_ASKED: Final[tuple[FactName, ...]] = tuple(word.name for word in facts().values() if word.first_asked)
CONTACT: Final[frozenset[FactName]] = frozenset(word.name for word in facts().values() if word.contact)
SOURCE: Final[frozenset[FactName]] = frozenset(word.name for word in facts().values() if word.source)
FROM_THE_REGISTER: Final[tuple[FactName, ...]] = tuple(
    word.name for word in facts().values() if word.from_register
)
WITH_ANY_STEP: Final[frozenset[FactName]] = frozenset(
    word.name for word in facts().values() if word.with_any_step
)


def described(part: str) -> frozenset[StepName]:
    """The steps of one part of the published description."""
    return _steps(lambda word: word.described == part)
