"""The steps and facts the software knows, named once, with labels and kinds; procedures choose among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kesu.reading.keys import Keys, both, known
from kesu.reading.strict import Block, read_file
from kesu.reading.text import Text

from .derived import Derived, check_derived, read_derived

KINDS = (
    "text",
    "word",
    "choice",
    "list",
    "number",
    "money",
    "instant",
    "date",
    "person",
    "persons",
    "unit",
    "units",
    "thing",
    "things",
    "checklist",
    "yesno",
    "lines",
    "counts",
)

YESNO: dict[str, Text] = {"yes": Text("是", "yes"), "no": Text("否", "no")}


@dataclass(frozen=True, slots=True)
class StepWord:
    """A step that some procedure may use; `clock` ones are taken by the clock alone, `free` ones wait for no completion."""

    name: str
    title: Text
    clock: bool = False
    free: bool = False


@dataclass(frozen=True, slots=True)
class FactWord:
    """A fact that may be put on record: its kind, its labels, and whether it is about a person."""

    name: str
    title: Text
    kind: str
    personal: bool = False
    choices: Mapping[str, Text] = field(default_factory=dict)
    thing_of: str | None = None
    derived: Derived | None = None

    @property
    def erasable(self) -> bool:
        """Stands beside the ledger behind a commitment: personal words and free text (semantics 3.3)."""
        return self.personal or self.kind == "text"


@cache
def steps() -> Mapping[str, StepWord]:
    """Every step the software knows, by name."""
    return {name: _step(name, block) for name, block in _folder("steps")}


@cache
def facts() -> Mapping[str, FactWord]:
    """Every fact the software knows, by name."""
    found = {name: _fact(name, block) for name, block in _folder("facts")}
    noted = {name: word.kind for name, word in found.items() if word.derived is None and not word.erasable}
    for word in found.values():
        if word.thing_of is not None and word.thing_of not in found:
            raise ValueError(f"the fact “{word.name}” is a thing of “{word.thing_of}”, which is no fact")
        if word.derived is not None:
            check_derived(word.name, word.derived, noted)
    return found


@cache
def derived() -> Mapping[str, Derived]:
    """The facts that nobody puts on record because they follow from others."""
    return {name: word.derived for name, word in facts().items() if word.derived is not None}


def underneath(word: str) -> tuple[str, ...]:
    """The facts that are on record when this one is: the word itself, or those from which it follows."""
    found = derived().get(word)
    return (word,) if found is None else found.words


def derived_only(word: str) -> dict[str, str]:
    """What to say in English and Chinese to whoever puts such a word on record, or has it asked."""
    below = underneath(word)
    return {
        "en": f"“{word}” follows from {', '.join(below)} and is never put on record itself; name those",
        "zh": f"“{word}”由 {'、'.join(below)} 算出，不能直接登记；请改用这些事实",
    }


@cache
def per_thing(word: str) -> str:
    """The word by which an act says for which one of `word` it stands (“of topic” beside the list “topic”)."""
    return next((fact.name for fact in facts().values() if fact.thing_of == word), word)


@cache
def thing_words() -> tuple[str, ...]:
    """The words by which an act says of which one it speaks."""
    return tuple(fact.name for fact in facts().values() if fact.thing_of is not None)


@cache
def kinds() -> Mapping[str, Text]:
    """What files of a kind are called."""
    path = Path(__file__).parent / "kinds.yaml"
    node = read_file(path)
    assert isinstance(node, Block)
    return {name: both(said, what=name) for name, said in node.items()}


def kind_said(kind: str, otherwise: Text) -> Text:
    """What files of this kind are called; a kind that is not listed is called like its procedure."""
    return kinds().get(kind, otherwise)


@cache
def telling_words() -> frozenset[str]:
    """The same words, to see at once that an act says none."""
    return frozenset(thing_words())


def _folder(name: str) -> Iterator[tuple[str, Block]]:
    """The words of every file of a folder; a word that two files name is an error of ours."""
    seen: set[str] = set()
    for path in sorted((Path(__file__).parent / name).glob("*.yaml")):
        node = read_file(path)
        assert isinstance(node, Block)
        for word, block in node.items():
            if word in seen:
                raise ValueError(f"{path}: the word “{word}” is named twice")
            assert isinstance(block, Block)
            seen.add(word)
            yield word, block


def _step(name: str, block: Block) -> StepWord:
    keys = Keys(block, what=f"the step “{name}”")
    word = StepWord(name, both(keys.need("title"), what="title"), keys.flag("clock"), keys.flag("free"))
    keys.done()
    return word


def _fact(name: str, block: Block) -> FactWord:
    keys = Keys(block, what=f"the fact “{name}”")
    kind = known(keys.text("kind"), KINDS, what="kind")
    choices: dict[str, Text] = dict(YESNO) if kind == "yesno" else {}
    listed = keys.get("items" if kind == "checklist" else "choices")
    if isinstance(listed, Block):
        choices = {key: both(node, what=f"“{key}”") for key, node in listed.items()}
    thing_of = keys.maybe("thing of")
    word = FactWord(
        name=name,
        title=both(keys.need("title"), what="title"),
        kind=kind,
        personal=keys.flag("personal"),
        choices=choices,
        thing_of=None if thing_of is None else str(thing_of),
        derived=read_derived(keys.get("derived"), word=name),
    )
    keys.done()
    return word
