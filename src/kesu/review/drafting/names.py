"""What steps and facts are called: by the procedure, by the words of Kesu, and by offices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kesu.names import FactName
from kesu.procedure import words
from kesu.procedure.words import StepWord
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

from .hints import WITHIN, closest, hints


@dataclass(frozen=True, slots=True)
class Names:
    """What the steps and facts that may be meant are called, in both languages and by offices."""

    steps: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, tuple[str, ...]]
    asked: Mapping[str, tuple[str, ...]]  # a fact: the steps that ask it
    begins: frozenset[str]
    own: frozenset[str]  # the procedure's own steps, before those that every file knows


def names_of(procedure: Procedure | None) -> Names:
    """The names of one procedure, or of all words."""
    found, titles = _steps_of(procedure)
    asked: dict[str, tuple[str, ...]] = {}
    if procedure is None:
        asked = dict.fromkeys(words.facts(), ())
    else:
        for name in found:
            for fact in procedure.steps[name].asks:
                asked[fact] = (*asked.get(fact, ()), name)
    return Names(
        {name: _called(name, texts, hints().steps) for name, texts in titles.items()},
        {
            fact: _called(fact, [words.facts()[fact].title], hints().facts)
            for fact in asked
            if _from_a_column(fact)
        },
        asked,
        frozenset(name for name, word in found.items() if word.begins),
        frozenset(name for name, word in found.items() if word.own_work or word.begins),
    )


def _steps_of(procedure: Procedure | None) -> tuple[dict[str, StepWord], dict[str, list[Text]]]:
    """The steps that a person may take, and their titles."""
    if procedure is None:
        known = {name: word for name, word in words.steps().items() if word.by_people}
        return dict(known), {name: [word.title] for name, word in known.items()}
    steps = {name: step for name, step in procedure.steps.items() if step.word.by_people}
    return (
        {name: step.word for name, step in steps.items()},
        {name: [step.title, step.word.title] for name, step in steps.items()},
    )


def _from_a_column(fact: str) -> bool:
    word = words.facts().get(FactName(fact))
    return word is not None and word.derived is None and word.kind.from_column


def _called(name: str, titles: Iterable[Text], others: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return (name, *(text for title in titles for text in (title.zh, title.en)), *others.get(name, ()))


def step_of(text: str, names: Names) -> tuple[str | None, tuple[str, ...]]:
    """The step that a text means, or those among which it cannot be told."""
    scores = {name: closest(text, called) for name, called in names.steps.items()}
    most = max(scores.values(), default=0)
    best = [name for name, score in scores.items() if score == most and score >= WITHIN]
    own = [name for name in best if name in names.own]
    best = own or best
    return (best[0], ()) if len(best) == 1 else (None, tuple(best))
