"""What is wrong with a procedure as a whole, though each line of it can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import combinations as subsets
from itertools import product
from math import prod

from kesu.names import FactName, StepName
from kesu.reading.text import Text

from .. import words
from ..history.act import Act
from ..history.of_a_file import History
from ..shapes import END
from ..shapes.abilities import (
    KeepsPersonsApart,
    NamesProcedure,
    PrecededBy,
    PutsOnRecord,
    Sends,
)
from ..when import Condition
from ..words.parts import ARRIVAL
from .after_end import shut_by_the_end
from .called_anew import idle_anew
from .chasing import late_of_nothing
from .clause_notes import held_by_nothing
from .equal_treatment import unequal_without_a_reading
from .fault import Fault
from .hearsay_rules import unfounded_hearsay
from .model import Procedure
from .rule import Rule
from .taking import untaken
from .waivers import unclear_waivers

MOST_COMBINATIONS = 20_000
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
Route = tuple[Rule, Sends]


@words.in_its_words
def audit(procedure: Procedure, *, clauses: Iterable[str] | None = None) -> list[Fault]:
    """Everything to mend. `clauses` are the ids of the catalogue, where there is one."""
    found = [
        *_bars_at_arrival(procedure),
        *_posts(procedure),
        *_unreachable(procedure),
        *_doubles(procedure),
        *_unsaid(procedure),
        *_unasked(procedure),
        *_unexpected(procedure),
        *_routes(procedure),
        *_linked(procedure),
        *unclear_waivers(procedure),
        *_endless(procedure),
        *shut_by_the_end(procedure),
        *late_of_nothing(procedure),
        *idle_anew(procedure),
        *untaken(procedure),
        *held_by_nothing(procedure),
        *unfounded_hearsay(procedure),
        *unequal_without_a_reading(procedure),
    ]
    if clauses is not None:
        found += _unknown_clauses(procedure, set(clauses))
    return found


def _bars_at_arrival(procedure: Procedure) -> Iterator[Fault]:
    for rule in procedure.rules:
        barred = ARRIVAL.intersection(rule.shape.asked())
        if barred and rule.bars and not rule.shape.harmless_at_arrival:
            yield Fault(
                rule.origin,
                rule.line,
                Text(
                    f"规则“{rule.name}”拦住了登记；收到和登记谁都可以办",
                    f"the rule “{rule.name}” bars the arrival, which is refused to nobody",
                ),
            )


def _unsaid(procedure: Procedure) -> Iterator[Fault]:
    """Facts on which a rule hangs and that no step of the procedure says: nobody could ever tell whether it applies."""
    said = set[str]().union(*procedure.belonging.values())
    said.update(shape.fact for _, shape in procedure.able(PutsOnRecord))
    known = words.facts()
    for rule in procedure.rules:
        hangs_on = rule.conditions | (rule.waiver.when.words if rule.waiver is not None else frozenset())
        looked_at = dict.fromkeys(fact for name in sorted(hangs_on) for fact in words.underneath(name))
        for name in looked_at:
            if name not in said and not known[name].from_register:
                title = known[name].title
                text = Text(
                    f"规则“{rule.name}”取决于“{title.zh}”（{name}），本程序没有哪一步填写它；请写在该填它的步骤的 asks 里",
                    f"the rule “{rule.name}” hangs on “{name}”, which no step of this procedure says; write it under the “asks” of the step that says it",
                )
                yield Fault(rule.origin, rule.line, text)


def _unasked(procedure: Procedure) -> Iterator[Fault]:
    """Facts that a step may answer with “not known” though nobody asks it for them."""
    known = words.facts()
    for step in procedure.steps.values():
        for name in step.unknown or ():
            if name not in procedure.belonging.get(step.name, frozenset()):
                text = Text(
                    f"“{step.title.zh}”的 not known 里有“{known[name].title.zh}”（{name}），这一步并不填写它",
                    f"the step “{step.name}” names “{name}” under “not known”, which it does not ask",
                )
                yield Fault(step.origin or procedure.id, step.line, text)


def _unexpected(procedure: Procedure) -> Iterator[Fault]:
    """Facts that a rule expects of a step which asks neither them nor whether there are any."""
    for rule in procedure.rules:
        for expected in rule.expects:
            asked = procedure.belonging.get(expected.step, frozenset[FactName]())
            if expected.words.isdisjoint(asked):
                step, fact = procedure.steps[expected.step].title, words.facts()[expected.fact].title
                text = Text(
                    f"规则“{rule.name}”要在“{step.zh}”时写明“{fact.zh}”（{expected.fact}），这一步并不填写它",
                    f"the rule “{rule.name}” expects “{expected.fact}” to be said with “{expected.step}”, which does not ask it",
                )
                yield Fault(rule.origin, rule.line, text)


def _linked(procedure: Procedure) -> Iterator[Fault]:
    for rule, shape in procedure.able(NamesProcedure):
        if shape.procedure not in procedure.linked:
            said = Text(
                f"规则“{rule.name}”{shape.does.zh}“{shape.procedure}”，没有这个程序",
                f"the rule “{rule.name}” {shape.does.en} “{shape.procedure}”, which is no procedure",
            )
            yield Fault(rule.origin, rule.line, said)


def _endless(procedure: Procedure) -> Iterator[Fault]:
    """Online a rule of the end is asked at the steps that end a file; where there are none it is never asked."""
    for rule in procedure.rules if not procedure.ends else ():
        if END in rule.shape.asked() and not rule.shape.fits_endless:
            said = Text(
                f"规则“{rule.name}”说到办结，程序却没有写明哪一步办结（ends）",
                f"the rule “{rule.name}” speaks of the end, and no step is named under “ends”",
            )
            yield Fault(rule.origin, rule.line, said)


def _posts(procedure: Procedure) -> Iterator[Fault]:
    """Where somebody may have to stay out, each post needs somebody who acts when all its holders have to."""
    if not procedure.able(KeepsPersonsApart):
        return
    for post in procedure.posts.values():
        if post.external:
            if post.accountable not in procedure.posts:
                yield Fault(
                    procedure.id,
                    0,
                    Text(
                        f"外部岗位“{post.title.zh}”没有写明内部由谁负责（accountable）",
                        f"the external post “{post.name}” names no accountable post inside",
                    ),
                )
        elif post.last_resort not in procedure.posts:
            yield Fault(
                procedure.id,
                0,
                Text(
                    f"岗位“{post.title.zh}”没有写明都须回避时由谁代（last resort）",
                    f"the post “{post.name}” names no last resort for when all its holders have to stay out",
                ),
            )


def _unreachable(procedure: Procedure) -> Iterator[Fault]:
    """Steps that wait for each other, so that none can be taken."""
    needs = {
        step: {
            need
            for rule, shape in procedure.able(PrecededBy)
            if not rule.when.conditions
            for need in shape.waits_for(step)
        }
        for step in procedure.steps
    }
    reached: set[str] = set()
    while more := {step for step, need in needs.items() if step not in reached and need <= reached}:
        reached |= more
    for step in needs.keys() - reached:
        yield Fault(
            procedure.id,
            0,
            Text(
                f"“{procedure.steps[step].title.zh}”永远走不到：它要等的步骤又在等它",
                f"the step “{step}” can never be reached: what it waits for waits for it",
            ),
        )


def _doubles(procedure: Procedure) -> Iterator[Fault]:
    seen: dict[tuple[object, ...], Rule] = {}
    for rule in procedure.rules:
        if rule.of_steps:
            continue  # a clause may say of one step alone what the lines of several say
        key = (rule.shape, rule.when, rule.each)
        if key in seen:
            yield Fault(
                rule.origin,
                rule.line,
                Text(
                    f"规则“{rule.name}”和“{seen[key].name}”说的是一回事",
                    f"the rules “{rule.name}” and “{seen[key].name}” say the same",
                ),
            )
        seen[key] = rule


# -- every case goes to exactly one lead -----------------------------------------------------------------------------


def _routes(procedure: Procedure) -> Iterator[Fault]:
    routed: dict[tuple[str, StepName], list[Route]] = {}
    for rule, shape in procedure.able(Sends):
        for step in shape.steps:
            routed.setdefault((shape.what, StepName(step)), []).append((rule, shape))
    for (_, step), routes in routed.items():
        yield from _routed(procedure, step, routes)


def _routed(procedure: Procedure, step: StepName, routes: list[Route]) -> Iterator[Fault]:
    title, rules = procedure.steps[step].title, [rule for rule, _ in routes]
    if not _provable(procedure, rules):
        said = Text(
            f"“{title.zh}”的去向用到的事实太多，无法逐一核对；请减少 when 里的词",
            f"the routes of “{title.en}” read too many facts to be proved one by one; use fewer words under “when”",
        )
        yield Fault(rules[0].origin, rules[0].line, said)
        return
    for facts in combinations(procedure, rules):
        act = Act(number=1, step=step, at=_NO_TIME, noted=_NO_TIME, facts=facts)
        holding = [route for route in routes if route[0].when.holds(History(), act)]
        said_zh, said_en = _said(facts, "zh"), _said(facts, "en")
        if not holding:
            yield Fault(
                procedure.id,
                rules[0].line,
                Text(f"{said_zh}时，“{title.zh}”没有人牵头", f"where {said_en}, nobody leads “{title.en}”"),
            )
            return
        clash = _clash(holding)
        if clash is not None:
            one, other = clash
            yield Fault(
                other.origin,
                other.line,
                Text(
                    f"{said_zh}时，“{one.name}”和“{other.name}”同时成立；请用 instead of 或 together with 说明",
                    f"where {said_en}, “{one.name}” and “{other.name}” both hold; settle it by “instead of” or “together with”",
                ),
            )
            return


def _clash(routes: list[Route]) -> tuple[Rule, Rule] | None:
    for (one, mine), (other, theirs) in subsets(routes, 2):
        settled = other.name in (*mine.instead_of, *mine.together_with) or one.name in (
            *theirs.instead_of,
            *theirs.together_with,
        )
        if not settled and mine.posts != theirs.posts:
            return one, other
    return None


def combinations(procedure: Procedure, rules: list[Rule]) -> Iterator[dict[str, str]]:
    """Every combination of the closed values that these rules read; amounts at, just below and just above each limit."""
    values = _read_by(procedure, rules)
    for chosen in product(*values.values()):
        yield dict(zip(values, chosen, strict=True))


def _read_by(procedure: Procedure, rules: list[Rule]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for condition in (condition for rule in rules for condition in rule.when.conditions):
        known = values.setdefault(condition.word, [])
        known += [one for one in _values(procedure, condition) if one not in known]
    return values


def _provable(procedure: Procedure, rules: list[Rule]) -> bool:
    return prod(len(listed) for listed in _read_by(procedure, rules).values()) <= MOST_COMBINATIONS


def _values(procedure: Procedure, condition: Condition) -> list[str]:
    word = words.facts()[condition.word]
    if word.choices:
        return list(procedure.choices.get(word.name, tuple(word.choices)))
    if condition.test in ("over", "under", "at least", "up to"):
        limit = Decimal(condition.values[0])
        return [str(limit - Decimal("0.01")), str(limit), str(limit + Decimal("0.01"))]
    return [*condition.values, "something else"]


def _said(facts: dict[str, str], lang: str) -> str:
    parts = []
    for name, value in facts.items():
        word = words.facts()[name]
        shown = word.choices[value] if value in word.choices else Text(value, value)
        parts.append(f"{word.title.zh}为“{shown.zh}”" if lang == "zh" else f"{word.title.en} is “{shown.en}”")
    return ("、" if lang == "zh" else " and ").join(parts) or ("任何情况" if lang == "zh" else "anything is")


def _unknown_clauses(procedure: Procedure, catalogue: set[str]) -> Iterator[Fault]:
    documents = {clause.partition("-")[0] for clause in catalogue}
    for rule in procedure.rules:
        for clause in rule.clauses:
            if clause.partition("-")[0] in documents and clause not in catalogue:
                yield Fault(
                    rule.origin,
                    rule.line,
                    Text(
                        f"规则“{rule.name}”引用的条款 {clause} 不在条款目录里",
                        f"the rule “{rule.name}” cites the clause {clause}, which is not in the catalogue",
                    ),
                )
