"""Cases judged from one number: while every rule asked is plainly kept, no more of a case is held than that.

Each bit is a step that was taken, or a pair of steps of which the first still waits for the second. What keeps a rule
whatever else there is (`Shape.sure`: steps that stand, steps that do not, pairs in order) is then one comparison, and so
is what keeps all rules of a step. Only where that does not hold is anybody asked: the judge of casework, of the rules
that are not sure, and for him the acts before are folded then and not sooner.

This is right only where a case is its acts and nothing else: no duties, nothing that follows by itself, no persons or
joint acts on which it hangs whether an act counts. Of such procedures a case that holds a step which mends, ends or
reopens in its own way is left to the fold, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final, NamedTuple

from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.effects import EFFECTS
from kesu.names import StepName
from kesu.procedure.history.act import Act, Shown
from kesu.procedure.history.verdict import Finding
from kesu.procedure.shapes import END
from kesu.procedure.shapes.abilities import FollowsFrom, KeepsPersonsApart
from kesu.procedure.shapes.shape import Sure
from kesu.procedure.words.names import STEP
from kesu.procedure.words.parts import ENDING_ALWAYS, TAKING_OUT
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.prepared import Prepared, Question
from kesu.procedure.written.rule import Rule
from kesu.worktime.calendar import Calendar

MORE_THAN_ITS_NAME: Final = frozenset({*EFFECTS, *TAKING_OUT, *ENDING_ALWAYS, STEP.REOPENED})
SOME_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)  # which one makes no difference
Rules = Sequence[Rule]


class Enough(NamedTuple):
    """What is enough to keep a rule, or all rules of a step: the bits to look at, and what they have to be."""

    look: int
    wanted: int


NEVER: Final = Enough(0, 1)


class Glance(NamedTuple):
    """A step made ready: what is enough to keep all its `rules`, what of the state it leaves and what it brings.

    `each` are its questions, every one with what is enough for it alone.
    """

    look: int
    wanted: int
    rules: tuple[Rule, ...]
    stays: int
    brings: int
    each: tuple[tuple[Question, Enough], ...]


class _Ready(dict[str, "Glance | None"]):
    """The steps as they are asked for the first time; None for one that does more than its name says."""

    def __init__(self, make: Callable[[StepName], Glance]) -> None:
        super().__init__(dict.fromkeys(MORE_THAN_ITS_NAME))
        self._make = make

    def __missing__(self, step: StepName) -> Glance | None:
        made = self[step] = self._make(step)
        return made


class Glances:
    """The steps of a procedure made ready, once for all cases of a review; it judges one case after the other."""

    def __init__(self, procedure: Procedure, *, calendar: Calendar, shown: Shown) -> None:
        bits = _Bits(procedure)
        empty = CaseFile(procedure, calendar=calendar, shown=shown)
        self._sheet = empty.copy()  # on which each case that has to be asked about is folded in its turn
        self._first = _Ready(lambda step: _at_first(bits.glance(step, procedure.ready_first), step, empty))
        self._later = _Ready(lambda step: bits.glance(step, procedure.ready))
        self._end = bits.glance(END, procedure.ready)
        self._ended = bits.ended

    @classmethod
    def of(cls, procedure: Procedure, *, calendar: Calendar, shown: Shown) -> Glances | None:
        """The procedure made ready; None where a case of it is more than its acts."""
        if procedure.timed or procedure.joint or any(map(procedure.able, (FollowsFrom, KeepsPersonsApart))):
            return None
        return cls(procedure, calendar=calendar, shown=shown)

    def judged(self, acts: Sequence[Act], *, complete: bool) -> tuple[list[Rules], list[Finding]] | None:
        """The rules plainly kept, act by act, and every other finding; None where the case has to be folded.

        `complete`: the case is over at its last act, so its end is judged too.
        """
        kept: list[Rules] = []
        not_plain: list[Finding] = []
        rules: Rules
        state, glances, folded = 0, self._first, -1
        for act in acts:
            glance = glances[act.step]
            if glance is None:
                return None
            look, wanted, rules, stays, brings, each = glance
            if state & look != wanted:
                folded = self._fold(acts, folded, len(kept))
                if folded < 0:
                    return None
                rules, findings = self._asked(act, state, each)
                not_plain += findings
            kept.append(rules)
            state = state & stays | brings
            glances = self._later
        if complete and acts and not state & self._ended:
            look, wanted, rules, _, _, each = self._end
            if state & look != wanted:
                if self._fold(acts, folded, len(acts)) < 0:
                    return None
                at = acts[-1].at
                rules, findings = self._asked(Act(self._sheet.number + 1, END, at, at), state, each)
                not_plain += findings
            kept.append(rules)
        return kept, not_plain

    def _fold(self, acts: Sequence[Act], folded: int, place: int) -> int:
        """Brings the sheet to the act at `place`, from the `folded` acts that it holds of this case (-1: another's).

        Gives how many it holds then; -1 where the numbers of the acts do not tell their order.
        """
        sheet = self._sheet
        if folded < 0:
            if any(one.number >= other.number for one, other in pairwise(acts)):
                return -1
            sheet.history = sheet.history.emptied()
            folded = 0
        for act in acts[folded:place]:
            sheet.history.add(act)  # all that there is to folding it, in such a procedure
        return place

    def _asked(
        self, act: Act, state: int, each: tuple[tuple[Question, Enough], ...]
    ) -> tuple[Rules, Sequence[Finding]]:
        sure = [question[0] for question, (look, wanted) in each if state & look == wanted]
        return self._sheet.ask(
            act, [question for question, (look, wanted) in each if state & look != wanted], sure=sure
        )


class _Bits:
    """Which bit is which step, or which pair of steps of which the first waits for the second."""

    def __init__(self, procedure: Procedure) -> None:
        sure = {rule.name: of for rule in procedure.rules if (of := rule.shape.sure()) is not None}
        steps = sorted({step for of in sure.values() for step in of.steps})
        pairs = sorted({pair for of in sure.values() for pair in of.order})
        self._steps = {step: 1 << place for place, step in enumerate(steps)}
        self._pairs = {pair: 1 << place for place, pair in enumerate(pairs, len(steps))}
        self._ends = frozenset(procedure.ends)
        self._enough = {name: self._enough_of(of) for name, of in sure.items()}
        self.ended = 1 << (len(steps) + len(pairs))  # of a case that has ended

    def glance(self, step: str, ready: Mapping[str, Prepared]) -> Glance:
        """The step made ready, as `ready` asks of it."""
        questions = ready[step].questions if step in ready else ()
        each = tuple(
            (question, self._enough.get(question[0].name, NEVER) if question[1] is not None else NEVER)
            for question in questions
        )
        comes, goes = (
            sum(bit for pair, bit in self._pairs.items() if pair[place] == step) for place in (0, 1)
        )
        return Glance(
            *_all_of([enough for _, enough in each]),
            rules=tuple(rule for rule, _ in questions),
            stays=self.ended * 2 - 1 - goes,
            brings=self._steps.get(step, 0) | comes | (self.ended if step in self._ends else 0),
            each=each,
        )

    def _enough_of(self, sure: Sure) -> Enough:
        wanted = self._sum(sure.present.union(*sure.order))
        waiting = sum(self._pairs[pair] for pair in set(sure.order))
        return Enough(wanted | self._sum(sure.absent) | waiting, wanted)

    def _sum(self, steps: Iterable[str]) -> int:
        return sum(self._steps[step] for step in steps)


def _all_of(conditions: Sequence[Enough]) -> Enough:
    """What is enough for all of them; never, where one wants what another does not."""
    look = wanted = 0
    for one in conditions:
        look, wanted = look | one.look, wanted | one.wanted
    return Enough(look, wanted) if all(wanted & one.look == one.wanted for one in conditions) else NEVER


def _at_first(glance: Glance, step: StepName, empty: CaseFile) -> Glance:
    """The step as the first of a case, where what is said of it hangs on nothing but which step it is."""
    if not all(order_only(rule) for (rule, _), _ in glance.each):
        return glance
    rules, findings = empty.weigh(Act(1, step, SOME_TIME, SOME_TIME))
    return glance if findings else glance._replace(look=0, wanted=0, rules=tuple(rules))


def order_only(rule: Rule) -> bool:
    """Whether the rule reads nothing but which steps were taken in which order."""
    return rule.shape.order_only and not rule.when.conditions and rule.each is None and rule.waiver is None
