"""What the complainant may see of a case: what he brought and said, what he was told, and the end; nothing from inside (B21-S4.3).

Everything is left out unless it is on the list: an entry by its step, a fact by its word. What somebody adds to a
procedure later stays inside until it is a telling to the complainant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kesu.casework.file.case_file import CaseFile
from kesu.names import OUTSIDER, StepName
from kesu.procedure import words
from kesu.procedure.history.act import MISSING, Act, Value
from kesu.procedure.history.of_a_file import History
from kesu.procedure.shapes.abilities import TellsAsConsented
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import ENDING_ALWAYS
from kesu.reading.text import Text

from .disclosure import Disclosed, disclosed

ARRIVAL: Final = STEP.RECEIVED
COMPLAINANT: Final = FACT.COMPLAINANT


@dataclass(frozen=True, slots=True)
class ComplainantEntry:
    """One thing that the complainant may see: what it is called, when it happened, and its facts as he may have them."""

    title: Text
    at: datetime
    facts: tuple[Disclosed, ...] = ()


def arrives(case: CaseFile) -> bool:
    """Whether there is somebody from outside to show it to."""
    return ARRIVAL in case.procedure.steps


def has_complainant(case: CaseFile) -> bool:
    """Whether the procedure knows somebody who complains: a returned parcel or a visit has nobody to print it for."""
    steps = case.procedure.steps
    return any(COMPLAINANT in steps[name].asks for name in (ARRIVAL, STEP.REGISTERED) if name in steps)


def for_the_complainant(case: CaseFile) -> list[ComplainantEntry]:
    """Arrival, tellings, what he did himself, and the end, in the order in which they happened."""
    entries: list[ComplainantEntry] = []
    for act in case.history.all_standing():
        step = case.procedure.steps.get(act.step)
        if step is None or case.history.recused(act.number):
            continue
        if act.step == ARRIVAL:
            entries.append(ComplainantEntry(step.title, act.at, _disclosed(_brought(case, act), his=True)))
        elif act.by == OUTSIDER and act.step != STEP.REGISTERED:
            entries.append(ComplainantEntry(step.title, act.at, _disclosed(_said(case, act), his=True)))
        elif step.audience == COMPLAINANT:
            entries.append(ComplainantEntry(step.title, act.at, _disclosed(_told(case, act))))
    end = _end(case)
    return [*entries, end] if end else entries


def _brought(case: CaseFile, act: Act) -> Iterator[tuple[str, Value]]:
    """What came with the arrival: his own words and things, and how it came; not how the house classed it."""
    for word in case.procedure.steps[ARRIVAL].asks:
        if word in act.facts and is_his(word):
            yield word, act.facts[word]
    if act.by == OUTSIDER and FACT.EVIDENCE_FILES in act.facts:
        yield FACT.EVIDENCE_FILES, act.facts[FACT.EVIDENCE_FILES]


def is_his(word: str) -> bool:
    """Whether a fact of an arrival is his own to tell: his words, and how it came; not how the house classes it."""
    known = words.facts()[word]
    return known.kind.own_words or known.theirs


def _said(case: CaseFile, act: Act) -> Iterator[tuple[str, Value]]:
    """What he said himself, and the files that he brought with it."""
    for word in (*case.procedure.steps[act.step].asks, FACT.EVIDENCE_FILES):
        if word in act.facts:
            yield word, act.facts[word]


def _told(case: CaseFile, act: Act) -> Iterator[tuple[str, Value]]:
    """What the telling says: the fields of its own form, and the content that was consented to as it stood then."""
    for word in case.procedure.steps[act.step].asks:
        if word in act.facts:
            yield word, act.facts[word]
    shapes = [shape for _, shape in case.procedure.able(TellsAsConsented)]
    content = [
        word for shape in shapes if act.step in shape.told_at for word in shape.facts if word not in act.facts
    ]
    if content:
        then = _as_of(case, act.number)
        about = next(
            (act.facts[word] for word in words.thing_words() if isinstance(act.facts.get(word), str)), None
        )
        for word in content:
            values = [then.value_for(word, about)] if about else then.latest(word)
            yield from ((word, value) for value in values if value is not MISSING)


def _as_of(case: CaseFile, number: int) -> History:
    """The history up to an entry, with the corrections that were made by then."""
    then = case.empty()
    for act in case.history.acts:
        if act.number <= number:
            then.apply(act)
    return then.history


def _disclosed(facts: Iterable[tuple[str, Value]], *, his: bool = False) -> tuple[Disclosed, ...]:
    """His own contact details are masked as for everybody: the paper may be left lying about. `his`: files too."""
    known = words.facts()
    return tuple(
        disclosed(word, value)
        for word, value in facts
        if value is not None and ((his and word == FACT.EVIDENCE_FILES) or not known[word].kind.inside)
    )


def _end(case: CaseFile) -> ComplainantEntry | None:
    """That the case has ended and when; why and how stays inside unless it was told."""
    if not case.ended:
        return None
    ends = (*case.procedure.ends, *ENDING_ALWAYS)
    last = next((act for act in reversed(list(case.history.all_standing())) if act.step in ends), None)
    if last is None:
        return None
    step = case.procedure.steps.get(last.step)
    title = step.title if step and last.step not in ENDING_ALWAYS else Text("办结", "Ended")
    return ComplainantEntry(title, last.at)


def is_result(case: CaseFile, step: str) -> bool:
    """Whether a step tells him the result."""
    found = case.procedure.steps.get(StepName(step))
    return found is not None and found.audience == COMPLAINANT and found.purpose == "result"
