"""Searching as one person may: files that he sees, by everything that is said of them; where in them it was found.

Each word that was typed has to be found, in any order: in what is said in the file, or as somebody of the house who has part
in it. It is found in any width and case, in numbers with or without hyphens; a telephone number by what is shown of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from itertools import chain
from operator import itemgetter, or_
from typing import Final

from django.db.models import Q

from kesu.people.directory import Directory
from kesu.procedure.kinds.alike import matched
from kesu.reading.grams import HAN, folded, initials, wanted

from ..folded.masking import masked
from ..models import PartRow, SearchRow
from ..rows.following import follow
from ..rows.searchable import otherwise
from ..sight.reader import Reader

MOST_WORDS: Final = 8
AROUND: Final = 24  # characters of a snippet on each side of what was found
DIGITS: Final = re.compile(r"\d{7,}")
LETTERS: Final = re.compile(r"[a-z]{2,}")
SHORT: Final = re.compile(rf"[^\W_{HAN}]{{1,2}}")


@dataclass(frozen=True, slots=True)
class Snippet:
    """Where something was found: the fact ("" for number and title), and its text in parts, each with whether it is the find."""

    word: str
    parts: tuple[tuple[str, bool], ...]


def _typed_words(text: str) -> list[str]:
    """What was typed, word by word, folded; what has no letter and no digit finds nothing and is left out."""
    return [word for word in dict.fromkeys(folded(text).split()) if wanted(word)][:MOST_WORDS]


def saying(reader: Reader, text: str) -> Q:
    """Narrows case rows to those in which everything is found, by what the ledger says now. Nothing but marks narrows to none, nothing at all not."""
    found = _typed_words(text)
    if text.strip() and not found:
        return Q(pk__in=[])
    if found:
        follow(reader.organisation)
    asked = Q()
    for word in found:
        asked &= _said_in(reader, word)
    return asked


def _said_in(reader: Reader, word: str) -> Q:
    rows = SearchRow.objects.filter(organisation=reader.organisation)
    said = rows.filter(
        reduce(or_, (Q(grams__holds=wanted(one), folded__contains=one) for one in _ways(word)))
    )
    asked = Q(file__in=said.values("file"))
    if persons := _persons_called(reader.directory, word):
        parts = PartRow.objects.filter(organisation=reader.organisation, person__in=persons)
        asked |= Q(file__in=parts.values("file"))
    return asked


def _persons_called(directory: Directory, word: str) -> list[str]:
    """The persons of the house whose name holds this word, or begins with these first letters."""
    by_letters = LETTERS.fullmatch(word) is not None
    return [
        person
        for person, row in directory.persons.items()
        if word in folded(row.name) or (by_letters and initials(row.name).startswith(word))
    ]


def snippets(reader: Reader, files: Iterable[str], text: str) -> dict[str, Snippet]:
    """By file where what was typed stands in it, for files that the reader sees; what is found by number, title or a person of the house alone has none."""
    ways = [_ways(word) for word in _typed_words(text)]
    follow(reader.organisation)
    rows = SearchRow.objects.filter(organisation=reader.organisation, file__in=list(files))
    found = {file: _snippet(said, ways) for file, said in rows.values_list("file", "said")}
    return {file: snippet for file, snippet in found.items() if snippet is not None}


def _snippet(said: list[tuple[str, str]], ways: Sequence[Sequence[str]]) -> Snippet | None:
    """The line that says most of what was typed, the first of these; else one that says it in another way (first letters)."""
    lines = [(word, text) for word, text in said if word]
    found = [(sum(map(partial(_says, text), ways)), word, text) for word, text in lines]
    times, word, text = max(found, key=itemgetter(0), default=(0, "", ""))
    if times:
        low = folded(text)
        places = _merged(place for one in ways for way in one for place in _places(low, way))
        return Snippet(word, tuple(_parts(text, places)))
    aside = (
        line for line in lines if any(way in other for other in otherwise(*line) for way in chain(*ways))
    )
    return next((Snippet(word, ((text, True),)) for word, text in aside), None)


def _says(text: str, ways: Iterable[str]) -> bool:
    low = folded(text)
    return any(True for way in ways for _ in _places(low, way))


def _ways(word: str) -> list[str]:
    """How a word may stand in a file: as it is, without hyphens and spaces, and of a telephone number what is shown."""
    ways = [word, folded(matched(word)), *([masked(word)] if DIGITS.fullmatch(word) else [])]
    return [way for way in dict.fromkeys(ways) if wanted(way)]


def _places(low: str, way: str) -> Iterator[tuple[int, int]]:
    """Where it stands; one or two letters or digits only where they are a word, as by their pieces."""
    alone = rf"(?<![^\W_{HAN}]){re.escape(way)}(?![^\W_{HAN}])" if SHORT.fullmatch(way) else re.escape(way)
    return (one.span() for one in re.finditer(alone, low))


def _merged(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places without those that overlap one before."""
    merged: list[tuple[int, int]] = []
    for place in sorted(places):
        if not merged or place[0] >= merged[-1][1]:
            merged.append(place)
    return merged


def _parts(text: str, places: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """The text round the first find, with every find in it apart."""
    begin, end = max(0, places[0][0] - AROUND), min(len(text), places[0][1] + AROUND)
    at = begin
    if begin:
        yield "…", False
    for first, last in places:
        if last > end:
            break
        if first > at:
            yield text[at:first], False
        yield text[first:last], True
        at = last
    if at < end:
        yield text[at:end], False
    if end < len(text):
        yield "…", False
