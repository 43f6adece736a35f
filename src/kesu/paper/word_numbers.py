"""The numbers that Word writes before paragraphs by itself: they stand nowhere in the text, and a paper is cited by them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from .numerals import chinese
from .word_document import W, WordDocument, WordParagraph, value_of

CHINESE: Final = (
    "chineseCounting",
    "chineseCountingThousand",
    "taiwaneseCounting",
    "japaneseCounting",
    "ideographDigital",
)
LETTERS: Final = ("lowerLetter", "upperLetter")
PLACE: Final = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written (`%1.%2`), in which figures, and where it begins.

    `legal`: the numbers of the levels above stand in it in digits, whatever their own figures.
    """

    written: str
    figures: str
    start: int
    legal: bool


class WordNumbers:
    """Counts through the numbered paragraphs of one document, which have to be asked for in their order."""

    def __init__(self, document: WordDocument) -> None:
        self._levels = _levels(document.numbering)
        styles = document.styles.iterfind(f"{W}style") if document.styles is not None else ()
        self._styles = {style.get(f"{W}styleId"): style for style in styles}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)

    def of(self, paragraph: WordParagraph) -> str:
        """The number that Word shows before this paragraph; empty where it shows none, or a bullet."""
        number, depth = self._place(paragraph)
        levels = self._levels.get(number)
        if levels is None or depth not in levels or levels[depth].figures == "bullet":
            return ""
        counts = self._counts[number]
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        shown = levels[depth]
        return PLACE.sub(
            lambda place: _figure(levels, counts, int(place[1]) - 1, legal=shown.legal), shown.written
        )

    def _place(self, paragraph: WordParagraph) -> tuple[str, int]:
        """The list and the level of a paragraph: its own, else those of its style, or of one that this is based on."""
        number, depth = _properties(paragraph.place)
        style, looked_at = self._styles.get(paragraph.style), set[int]()
        while style is not None and id(style) not in looked_at and (number is None or depth is None):
            looked_at.add(id(style))
            of_style = _properties(style.find(f"{W}pPr/{W}numPr"))
            number = of_style[0] if number is None else number
            depth = of_style[1] if depth is None else depth
            style = self._styles.get(value_of(style.find(f"{W}basedOn")))
        return number or "", int(depth or 0)


def _properties(place: Element | None) -> tuple[str | None, str | None]:
    if place is None:
        return None, None
    return value_of(place.find(f"{W}numId")), value_of(place.find(f"{W}ilvl"))


def _levels(root: Element | None) -> dict[str, dict[int, Level]]:
    """The levels of each list of a document, by the list's number."""
    if root is None:
        return {}
    drawn = {one.get(f"{W}abstractNumId"): _drawn(one) for one in root.iterfind(f"{W}abstractNum")}
    return {
        one.get(f"{W}numId", ""): drawn.get(value_of(one.find(f"{W}abstractNumId")), {})
        for one in root.iterfind(f"{W}num")
    }


def _drawn(abstract: Element) -> dict[int, Level]:
    return {
        int(level.get(f"{W}ilvl", "0")): Level(
            written=value_of(level.find(f"{W}lvlText")) or "",
            figures=value_of(level.find(f"{W}numFmt")) or "decimal",
            start=int(value_of(level.find(f"{W}start")) or 1),
            legal=level.find(f"{W}isLgl") is not None,
        )
        for level in abstract.iterfind(f"{W}lvl")
    }


def _figure(levels: Mapping[int, Level], counts: Mapping[int, int], depth: int, *, legal: bool) -> str:
    level = levels.get(depth)
    count = counts.get(depth, level.start if level is not None else 1)
    return _in_figures(count, "decimal" if level is None or legal else level.figures)


def _in_figures(count: int, figures: str) -> str:
    if figures in CHINESE:
        return chinese(count)
    if figures in LETTERS:
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if figures == "upperLetter" else letter
    return str(count)
