"""Values of facts as people read them: choices by their titles, persons and units by their names, phones masked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kesu.caseload.asking.opened import NAMED
from kesu.casework.many.figures import NOT_KNOWN
from kesu.people.directory import Directory
from kesu.procedure import words
from kesu.procedure.words import FactWord
from kesu.procedure.words.names import FACT
from kesu.reading.text import Text, listed

from .line_table import LineTable

ERASED = "erased"
NO_FILES: Mapping[str, str] = {}
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
    long: bool = False


def value_said(
    word: FactWord,
    value: Any,
    directory: Directory,
    *,
    shown: bool = False,
    files: Mapping[str, str] = NO_FILES,
) -> Text:
    """One value in words. `shown`: contact details in full; `files`: the numbers of the files that the reader sees."""
    if value is None:
        return UNKNOWN
    if (named := _files(word, value)) is not None:
        return files_said(named, files)
    if value == ERASED and word.erasable:
        return Text("已删除", "erased")
    choices = words.facts()[word.thing_of].choices if word.thing_of else word.choices
    text = word.kind.said(value, choices=choices, names=CalledHere(directory))
    return Text(masked(text.zh), masked(text.en)) if word.contact and not shown else text


@dataclass(frozen=True, slots=True)
class CalledHere:
    """How persons, units and words are called in this organisation."""

    directory: Directory

    def person(self, person: str) -> str:
        """The name of a person by his id."""
        return self.directory.name_of(person)

    def unit(self, unit: str) -> str:
        """The title of a unit by its id."""
        return unit_title(unit, self.directory)

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


def _files(word: FactWord, value: Any) -> list[str] | None:
    """The case files that a value names; None for a value that names none. `from` is a date on forms, and a file in what a watch writes."""
    if not (word.kind.technical or word.kind.of_things) and word.name != FACT.FROM:
        return None
    named = [str(one) for one in (value if isinstance(value, list) else [value])]
    return [one.partition("#")[0] for one in named] if named and all(map(NAMED.fullmatch, named)) else None


def files_said(named: Sequence[str], files: Mapping[str, str]) -> Text:
    """Files by their numbers; those that are hidden from the reader only by how many they are."""
    labels = [files[one] for one in named if one in files]
    hidden = len(named) - len(labels)
    zh, en = listed(labels, "zh"), listed(labels, "en")
    if not hidden:
        return Text(zh, en)
    if not labels:
        return Text(f"{hidden} 件，不向你显示", f"{hidden} not shown to you")
    return Text(f"{zh}，另有 {hidden} 件不向你显示", f"{en}, and {hidden} more not shown to you")


def items_said(word: FactWord, value: Any, directory: Directory) -> tuple[tuple[Text, Text], ...]:
    """The answers of a checklist item by item, or the counts of a report by the word they are split by."""
    return word.kind.items(value, choices=word.choices, names=CalledHere(directory))


def count_title(name: str, value: str) -> Text:
    """A value by which cases were counted; those of which it is not on record are said so."""
    return words.facts()[name].choices.get(value, UNKNOWN if value == NOT_KNOWN else Text(value, value))


def unit_title(unit: str, directory: Directory) -> str:
    """What a unit is called; its id when it is not known."""
    return next((one.title for one in reversed(directory.units) if one.unit == unit), unit)


def masked(text: str) -> str:
    """138****6621, w***@example.com."""
    if "@" in text:
        name, _, house = text.partition("@")
        return f"{name[:1]}***@{house}"
    return re.sub(
        r"(\d{3})\d{2,}(\d{4})|(\d{2})\d{2,}(\d{2})",
        lambda found: f"{found[1] or found[3]}****{found[2] or found[4]}",
        text,
    )
