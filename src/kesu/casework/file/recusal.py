"""Staying out, learned late: earlier work that is still to have effect does not count until somebody unaffected
confirms or redoes it; what was done before the naming stays rightful (semantics 5.1)."""

from __future__ import annotations

from collections.abc import Iterator

from kesu.procedure.history.act import Act
from kesu.procedure.history.of_a_file import History
from kesu.procedure.shapes.abilities import KeepsPersonsApart
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import NAMING
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule

from .taking_out import entry_of

ApartRule = tuple[Rule, KeepsPersonsApart]

CONFIRMING = STEP.WORK_CONFIRMED
SETTLING = NAMING | {STEP.CORRECTED, CONFIRMING}  # after these it may be others who have to stay out
FINAL_PURPOSES = ("result", "end")


def apart_rules(procedure: Procedure) -> tuple[ApartRule, ...]:
    """The rules that keep named persons, or those who did the work, out of steps."""
    return tuple((rule, shape) for rule, shape in procedure.able(KeepsPersonsApart) if shape.sources)


def renew_suspensions(procedure: Procedure, history: History, act: Act, rules: tuple[ApartRule, ...]) -> None:
    """After an act: work of newly named persons is suspended; confirmed work, or that of persons no longer named, counts."""
    if act.step in SETTLING or FACT.PERSONS in act.facts or FACT.DID_THE_WORK in act.facts:
        out = _kept_out(history, rules)
        history.suspended = history.spent | {
            number
            for number, _ in affected(procedure, history, rules)
            if not any(
                entry_of(one.facts.get(FACT.ENTRY)) == number and one.by not in out
                for one in history.all(CONFIRMING)
            )
        }


def _kept_out(history: History, rules: tuple[ApartRule, ...]) -> set[str]:
    return {
        person
        for rule, shape in rules
        if rule.when.holds(history, None) is not False
        for person in shape.barred(history)
    }


def affected(
    procedure: Procedure, history: History, rules: tuple[ApartRule, ...]
) -> Iterator[tuple[int, Rule]]:
    """The acts by persons who have to stay out that are still to have effect, with the rule that says so."""
    told = _told(procedure, history)
    for rule, shape in rules:
        if rule.when.holds(history, None) is False:
            continue
        persons, units = shape.barred(history), shape.units(history)
        for step in shape.steps:
            for act in history.all(step):
                if act.number > told and (act.by in persons or units.intersection(act.units)):
                    yield act.number, rule


def to_mend(procedure: Procedure, history: History, rules: tuple[ApartRule, ...]) -> list[tuple[Act, Rule]]:
    """Suspended acts that nobody has redone since: each is a duty for somebody unaffected."""
    found: dict[int, tuple[Act, Rule]] = {}
    for number, rule in affected(procedure, history, rules):
        act = history.entry(number)
        if act is None:
            continue
        redone = any(
            other.number > number and other.number not in history.suspended for other in history.all(act.step)
        )
        if history.recused(number) and not redone:
            found.setdefault(number, (act, rule))
    return list(found.values())


def _told(procedure: Procedure, history: History) -> int:
    """The number of the last telling of a result: what came before has had its effect."""
    steps = [step.name for step in procedure.steps.values() if step.purpose in FINAL_PURPOSES]
    return max((act.number for step in steps for act in history.all(step)), default=0)
