"""What one rule says of an act: of the file as a whole, of each thing, or of each act of a step."""

from __future__ import annotations

from kesu.names import FactName
from kesu.procedure.history.act import Act
from kesu.procedure.history.of_a_file import History
from kesu.procedure.history.verdict import General, Outcome, Verdict, cannot_tell, lacking_facts
from kesu.procedure.shapes.shape import Each
from kesu.procedure.words import per_thing
from kesu.procedure.words.names import FACT
from kesu.procedure.written.rule import Rule


def outcome_of(rule: Rule, act: Act, history: History) -> Outcome | None:
    """What the rule says of the act, which is not yet part of the history; None when it has nothing to say."""
    if rule.shape.silent(history):
        return None
    if rule.each is not None:
        return _for_each(rule, rule.each, act, history)
    if rule.shape.by_acts and (acts := rule.shape.one_by_one(history)) is not None:
        return _one_by_one(rule, acts, act, history)
    applies = rule.when.holds(history, act) if rule.when.conditions else True
    if applies is False or (applies is None and act.step in rule.where_known):
        return None
    outcome = rule.shape.judge(history, act, None)
    if applies is None and outcome is not None:
        outcome = _unknown(rule, act, history) if outcome.verdict is not Verdict.KEPT else None
    return outcome


def _for_each(rule: Rule, word: FactName, act: Act, history: History) -> Outcome | None:
    known = act.step in rule.where_known  # the end is of the whole file, whatever thing it names
    things = history.things(word) if known else _things(word, act, history)
    held = {thing: rule.when.holds(history, act, thing) for thing in things}
    chosen = tuple(thing for thing, applies in held.items() if applies)
    if known:
        return rule.shape.judge(history, act, Each(word, chosen)) if chosen else None
    outcome = rule.shape.judge(history, act, Each(word, chosen)) if chosen or not things else None
    doubtful = tuple(thing for thing, applies in held.items() if applies is None)
    settled = outcome is not None and outcome.verdict is not Verdict.KEPT
    return (
        outcome if settled or not doubtful else _doubted(rule, Each(word, doubtful), act, history) or outcome
    )


def _doubted(rule: Rule, each: Each, act: Act, history: History) -> Outcome | None:
    """Where it would be broken for things of which nobody knows whether the rule applies to them: that nobody can tell."""
    maybe = rule.shape.judge(history, act, each)
    if maybe is None or maybe.verdict is Verdict.KEPT:
        return None
    return _unknown(rule, act, history, each.things[0])


def _things(word: str, act: Act, history: History) -> list[str]:
    own = act.facts.get(per_thing(word))
    return [own] if isinstance(own, str) else own if isinstance(own, list) else history.things(word)


def _one_by_one(rule: Rule, acts: list[Act], act: Act, history: History) -> Outcome | None:
    """A rule that speaks of each act of a step: `when` is asked of each of them, and judged are those it holds for."""
    held = [(one, rule.when.holds(history, one)) for one in acts]
    chosen = tuple(str(one.number) for one, applies in held if applies)
    outcome = rule.shape.judge(history, act, Each(FACT.ENTRY, chosen)) if chosen else None
    for one, applies in held:
        if applies is None and (outcome is None or outcome.verdict is Verdict.KEPT):
            maybe = rule.shape.judge(history, act, Each(FACT.ENTRY, (str(one.number),)))
            if maybe is not None and maybe.verdict is not Verdict.KEPT:
                outcome = _unknown(rule, one, history)
    return outcome


def _unknown(rule: Rule, act: Act, history: History, thing: str | None = None) -> Outcome:
    """Nobody knows whether the rule applies, and it would be broken if it did."""
    unknown = rule.when.unknown(history, act, thing)
    return cannot_tell(General.WHEN_UNKNOWN, lacks=lacking_facts(*unknown))
