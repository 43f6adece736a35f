"""Situations at random for tests over all shapes: a file in which one rule alone is asked, and an act that is not yet in it.

The files are small ones with acts drawn by lot, and the stories of the real procedures cut off somewhere, with the posts and
people of their own. What is drawn follows from a seed alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from random import Random
from textwrap import dedent
from typing import Any, Final

from tests.machine.places import place
from tests.rulebook.procedure.one_of_each import RULES
from tests.rulebook.small import when, written

from kesu.casework.file.case_file import CaseFile
from kesu.names import StepName
from kesu.procedure import words
from kesu.procedure.history.act import Act
from kesu.procedure.kinds.date import DATE
from kesu.procedure.shapes import END, Shape
from kesu.procedure.shapes.abilities import KnowsWaivers
from kesu.procedure.shapes.blank import TEXTS as ANY_TEXT
from kesu.procedure.words.names import FACT
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule
from kesu.worktime.china import china_calendar

CALENDAR: Final = china_calendar()
START: Final = when("2026-03-02 09:00")
PEOPLE: Final = ("an", "bo", "chi")
UNITS: Final = ((), ("lab",), ("chemistry",))
MILK, TEA = {"article": "milk", "quantity": "3", "price": "2"}, {"article": "tea", "quantity": "1"}
LISTS: Final = ([MILK], [TEA], [MILK, TEA], [{**MILK, "quantity": "30"}], [{**TEA, "price": "6"}])
AMOUNTS: Final = ("0", "1", "6", "100", "101", "1000", "5000000")
DAYS: Final = ("2026-02-01", "2026-03-02", "2026-03-09", "2026-06-01")
TEXTS: Final = ("x", "y", "clerk", "lead", "boss")  # where a fact names a post, some are posts
ABOUT: Final = (
    "persons",
    "did the work",
    "item",
    "units",
    "reason",
)  # said by the way, whatever the rule reads
REAL: Final = (
    "lab-pd-007",
    "fmcg-emergency",
    "fmcg-return",
    "fmcg-report",
    "lab-survey-round",
    "lab-visit",
    "service-48-hours",
)


@dataclass(frozen=True)
class Situation:
    """The act would be the next of the file; `rule` is the only one of its procedure."""

    file: CaseFile
    act: Act
    rule: Rule

    @property
    def empty(self) -> Act:
        """The act with nothing filled in."""
        return replace(self.act, facts={})


def situations(sign: str, *, seed: int) -> Iterator[Situation]:
    """Small ones for each rule of the shape that `one_of_each` has, and some of real procedures."""
    lot = Random(seed)
    for text in RULES[sign]:
        yield _small(text, lot)
    if _real_rules(sign):
        yield from _real(lot.choice(_real_rules(sign)), lot)


def rules_of(sign: str) -> list[Rule]:
    """Every rule from which situations of the shape are made."""
    small = [_written(text).by_name["the rule"] for text in RULES[sign]]
    return [*small, *(place(name).procedure.by_name[rule] for name, rule in _real_rules(sign))]


def alone(procedure: Procedure, rule: Rule) -> Procedure:
    """The procedure with this one rule."""
    return replace(procedure, rules=(rule,))


def value(word: str, lot: Random, *, like: Sequence[str] = (), persons: Sequence[str] = PEOPLE) -> Any:
    """Some value of a fact; `like` are values that a rule compares it with."""
    fact = words.facts()[word]
    kind = fact.kind
    if lot.random() < 0.05:
        return None
    if kind.name == "lines":
        return lot.choice(LISTS)
    if kind.name == "checklist":
        items = list(fact.choices)
        return dict.fromkeys(items[: lot.choice([0, len(items) - 1, len(items), len(items)])], "seen")
    choices: Sequence[str] = tuple(fact.choices) or (
        persons if kind.of_persons else ("lab", "chemistry") if kind.of_units
        else AMOUNTS if kind.single_figure else DAYS if kind.name in ("date", "instant") else TEXTS
    )  # fmt: skip
    close = [one for text in like for one in _close(text, number=kind.single_figure)]
    pool = [*choices, *close] if not fact.choices else list(choices)
    chosen = lot.choice(close) if close and lot.random() < 0.6 else lot.choice(pool)
    return lot.sample(pool, lot.choice([1, 1, min(2, len(pool))])) if kind.several else chosen


def _close(text: str, *, number: bool) -> list[str]:
    if not number:
        return [text]
    limit = float(text)
    return [str(int(limit) + step) for step in (-1, 0, 1) if limit + step >= 0]


def compared(rule: Rule) -> dict[str, list[str]]:
    """The values that conditions of a rule name, by the fact."""
    named: dict[str, list[str]] = {}
    for when_ in (rule.when, *(getattr(rule.shape, name, None) for name in ("condition", "unless", "where"))):
        for part in getattr(when_, "conditions", ()):
            for word in words.underneath(part.word):
                named.setdefault(word, []).extend(part.values)
    for thing in waivable.waivable_things if (waivable := rule.able(KnowsWaivers)) is not None else ():
        named.setdefault(FACT.INSTEAD_OF, []).append(thing.what)
        for part in (*thing.when.conditions, *thing.waiver.when.conditions):
            for word in words.underneath(part.word):
                named.setdefault(word, []).extend(part.values)
    return named


def facts_of(rule: Rule) -> tuple[str, ...]:
    """The facts that a rule speaks of as they can be put on record, of one thing too."""
    return _facts_of(rule.shape, rule.conditions.union(compared(rule)))


@cache
def steps_of(shape: Shape) -> tuple[str, ...]:
    """The steps that a shape says it speaks of, remembered: what is drawn stays the same when it says otherwise."""
    return tuple(sorted(shape.speaks_of().steps))


@cache
def _facts_of(shape: Shape, conditions: frozenset[str]) -> tuple[str, ...]:
    known = conditions | shape.reads() | shape.speaks_of().facts
    named = {
        one for word in known for below in words.underneath(word) for one in (below, words.per_thing(below))
    }
    return tuple(sorted(one for one in named if words.facts()[one].derived is None))


def facts(rule: Rule, lot: Random, *, persons: Sequence[str] = PEOPLE) -> dict[str, Any]:
    """Some facts of those that the rule speaks of, now and then one by the way."""
    like = compared(rule)
    chosen = [word for word in facts_of(rule) if lot.random() < 0.45]
    chosen += [word for word in ABOUT if lot.random() < 0.06]
    return {word: value(word, lot, like=like.get(word, ()), persons=persons) for word in chosen}


# -- small files -----------------------------------------------------------------------------------------------------


@cache
def _written(text: str) -> Procedure:
    return written(dedent(text))


def _small(text: str, lot: Random) -> Situation:
    procedure = _written(text)
    rule = procedure.by_name["the rule"]
    own = tried_at(procedure, rule)
    spoken_of = [one for one in own if one in steps_of(rule.shape)]
    step = StepName(lot.choice(spoken_of if spoken_of and lot.random() < 0.7 else own))
    asks = tuple(word for word in facts_of(rule) if lot.random() < 0.5)
    steps = {**procedure.steps, step: replace(procedure.steps[step], asks=asks)}
    procedure = alone(replace(procedure, steps=steps), rule)
    file, at = CaseFile(procedure, calendar=CALENDAR), START
    for _ in range(lot.randrange(6)):
        at += timedelta(hours=lot.choice([1, 5, 24, 24 * 9, 24 * 40]))
        file.apply(_drawn(file, rule, lot, at))
    act = _drawn(file, rule, lot, at + timedelta(hours=lot.choice([1, 30, 24 * 12, 24 * 365 * 7])))
    return Situation(file, replace(act, step=step), rule)


def tried_at(procedure: Procedure, rule: Rule) -> list[str]:
    """The steps at which the rule is asked and which people take; for one that is asked nowhere, any of its own."""
    own = [
        name for name, rules in alone(procedure, rule).asked.items()
        if rule in rules and name in procedure.steps and procedure.steps[name].word.by_people
    ]  # fmt: skip
    steps = [name for name in steps_of(rule.shape) if name in procedure.steps]
    return own or steps or list(procedure.steps)[:1]


def _drawn(file: CaseFile, rule: Rule, lot: Random, at: datetime) -> Act:
    steps = [name for name in steps_of(rule.shape) if name != END and name in file.procedure.steps]
    step = lot.choice([*steps, *steps, "registered", "named", "item noted", "attested"])
    by = lot.choice([*PEOPLE, *PEOPLE, None]) if file.history.acts else lot.choice(PEOPLE)
    given = facts(rule, lot)
    if step == "attested":
        given |= {"conduct": "warm reception", "counterpart": "c", "content": lot.choice(["", "all"])}
    if step == "linked":
        given |= {"kind": "lab-retest", "linked file": "RT-1", "entry": str(file.number)}
    if step == "link ended":
        given |= {"linked file": "RT-1"}
    if step == "corrected" and file.history.acts:
        given |= {"entry": str(lot.randint(1, file.number)), "word": "signature", "value": "x"}
    return Act(
        number=file.number + 1, step=StepName(step), at=at, noted=at, by=by, post=lot.choice([*file.procedure.posts, None]),
        units=lot.choice(UNITS), facts=given,
    )  # fmt: skip


# -- real stories ----------------------------------------------------------------------------------------------------


@cache
def _real_rules(sign: str) -> tuple[tuple[str, str], ...]:
    """Rules of the shape in real procedures, by procedure and name; of many, some."""
    known = [name for name in REAL if name in here().names()]
    found = [
        (name, rule.name)
        for name in known
        for rule in place(name).procedure.rules
        if RULES and _of(rule, sign)
    ]
    return tuple(Random(sign).sample(found, min(12, len(found))))


def _of(rule: Rule, sign: str) -> bool:
    return rule.shape.sign.partition(" …")[0] == sign


def _real(key: tuple[str, str], lot: Random) -> Iterator[Situation]:
    name, rule_name = key
    house = place(name)
    rule = house.procedure.by_name[rule_name]
    procedure = alone(house.procedure, rule)
    story = house.stories[lot.choice(sorted(house.stories))]
    file = CaseFile(procedure, calendar=CALENDAR)
    for line in story[: lot.randint(1, len(story))]:
        file.apply(replace(line, number=file.number + 1))
    post = lot.choice([*house.holders])
    by = lot.choice([house.holders[post], house.holders[post], *house.persons])
    at = file.history.acts[-1].noted + timedelta(hours=lot.choice([1, 30, 24 * 12, 24 * 400]))
    own = [line.facts for line in story if line.facts]
    given = lot.choice([facts(rule, lot, persons=house.persons), lot.choice(own), {}])
    step = lot.choice(tried_at(house.procedure, rule))
    act = Act(
        number=file.number + 1, step=StepName(step), at=at, noted=at, by=by, post=post,
        units=house.units.get(by, ()), facts=dict(given),
    )  # fmt: skip
    yield Situation(file, act, rule)


def as_typed(act: Act) -> Act:
    """The act with a day wherever a rule is content with any text and the fact is a date."""
    day = act.noted.date().isoformat()
    dates = (
        name for name, value in act.facts.items() if value in ANY_TEXT and words.facts()[name].kind is DATE
    )
    return replace(act, facts={**act.facts, **dict.fromkeys(dates, day)})
