"""What is said to people: always in Chinese and in English."""

import difflib
from collections.abc import Sequence
from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]


class Name(NamedTuple):
    """A name or a piece of a sentence in both languages; either may be empty."""

    zh: str
    en: str

    def in_(self, lang: Lang) -> str:
        """It in one language."""
        return self.zh if lang == "zh" else self.en


NO_NAME = Name("", "")


class Fault(ValueError):
    """What cannot be: where (`place`, may be empty), what is wrong and why, and what to do."""

    def __init__(self, problem: Name, remedy: Name, *, place: Name = NO_NAME) -> None:
        self.problem, self.remedy, self.place = problem, remedy, place
        super().__init__(self.in_("en"))

    def in_(self, lang: Lang) -> str:
        """The message in one language."""
        if lang == "zh":
            return f"{self.place.zh}{'：' if self.place.zh else ''}{self.problem.zh}；{self.remedy.zh}"
        return f"{self.place.en}{': ' if self.place.en else ''}{self.problem.en}; {self.remedy.en}"


def nearest(word: str, words: Sequence[str]) -> Name:
    """The advice for a wrong word: the nearest right one, or all of them."""
    close = difflib.get_close_matches(word, words, n=1)
    if close:
        return Name(f"是不是“{close[0]}”？", f'did you mean "{close[0]}"?')
    return Name(f"可以写 {listed(words).zh}", f"write {listed(words).en}")


def listed(words: Sequence[str]) -> Name:
    """Several words to choose from."""
    en = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
    return Name("、".join(words), en)
