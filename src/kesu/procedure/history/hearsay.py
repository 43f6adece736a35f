"""Acts that somebody else noted: which of them wait for the word of whoever acted (semantics 5.7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from kesu.names import StepName

from ..kinds.files import holds_files
from ..words.names import FACT, STEP
from .act import Act, Value


@dataclass(frozen=True, slots=True)
class Hearsay:
    """How the procedure takes what one person notes in the name of another.

    - `deciding`: the steps that count for nothing before the confirmation. Of every other it stays marked.
    - `by_scan`: a typed name of a scan is enough, as in editions of Kesu 0.1.
    """

    deciding: frozenset[StepName] = frozenset()
    by_scan: bool = True

    def says(self, act: Act) -> bool:
        """Whether the act is hearsay: somebody else alone tells it, so that whoever acted has to confirm it."""
        if act.recorder is None or act.by is None:
            return False
        return not self.scanned(act.facts)

    def scanned(self, facts: Mapping[str, Value]) -> bool:
        """Whether the signed paper is there: a file of it; in editions of Kesu 0.1 its name is enough."""
        scan = facts.get(FACT.SCAN)
        return bool(scan) if self.by_scan else holds_files(scan)

    def waits(self, act: Act) -> bool:
        """Whether it counts for nothing before that."""
        return act.recorder is not None and act.step in self.deciding and self.says(act) and not act.stood_by


AS_NOTED: Final = Hearsay()


def confirmed(acts: Iterable[Act], hearsay: Hearsay, gone: Collection[int] = ()) -> frozenset[int]:
    """The numbers of the acts noted by others that whoever acted has confirmed; one that names no entry confirms the oldest."""
    open_: dict[str, list[int]] = {}
    found: set[int] = set()
    for act in acts:
        if act.number in gone or act.by is None:
            continue
        if act.step == STEP.CONFIRMED_IN_PERSON and act.recorder is None:
            mine, named = open_.get(act.by, []), act.facts.get(FACT.ENTRY)
            meant = [number for number in mine if named is None or str(number) == str(named)][:1]
            found.update(meant)
            open_[act.by] = [number for number in mine if number not in meant]
        elif hearsay.says(act):
            open_.setdefault(act.by, []).append(act.number)
    return frozenset(found)


def counting(acts: Sequence[Act], hearsay: Hearsay) -> list[Act]:
    """The acts but those that wait for a confirmation."""
    stands = confirmed(acts, hearsay)
    return [act for act in acts if act.number in stands or not hearsay.waits(act)]


class Noted(Protocol):
    """What is asked of a history."""

    @property
    def hearsay(self) -> Hearsay: ...
    @property
    def stood_by(self) -> frozenset[int]: ...
    def noted_by_others(self) -> Iterator[Act]: ...


def hangs_on_a_word(history: Noted, act: Act) -> bool:
    """Whether somebody else noted it and whoever acted has not confirmed it, so that nobody can tell of it."""
    if act.recorder is None or history.hearsay.by_scan or not history.hearsay.says(act):
        return False
    return act.number not in history.stood_by and not act.stood_by


def to_confirm(history: Noted, person: str) -> list[Act]:
    """What others noted in the name of this person, and he has not confirmed."""
    return [
        act for act in history.noted_by_others() if act.by == person and act.number not in history.stood_by
    ]
