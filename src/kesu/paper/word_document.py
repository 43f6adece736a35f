"""A Word document as far as its paragraphs go: their texts, their styles, and the lists that number them."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

UNPACKED: Final = 64 * 2**20  # bytes that the parts that are read may come to
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY, STYLES, NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
BREAKS: Final[Mapping[str, str]] = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " "}


class NoWord(ValueError):
    """It is no Word document, or a broken one."""


class TooLarge(ValueError):
    """It unpacks to more than any paper."""


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """One paragraph: its text, its style, and its own place in a list (None: that of its style)."""

    text: str
    style: str
    place: Element | None


@dataclass(frozen=True, slots=True)
class WordDocument:
    """The paragraphs of the body, those of tables aside; the roots of its styles and its lists, where it has any."""

    paragraphs: tuple[WordParagraph, ...]
    styles: Element | None
    numbering: Element | None


def read_word(path: Path) -> WordDocument:
    """Reads a document. Raises NoWord, TooLarge, and OSError where the file cannot be read."""
    try:
        with zipfile.ZipFile(path) as packed:
            sizes = {part.filename: part.file_size for part in packed.infolist()}
            if sum(sizes.get(name, 0) for name in (BODY, STYLES, NUMBERING)) > UNPACKED:
                raise TooLarge
            body, styles, numbering = (
                fromstring(packed.read(name)) if name in sizes else None for name in (BODY, STYLES, NUMBERING)
            )
    except (zipfile.BadZipFile, zlib.error, ParseError, DefusedXmlException, RuntimeError) as error:
        raise NoWord from error
    if body is None:
        raise NoWord
    found = tuple(_paragraph(one) for one in body.iterfind(f"{W}body/{W}p"))
    return WordDocument(found, styles, numbering)


def _paragraph(element: Element) -> WordParagraph:
    said = (
        one.text or "" if one.tag == f"{W}t" else BREAKS.get(one.tag, "")
        for run in element.iter(f"{W}r")
        for one in run
    )
    style = element.find(f"{W}pPr/{W}pStyle")
    return WordParagraph("".join(said), value_of(style) or "", element.find(f"{W}pPr/{W}numPr"))


def value_of(element: Element | None) -> str | None:
    """The `val` of an element; None where there is none."""
    return element.get(f"{W}val") if element is not None else None
