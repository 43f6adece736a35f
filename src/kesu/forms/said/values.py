"""Values of facts as people read them: choices by their titles, persons and units by their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kesu.caseload.sight.disclosure import Disclosed, NamedFiles
from kesu.caseload.sight.gate import Disclosure
from kesu.casework.many.figures import NOT_KNOWN
from kesu.people.directory import Directory
from kesu.procedure import words
from kesu.procedure.history.act import MISSING
from kesu.procedure.words import FactWord
from kesu.reading.text import Text, listed

from .line_table import LineTable, line_table

ERASED = "erased"
UNKNOWN = Text("不清楚", "not known")


@dataclass(frozen=True, slots=True)
class Said:
    """A fact with its value in words. `items` are those of a checklist; `was` is what stood there before a correction."""

    word: str
    title: Text
    value: Text
    items: tuple[tuple[Text, Text], ...] = ()
    table: LineTable | None = None
    was: Text | None = None
    hidden: bool = False
    draft: bool = False


def fact_said(fact: Disclosed, directory: Directory) -> Said:
    """A fact as the reader gets it, in words: what is hidden from him is only said to be there."""
    word = words.facts()[fact.word]
    if fact.how is Disclosure.HIDDEN:
        return Said(fact.word, word.title, Text("", ""), hidden=True)
    about = words.facts()[fact.about]
    mended = fact.was is not MISSING
    first = fact.was if mended else fact.value
    return Said(
        word=fact.word,
        title=word.title,
        value=value_said(about, fact.value, directory),
        items=items_said(word, first, directory),
        table=line_table(word, first),
        was=value_said(about, first, directory) if mended else None,
        draft=fact.how is Disclosure.DRAFT,
    )


def value_said(word: FactWord, value: Any, directory: Directory) -> Text:
    """One value in words."""
    if value is None:
        return UNKNOWN
    if isinstance(value, NamedFiles):
        return files_said(value)
    if value == ERASED and word.erasable:
        return Text("已删除", "erased")
    choices = words.facts()[word.thing_of].choices if word.thing_of else word.choices
    return word.kind.in_words(value, choices=choices, names=CalledHere(directory))


@dataclass(frozen=True, slots=True)
class CalledHere:
    """How persons, units and words are called in this organisation."""

    directory: Directory

    def person(self, person: str) -> str:
        """The name of a person by his id."""
        return self.directory.name_of(person)

    def unit(self, unit: str) -> str:
        """The title of a unit by its id."""
        return self.directory.unit_title(unit)

    def word(self, word: str) -> Text:
        """The title of a step or fact; the text itself where it is none."""
        known = words.steps().get(word) or words.facts().get(word)
        return known.title if known is not None else Text(word, word)

    def fact(self, word: str) -> Text:
        """The title of a fact."""
        known = words.facts().get(word)
        return known.title if known is not None else Text(word, word)

    def counted(self, word: str, value: str) -> Text:
        """A value of a fact by which cases were counted."""
        return count_title(word, value)


def files_said(named: NamedFiles) -> Text:
    """Files by their numbers; those that are hidden from the reader only by how many they are."""
    zh, en, hidden = listed([*named.labels], "zh"), listed([*named.labels], "en"), named.hidden
    if not hidden:
        return Text(zh, en)
    if not named.labels:
        return Text(f"{hidden} 件，不向你显示", f"{hidden} not shown to you")
    return Text(f"{zh}，另有 {hidden} 件不向你显示", f"{en}, and {hidden} more not shown to you")


def items_said(word: FactWord, value: Any, directory: Directory) -> tuple[tuple[Text, Text], ...]:
    """The answers of a checklist item by item, or the counts of a report by the word they are split by."""
    return word.kind.items(value, choices=word.choices, names=CalledHere(directory))


def count_title(name: str, value: str) -> Text:
    """A value by which cases were counted; those of which it is not on record are said so."""
    return words.facts()[name].choices.get(value, UNKNOWN if value == NOT_KNOWN else Text(value, value))
