"""A fact that follows from others: a grade, a flag. The rule itself records it (semantics 4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kesu.names import FactName
from kesu.reading.keys import Keys, scalar
from kesu.reading.strict import Block, Scalar, fault

from ..words import facts
from .abilities import FollowsFrom
from .shape import Spoken, Unjudged, Vocabulary
from .slots import Facts, Slots, Value


@dataclass(frozen=True)
class Follows(Unjudged, FollowsFrom):
    """`follows: {fact: value}` with `when`; `one way: yes` for a grade that never falls by itself."""

    sign: ClassVar[str] = "follows"
    keys: ClassVar[frozenset[str]] = frozenset({"follows", "one way"})
    bars: ClassVar[bool] = False
    in_findings: ClassVar[bool] = False

    fact: FactName
    value: str
    one_way: bool = False

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Follows:
        fact, value = read_consequence(keys, cls.sign, vocabulary)
        return cls(fact, value, keys.flag("one way"))

    def reads(self) -> frozenset[str]:
        return frozenset()

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset(), self.reads())

    def wording(self) -> str:
        return "one way" if self.one_way else "rule"

    def slots(self) -> Slots:
        return {"facts": Facts((self.fact,)), "value": Value(self.fact, self.value)}


def read_consequence(keys: Keys, key: str, vocabulary: Vocabulary) -> tuple[FactName, str]:
    """`{fact: value}` under a key: what a rule itself puts on record. Raises ReadError."""
    node = keys.need(key)
    if not isinstance(node, Block) or len(node) != 1:
        raise fault(node, en=f"“{key}” takes one {{fact: value}}", zh=f"“{key}”下只写一个 {{事实: 值}}")
    ((word, said),) = node.items()
    value = scalar(said, what=f"“{key}”")
    fact = vocabulary.fact(Scalar(word, node.file, node.lines[word]))
    choices = facts()[fact].choices
    if choices and value not in choices:
        raise fault(value, en=f"“{fact}” has no value “{value}”", zh=f"“{fact}”没有“{value}”这个值")
    return fact, str(value)
