"""Which words a procedure is written in: those that an edition has to keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kesu.reading.strict import Block

from ..words import Lexicon, Part
from ..words.lexicon import FACTS, KINDS, STEPS
from ..words.names import FACT, STEP
from .model import Procedure


def words_in(text: str, procedure: Procedure) -> Mapping[str, Mapping[str, Block]]:
    """The definitions of its words, section by section: of all that its text names, and of what the engine speaks of.

    `text` is the whole of its files and settings. A name that stands in it for something else is kept as well, which does no
    harm; none that it names is left out.
    """
    lexicon = procedure.words
    steps = {name for name, word in lexicon.steps.items() if name in text or word.part is not Part.OWN}
    steps.update(_named(STEP))
    facts = {name for name, word in lexicon.facts.items() if name in text or word.with_any_step}
    facts.update(_named(FACT), *(lexicon.steps[step].brings for step in steps))
    return {
        STEPS: {name: lexicon.texts[STEPS][name] for name in steps},
        FACTS: {name: lexicon.texts[FACTS][name] for name in _closed(lexicon, facts)},
        KINDS: {procedure.kind: called} if (called := lexicon.texts[KINDS].get(procedure.kind)) else {},
    }


def _named(names: type) -> Iterator[str]:
    """The names that Python speaks of."""
    return (name for place, name in vars(names).items() if place.isupper())


def _closed(lexicon: Lexicon, names: set[str]) -> Iterator[str]:
    """The facts with all on which they rest, and those by which acts say of which thing they speak."""
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            yield name
            beside = (lexicon.facts[name].names_of, lexicon.per_thing.get(name))
            waiting.extend((*lexicon.underneath(name), *filter(None, beside)))
