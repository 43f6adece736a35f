"""What a search finds a file by: its number and title, what its entries say, and the pieces of all of it.

Personal words stand here as long as they stand in the ledger, and are gone with them: the row follows from the fold, and an
erasure folds the file anew. What not everybody may have who sees the file is left out for all: results that may not be told
yet, of contact details what is not shown, and a source that is kept secret. Persons of the house are looked for by their ids (`PartRow`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from kesu.casework.file.roles_in_file import title
from kesu.casework.file.untold import untold
from kesu.casework.many.watching import COUNTED, WATCHED
from kesu.procedure import words
from kesu.procedure.history.act import Act
from kesu.procedure.kinds.alike import matched
from kesu.procedure.words import FactWord, in_its_words
from kesu.procedure.words.names import FACT
from kesu.procedure.words.parts import CONTACT
from kesu.reading.grams import folded, grams, initials
from kesu.reading.text import Text

from ..folded.fold import Folded
from ..folded.masking import masked
from ..folded.recorded import CORRECTED, ERASED_VALUE
from ..folded.secrecy import HUSHED, hushed, is_kept_secret

Line = tuple[str, str]  # the fact ("" for number and title), and what it says

MOST: Final = 60_000  # characters of one file that are looked through
NAMED: Final = frozenset({FACT.COMPLAINANT})  # whoever is known by the first letters of his name
FILE: Final = "case/"  # how another file is named


class AsTheyStand:
    """Persons and units by their ids, which nobody looks for; words as they stand."""

    def person(self, person: str) -> str:
        """Nothing: persons are looked for among those who have part in a file."""
        return ""

    def unit(self, unit: str) -> str:
        """Nothing: units have titles that change."""
        return ""

    def word(self, word: str) -> Text:
        """The text itself."""
        return Text(word, word)

    def fact(self, word: str) -> Text:
        """The text itself."""
        return Text(word, word)

    def counted(self, word: str, value: str) -> Text:
        """The text itself."""
        return Text(value, value)


NAMES: Final = AsTheyStand()


@in_its_words
def search_row(fold: Folded) -> dict[str, Any]:
    """The row: what it says line by line, the same folded for comparing, and its pieces."""
    lines = list(dict.fromkeys(_lines(fold)))
    plain = folded("\n".join(text for _, text in lines))[:MOST]
    aside = dict.fromkeys(other for line in lines for other in otherwise(*line))
    looked_in = "\n".join((plain, *aside))
    return {
        "number": fold.head.number,
        "said": [list(line) for line in lines],
        "folded": looked_in,
        "grams": " ".join(grams(looked_in)),
    }


def _lines(fold: Folded) -> Iterator[Line]:
    case = hushed(fold.case) if is_kept_secret(fold.case) else fold.case
    called = title(case)
    yield from (("", text) for text in (str(fold.own.get("label", "")), called.zh, called.en) if text)
    first = case.history.acts[0]
    if first.step == COUNTED:
        yield from _of_facts({word: first.facts.get(word) for word in first.facts.get(WATCHED, ())}.items())
        return
    kept = untold(case)
    for act in case.history.acts:
        if act.by is not None or act.number == first.number:
            yield from _of_facts(_told(act, kept))


def _told(act: Act, kept: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """The facts of an entry that everybody may have who sees the file; a corrected value is what the fact is that it mends."""
    about = str(act.facts.get(FACT.WORD)) if act.step == CORRECTED else ""
    for word, value in act.facts.items():
        meant = about if word == FACT.VALUE and about in words.facts() else word
        if meant in words.facts() and word != FACT.WORD and meant not in kept:
            yield meant, value


def _of_facts(facts: Iterable[tuple[str, Any]]) -> Iterator[Line]:
    for name, value in facts:
        word = words.facts()[name]
        if value in (None, ERASED_VALUE, HUSHED) or word.kind.of_persons or word.kind.of_units:
            continue
        yield from ((name, text) for text in _texts(word, value) if text and not text.startswith(FILE))


def _texts(word: FactWord, value: Any) -> Iterator[str]:
    if word.name in CONTACT:
        yield masked(str(value))
        return
    choices = words.facts()[word.thing_of].choices if word.thing_of else word.choices
    for one in value if isinstance(value, list) and not word.kind.summed else [value]:
        said = word.kind.in_words(one, choices=choices, names=NAMES)
        yield said.zh
        if said.en != said.zh and choices:
            yield said.en


def otherwise(name: str, text: str) -> Iterator[str]:
    """How else a line is looked for: a number without its hyphens and spaces, a name by its first letters."""
    if name in NAMED and (letters := initials(text)):
        yield letters
    if len(text) <= 60 and (name == "" or words.facts()[name].kind.technical) and any(map(str.isdigit, text)):
        yield folded(matched(text))
