"""`when`: equality, a list, or over and under an amount; nothing more, so that a rule never becomes a program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kesu.reading.called import known_called
from kesu.reading.keys import Keys, scalars
from kesu.reading.strict import Node, Scalar, fault

from . import words
from .history.act import MISSING, Act, Value
from .history.of_a_file import History
from .kinds.number import number
from .words.tree import below

EVER, NEVER = "ever", "never"  # of everything that was said, not of what stands
TESTS = ("over", "under", "at least", "up to", "not", EVER, NEVER)


@dataclass(frozen=True, slots=True)
class Condition:
    """One word against one value, several values, or a limit."""

    word: str
    test: str  # "is", "not", "ever", "never", "over", "under", "at least", "up to"
    values: tuple[str, ...]
    below: tuple[str, ...] = ()  # with those that stand under them, where choices stand under others

    def holds(self, value: Value) -> bool | None:
        """True, False, or None when the value says nothing (not known, no number)."""
        if value is None:
            return None
        if self.test in ("is", "not", EVER, NEVER):
            meant = self.below or self.values
            met = bool(set(value) & set(meant)) if isinstance(value, list) else value in meant
            return met if self.test in ("is", EVER) else not met
        amount, limit = number(value), number(self.values[0])
        if amount is None or limit is None:
            return None
        match self.test:
            case "over":
                return amount > limit
            case "under":
                return amount < limit
            case "at least":
                return amount >= limit
            case _:
                return amount <= limit


@dataclass(frozen=True, slots=True)
class When:
    """All conditions of a rule; an empty one always holds."""

    conditions: tuple[Condition, ...] = ()

    def holds(self, history: History, act: Act | None, thing: str | None = None) -> bool | None:
        """Whether the rule applies (to one thing, if asked); None when that depends on a fact that is not on record."""
        answer: bool | None = True
        for condition in self.conditions:
            held = _holds(condition, history, act, thing)
            if held is False:
                return False
            if held is None:
                answer = None
        return answer

    def unknown(self, history: History, act: Act | None, thing: str | None = None) -> tuple[str, ...]:
        """The words that keep it from being told: of a derived word those underneath."""
        unknown = (c.word for c in self.conditions if _holds(c, history, act, thing) is None)
        return tuple(dict.fromkeys(lacking for word in unknown for lacking in history.lacking(word, act)))

    @property
    def words(self) -> frozenset[str]:
        """The facts on record that it reads: of a derived word those underneath."""
        return frozenset(word for condition in self.conditions for word in words.underneath(condition.word))


def _holds(condition: Condition, history: History, act: Act | None, thing: str | None) -> bool | None:
    """One condition: an act's own facts first, then what was said of the thing, or of any thing there is."""
    word = condition.word
    if thing is not None and words.per_thing(word) != word:
        return condition.holds([thing])
    if condition.test in (EVER, NEVER):
        return _ever(condition, history, act, thing)
    if act is not None and act.facts and (word in act.facts or words.per_thing(word) in act.facts):
        return condition.holds(history.value(word, act))
    if thing is not None:
        value = history.value_for(word, thing, act)
        return None if value is MISSING else condition.holds(value)
    held = [condition.holds(value) for value in history.latest(word, act)]
    answer = True if True in held else None if not held or None in held else False
    return _at_the_least(condition, history, act) if answer is None else answer


def _ever(condition: Condition, history: History, act: Act | None, thing: str | None) -> bool | None:
    """Whether a value was said once (of the thing), or never was; while nothing was said nobody can tell."""
    said = [value for value in history.ever(condition.word, thing) if value is not None]
    if act is not None and act.facts.get(condition.word) is not None:
        said.append(act.facts[condition.word])
    held = [condition.holds(value) for value in said]
    if not held:
        return None
    return True in held if condition.test == EVER else False not in held


def _at_the_least(condition: Condition, history: History, act: Act | None) -> bool | None:
    """What the known part of a sum settles: what has passed a limit has passed it, whatever else there is."""
    least = history.least(condition.word, act)
    held = None if least is MISSING else condition.holds(least)
    beyond = condition.test in ("over", "at least")
    return held if held is beyond and condition.test in ("over", "under", "at least", "up to") else None


def read_when(node: Node | None, *, derived: bool = True) -> When:
    """Reads the `when` (or `only if`) of a rule; personal words may not be compared (semantics 3.3).

    Derived words may not where an act itself has to say the fact (`derived` False).
    """
    if node is None:
        return When()
    keys = Keys(node, what="“when”")
    return When(
        tuple(
            _condition(Scalar(word, keys.block.file, keys.block.lines[word]), keys.need(word), derived)
            for word in keys.block
        )
    )


def _condition(word: Scalar, node: Node, derived: bool) -> Condition:
    name = words.fact_called(word)
    fact = words.facts()[name]
    if not fact.kind.comparable or (fact.derived is not None and not derived):
        raise fault(
            word,
            en=f"“{name}” cannot be compared here: it is a table of lines, or follows from other facts",
            zh=f"这里不能比较“{name}”：它是明细表，或由其他事实算出",
        )
    if fact.erasable:
        raise fault(
            word,
            en=f"a rule may not compare “{name}”: it is personal or free text and can be erased; use a classified fact",
            zh=f"规则不能比较“{name}”：它是个人信息或自由文字，可能被抹去；请改用分类事实",
        )
    values = scalars(node, what=f"“{name}”")
    for test in TESTS:
        if len(values) == 1 and values[0].startswith(test + " "):
            rest = values[0][len(test) + 1 :].split(", ") if fact.choices else [values[0][len(test) + 1 :]]
            parts = tuple(Scalar(part, values[0].file, values[0].line) for part in rest)
            return _on(fact, test, _values(fact, test, parts))
    return _on(fact, "is", _values(fact, "is", values))


def _on(fact: words.FactWord, test: str, values: tuple[str, ...]) -> Condition:
    return Condition(fact.name, test, values, below(values, fact.under) if fact.under else ())


def _values(fact: words.FactWord, test: str, values: tuple[Scalar, ...]) -> tuple[str, ...]:
    if test in ("over", "under", "at least", "up to"):
        if number(values[0]) is None:
            raise fault(
                values[0],
                en=f"“{test}” wants a number, not “{values[0]}”",
                zh=f"“{test}”后面应是数字，不是“{values[0]}”",
            )
    elif fact.choices:
        return tuple(
            known_called(value, fact.choices, what=f"the value of “{fact.name}”") for value in values
        )
    return tuple(str(value) for value in values)


ALWAYS: Final = When()
