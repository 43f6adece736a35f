"""A file as it stands: who has to stay out, who has a task in it, who has it now, what it is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from kesu.procedure import words
from kesu.procedure.history.act import MISSING, Act, Missing
from kesu.procedure.shapes.abilities import KeepsPersonsApart, NamesADoer
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import ENDING_ALWAYS
from kesu.reading.text import Text

from ..duties.of_a_file import Duty
from .case_file import CaseFile
from .circles import posts_for

NAMED_ONLY = (FACT.PERSONS, FACT.DID_THE_WORK)  # facts that name whom it is about, not who has a task


@dataclass(frozen=True, slots=True)
class Apart:
    """Persons and units that have to stay out of a file; it is hidden from them (semantics 5.4)."""

    persons: frozenset[str]
    units: frozenset[str]


def apart(file: CaseFile) -> Apart:
    """Everybody kept out by naming or by having done the work; “who did a step” bars an act but hides nothing."""
    persons: set[str] = set()
    units: set[str] = set()
    for rule, shape in file.procedure.able(KeepsPersonsApart):
        if shape.sources and rule.when.holds(file.history, None) is not False:
            persons |= shape.about(file.history)
            units |= shape.units(file.history)
    return Apart(frozenset(persons), frozenset(units))


def apart_unknown(file: CaseFile) -> tuple[str, ...]:
    """What has to be on record before anybody can tell who has to stay out; empty where it is known, or expected nowhere."""
    unknown: dict[str, None] = {}
    for rule, shape in file.procedure.able(KeepsPersonsApart):
        if rule.when.holds(file.history, None) is not False:
            unknown |= dict.fromkeys(shape.unknown(file.history))
            for expected in rule.expects:
                unknown |= dict.fromkeys(expected.lacking(file.history))
    return tuple(unknown)


def open_to(file: CaseFile, post: str) -> bool:
    """Whether a post of the procedure sees the file: named in “see” rules, it sees those where one of them holds."""
    rules = file.procedure.confined.get(post)
    return rules is None or any(rule.when.holds(file.history, None) is True for rule in rules)


def parties(file: CaseFile) -> frozenset[str]:
    """Persons to whom a fact of the file gives a task (lead, investigator), as it stands; naming one revokes it."""
    found: set[str] = set()
    for word in tasks():
        value = file.history.value(word)
        if not isinstance(value, Missing) and value is not None:
            found.update(value if isinstance(value, list) else [value])
    return frozenset(found) - apart(file).persons if found else frozenset()


@cache
def tasks() -> tuple[str, ...]:
    """The facts that name persons because they have something to do."""
    return tuple(
        word.name for word in words.facts().values() if word.kind.of_persons and word.name not in NAMED_ONLY
    )


def owed_in_person(file: CaseFile, duty: Duty) -> str | None:
    """The one person who can meet a duty: it is owed for each of several persons, and each takes its step in person."""
    each = file.procedure.by_name[duty.rule].each
    if each is None or not duty.thing:
        return None
    named = words.per_thing(each)
    doers = (file.procedure.able_at(step, NamesADoer) for step in duty.steps)
    alone = all(any(shape.naming == named for _, shape in rules) for rules in doers)
    return duty.thing if alone else None


def owner_of(file: CaseFile, duty: Duty) -> str:
    """The post that owes a duty: the one its rule names, else the one that may take the step that answers it."""
    return _owing(duty, partial(posts_for, file))


def _owing(duty: Duty, posts_of: Callable[[str], tuple[str, ...]]) -> str:
    posts = (posts_of(step) for step in duty.steps)
    return duty.owner or next((post for able in posts for post in able[:1]), "")


def owner(file: CaseFile) -> str:
    """The post that has the file now: whoever owes the duty that runs out first."""
    running = sorted(
        file.running(), key=lambda duty: (duty.due is None, duty.due.at if duty.due else duty.start)
    )
    posts_of = cache(partial(posts_for, file))  # many duties are answered by one step
    return next((post for duty in running if (post := _owing(duty, posts_of))), "")


TITLE_FACTS: Final = (  # what a file is about, in the order in which its title tells it
    FACT.MATTER,
    FACT.TOPIC,
    FACT.REQUEST_KIND,
    FACT.ITEM,
    FACT.PROBLEM,
    FACT.PRODUCT,
    FACT.BATCH,
    FACT.ORDER_NUMBER,
)


def title(file: CaseFile) -> Text:
    """One sentence made of classified facts, never of personal words: 投诉 · 检测结果质量 · 报告 R-118.

    Where nothing but a number or a period is known, the procedure says of what: 委托服务 · W-0131.
    """
    zh, en = [], []
    for name in TITLE_FACTS:
        value = file.history.value(name)
        if isinstance(value, Missing) or not value:
            continue
        choices = words.facts()[name].choices if name in words.facts() else {}
        said = [
            choices[one] if one in choices else Text(one, one)
            for one in (value if isinstance(value, list) else [value])
        ]
        zh.append("、".join(text.zh for text in said))
        en.append(", ".join(text.en for text in said))
    plain = file.procedure.title
    if file.history.value(FACT.ORDER_NUMBER) is not MISSING and len(zh) == 1:
        zh, en = [plain.zh, *zh], [plain.en, *en]
    if not zh and (period := _own_period(file)):
        zh, en = [plain.zh, period.zh], [plain.en, period.en]
    return Text(" · ".join(zh) or plain.zh, " · ".join(en) or plain.en)


def _own_period(file: CaseFile) -> Text | None:
    """The period with which the file was begun; later acts may name the periods of other files."""
    for act in file.history.acts[:1]:
        since, until = act.facts.get(FACT.PERIOD_FROM), act.facts.get(FACT.PERIOD_TO)
        if isinstance(since, str) and isinstance(until, str):
            return Text(f"{since} 至 {until}", f"{since} to {until}")
    return None


def ending(file: CaseFile) -> Act | None:
    """The act by which the file ended; None while it has not."""
    ends = (*file.procedure.ends, *ENDING_ALWAYS)
    acts = (act for act in reversed(file.history.acts) if file.history.counts(act.number))
    return next((act for act in acts if act.step in ends), None) if file.ended else None


def touched(file: CaseFile, step: str, since: int) -> list[Act]:
    """The acts after number `since` that touch what the rules asked at `step` read: for “changed meanwhile”."""
    rules = file.procedure.asked.get(step, ())
    spoken = [rule.shape.speaks_of() for rule in rules]
    steps = {step}.union(*(one.steps for one in spoken))
    read = set[str]().union(*(one.facts for one in spoken), *(rule.conditions for rule in rules))
    return [
        act
        for act in file.history.acts
        if act.number > since
        and act.by is not None
        and (act.step in steps or not read.isdisjoint(act.facts) or act.step in (STEP.CORRECTED, STEP.STRUCK))
    ]
