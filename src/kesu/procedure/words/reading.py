"""A step and a fact as a file of words says them."""

from __future__ import annotations

from kesu.names import FactName, StepName
from kesu.reading.keys import Keys, both, known_word
from kesu.reading.strict import Block
from kesu.reading.text import Text

from ..kinds import kinds as kinds_of_facts
from ..kinds.checklist import CHECKLIST
from ..kinds.yesno import YESNO as YES_OR_NO
from .derived import read_derived
from .tree import read_choices
from .word import FactWord, Mends, Part, StepWord

YESNO: dict[str, Text] = {"yes": Text("是", "yes"), "no": Text("否", "no")}


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
        one_by_one=keys.flag("one by one"),
        described=None if described is None else str(described),
        brings=tuple(FactName(str(fact)) for fact in keys.words("brings")),
    )
    keys.done()
    return word


def _only(keys: Keys, key: str, value: str) -> bool:
    """A key that takes one value or is absent: `ends: always`."""
    said = keys.maybe(key)
    return said is not None and bool(known_word(said, (value,), what=f"“{key}”"))


def read_fact(name: str, block: Block) -> FactWord:
    """A fact of a file of words. Raises ReadError."""
    keys = Keys(block, what=f"the fact “{name}”")
    kind = kinds_of_facts()[known_word(keys.text("kind"), kinds_of_facts(), what="kind")]
    choices: dict[str, Text] = dict(YESNO) if kind is YES_OR_NO else {}
    under: dict[str, str] = {}
    listed = keys.get("items" if kind is CHECKLIST else "choices")
    if isinstance(listed, Block):
        choices, under = read_choices(listed)
    thing_of, among = keys.maybe("thing of"), keys.maybe("among")
    word = FactWord(
        name=FactName(name),
        title=both(keys.need("title"), what="title"),
        kind=kind,
        personal=keys.flag("personal"),
        choices=choices,
        under=under,
        thing_of=None if thing_of is None else FactName(str(thing_of)),
        among=None if among is None else FactName(str(among)),
        derived=read_derived(keys.get("derived"), word=name),
        contact=keys.flag("contact"),
        source=keys.flag("source"),
        one_line=keys.flag("one line"),
        first_asked=keys.flag("first asked"),
        always_known=keys.flag("always known"),
        told_outside=keys.flag("not known"),
        says_something=keys.flag("says something"),
        theirs=keys.flag("theirs"),
        from_register=keys.flag("from the register"),
        with_any_step=keys.flag("with any step"),
        health=keys.flag("health"),
    )
    keys.done()
    return word
