"""Words that a file of words beside a procedure, or of a library, adds to those of the software (`words.yaml`).

The keys are `facts`, `steps` and `kinds`, written like those of the software, and `choices`, which adds values to facts that
there are. A name that is taken is a fault: what a word means is said at one place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kesu.names import FactName
from kesu.reading.keys import Keys, known_word
from kesu.reading.strict import Block, Node, Scalar, fault, place
from kesu.reading.text import Text

from ..kinds.yesno import YESNO
from .lexicon import FACTS, KINDS, STEPS, Lexicon
from .reading import read_fact
from .tree import read_choices

CHOICES: Final = "choices"
SECTIONS: Final = (FACTS, STEPS, KINDS, CHOICES)
# What code asks of these words by the part that they play; a word that nobody has programmed for plays none.
OF_THE_SOFTWARE: Final[Mapping[str, tuple[str, ...]]] = {
    STEPS: (
        "part",
        "mends",
        "begins",
        "completes",
        "ends",
        "undone",
        "stage",
        "about the file",
        "names",
        "brings",
        "described",
    ),
    FACTS: ("contact", "first asked", "from the register", "with any step"),
    KINDS: (),
}
NO_NAME: Final = frozenset(
    ",;:“”\"'{}[]#&*|<>\n"
)  # lists of names are written with commas, sentences quote them


def with_own(lexicon: Lexicon, file: Block) -> Lexicon:
    """The words of a lexicon and those of a file of words. Raises ReadError at the line that is wrong."""
    for key in file:
        known_word(Scalar(key, file.file, file.lines[key]), SECTIONS, what="the key")
    texts = {section: _new(lexicon, file, section) for section in (FACTS, STEPS, KINDS)}
    grown = lexicon.over(texts)
    longer = _longer(grown, file)
    return grown.over({FACTS: longer}) if longer else grown


def _new(lexicon: Lexicon, file: Block, section: str) -> dict[str, Block]:
    """The words that a section adds; one that is known by the very same text is the same word."""
    found: dict[str, Block] = {}
    node = file.get(section)
    if node is None:
        return found
    listed = Keys(node, what=f"“{section}”").block
    for name, text in listed.items():
        key = Scalar(name, listed.file, listed.lines[name])
        _check_name(key)
        if not isinstance(text, Block):
            raise fault(
                key,
                en=f"“{name}” under “{section}” has to be a mapping (key: value)",
                zh=f"“{section}”里的“{name}”应写成“键: 值”的形式",
            )
        before = lexicon.texts[section].get(name)
        if before is not None and before != text:
            raise _taken(key, before)
        _check_parts(text, section)
        found[name] = text
    return found


def _check_name(name: Scalar) -> None:
    if name.strip() != name or not name or not NO_NAME.isdisjoint(name):
        raise fault(
            name,
            en=f"“{name}” is no name of a word: no commas, colons, quotes or brackets, and no space at either end",
            zh=f"“{name}”不能作词名：不能有逗号、冒号、引号和括号，首尾不能有空格",
        )


def _taken(name: Scalar, before: Block) -> Exception:
    outside = "/" in before.file  # files of words stand in folders; those of the software are named alone
    place_ = place(before.file, before.line) if outside else Text("软件自带", "one of the software")
    return fault(
        name,
        en=f"the word “{name}” is there already ({place_.en}); use it, add to it under “choices”, or take another name",
        zh=f"词“{name}”已经有了（{place_.zh}）；请直接使用，或在“choices”下增加选项，或另取一个名字",
    )


def _check_parts(text: Block, section: str) -> None:
    for key in text:
        if key in OF_THE_SOFTWARE[section]:
            raise fault(
                Scalar(key, text.file, text.lines[key]),
                en=f"“{key}” is a part that only words of the software play; leave it out",
                zh=f"“{key}”只有软件自带的词才能用；请删去",
            )


def _longer(lexicon: Lexicon, file: Block) -> dict[str, Block]:
    """The facts to which the file adds choices, each with all of them."""
    node = file.get(CHOICES)
    if node is None:
        return {}
    listed = Keys(node, what=f"“{CHOICES}”").block
    found: dict[str, Block] = {}
    for name, more in listed.items():
        key = Scalar(name, listed.file, listed.lines[name])
        found[known_word(key, lexicon.facts, what="the fact")] = _with_choices(lexicon, key, more)
    return found


def _with_choices(lexicon: Lexicon, fact: Scalar, more: Node) -> Block:
    word, text = lexicon.facts[fact], lexicon.texts[FACTS][fact]
    under = next((key for key in ("choices", "items") if key in text), None)
    if under is None or word.kind is YESNO:
        raise fault(
            fact,
            en=f"the fact “{fact}” is of the kind {word.kind} and has no choices to add to",
            zh=f"事实“{fact}”是 {word.kind} 类，没有可以增加的选项",
        )
    before, added = text[under], Keys(more, what=f"the choices of “{fact}”").block
    values = _copied(before)
    for value, said in added.items():
        key = Scalar(value, added.file, added.lines[value])
        _check_name(key)
        read_choices(_only(key, said, before))
        if value in before and before[value] != said:
            raise fault(
                key,
                en=f"“{fact}” has the choice “{value}” already; choose another name for the new one",
                zh=f"“{fact}”已经有选项“{value}”；请给新的选项另取一个名字",
            )
        values[value], values.lines[value] = said, added.lines[value]
    made = _copied(text)
    made[under] = values
    return made


def _only(key: Scalar, node: Node, before: Node) -> Block:
    """One more choice beside those that there are, as they are read together."""
    made = _copied(before) if isinstance(before, Block) else Block(key.file, key.line)
    made[key], made.lines[key] = node, key.line
    return made


def _copied(block: Block) -> Block:
    made = Block(block.file, block.line)
    made.update(block)
    made.lines.update(block.lines)
    return made


def renamed(lexicon: Lexicon, fact: FactName, title: Node) -> Lexicon:
    """The same words, where a fact is called otherwise (`facts: {x: {title: …}}`). Raises ReadError."""
    text = _copied(lexicon.texts[FACTS][fact])
    text["title"] = title
    read_fact(fact, text)
    return lexicon.over({FACTS: {fact: text}})
