"""Who was named, whether somebody else has confirmed it, and what the named himself may say (semantics 5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from kesu.procedure.history.act import Act
from kesu.procedure.history.of_a_file import History
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.rule import Rule
from kesu.reading.text import Text

from .taking_out import entry_of

BY_ANOTHER: Final = Text(
    "要由列明的人和被列明的人以外的人确认", "somebody confirms it who neither named nor is named"
)


def confirmation(history: History, named: Act) -> Act | None:
    """The act by which somebody who neither named nor is named confirmed a naming."""
    return next(
        (
            act
            for act in history.all(STEP.NAMING_CONFIRMED)
            if entry_of(act.facts.get(FACT.ENTRY)) == named.number and may_confirm(named, act.by, act.units)
        ),
        None,
    )


def may_confirm(named: Act, person: str | None, units: tuple[str, ...]) -> bool:
    """Whether this person is neither the one who named, nor named himself or with a unit of his."""
    own = person in (None, named.by, named.recorder) or person in _listed(named, FACT.PERSONS)
    return not own and not set(units).intersection(_listed(named, FACT.UNITS))


def waiting(history: History) -> list[Act]:
    """The namings that nobody has confirmed yet; none in files judged by editions of Kesu 0.1."""
    if history.hearsay.by_scan:
        return []
    return [
        act for act in history.all(STEP.NAMED) if act.by is not None and confirmation(history, act) is None
    ]


def waiting_for(person: str, units: tuple[str, ...], history: History) -> list[Act]:
    """Those of the namings that wait which this person may confirm."""
    return [act for act in waiting(history) if may_confirm(act, person, units)]


def confirming_nothing(history: History) -> frozenset[str]:
    """The persons who may confirm none of the namings that wait: each of them named, noted it, or is named, in every one."""
    own = [
        {one for one in (act.by, act.recorder, *_listed(act, FACT.PERSONS)) if one}
        for act in waiting(history)
    ]
    return frozenset(set.intersection(*own)) if own else frozenset()


def seen_still(history: History) -> frozenset[str]:
    """The persons and units that are named only where nobody has confirmed it yet: they may not act, and see the file still."""
    pending = {act.number for act in waiting(history)}
    if not pending:
        return frozenset()
    names = [(number, one) for word in (FACT.PERSONS, FACT.UNITS) for number, one in _said(history, word)]
    settled = {one for number, one in names if number not in pending} | {
        one for _, one in _said(history, FACT.DID_THE_WORK)
    }
    return frozenset(one for number, one in names if number in pending) - settled


def confirmed_at(history: History) -> Mapping[str, datetime]:
    """Since when each person is named for good, for those whom somebody named."""
    found: dict[str, datetime] = {}
    for act in history.all(STEP.NAMED):
        done = confirmation(history, act)
        for person in _listed(act, FACT.PERSONS) if done is not None else ():
            found.setdefault(person, done.noted if done is not None else act.noted)
    return found


def states_himself(history: History, act: Act) -> bool:
    """Whether somebody who is named for good gives his own statement: he may, whatever his post and though he stays out."""
    if act.step != STEP.STATEMENT_GIVEN or act.by is None or act.post is not None or act.recorder is not None:
        return False
    return act.by in confirmed_at(history)


def of_whoever_states(rules: Sequence[Rule], act: Act, history: History) -> Sequence[Rule]:
    """The rules of an act; for the own statement of somebody named without those that are about persons."""
    if not states_himself(history, act):
        return rules
    return [rule for rule in rules if not rule.shape.about_persons]


def _said(history: History, word: str) -> Iterator[tuple[int, str]]:
    for number, value in history.values(word):
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                yield number, one


def _listed(act: Act, word: str) -> list[str]:
    value = act.facts.get(word)
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
