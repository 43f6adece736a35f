"""What was found out about the steps of one file, remembered until an act touches what the rules looked at.

Asking some forty steps after every act would cost a third of what the act itself costs. A remembered answer is the one
that asking anew would give: `rebuild --check` asks everything anew and compares.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from typing import Final, TypeAlias, TypeVar, cast

from kesu.procedure.history.act import Act
from kesu.procedure.history.verdict import Finding
from kesu.procedure.words.names import STEP
from kesu.procedure.words.parts import TAKING_OUT
from kesu.procedure.written.gate import end_is_one_gate
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.prepared import Question

from ..file.case_file import CaseFile
from ..file.effects import EFFECTS, LATE
from .needs import Need, need
from .noticing import EVERYTHING, Noticing
from .takers import Addressees, Takers

# after these nothing is as it was
FORGET_ALL_AFTER: Final = frozenset({*EFFECTS, *TAKING_OUT, STEP.CONFIRMED_IN_PERSON}) - {LATE}

T = TypeVar("T")
Asked: TypeAlias = tuple[
    str, str
]  # a step, and the rule that was asked whether it bars it; or what else was asked of the step
NEED: Final = "* need"  # where others have the name of a rule
ADDRESSEES: Final = "* addressees"


class Answers:
    """Answers by what was asked, each with the steps and the facts that were looked up for it."""

    def __init__(self) -> None:
        self._answers: dict[Asked, object] = {}
        self._by_step: defaultdict[str, set[Asked]] = defaultdict(set)
        self._by_word: defaultdict[str, set[Asked]] = defaultdict(set)

    def __contains__(self, asked: Asked) -> bool:
        return asked in self._answers

    def __getitem__(self, asked: Asked) -> object:
        return self._answers[asked]

    def keep(self, asked: Asked, answer: object, history: Noticing) -> None:
        """Keeps an answer for which this history was looked at since it began to note."""
        self._answers[asked] = answer
        for step in history.steps:
            self._by_step[step].add(asked)
        for word in history.words:
            self._by_word[word].add(asked)

    def forget(self, act: Act, unsaid: Iterable[str]) -> None:
        """Forgets what an act can have changed, by what it says or by a figure that it leaves `unsaid`."""
        gone = set(self._by_step.pop(act.step, ()))
        gone.update(self._by_step.pop(EVERYTHING, ()), self._by_word.pop(EVERYTHING, ()))
        for word in (*act.facts, *unsaid):
            gone.update(self._by_word.pop(word, ()))
        for step, about in gone:
            self._answers.pop((step, about), None)
            self._answers.pop((step, NEED), None)  # which is made of what the rules say

    def clear(self) -> None:
        """Forgets everything."""
        self._answers.clear()
        self._by_step.clear()
        self._by_word.clear()


class Memory:
    """What the steps of one file lack and with whom they lie, up to the last act that `catch_up` was told of."""

    def __init__(self) -> None:
        self._answers = Answers()
        self._of_this_moment: dict[
            Asked, object
        ] = {}  # what the next moment may change, whether something happens or not
        self._procedure: Procedure | None = None
        self._suspended: frozenset[int] = frozenset()
        self._acts = 0
        self._last: Act | None = None  # the last of them
        self._takers: _Remembering | None = None

    def catch_up(self, case: CaseFile) -> None:
        """Forgets what may have changed since; has to be called before anything is asked."""
        acts = case.history.acts[self._acts :]
        if self._unsettled(case, acts):
            self._answers.clear()
        for act in acts:
            self._answers.forget(act, case.history.unsaid(act))
        self._procedure, self._acts = case.procedure, len(case.history.acts)
        self._last = case.history.acts[-1] if case.history.acts else None
        self._suspended = frozenset(case.history.suspended)
        self._of_this_moment.clear()
        self._takers = None

    def need(self, case: CaseFile, step: str) -> Need:
        """What the step lacks in this file as it stands."""
        return self._answer((step, NEED), need, case)

    def addressees(self, case: CaseFile, step: str) -> Addressees:
        """With whom the step lies, as far as this file tells."""
        return self._answer((step, ADDRESSEES), Takers.addressees, case)

    def _unsettled(self, case: CaseFile, acts: Sequence[Act]) -> bool:
        told = case.history.acts[self._acts - 1] if 0 < self._acts <= len(case.history.acts) else None
        return (
            told is not self._last  # another file; a copy of the same one holds the same acts
            or self._procedure is not case.procedure
            or self._suspended != case.history.suspended
            or any(act.step in FORGET_ALL_AFTER for act in acts)
        )

    def _answer(self, asked: Asked, ask: Callable[[Takers, str], T], case: CaseFile) -> T:
        for answers in (self._answers, self._of_this_moment):
            if asked in answers:
                return cast(T, answers[asked])  # kept below, under what was asked
        if self._takers is None:
            self._takers = _Remembering(case, self._answers)
        history = self._takers.history
        history.begin()
        answer = ask(self._takers, asked[0])
        if _by_time(case, asked[0]):
            self._of_this_moment[asked] = answer
        else:
            self._answers.keep(asked, answer, history)
        return answer


class _Remembering(Takers):
    """The takers of a file that notes what is looked at; what rules say of its steps is kept until that changes."""

    def __init__(self, case: CaseFile, answers: Answers) -> None:
        looked_at = copy(case)
        looked_at.history = self.history = Noticing(case.history)
        super().__init__(looked_at, now=case.history.acts[-1].noted)
        self._answers = answers

    def barring(self, step: str) -> list[Finding]:
        """What bars the step whoever takes it; what was looked at for that is noted for each rule, and not for the step."""
        act, changing = self._untaken(step), self.case.procedure.changing.get(step, ())
        with self.history.aside():
            said = [
                self._said(question, act, kept=all(question[0] is not one for one in changing))
                for question in self.case.barring_questions(step)
            ]
        return [finding for finding in said if finding is not None]

    def _said(self, question: Question, act: Act, *, kept: bool) -> Finding | None:
        asked = (act.step, question[0].name)
        if asked in self._answers:
            return cast("Finding | None", self._answers[asked])  # kept below, under what was asked
        self.history.begin()
        finding = self.case.barred_by(question, act)
        if kept:
            self._answers.keep(asked, finding, self.history)
        return finding


def _by_time(case: CaseFile, step: str) -> bool:
    """Whether the answer hangs on the time at which it is asked, or on duties, which are no acts."""
    procedure = case.procedure
    if step in procedure.ends and procedure.timed and end_is_one_gate(procedure.language):
        return True
    return any(rule.when.holds(case.history, None) is not False for rule in procedure.changing.get(step, ()))
