"""The sentence of a rule and the reason of a finding, in Chinese and English, from one template file a shape.

A rule's own sentence is filled by its shape (`Shape.slots`). The sentence of a reason is filled by the facts of the outcome
(`FROM_THE_OUTCOME`), and where it asks for none of these, by the words of the rule. What is asked for and not there is a
mistake of the shape, and an error: nobody reads a sentence with a gap in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Final

from kesu.reading.keys import both
from kesu.reading.strict import Block, read_file
from kesu.reading.text import Lang, Text, either, listed
from kesu.worktime.span import Span

from .. import words
from ..history.deriving import amount_text
from ..history.verdict import Finding, General, Outcome
from ..kinds.line_sums import number_text
from ..shapes import END
from ..shapes.slots import (
    AnyOf,
    Condition,
    DueBy,
    Facts,
    LateBy,
    Moment,
    Names,
    Plain,
    Post,
    Posts,
    Slot,
    Slots,
    Steps,
)
from ..waiver import Waiver
from ..words.names import FACT
from ..written.model import Procedure, Setting
from ..written.rule import Rule
from ..written.rules import OF_POSTS, stand_in
from ..written.unset import bracketed
from .slots_in_words import Saying, lowered, slot_in_words

FOLDER = Path(__file__).parent / "sentences"
GENERAL: Final = "any"  # the file of the sentences that all shapes share


class NotFilled(LookupError):
    """A sentence asks for something that neither the outcome nor the rule has."""


@cache
def templates(sign: str) -> Mapping[str, Text]:
    """The templates of a shape, or the general ones, by their names."""
    block = read_file(FOLDER / f"{sign}.yaml")
    assert isinstance(block, Block)
    return {key: both(node, what=key) for key, node in block.items()}


def sentence(rule: Rule, procedure: Procedure, lang: Lang) -> str:
    """What the rule says, as one sentence. Raises NotFilled where its shape leaves a gap.

    Those of the procedure's own rules are made once: a page shows a hundred of them, and they never change.
    """
    if procedure.by_name.get(rule.name) is not rule:
        return _sentence(rule, procedure, lang)
    made = procedure.sentences.get((rule.name, lang))
    if made is None:
        made = procedure.sentences[rule.name, lang] = _sentence(rule, procedure, lang)
    return made


@words.in_its_words
def _sentence(rule: Rule, procedure: Procedure, lang: Lang) -> str:
    saying, general = Saying(procedure, lang), templates(GENERAL)
    text = _filled(templates(rule.shape.sign)[rule.shape.wording()], rule.shape.slots().get, saying)
    if rule.each is not None:
        each: Slots = {"each": Facts((words.per_thing(rule.each),))}
        text = text[:-1] + _filled(general["each"], each.get, saying) + text[-1]
    if said := _at_the_end(rule, saying) + _how_strictly(rule, saying):
        text = text[:-1] + said + text[-1]
    text += _expected(rule, saying)
    if not rule.when.conditions:
        return _to_be_set(rule, saying, text[:1].upper() + text[1:])
    condition: Slots = {"condition": Condition(rule.when)}
    return _to_be_set(rule, saying, _filled(general["when"], condition.get, saying) + lowered(text))


def _expected(rule: Rule, saying: Saying) -> str:
    """What has to be said, and where, before the rule can be told to be kept."""
    said, general = "", templates(GENERAL)
    for one in rule.expects:
        condition: Slots = {"condition": Condition(one.when)}
        when = _filled(general["expects when"], condition.get, saying) if one.when.conditions else ""
        slots: Slots = {"condition": Plain(when), "steps": Steps((one.step,)), "facts": Facts((one.fact,))}
        clause = _filled(general["expects"], slots.get, saying)
        said += clause if saying.lang == "zh" else f" {clause.strip()[:1].upper()}{clause.strip()[1:]}"
    return said


def _at_the_end(rule: Rule, saying: Saying) -> str:
    """At which ends the rule does not hold, and that what it calls for does not bar them."""
    general, text = templates(GENERAL), ""
    known = "where known" if END in rule.shape.asked() else "known then"
    for name, ends in (("but not", rule.excepted), (known, rule.where_known)):
        slots: Slots = {"steps": AnyOf(ends)}
        text += _filled(general[name], slots.get, saying) if ends else ""
    return text + (general["outlives"].in_(saying.lang) if rule.outlives_end else "")


def _how_strictly(rule: Rule, saying: Saying) -> str:
    """What to add where a breach bars nothing, and where somebody may do without: who, for what, and when."""
    general, waiver = templates(GENERAL), rule.waiver
    if rule.shape.bars and rule.force == "show":
        return general["only recorded"].in_(saying.lang)
    if waiver is None:
        return ""
    if not waiver.posts:
        return general["waived by anybody"].in_(saying.lang)
    parts: Slots = {
        "condition": _part(
            "waived where", Condition(waiver.when), saying, wanted=bool(waiver.when.conditions)
        ),
        "after": _part("waived after", Steps(waiver.after), saying, wanted=bool(waiver.after)),
        "grounds": _part("waived for", _grounds(waiver, saying), saying, wanted=bool(waiver.grounds)),
        "posts": Posts(waiver.posts),
    }
    return _filled(general["waived"], parts.get, saying)


def _grounds(waiver: Waiver, saying: Saying) -> Plain:
    titles = words.facts()[FACT.WAIVER_GROUND].choices
    return Plain(either([f"“{titles[ground].in_(saying.lang)}”" for ground in waiver.grounds], saying.lang))


def _part(name: str, slot: Slot, saying: Saying, *, wanted: bool) -> Plain:
    """A part of the sentence about doing without; nothing where the rule does not say it."""
    template = templates(GENERAL)[name]
    return Plain(_filled(template, lambda _: slot, saying) if wanted else "")


def _to_be_set(rule: Rule, saying: Saying, text: str) -> str:
    """The sentence with the titles of settings that are still open where their values will stand."""
    settings, unsaid = saying.procedure.settings, []
    for place, name in enumerate(rule.unset):
        setting = settings[name]
        if setting.value is not None or setting.kind in OF_POSTS:
            continue
        title, shown = bracketed(setting).in_(saying.lang), text
        for sample in stand_ins_said(setting, place, saying.lang):
            shown = shown.replace(sample, title)
        unsaid += [] if shown != text else [f"“{title[1:-1]}”"]
        text = shown
    if not unsaid:
        return text
    unset: Slots = {"settings": Plain(listed(unsaid, saying.lang))}
    return text + _filled(templates(GENERAL)["unset"], unset.get, saying)


def stand_ins_said(setting: Setting, place: int, lang: Lang) -> tuple[str, ...]:
    """How a print would say what stands in for a setting: as a span, as a figure with or without its quotes, as a choice."""
    sample = stand_in(setting, place)
    if setting.kind == "span":
        return (Span.parse(sample).label(lang),)
    fact = words.facts().get(
        setting.kind.removeprefix("choice of ").removeprefix("list of ").removesuffix(" list")
    )
    choice = fact.choices.get(sample) if fact is not None else None
    return (f"“{choice.in_(lang)}”",) if choice is not None else (f"“{sample}”", sample)


@words.in_its_words
def reason(finding: Finding, procedure: Procedure, lang: Lang, *, zone: str = "Asia/Shanghai") -> str:
    """Why a finding is as it is, in one clause without a full stop; empty when there is nothing to say.

    Raises NotFilled where the outcome lacks what its sentence asks for.
    """
    outcome = finding.outcome
    if outcome.reason is None:
        return ""
    shape = procedure.by_name[finding.rule].shape
    sign = GENERAL if isinstance(outcome.reason, General) else shape.sign
    slots = shape.slots()

    def slot(name: str) -> Slot | None:
        found = FROM_THE_OUTCOME.get(name)
        return found(outcome) if found is not None else slots.get(name)

    return _filled(templates(sign)[outcome.reason.sentence], slot, Saying(procedure, lang, zone))


def places(template: Text) -> frozenset[str]:
    """The places of a template that have to be filled."""
    return frozenset(_asked(template.zh) + _asked(template.en))


def _filled(template: Text, slot: Callable[[str], Slot | None], saying: Saying) -> str:
    text = template.in_(saying.lang)
    filled = {}
    for name in _asked(text):
        filling = slot(name)
        if filling is None:
            raise NotFilled(f"“{text}” asks for “{name}”, which is not there")
        filled[name] = slot_in_words(filling, saying)
    return text.format(**filled)


@cache
def _asked(text: str) -> tuple[str, ...]:
    """The names of the places in a text, as they come; of the texts that sentences are made from, which are a few hundred."""
    return tuple(name for _, name, _, _ in Formatter().parse(text) if name)


def _lacking(outcome: Outcome) -> Slot | None:
    if outcome.lacking_steps:
        return Steps(outcome.lacking_steps)
    return Facts(outcome.lacking_facts) if outcome.lacking_facts else None


def _steps(outcome: Outcome) -> Slot | None:
    return AnyOf(outcome.steps) if outcome.steps else None


def _bound(outcome: Outcome, say: Callable[..., str]) -> Slot | None:
    bound = outcome.amounts.bound if outcome.amounts else None
    return None if bound is None else Plain(say(bound))


# Each place of a reason's sentence that an outcome fills, and with what; None where this outcome has nothing of the kind.
FROM_THE_OUTCOME: Final[Mapping[str, Callable[[Outcome], Slot | None]]] = {
    "lacking": _lacking,
    "steps": _steps,
    "posts": lambda one: Posts(one.posts) if one.posts else None,
    "post": lambda one: Post(one.post),
    "persons": lambda one: Names(one.persons) if one.persons else None,
    "units": lambda one: Names(one.units) if one.units else None,
    "files": lambda one: Names(one.files) if one.files else None,
    "facts": lambda one: Facts(one.facts) if one.facts else None,
    "things": lambda one: one.things,
    "differences": lambda one: one.differences,
    "amount": lambda one: Plain(number_text(one.amounts.stands)) if one.amounts else None,
    "should": lambda one: _bound(one, number_text),
    "total": lambda one: (
        Plain(amount_text(one.amounts.stands)) if one.amounts else None
    ),  # rounded for readers
    "top": lambda one: _bound(one, amount_text),
    "due": lambda one: DueBy(one.times.due) if one.times else None,
    "moved": lambda one: Moment(one.times.moved) if one.times and one.times.moved else None,
    "delay": lambda one: LateBy(one.times.delay) if one.times else None,
}
