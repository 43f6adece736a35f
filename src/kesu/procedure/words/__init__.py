"""The steps, facts and kinds of file that may be spoken of, with labels and kinds; procedures choose among them.

The software names some (the folders `facts` and `steps`, `kinds.yaml`); a library and a procedure may add their own
(`own_words`), and an edition keeps those that it is written in. Which ones are meant is said by `spoken`; where nothing is
said, those of the software.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

from kesu.names import FactName, StepName
from kesu.reading.called import known_called, name_called
from kesu.reading.strict import Block, Scalar, read_file
from kesu.reading.text import Text

from .derived import Derived
from .lexicon import FACTS, KINDS, NO_WORDS, STEPS, Lexicon
from .reading import YESNO, read_step
from .word import FactWord, Mends, Part, StepWord

__all__ = [
    "YESNO",
    "FactWord",
    "Lexicon",
    "Mends",
    "Part",
    "StepWord",
    "derived",
    "derived_only",
    "fact_called",
    "facts",
    "in_its_words",
    "is_fact",
    "kind_said",
    "kinds",
    "of_the_software",
    "per_thing",
    "read_step",
    "spoken",
    "spoken_now",
    "step_called",
    "step_if_any",
    "steps",
    "telling_words",
    "thing_words",
    "underneath",
]

_SPOKEN: Final[ContextVar[Lexicon | None]] = ContextVar("spoken", default=None)


@cache
def of_the_software() -> Lexicon:
    """The words that the software brings. Raises ReadError, ValueError."""
    here = Path(__file__).parent
    called = read_file(here / "kinds.yaml")
    assert isinstance(called, Block)
    return NO_WORDS.over({STEPS: _folder(STEPS), FACTS: _folder(FACTS), KINDS: called})


def _folder(name: str) -> dict[str, Block]:
    """The words of every file of a folder; a word that two files name is an error of ours."""
    found: dict[str, Block] = {}
    for path in sorted((Path(__file__).parent / name).glob("*.yaml")):
        node = read_file(path)
        assert isinstance(node, Block)
        for word, block in node.items():
            if word in found:
                raise ValueError(f"{path}: the word “{word}” is named twice")
            found[word] = block
    return found


def spoken_now() -> Lexicon:
    """The words that are meant here and now."""
    found = _SPOKEN.get()
    return of_the_software() if found is None else found


@contextmanager
def spoken(lexicon: Lexicon) -> Iterator[None]:
    """Inside, these words are meant."""
    before = _SPOKEN.set(lexicon)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def in_its_words(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Inside the function those words are meant in which its first such argument is written: a procedure, or a file judged by one.

    Not for generators, which are left before they are done.
    """

    @wraps(function)
    def speaking(*given: Given.args, **named: Given.kwargs) -> Answer:
        for one in (*given, *named.values()):
            if isinstance(lexicon := getattr(one, "words", None), Lexicon):
                with spoken(lexicon):
                    return function(*given, **named)
        return function(*given, **named)

    return speaking


def steps() -> Mapping[str, StepWord]:
    """Every step that is known, by name."""
    return spoken_now().steps


def facts() -> Mapping[str, FactWord]:
    """Every fact that is known, by name."""
    return spoken_now().facts


def step_called(word: Scalar) -> StepName:
    """The step of this name or title. Raises ReadError with the nearest."""
    return StepName(known_called(word, spoken_now().step_titles, what="the step"))


def step_if_any(word: Scalar) -> str:
    """The name of the step that is called so; the word itself where none is."""
    return name_called(word, spoken_now().step_titles) or str(word)


def fact_called(word: Scalar) -> FactName:
    """The fact of this name or title. Raises ReadError with the nearest."""
    return FactName(known_called(word, spoken_now().fact_titles, what="the fact"))


def is_fact(word: Scalar) -> bool:
    """Whether a fact has this name or title."""
    return name_called(word, spoken_now().fact_titles) is not None


def derived() -> Mapping[str, Derived]:
    """The facts that nobody puts on record because they follow from others."""
    return spoken_now().derived


def underneath(word: str) -> tuple[str, ...]:
    """The facts that are on record when this one is: the word itself, or those from which it follows."""
    return spoken_now().underneath(word)


def derived_only(word: str) -> dict[str, str]:
    """What to say in English and Chinese to whoever puts such a word on record, or has it asked."""
    below = underneath(word)
    return {
        "en": f"“{word}” follows from {', '.join(below)} and is never put on record itself; name those",
        "zh": f"“{word}”由 {'、'.join(below)} 算出，不能直接登记；请改用这些事实",
    }


def per_thing(word: str) -> str:
    """The word by which an act says for which one of `word` it stands (“of topic” beside the list “topic”)."""
    return spoken_now().per_thing.get(word, word)


def thing_words() -> tuple[str, ...]:
    """The words by which an act says of which one it speaks."""
    return spoken_now().thing_words


def telling_words() -> frozenset[str]:
    """The same words, to see at once that an act says none."""
    return spoken_now().telling


def kinds() -> Mapping[str, Text]:
    """What files of a kind are called."""
    return spoken_now().kinds


def kind_said(kind: str, otherwise: Text) -> Text:
    """What files of this kind are called; a kind that is not listed is called like its procedure."""
    return kinds().get(kind, otherwise)
