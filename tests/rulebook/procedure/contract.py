"""What every shape promises of itself, as checks of one situation; each raises AssertionError where a promise is not kept.

A promise that something can matter (a shape about persons, one that changes with time, one that reads more than the order
of steps) is kept when that was seen in some situation: `Seen` counts, and `proved` asks at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Any, Final

from tests.rulebook.procedure.situations import (
    PEOPLE,
    UNITS,
    Situation,
    as_typed,
    compared,
    rules_of,
    situations,
    value,
)

from kesu.casework.deciding.clock import next_change
from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Actor
from kesu.casework.deciding.naming import wrong_naming
from kesu.casework.deciding.on_form import blank_form, filled_in
from kesu.casework.deciding.things_named import wrong_things
from kesu.casework.deciding.values import wrong_values
from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.naming import waiting
from kesu.casework.file.roles_in_file import touched
from kesu.casework.waiting.noticing import EVERYTHING, Noticing
from kesu.casework.waiting.options import option
from kesu.casework.waiting.takers import Takers, taken_by
from kesu.procedure import words
from kesu.procedure.history.act import Act
from kesu.procedure.history.verdict import Outcome, Verdict
from kesu.procedure.shapes.slots import AnyOf, Steps
from kesu.procedure.words.names import FACT
from kesu.procedure.words.parts import ARRIVAL
from kesu.procedure.written.rule import Rule

FILLINGS: Final = 12  # tried at random, beside those that the shape proposes
SPANS: Final = (
    timedelta(hours=1),
    timedelta(days=1),
    timedelta(days=20),
    timedelta(days=900),
    timedelta(days=9000),
)


@dataclass
class Seen:
    """What happened in the situations of one shape."""

    verdicts: Counter[str] = field(default_factory=Counter)
    buttons: Counter[bool] = field(default_factory=Counter)
    by_person: int = 0
    by_time: int = 0
    beyond_order: int = 0
    after_the_first: int = 0
    read: set[tuple[str, str]] = field(default_factory=set)  # rule and fact


def shape_keeps_its_promises(sign: str, *, seeds: int) -> Seen:
    """All checks over so many situations of each rule of the shape."""
    seen = Seen()
    for rule in rules_of(sign):
        names_what_its_sentence_names(rule)
        has_order_only_where_it_judges(rule)
    for seed in range(seeds):
        for situation in situations(sign, seed=seed):
            lot = Random(seed)
            asked = situation.rule in situation.file.procedure.asked.get(situation.act.step, ())
            for check in CHECKS if asked else ():
                check(situation, seen, lot)
    proved(sign, seen)
    return seen


def said(situation: Situation, act: Act, file: CaseFile | None = None) -> Outcome | None:
    return (file or situation.file).outcome(situation.rule, act)


def brief(outcome: Outcome | None) -> tuple[object, ...]:
    """What is decided, without how it is told."""
    return () if outcome is None else (outcome.verdict, outcome.reason, outcome.lacks)


# -- a button is open exactly when the command with its form's facts is accepted ---------------------------------------


def button_is_open_exactly_when_a_filled_form_is_accepted(here: Situation, seen: Seen, lot: Random) -> None:
    step = here.file.procedure.steps[here.act.step]
    if not here.rule.bars or step.name in ARRIVAL or here.act.by is None:
        return
    actor = Actor(here.act.by, here.act.post, None, here.act.units)
    takers = Takers(here.file, now=here.act.noted)
    shown, blank = option(takers, step, actors=[actor]), blank_form(here.file, step)
    seen.buttons[shown.allowed] += 1
    empty = [taken_by(actor, way.act) for way in takers.ways(step.name)]
    if shown.allowed:
        filled = [
            filled_in(here.file, blank, act, barred) if (barred := here.file.refusing(act)) else act
            for act in empty
        ]
        acts = [as_typed(act) for act in filled if isinstance(act, Act)]
        assert any(not here.file.refusing(act) and not wrong(here, act) for act in acts), (
            "open, and refused whatever is written"
        )
    elif takers.kept_from(step.name, actor):
        for named in waiting(here.file.history):
            own = Command(
                step.name, actor.person, actor.post, units=actor.units, facts={FACT.ENTRY: str(named.number)}
            )
            assert wrong_naming(here.file, own), f"shut, and accepted for the naming of entry {named.number}"
    else:
        for act in ways_at_random(here, empty[0], blank.asks, lot):
            assert here.file.refusing(act), f"shut, and accepted with {act.facts}"


def _of_a_stranger(here: Situation, act: Act) -> bool:
    """Whether it is taken for a thing of which the file knows nothing, so that no form could offer it."""
    named = {
        words.facts()[word].thing_of: value for word, value in act.facts.items() if word in words.facts()
    }
    return any(thing and value not in here.file.history.things(thing) for thing, value in named.items())


def it_knows_a_way_on_from_whatever_was_written(here: Situation, seen: Seen, lot: Random) -> None:
    """Another rule may have wanted something else in the same place; then this one says what it wants there."""
    blank = blank_form(here.file, here.file.procedure.steps[here.act.step])
    written = replace(
        here.act, facts={word: one for word, one in here.act.facts.items() if word in blank.asks}
    )
    barring = here.file.refusing(written)
    if not barring or here.act.step in ARRIVAL or wrong(here, written):
        return
    accepted = (
        act
        for act in ways_at_random(here, written, blank.asks, lot)
        if not here.file.refusing(act) and not wrong(here, act) and not _of_a_stranger(here, act)
    )
    found = next(accepted, None)
    if found is not None:
        on = filled_in(here.file, blank, written, barring)
        assert isinstance(on, Act), f"with {written.facts} no way is known to {found.facts}"


def ways_at_random(here: Situation, empty: Act, asks: tuple[str, ...], lot: Random) -> Iterator[Act]:
    like = compared(here.rule)
    for _ in range(FILLINGS):
        chosen = [word for word in asks if lot.random() < 0.8]
        given = {word: _one(here, word, lot, like) for word in chosen}
        values = {word: one for word, one in given.items() if one is not None}
        act = replace(empty, facts={**empty.facts, **values})
        if not wrong(here, act):
            yield act


def _one(here: Situation, word: str, lot: Random, like: dict[str, list[str]]) -> Any:
    of = words.facts()[word].thing_of
    things = here.file.history.things(of) if of is not None else []
    return (
        lot.choice(things)
        if things
        else value(word, lot, like=like.get(word, ()), persons=(here.act.by or "an", *PEOPLE))
    )


def wrong(here: Situation, act: Act) -> bool:
    """Whether the values themselves could not be put on record."""
    return bool(wrong_values(here.file.procedure, act.facts)) or any(
        wrong_things(here.file.history, act.facts)
    )


# -- what it reads is what it says it reads ----------------------------------------------------------------------------


class Looked(dict[str, Any]):
    """Facts of an act that note which were asked for."""

    def __init__(self, facts: Any) -> None:
        super().__init__(facts)
        self.words: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.words.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Any:
        self.words.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.words.add(str(key))
        return super().__contains__(key)


def looks_at_nothing_but_what_it_says(here: Situation, seen: Seen, lot: Random) -> None:
    file, act = copy(here.file), replace(here.act, facts=Looked(here.act.facts))
    file.history = history = Noticing(here.file.history)
    history.begin()
    said(here, act, file)
    spoken = here.rule.shape.speaks_of()
    steps = history.steps - spoken.steps - {act.step}
    assert not steps, f"looks at the steps {sorted(steps)}, and does not speak of them"
    assert EVERYTHING not in history.words
    of_file = plainly(history.words) - plainly(here.rule.conditions | spoken.facts)
    assert not of_file, f"looks at {sorted(of_file)} on record, and does not speak of them"
    assert isinstance(act.facts, Looked)
    own = plainly(act.facts.words) - plainly(here.rule.conditions | here.rule.shape.reads())
    assert not own, f"reads {sorted(own)} of the act, and does not say so"
    seen.read |= {(here.rule.name, word) for word in plainly(history.words | act.facts.words)}


def plainly(names: Any) -> set[str]:
    """Facts as they are put on record: what they follow from for derived ones, of which they name one for “of topic”."""
    known = words.facts()
    below = {one for name in names if name in known for one in words.underneath(name)}
    return {known[one].thing_of or one for one in below}


# -- what it speaks of is what “changed meanwhile” watches ---------------------------------------------------------------


def whoever_fills_in_its_form_is_told_of_what_changes_it(here: Situation, seen: Seen, lot: Random) -> None:
    acts = [
        one
        for one in here.file.history.acts
        if one.by is not None and one.step not in ("corrected", "struck")
    ]
    if not acts:
        return
    other = replace(lot.choice(acts), number=here.file.number + 1, at=here.act.at, noted=here.act.noted)
    after = here.file.copy()
    after.apply(other)
    act = replace(here.act, number=other.number + 1)
    if brief(said(here, act)) != brief(said(here, act, after)):
        told = [one.number for one in touched(after, act.step, here.file.number)]
        assert other.number in told, f"“{other.step}” with {other.facts} changes it, and nobody is told"


def names_what_its_sentence_names(rule: Rule) -> None:
    """The steps in its sentence are among those that it speaks of."""
    named = {
        step for slot in rule.shape.slots().values() if isinstance(slot, Steps | AnyOf) for step in slot.names
    }
    assert named <= rule.shape.speaks_of().steps, f"its sentence names {sorted(named)}"


# -- its verdict changes with time exactly when it says so, and then the clock hears of it ---------------------------------


def it_changes_with_time_exactly_when_it_says_so(here: Situation, seen: Seen, lot: Random) -> None:
    shape, history, now = here.rule.shape, here.file.history, here.act.at
    at = shape.changes_at(history, here.act) if shape.changes_with_time else None
    stays = [span for span in SPANS if at is None or now + span < at]
    for later in [now + span for span in stays] + (
        [at - timedelta(microseconds=1)] if at is not None else []
    ):
        assert brief(_at(here, here.act, later)) == brief(said(here, here.act)), f"another at {later}"
    if at is None or here.rule.when.holds(history, here.act) is not True:
        return
    seen.by_time += 1
    assert at > now
    assert brief(_at(here, here.act, at)) != brief(said(here, here.act)), f"the same at {at}"
    if (empty := shape.changes_at(history, here.empty)) is not None:
        heard = next_change(here.file, now)
        assert heard is not None, "nobody hears of it"
        assert heard <= empty


def _at(here: Situation, act: Act, at: Any) -> Outcome | None:
    return said(here, replace(act, at=at, noted=at))


# -- about persons, the order of steps, the first act, what is sure ----------------------------------------------------------


def it_hangs_on_who_acts_exactly_when_it_is_about_persons(here: Situation, seen: Seen, lot: Random) -> None:
    """Of an act with nothing filled in."""
    posts = [*here.file.procedure.posts, None]
    others = [
        replace(here.empty, by=lot.choice(PEOPLE), post=lot.choice(posts), units=lot.choice(UNITS))
        for _ in range(4)
    ]
    differ = any(brief(said(here, other)) != brief(said(here, here.empty)) for other in others)
    seen.by_person += differ
    assert here.rule.shape.about_persons or not differ, "hangs on who acts, and is not about persons"


def it_reads_more_than_the_order_of_steps_exactly_when_it_says_so(
    here: Situation, seen: Seen, lot: Random
) -> None:
    if here.rule.conditions or not here.rule.shape.asked():
        return
    bare = CaseFile(here.file.procedure, calendar=here.file.calendar)
    for one in here.file.history.all_standing():
        bare.apply(_bare(one, bare.number + 1))
    act = _bare(here.act, bare.number + 1)
    as_it_is = brief(said(here, replace(here.act, number=act.number)))
    long_ago = replace(here.act, number=act.number, at=here.act.at - timedelta(days=4000))
    differ = brief(said(here, act, bare)) != as_it_is or brief(said(here, long_ago)) != as_it_is
    seen.beyond_order += differ and not here.rule.shape.order_only
    assert not (here.rule.shape.order_only and differ), "hangs on more than the order of steps"


def _bare(act: Act, number: int) -> Act:
    return Act(
        number=number,
        step=act.step,
        at=act.at + timedelta(hours=number),
        noted=act.noted + timedelta(hours=number),
        by="zz",
    )


def has_order_only_where_it_judges(rule: Rule) -> None:
    assert not rule.shape.order_only or (rule.shape.asked() and rule.shape.timed is None), (
        "calls for duties or judges nothing"
    )


def what_it_calls_sure_keeps_it(here: Situation, seen: Seen, lot: Random) -> None:
    sure, history = here.rule.shape.sure(), here.file.history
    if sure is None or here.rule.conditions or here.rule.force == "reason" or history.suspended:
        return
    stands = all(step in history.by_step for step in sure.present) and not any(
        step in history.by_step for step in sure.absent
    )
    ordered = all(
        first in history.by_step and then in history.by_step
        and history.by_step[then][-1].number > history.by_step[first][-1].number
        for first, then in sure.order
    )  # fmt: skip
    if stands and ordered:
        assert brief(said(here, here.act))[:1] == (Verdict.KEPT,), "sure, and not kept"


def it_speaks_of_later_acts_exactly_unless_it_is_of_the_first(
    here: Situation, seen: Seen, lot: Random
) -> None:
    speaks = said(here, here.act) is not None and bool(here.file.history.acts)
    seen.after_the_first += speaks
    assert not (here.rule.shape.first_only and speaks), "speaks of an act that is not the first"


def it_is_asked(here: Situation, seen: Seen, lot: Random) -> None:
    outcome = said(here, here.act)
    seen.verdicts[outcome.verdict if outcome else "nothing"] += 1


CHECKS: Final[tuple[Callable[[Situation, Seen, Random], None], ...]] = (
    it_is_asked,
    button_is_open_exactly_when_a_filled_form_is_accepted,
    it_knows_a_way_on_from_whatever_was_written,
    looks_at_nothing_but_what_it_says,
    whoever_fills_in_its_form_is_told_of_what_changes_it,
    it_changes_with_time_exactly_when_it_says_so,
    it_hangs_on_who_acts_exactly_when_it_is_about_persons,
    it_reads_more_than_the_order_of_steps_exactly_when_it_says_so,
    what_it_calls_sure_keeps_it,
    it_speaks_of_later_acts_exactly_unless_it_is_of_the_first,
)


def proved(sign: str, seen: Seen) -> None:
    """What can only be seen over many situations: that something does happen."""
    rules = rules_of(sign)
    judging = any(rule.shape.asked() and not rule.shape.first_only for rule in rules)
    if any(rule.shape.asked() for rule in rules):
        assert seen.verdicts[Verdict.KEPT], "never kept"
        assert seen.verdicts[Verdict.BROKEN], "never broken"
    if any(rule.bars and rule.shape.asked() for rule in rules):
        assert seen.buttons[True], "no button was ever open"
    assert any(rule.shape.about_persons for rule in rules) is bool(seen.by_person), "about persons"
    assert any(rule.shape.changes_with_time for rule in rules) is bool(seen.by_time), "changes with time"
    could_be = [
        rule for rule in rules if not rule.shape.order_only and rule.shape.asked() and not rule.conditions
    ]
    assert not could_be or seen.beyond_order, "reads nothing but the order of steps"
    assert not judging or seen.after_the_first, "never spoke of a later act"
    assert all(rule.shape.first_only for rule in rules) is (
        not judging and any(rule.shape.asked() for rule in rules)
    )
