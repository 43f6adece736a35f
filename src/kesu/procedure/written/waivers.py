"""Reading who may do without what a rule wants, and telling the rule about doing without of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kesu.reading.keys import Keys
from kesu.reading.strict import Scalar, fault
from kesu.reading.text import Text

from ..shapes import Vocabulary
from ..shapes.abilities import KnowsWaivers
from ..shapes.abilities.persons import EVERYBODY
from ..waiver import Waiver
from ..when import read_when
from ..words.names import FACT
from .fault import Fault
from .model import Procedure
from .rule import Rule

KEY = "unless waived"


def read_waiver(keys: Keys, vocabulary: Vocabulary, force: Scalar | None) -> Waiver | None:
    """`unless waived`, or what `force: reason` meant in editions of Kesu 0.1; None: nobody may. Raises ReadError."""
    node = keys.get(KEY)
    if node is None:
        return Waiver() if force == "reason" else None
    if force is not None and force != "refuse":
        raise fault(
            force,
            en=f"the rule “{vocabulary.rule}” says “{KEY}”, so it takes no “force: {force}”",
            zh=f"规则“{vocabulary.rule}”写了 {KEY}，就不能再写 force: {force}",
        )
    inner = Keys(node, what=f"“{KEY}”")
    waiver = Waiver(
        posts=() if inner.words("by") == (EVERYBODY,) else vocabulary.posts_of(inner, "by"),
        grounds=tuple(vocabulary.choice(ground, of=FACT.WAIVER_GROUND) for ground in inner.words("for")),
        after=vocabulary.steps_of(inner, "after") if "after" in inner else (),
        when=read_when(inner.get("when")),
    )
    inner.done()
    return waiver


def check_waiver(rule: Rule, keys: Keys) -> None:
    """Raises ReadError where a rule lets something be left out and wants nothing that could be."""
    if KEY in keys and not rule.waivable:
        raise fault(
            keys.need(KEY),
            en=f"the rule “{rule.name}” wants no step that could be left out; take “{KEY}” away",
            zh=f"规则“{rule.name}”没有可以不办的步骤；请去掉 {KEY}",
        )


def knowing_waivers(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules, those that hold what may be left out told of all there is."""
    listed = tuple(rules)
    things = tuple(thing for rule in listed for thing in rule.waivable)
    return tuple(
        rule if (shape := rule.able(KnowsWaivers)) is None else replace(rule, shape=shape.knowing(things))
        for rule in listed
    )


def unclear_waivers(procedure: Procedure) -> Iterator[Fault]:
    """Doing without names who and for what; and the procedure has the rule by which that is held."""
    held = bool(procedure.able(KnowsWaivers))
    for rule in procedure.rules:
        if rule.force == "reason":
            yield Fault(
                rule.origin,
                rule.line,
                Text(
                    f"规则“{rule.name}”写了 force: reason，谁都能凭一句理由不办；请改用 unless waived，写明由谁（by）、限于哪些情形（for）",
                    f"by “force: reason” anybody may leave out what the rule “{rule.name}” wants; say “unless waived”, with who (by) and on which grounds (for)",
                ),
            )
        elif rule.waiver is not None and not held:
            yield Fault(
                rule.origin,
                rule.line,
                Text(
                    f"规则“{rule.name}”写了可以不办，程序里却没有 doing without 这条规则，谁不办都拦不住",
                    f"the rule “{rule.name}” lets something be left out, and no rule “doing without” holds by whom",
                ),
            )
