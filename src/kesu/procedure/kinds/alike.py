"""When two texts typed by people name the same thing: width, case and spaces do not count."""

from __future__ import annotations

import unicodedata


def alike(text: str) -> str:
    """What all spellings of one name have in common: “Ａ－１２ ” and “a-12” give the same."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
