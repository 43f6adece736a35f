"""What each step of a file lacks before it can be taken; remembered until an act touches what its rules looked at.

Asking some forty steps after every act would cost a third of what the act itself costs. A remembered answer is the one
that asking anew would give: `rebuild --check` asks everything anew and compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Final

from kesu.names import StepName
from kesu.procedure import words
from kesu.procedure.history.act import MISSING, Act
from kesu.procedure.history.verdict import Finding, What
from kesu.procedure.words.parts import NOT_OURS, TAKING_OUT
from kesu.procedure.written.model import Procedure

from ..deciding.decide import asked_facts
from ..file.case_file import CaseFile
from ..file.effects import EFFECTS, LATE
from .noticing import EVERYTHING, Noticing
from .who_may import Taker, left_out, takers

UNSETTLING: Final = frozenset({*EFFECTS, *TAKING_OUT}) - {LATE}  # after these nothing is as it was


@dataclass(frozen=True, slots=True)
class Need:
    """What a step lacks first: earlier steps, each with the rule that says so; `held` when nothing that we do mends it.

    Of a step that lacks nothing, who may take it and who, for what he did in the file, may not.
    """

    lacks: tuple[tuple[str, str], ...]
    held: bool
    takers: tuple[Taker, ...]
    left_out: tuple[str, ...]
    steps: frozenset[str]
    words: frozenset[str]

    @property
    def ready(self) -> bool:
        """Whether somebody can take the step now."""
        return not self.lacks and not self.held

    def hangs_on(self, act: Act) -> bool:
        """Whether an act can have changed the answer."""
        return (
            EVERYTHING in self.steps
            or EVERYTHING in self.words
            or act.step in self.steps
            or not self.words.isdisjoint(act.facts)
        )


class Needs:
    """The needs of one file's steps, up to the last act that `catch_up` was told of."""

    def __init__(self) -> None:
        self._known: dict[str, Need] = {}
        self._procedure: Procedure | None = None
        self._suspended: frozenset[int] = frozenset()
        self._acts = 0
        self._last: Act | None = None
        self._seen: CaseFile | None = None  # the file with a history that notes what is looked at

    def catch_up(self, case: CaseFile) -> None:
        """Forgets what may have changed since; has to be called before `of`."""
        history = case.history
        acts = history.acts[self._acts :]
        before = history.acts[self._acts - 1] if 0 < self._acts <= len(history.acts) else None
        if (
            before is not self._last  # another file; a copy of the same one holds the same acts
            or self._procedure is not case.procedure
            or self._suspended != history.suspended
            or any(act.step in UNSETTLING for act in acts)
        ):
            self._known.clear()
        for act in acts if self._known else ():
            self._known = {step: need for step, need in self._known.items() if not need.hangs_on(act)}
        self._procedure, self._acts, self._last = (
            case.procedure,
            len(history.acts),
            history.acts[-1] if history.acts else None,
        )
        self._suspended = frozenset(history.suspended)
        self._seen = None

    def of(self, case: CaseFile, step: str) -> Need:
        """What the step lacks in this file as it stands."""
        known = self._known.get(step)
        if known is not None:
            return known
        if self._seen is None:
            self._seen = copy(case)
            self._seen.history = Noticing(case.history)
        found = _need(self._seen, step, last=case.history.acts[-1])
        if not any(
            rule.when.holds(case.history, None) is not False for rule in case.procedure.by_time.get(step, ())
        ):
            self._known[step] = found
        return found


def _need(case: CaseFile, step: str, *, last: Act) -> Need:
    history = case.history
    assert isinstance(history, Noticing)
    history.begin()
    tried = Act(number=last.number + 1, step=StepName(step), at=last.noted, noted=last.noted)
    barring = case.barring(tried)
    lacks = tuple(_things(case, step))
    held = False
    if barring:
        own = asked_facts(case, case.procedure.steps[step])
        lacks += tuple((other, one.rule) for one in barring for other in _lacking(case, own, one))
        held = not lacks and not all(_on_the_form(own, one) for one in barring)
    ready = not lacks and not held
    return Need(
        lacks,
        held,
        takers(case, (step,)) if ready else (),
        left_out(case, (step,)) if ready else (),
        frozenset(history.steps),
        frozenset(history.words),
    )


def _things(case: CaseFile, step: str) -> Iterator[tuple[str, str]]:
    """The steps that put a thing on record, where a step is about one and there is none yet: no measure to verify."""
    for word in case.procedure.steps[step].asks:
        thing = words.facts()[word].thing_of
        if thing is not None and not case.history.things(thing):
            yield from (
                (one, "") for one in case.procedure.askers.get(thing, ()) if not case.history.done(one)
            )


def _lacking(case: CaseFile, own: tuple[str, ...], finding: Finding) -> Iterator[str]:
    """The earlier steps that would settle a finding: those it names, or those whose form asks the fact it lacks."""
    procedure, history = case.procedure, case.history
    for lack in finding.outcome.lacks:
        if lack.what is What.STEP:
            if lack.name in procedure.steps and lack.name not in NOT_OURS:
                yield lack.name
        elif lack.what is What.FACT and lack.name not in own and history.value(lack.name) is MISSING:
            yield from (other for other in procedure.askers.get(lack.name, ()) if not history.done(other))


def _on_the_form(own: tuple[str, ...], finding: Finding) -> bool:
    """Whether what a finding lacks is asked by the step's own form."""
    lacks = finding.outcome.lacks
    return bool(lacks) and all(lack.what is What.FACT and lack.name in own for lack in lacks)
