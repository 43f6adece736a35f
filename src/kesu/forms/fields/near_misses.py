"""A number or name that is not on record and near one that is: asked, and never changed unasked (semantics 8.13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kesu.caseload.asking.watched_names import near_watched
from kesu.caseload.sight.reader import Reader
from kesu.people.items import item, near_items
from kesu.people.near_names import is_it
from kesu.procedure.words.names import FACT
from kesu.reading.text import Text

from .fields import Choice, Field

MEANT: Final = "--meant"  # behind the name of an input: which one was meant, of those that were shown
ASKED: Final = "--asked"  # and about which one as it was typed
COUNTED_BY: Final = (FACT.PRODUCT, FACT.BATCH)


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What one person's organisation has on record, as forms ask it; `stands`: what the file says of its product and batch."""

    reader: Reader
    stands: Mapping[str, str] = field(default_factory=dict)

    def near(self, word: str, value: str, typed: Mapping[str, str]) -> tuple[str, ...]:
        """Those nearest to an item, product or batch that is not on record; none where it is, or where nothing is near."""
        if word == FACT.ITEM:
            there = item(organisation=self.reader.organisation, key=value) is not None
            return () if there else near_items(organisation=self.reader.organisation, key=value)
        beside = {**self.stands, **typed}
        return near_watched(self.reader, word=word, value=value, beside=beside)


def ask_near_misses(fields: Sequence[Field], typed: Mapping[str, Sequence[str]], on_record: OnRecord) -> None:
    """Each field that names such a thing gets an error with the near ones to choose from, unless that was answered already."""
    beside = {one.word: one.value.strip() for one in fields if one.word in COUNTED_BY and one.value.strip()}
    for one in fields:
        value, word = one.value.strip(), what_it_names(one, fields)
        if not value or one.errors or word is None or value in typed.get(one.name + MEANT, ()):
            continue
        near = on_record.near(word, value, beside)
        if near:
            one.near = [Choice(name, Text(name, name)) for name in near]
            one.errors.append(_question(value, near))


def as_meant(typed: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """What was sent, with the one that was chosen in the place of the one that was asked about; one typed anew stays."""
    chosen = {name.removesuffix(MEANT): list(sent) for name, sent in typed.items() if name.endswith(MEANT)}
    answers = {
        name: sent
        for name, sent in chosen.items()
        if sent and list(typed.get(name + ASKED, ())) == [text.strip() for text in typed.get(name, ())]
    }
    return {**typed, **answers}


def what_it_names(field: Field, fields: Sequence[Field]) -> str | None:
    """The word of the item, product or batch that a field names, itself or as the value that corrects one; None for others."""
    asked = (FACT.ITEM, *COUNTED_BY)
    if field.word == FACT.VALUE:
        return next((one.value for one in fields if one.word == FACT.WORD and one.value in asked), None)
    return field.word if field.word in asked else None


def _question(value: str, near: Sequence[str]) -> Text:
    asked = is_it(value, near)
    return Text(
        f"{asked.zh}？请选一个，或者照写的先记下", f"{asked.en}? Choose one, or have it recorded as written"
    )
