"""What whoever complains may know of his own file and do in it: progress in plain words, promised times, his own steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kesu.casework.deciding.decide import Actor
from kesu.casework.waiting.options import Option, option
from kesu.names import OUTSIDER
from kesu.people.directory import Directory
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import ARRIVAL
from kesu.reading.text import Text
from kesu.worktime.until import Until

from ..folded.recorded import ERASED_VALUE
from ..sight.complainant import COMPLAINANT, ComplainantEntry, for_the_complainant, is_result
from ..sight.reader import Reader
from .opened import CaseView, opened

HIMSELF: Final = Actor(OUTSIDER)
OF_A_RESULT: Final = (STEP.VIEWS_GIVEN, STEP.APPEALED)


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that he is going to hear, and until when; of time alone, never of a remedy (B21-S4.1b)."""

    what: Text
    until: Until


def complainant_at(directory: Directory, now: datetime) -> Reader:
    """Whoever complains, as a reader: of nothing but the file whose number and code he knows."""
    return Reader(OUTSIDER, directory, now)


def opened_for_complainant(file: str, reader: Reader) -> CaseView | None:
    """His file; None where there is none, or no file that somebody complains in: the same answer."""
    return opened(file, reader)


def address_of(view: CaseView) -> str:
    """The e-mail address that stands on record; nothing where none does."""
    value = view.case.history.value(FACT.EMAIL)
    return value.strip() if isinstance(value, str) and value != ERASED_VALUE and "@" in value else ""


def entries_for_complainant(view: CaseView) -> list[ComplainantEntry]:
    """What happened, as he may know it."""
    return for_the_complainant(view.case)


def promises(view: CaseView) -> list[Promise]:
    """What he has been promised to hear by now, the nearest first: running limits of tellings to him, never an internal one."""
    steps = view.procedure.steps
    made = []
    for duty in view.case.running():
        titles = [
            steps[step].title for step in duty.steps if step in steps and steps[step].audience == COMPLAINANT
        ]
        if titles and duty.until is not None:
            what = Text("或".join(one.zh for one in titles), " or ".join(one.en for one in titles))
            made.append(Promise(what, duty.until))
    return sorted(made, key=lambda one: one.until.at)


def own_steps(view: CaseView) -> list[Option]:
    """The steps that are his and that the rules let him take now; his view of the result, and an appeal, once it was told."""
    told = any(view.case.history.done(step) for step in view.procedure.steps if is_result(view.case, step))
    steps = [
        step
        for step in view.procedure.steps.values()
        if step.word.complainants
        and step.name not in ARRIVAL
        and (told or step.name not in OF_A_RESULT)
        and not (step.name == STEP.WITHDRAWN and _over(view))
        and (step.word.may_follow_end or not view.case.ended)
    ]
    found = [option(view.takers, step, actors=[HIMSELF]) for step in steps]
    return [one for one in found if one.allowed]


def _over(view: CaseView) -> bool:
    """Whether there is nothing left to withdraw."""
    return view.case.ended or view.case.history.done(STEP.WITHDRAWN)
