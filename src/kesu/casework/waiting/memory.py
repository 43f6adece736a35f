"""What was found out about the steps of one file, remembered until an act touches what the rules looked at.

Asking some forty steps after every act would cost a third of what the act itself costs. A remembered answer is the one
that asking anew would give: `rebuild --check` asks everything anew and compares.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from kesu.procedure.history.act import Act
from kesu.procedure.words.parts import TAKING_OUT
from kesu.procedure.written.gate import end_is_one_gate
from kesu.procedure.written.model import Procedure

from ..file.case_file import CaseFile
from ..file.effects import EFFECTS, LATE
from .needs import Need, need
from .noticing import EVERYTHING, Noticing
from .takers import Addressees, Takers

FORGET_ALL_AFTER: Final = frozenset({*EFFECTS, *TAKING_OUT}) - {LATE}  # after these nothing is as it was

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Remembered(Generic[T]):
    """An answer, with the steps and the facts that were looked up for it."""

    answer: T
    steps: frozenset[str]
    words: frozenset[str]

    def hangs_on(self, act: Act, unsaid: frozenset[str]) -> bool:
        """Whether an act can have changed the answer, by what it says or by a figure that it leaves `unsaid`."""
        return (
            EVERYTHING in self.steps
            or EVERYTHING in self.words
            or act.step in self.steps
            or not self.words.isdisjoint(act.facts)
            or not self.words.isdisjoint(unsaid)
        )


class Memory:
    """What the steps of one file lack and with whom they lie, up to the last act that `catch_up` was told of."""

    def __init__(self) -> None:
        self._needs: dict[str, Remembered[Need]] = {}
        self._addressees: dict[str, Remembered[Addressees]] = {}
        self._procedure: Procedure | None = None
        self._suspended: frozenset[int] = frozenset()
        self._acts = 0
        self._last: Act | None = None  # the last of them
        self._takers: Takers | None = None  # of the file with a history that notes what is looked at

    def catch_up(self, case: CaseFile) -> None:
        """Forgets what may have changed since; has to be called before anything is asked."""
        acts = case.history.acts[self._acts :]
        if self._unsettled(case, acts):
            self._needs.clear()
            self._addressees.clear()
        for act in acts:
            unsaid = case.history.unsaid(act)
            self._needs = {step: one for step, one in self._needs.items() if not one.hangs_on(act, unsaid)}
            self._addressees = {
                step: one for step, one in self._addressees.items() if not one.hangs_on(act, unsaid)
            }
        self._procedure, self._acts = case.procedure, len(case.history.acts)
        self._last = case.history.acts[-1] if case.history.acts else None
        self._suspended = frozenset(case.history.suspended)
        self._takers = None

    def need(self, case: CaseFile, step: str) -> Need:
        """What the step lacks in this file as it stands."""
        return self._answer(self._needs, need, case, step)

    def addressees(self, case: CaseFile, step: str) -> Addressees:
        """With whom the step lies, as far as this file tells."""
        return self._answer(self._addressees, Takers.addressees, case, step)

    def _unsettled(self, case: CaseFile, acts: Sequence[Act]) -> bool:
        told = case.history.acts[self._acts - 1] if 0 < self._acts <= len(case.history.acts) else None
        return (
            told is not self._last  # another file; a copy of the same one holds the same acts
            or self._procedure is not case.procedure
            or self._suspended != case.history.suspended
            or any(act.step in FORGET_ALL_AFTER for act in acts)
        )

    def _answer(
        self, answers: dict[str, Remembered[T]], ask: Callable[[Takers, str], T], case: CaseFile, step: str
    ) -> T:
        remembered = answers.get(step)
        if remembered is not None:
            return remembered.answer
        if self._takers is None:
            looked_at = copy(case)
            looked_at.history = Noticing(case.history)
            self._takers = Takers(looked_at, now=case.history.acts[-1].noted)
        history = self._takers.case.history
        assert isinstance(history, Noticing)
        history.begin()
        answer = ask(self._takers, step)
        if not _by_time(case, step):
            answers[step] = Remembered(answer, frozenset(history.steps), frozenset(history.words))
        return answer


def _by_time(case: CaseFile, step: str) -> bool:
    """Whether the answer hangs on the time at which it is asked, or on duties, which are no acts."""
    procedure = case.procedure
    if step in procedure.ends and procedure.timed and end_is_one_gate(procedure.language):
        return True
    return any(rule.when.holds(case.history, None) is not False for rule in procedure.changing.get(step, ()))
