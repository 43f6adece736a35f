"""Values of facts as people read them: choices by their titles, persons and units by their names, phones masked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kesu.caseload.asking.opened import NAMED
from kesu.casework.many.figures import NOT_KNOWN
from kesu.forms.fields.moments import in_full
from kesu.people.directory import Directory
from kesu.procedure import words
from kesu.procedure.words import FactWord
from kesu.procedure.words.names import FACT
from kesu.reading.text import Text, listed

from .line_table import LineTable, lines_in_one

ERASED = "erased"
NO_FILES: Mapping[str, str] = {}
UNKNOWN = Text("不清楚", "not known")
NOT_NEEDED = "not needed"


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
    if word.kind == "lines":
        return lines_in_one(value)
    if isinstance(value, list):
        parts = [value_said(word, one, directory, shown=shown) for one in value]
        return Text(listed([one.zh for one in parts], "zh"), listed([one.en for one in parts], "en"))
    text = str(value)
    choices = words.facts()[word.thing_of].choices if word.thing_of else word.choices
    if text in choices:
        return choices[text]
    match word.kind:
        case "person" | "persons":
            text = directory.name_of(text)
        case "unit" | "units":
            text = unit_title(text, directory)
        case "money":
            return Text(f"{text} 元", f"CNY {text}")
        case "date":
            return _date(text, directory)
        case "word":
            return _word(text)
    if word.contact and not shown:
        text = masked(text)
    return Text(text, text)


def _files(word: FactWord, value: Any) -> list[str] | None:
    """The case files that a value names; None for a value that names none. `from` is a date on forms, and a file in what a watch writes."""
    if word.kind not in ("word", "thing", "things") and word.name != FACT.FROM:
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


def items_said(word: FactWord, value: Any) -> tuple[tuple[Text, Text], ...]:
    """The answers of a checklist item by item, or the counts of a report by the word they are split by."""
    if word.kind == "counts" and isinstance(value, Mapping):
        return tuple((words.facts()[name].title, _counts(name, counts)) for name, counts in value.items())
    if word.kind != "checklist" or not isinstance(value, Mapping):
        return ()
    return tuple((title, _answer(value.get(item))) for item, title in word.choices.items())


def count_title(name: str, value: str) -> Text:
    """A value by which cases were counted; those of which it is not on record are said so."""
    return words.facts()[name].choices.get(value, UNKNOWN if value == NOT_KNOWN else Text(value, value))


def _counts(name: str, counts: Mapping[str, str]) -> Text:
    said = [(count_title(name, value), number) for value, number in counts.items()]
    return Text(
        listed([f"{title.zh} {number}" for title, number in said], "zh") or "—",
        listed([f"{title.en} {number}" for title, number in said], "en") or "—",
    )


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


def _answer(answer: Any) -> Text:
    if answer is None:
        return Text("—", "—")
    text = str(answer)
    if text.startswith(NOT_NEEDED):
        rest = text[len(NOT_NEEDED) :].strip(" :：")
        return Text(f"不需要：{rest}", f"not needed: {rest}")
    return Text(text, text)


def _date(text: str, directory: Directory) -> Text:
    from datetime import date

    try:
        return in_full(date.fromisoformat(text), zone=directory.organisation.zone)
    except ValueError:
        return Text(text, text)


def _word(text: str) -> Text:
    for known in (words.steps().get(text), words.facts().get(text)):
        if known is not None:
            return known.title
    return Text(text, text)
