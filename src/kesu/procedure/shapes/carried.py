"""What the first act of a linked file carries from the file that opens it: `with: {fact there: fact here or "= value"}`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kesu.names import FactName
from kesu.reading.keys import Keys, known_word
from kesu.reading.strict import Scalar, fault

from .. import words
from ..history.act import MISSING, Act, Value
from ..history.of_a_file import History
from ..words import FactWord

if TYPE_CHECKING:
    from .shape import Vocabulary

LITERAL: Final = "= "


@dataclass(frozen=True, slots=True)
class Carried:
    """One fact of the linked file's first act: what `word` says here, or always `literal`."""

    fact: FactName
    word: FactName | None = None
    literal: str | None = None


def read_carried(keys: Keys, vocabulary: Vocabulary) -> tuple[Carried, ...]:
    """The pairs under `with`. Raises ReadError where a word is unknown, or its values would not fit there."""
    node = keys.get("with")
    if node is None:
        return ()
    given = Keys(node, what=f"“with” of the rule “{vocabulary.rule}”")
    return tuple(
        _pair(Scalar(name, given.block.file, given.block.lines[name]), given.text(name), vocabulary)
        for name in given.block
    )


def _pair(name: Scalar, given: Scalar, vocabulary: Vocabulary) -> Carried:
    target = words.facts()[vocabulary.fact(name)]
    if given.startswith(LITERAL):
        literal = Scalar(given[len(LITERAL) :].strip(), given.file, given.line)
        if target.choices:
            known_word(literal, target.choices, what=f"the value of “{target.name}”")
        return Carried(target.name, literal=str(literal))
    source = words.facts()[vocabulary.fact(given)]
    if source.erasable and not target.erasable:
        raise fault(
            given,
            en=f"“{source.name}” is personal or free text; “{target.name}” would keep it where nothing can be erased",
            zh=f"“{source.name}”是个人信息或自由文字；记进“{target.name}”就抹不掉了",
        )
    if not fits(source, target):
        raise fault(
            given,
            en=f"“{source.name}” ({source.kind}) does not fit into “{target.name}” ({target.kind})",
            zh=f"“{source.name}”（{source.kind}）装不进“{target.name}”（{target.kind}）",
        )
    return Carried(target.name, word=source.name)


def fits(source: FactWord, target: FactWord) -> bool:
    """Whether every value of one word can be a value of the other."""
    if source.thing_of == target.name:
        return True
    if not set(source.choices) <= set(target.choices) and target.choices:
        return False
    if target.kind.free_text:
        return target.kind.holds(source.kind)
    return target.kind.holds(source.kind) and bool(source.choices) >= bool(target.choices)


def carried_facts(listed: tuple[Carried, ...], history: History, act: Act) -> dict[str, Value]:
    """The facts for the first act of a file that `act` opens: its own facts first, else as the file stands.

    What is not on record is left out, so that the linked file asks for it; “not known” goes along as it is.
    """
    found: dict[str, Value] = {}
    for one in listed:
        value = one.literal if one.word is None else history.value(one.word, act)
        if value is not MISSING:
            listing = words.facts()[one.fact].kind.several
            found[one.fact] = [value] if listing and isinstance(value, str) else value
    return found
