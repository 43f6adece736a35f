"""A stock of words: the steps, facts and kinds of file that may be spoken of, each as the text says that defines it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from kesu.names import FactName
from kesu.reading.keys import both
from kesu.reading.strict import Block, fault
from kesu.reading.text import Text

from ..kinds.checklist import CHECKLIST
from .derived import Derived, check_derived
from .reading import read_fact, read_step
from .word import FactWord, StepWord

FACTS: Final = "facts"
STEPS: Final = "steps"
KINDS: Final = "kinds"


@dataclass(frozen=True)
class Lexicon:
    """Words by name. `texts` holds, section by section, the text by which each is defined; `kept` those that an edition keeps.

    Two lexicons are never compared: which one is meant is said by whoever speaks (`words.spoken`).
    """

    steps: Mapping[str, StepWord]
    facts: Mapping[str, FactWord]
    kinds: Mapping[str, Text]
    texts: Mapping[str, Mapping[str, Block]]
    kept: Mapping[str, Mapping[str, Block]] = field(default_factory=dict)

    @cached_property
    def derived(self) -> Mapping[str, Derived]:
        """The facts that nobody puts on record because they follow from others."""
        return {name: word.derived for name, word in self.facts.items() if word.derived is not None}

    @cached_property
    def per_thing(self) -> Mapping[str, FactName]:
        """For each fact that lists things the word by which an act says of which one it speaks."""
        told: dict[str, FactName] = {}
        for word in self.facts.values():
            if word.thing_of is not None:
                told.setdefault(word.thing_of, word.name)
        return told

    @cached_property
    def thing_words(self) -> tuple[str, ...]:
        """The words by which an act says of which thing it speaks."""
        return tuple(word.name for word in self.facts.values() if word.thing_of is not None)

    @cached_property
    def telling(self) -> frozenset[str]:
        """The same words, to see at once that an act says none."""
        return frozenset(self.thing_words)

    @cached_property
    def step_titles(self) -> Mapping[str, Text]:
        """What the steps are called, by their names."""
        return {name: word.title for name, word in self.steps.items()}

    @cached_property
    def fact_titles(self) -> Mapping[str, Text]:
        """What the facts are called, by their names."""
        return {name: word.title for name, word in self.facts.items()}

    @cached_property
    def summed(self) -> frozenset[FactName]:
        """The facts that hold figures, which add up."""
        return frozenset(word.name for word in self.facts.values() if word.kind.summed)

    def underneath(self, word: str) -> tuple[str, ...]:
        """The facts that are on record when this one is: the word itself, or those from which it follows."""
        found = self.derived.get(word)
        return (word,) if found is None else found.words

    @cached_property
    def typed(self) -> frozenset[str]:
        """The facts whose values people type, so that what is typed may say nothing."""
        return frozenset(
            name for name, word in self.facts.items() if not word.kind.chosen or word.kind is CHECKLIST
        )

    def over(self, texts: Mapping[str, Mapping[str, Block]]) -> Lexicon:
        """The same with these definitions in the place of its own, and with those that it does not have. Raises ReadError.

        What is defined by the same text stays one and the same word, so that nothing is read twice.
        """
        new = {
            section: {name: block for name, block in found.items() if self.texts[section].get(name) != block}
            for section, found in texts.items()
        }
        if not any(new.values()):
            return self
        made = Lexicon(
            steps={**self.steps, **{n: read_step(n, b) for n, b in new.get(STEPS, {}).items()}},
            facts={**self.facts, **{n: read_fact(n, b) for n, b in new.get(FACTS, {}).items()}},
            kinds={**self.kinds, **{n: both(b, what=n) for n, b in new.get(KINDS, {}).items()}},
            texts={section: {**known, **new.get(section, {})} for section, known in self.texts.items()},
            kept=self.kept,
        )
        made.check(new.get(FACTS, {}))
        return made

    def check(self, names: Iterable[str]) -> None:
        """Whether these facts rest on words that there are and that can carry them. Raises ReadError at the word that does not."""
        noted = {
            name: word.kind for name, word in self.facts.items() if word.derived is None and not word.erasable
        }
        for name in names:
            word, text = self.facts[name], self.texts[FACTS][name]
            if word.names_of is not None and word.names_of not in self.facts:
                raise fault(
                    text,
                    en=f"the fact “{name}” names things of “{word.names_of}”, which is no fact",
                    zh=f"事实“{name}”指的是“{word.names_of}”中的一项，而没有这个事实",
                )
            if word.derived is None:
                continue
            try:
                check_derived(word.name, word.derived, noted)
            except ValueError as wrong:
                zh = f"事实“{name}”由 {'、'.join(word.derived.words)} 算出，其中有的没有登记，或不能这样计算"
                raise fault(text, en=str(wrong), zh=zh) from None


NO_WORDS: Final = Lexicon({}, {}, {}, {STEPS: {}, FACTS: {}, KINDS: {}})
