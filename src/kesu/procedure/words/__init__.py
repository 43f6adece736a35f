"""The steps and facts the software knows, named once, with labels and kinds; procedures choose among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from kesu.names import FactName, StepName
from kesu.reading.keys import Keys, both, known_word
from kesu.reading.strict import Block, read_file
from kesu.reading.text import Text

from ..kinds import Kind
from ..kinds import kinds as kinds_of_facts
from ..kinds.checklist import CHECKLIST
from ..kinds.yesno import YESNO as YES_OR_NO
from .derived import Derived, check_derived, read_derived

YESNO: dict[str, Text] = {"yes": Text("是", "yes"), "no": Text("否", "no")}


class Part(StrEnum):
    """The part that a step plays in a file."""

    ARRIVAL = "arrival"  # how a matter comes in: refused to nobody for want of a fact, never after the end (semantics 1.4)
    OWN = "own"  # the procedure's own work: waits for what was missing at the arrival, stops at the end
    EVERYWHERE = "everywhere"  # every file knows it: waits for nothing, may follow the end
    HOUSE = "house"  # recorded by the system when it becomes so elsewhere, never taken by a person
    CLOCK = "clock"  # recorded by time alone


class Mends(StrEnum):
    """What of the record a step mends."""

    FACT = "fact"  # a fact of an entry reads otherwise from now on
    ACT = "act"  # an entry counts as not having happened


@dataclass(frozen=True, slots=True)
class StepWord:
    """A step that some procedure may use, with the parts that it plays in a file.

    `follows_end`: may be taken after the end though it is the procedure's own work. `stage`: lists show it as where the
    file stands, though it is no own work. `about_file`: it is about the file, not about the matter (mending, ending).
    `theirs`: the other side's word, for which nobody here can be asked. `names_persons`: it can say who has to stay out.
    `undone`: where it ends a linked file, that was not done. `described`: the part of the published description that it belongs to. `brings`: the facts that the house puts on record
    with it, for which no form asks. `decides`: it settles something by the word of whoever takes it (a consent, a finding, an
    approval, a signature), so that noted by another it waits for his confirmation; `in_person`: it is not noted by another at all.
    """

    name: StepName
    title: Text
    part: Part = Part.OWN
    mends: Mends | None = None
    begins: bool = False
    completes_arrival: bool = False
    ends_always: bool = False
    undone: bool = False
    follows_end: bool = False
    stage: bool = False
    about_file: bool = False
    theirs: bool = False
    names_persons: bool = False
    decides: bool = False
    in_person: bool = False
    described: str | None = None
    brings: tuple[FactName, ...] = ()

    @property
    def by_people(self) -> bool:
        """Whether a person takes it, and not the house or the clock."""
        return self.part not in (Part.HOUSE, Part.CLOCK)

    @property
    def own_work(self) -> bool:
        """Whether it is work between arrival and end: it waits for the arrival to be complete and stops at the end."""
        return self.part is Part.OWN and not self.follows_end

    @property
    def may_follow_end(self) -> bool:
        """Whether a person, the house or the clock may take it in a file that has ended."""
        return self.follows_end or self.part in (Part.EVERYWHERE, Part.HOUSE)


@dataclass(frozen=True, slots=True)
class FactWord:
    """A fact that may be put on record: its kind, its labels, whether it is about a person, and the parts it plays.

    `contact`: how to reach somebody, shown in full only to whoever asks for it. `one_line`: a text of a few words.
    `first_asked`: wanted when a matter is registered, what else is asked may wait. `always_known`: “not known” is no
    answer, in editions of Kesu 0.1 too. `told_outside`: the outside world tells it, so that “not known” is an answer, unless
    the step that asks it says otherwise. `says_something`: a reason, an opinion, the content of a report: a lone mark or “none”
    is no value of it. `theirs`: said by who brought the matter, so that he may see it again.
    `among`: names things that are on record under another fact. `from_register`: entered by the register of items alone. `with_any_step`: says how an act came about (its reason, its
    scan), so that every act may bring it, whatever its form asks.
    """

    name: FactName
    title: Text
    kind: Kind
    personal: bool = False
    choices: Mapping[str, Text] = field(default_factory=dict)
    thing_of: FactName | None = None
    among: FactName | None = None
    derived: Derived | None = None
    contact: bool = False
    one_line: bool = False
    first_asked: bool = False
    always_known: bool = False
    told_outside: bool = False
    says_something: bool = False
    theirs: bool = False
    from_register: bool = False
    with_any_step: bool = False

    @property
    def names_of(self) -> FactName | None:
        """The fact under which the things stand on record that this one names; None where it names none."""
        return self.thing_of or self.among

    @property
    def erasable(self) -> bool:
        """Stands beside the ledger behind a commitment: personal words and free text (semantics 3.3)."""
        return self.personal or self.kind.free_text


@cache
def steps() -> Mapping[str, StepWord]:
    """Every step the software knows, by name."""
    return {name: read_step(name, block) for name, block in _folder("steps")}


@cache
def facts() -> Mapping[str, FactWord]:
    """Every fact the software knows, by name. Raises ReadError, ValueError."""
    found = {name: _fact(name, block) for name, block in _folder("facts")}
    noted = {name: word.kind for name, word in found.items() if word.derived is None and not word.erasable}
    for word in found.values():
        if word.names_of is not None and word.names_of not in found:
            raise ValueError(f"the fact “{word.name}” names things of “{word.names_of}”, which is no fact")
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


def read_step(name: str, block: Block) -> StepWord:
    """A step of a file of words. Raises ReadError."""
    keys = Keys(block, what=f"the step “{name}”")
    part, mends, described = keys.maybe("part"), keys.maybe("mends"), keys.maybe("described")
    decides = keys.maybe("decides")
    if decides is not None:
        known_word(decides, ("yes", "in person"), what="“decides”")
    word = StepWord(
        name=StepName(name),
        title=both(keys.need("title"), what="title"),
        part=Part.OWN if part is None else Part(known_word(part, Part, what="“part”")),
        mends=None if mends is None else Mends(known_word(mends, Mends, what="“mends”")),
        begins=keys.flag("begins"),
        completes_arrival=_only(keys, "completes", "arrival"),
        ends_always=_only(keys, "ends", "always"),
        undone=keys.flag("undone"),
        follows_end=keys.flag("after the end"),
        stage=keys.flag("stage"),
        about_file=keys.flag("about the file"),
        theirs=keys.flag("theirs"),
        names_persons=_only(keys, "names", "persons"),
        decides=decides is not None,
        in_person=decides == "in person",
        described=None if described is None else str(described),
        brings=tuple(FactName(str(fact)) for fact in keys.words("brings")),
    )
    keys.done()
    return word


def _only(keys: Keys, key: str, value: str) -> bool:
    """A key that takes one value or is absent: `ends: always`."""
    said = keys.maybe(key)
    return said is not None and bool(known_word(said, (value,), what=f"“{key}”"))


def _fact(name: str, block: Block) -> FactWord:
    keys = Keys(block, what=f"the fact “{name}”")
    kind = kinds_of_facts()[known_word(keys.text("kind"), kinds_of_facts(), what="kind")]
    choices: dict[str, Text] = dict(YESNO) if kind is YES_OR_NO else {}
    listed = keys.get("items" if kind is CHECKLIST else "choices")
    if isinstance(listed, Block):
        choices = {key: both(node, what=f"“{key}”") for key, node in listed.items()}
    thing_of, among = keys.maybe("thing of"), keys.maybe("among")
    word = FactWord(
        name=FactName(name),
        title=both(keys.need("title"), what="title"),
        kind=kind,
        personal=keys.flag("personal"),
        choices=choices,
        thing_of=None if thing_of is None else FactName(str(thing_of)),
        among=None if among is None else FactName(str(among)),
        derived=read_derived(keys.get("derived"), word=name),
        contact=keys.flag("contact"),
        one_line=keys.flag("one line"),
        first_asked=keys.flag("first asked"),
        always_known=keys.flag("always known"),
        told_outside=keys.flag("not known"),
        says_something=keys.flag("says something"),
        theirs=keys.flag("theirs"),
        from_register=keys.flag("from the register"),
        with_any_step=keys.flag("with any step"),
    )
    keys.done()
    return word
