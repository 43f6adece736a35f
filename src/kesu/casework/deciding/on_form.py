"""Whether what bars a step can still be settled by what the step's own form asks: by trying to fill it in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from kesu.procedure import words
from kesu.procedure.history.act import Act
from kesu.procedure.history.verdict import Finding, Verdict, What
from kesu.procedure.shapes.blank import Blank, Filling
from kesu.procedure.written.model import Step
from kesu.procedure.written.rule import Rule

from ..file.case_file import CaseFile

MOST_WAYS: Final = 64  # of filling in one form that are tried for one rule, and for all of them together


def asked_facts(file: CaseFile, step: Step) -> tuple[str, ...]:
    """The facts a step's form asks: those it names, then those that rules want with it."""
    wanted = dict.fromkeys(step.asks)
    for rule, facts in file.procedure.wanting.get(step.name, ()):
        if rule.when.holds(file.history, None) is not False:
            wanted.update(dict.fromkeys(facts))
    return tuple(wanted)


def blank_form(file: CaseFile, step: Step) -> Blank:
    """The form of a step in this file, before anything is written into it."""
    return Blank(asked_facts(file, step), file.history, file.procedure.choices)


def barring_whatever_is_written(
    file: CaseFile, blank: Blank, act: Act, barring: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """What bars a step however its form is filled in; empty when some way of filling it in is accepted by every rule.

    `act` is the step as the empty form would take it, `barring` what bars that. A rule that could not tell of that is told by what it says
    of a filled form: nobody hears that an amount is missing who may give none.
    """
    if not barring or not blank.asks:
        return barring
    hopeless = any(next(_ways(file, finding, blank, act), None) is None for finding in barring)
    filled = () if hopeless else filled_in(file, blank, act, barring)
    if isinstance(filled, Act):
        return ()
    left = [_unsettled(file, blank, act, finding) for finding in barring]
    return tuple(finding for finding in left if finding is not None) or filled


def filled_in(
    file: CaseFile, blank: Blank, act: Act, barring: tuple[Finding, ...]
) -> Act | tuple[Finding, ...]:
    """The act with the form filled in so that no rule bars it, or what bars it.

    `barring` is what bars it empty; where that only says what the form asks, what bars the first filling is told. Rule by rule: what one wants is written, also over what another wanted, until all
    are kept or everything was tried.
    """
    tried, waiting = {_written(act)}, [(act, barring)]
    first: tuple[Finding, ...] = ()
    while waiting and len(tried) < MOST_WAYS:
        so_far, left = waiting.pop()
        further = []
        for way in _ways(file, left[0], blank, so_far):
            filled = replace(so_far, facts={**so_far.facts, **way})
            if _written(filled) not in tried:
                tried.add(_written(filled))
                still = file.refusing(filled, _concerned(file, filled, barring))
                if not still:
                    return filled
                first = first or still
                further.append((filled, still))
        waiting += reversed(further)
    by_more = [finding for finding in barring if not _brought(blank, finding)]
    return tuple(by_more) or first or barring


def _brought(blank: Blank, finding: Finding) -> bool:
    """Whether a finding only says that something is missing which the form asks."""
    lacks = finding.outcome.lacks
    return bool(lacks) and all(lack.what is What.FACT and lack.name in blank.asks for lack in lacks)


def _concerned(file: CaseFile, act: Act, barring: tuple[Finding, ...]) -> list[Rule]:
    """The rules that what is written bears on, and those that barred before anything was: the others are kept as they were."""
    known, names = words.facts(), {finding.rule for finding in barring}
    written = {name for word in act.facts for name in (word, known[word].thing_of) if name is not None}
    return [
        rule
        for rule in file.procedure.asked.get(act.step, ())
        if rule.name in names or not file.procedure.reads[rule.name].isdisjoint(written)
    ]


def _written(act: Act) -> str:
    return repr(sorted(act.facts.items(), key=lambda item: item[0]))


def _unsettled(file: CaseFile, blank: Blank, act: Act, finding: Finding) -> Finding | None:
    """What is left of a finding where no way of filling in the form settles it; None where one does."""
    rule, told = file.procedure.by_name[finding.rule], finding
    for way in islice(_ways(file, finding, blank, act), MOST_WAYS):
        said = file.finding(rule, replace(act, facts={**act.facts, **way}))
        if said is None or not said.bars:
            return None
        if told.verdict is Verdict.CANNOT_TELL:
            told = said
    return told


def _ways(file: CaseFile, finding: Finding, blank: Blank, act: Act) -> Iterator[Filling]:
    """Ways to keep a rule: to write what its shape wants, also of one thing alone, or what makes it not apply."""
    rule = file.procedure.by_name[finding.rule]
    yield from (way for way in rule.shape.fillings(blank, act) if way)
    yield from _of_what_is_expected(rule, blank, act)
    for chosen in _of_one_thing(rule, blank):
        yield chosen
        for way in rule.shape.fillings(blank, replace(act, facts={**act.facts, **chosen})):
            yield {**chosen, **way}
    yield from blank.failing(rule.when, act)


def _of_what_is_expected(rule: Rule, blank: Blank, act: Act) -> Iterator[Filling]:
    """What a rule expects to be known may be what this form asks: by any value, or by one that says that there is none."""
    for one in rule.expects:
        if one.unknown(blank.history, act):
            yield from blank.failing(one.when, act)
            for way in blank.meeting(one.when, act) if one.fact in blank.asks else ():
                yield {**way, one.fact: blank.some(one.fact)}


def _of_one_thing(rule: Rule, blank: Blank) -> Iterator[Filling]:
    """A rule said for each thing speaks, of an act that names one, of that one alone."""
    if rule.each is not None and (name := words.per_thing(rule.each)) in blank.asks:
        yield from ({name: thing} for thing in blank.history.things(rule.each))
