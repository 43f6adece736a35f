"""Things by what they are called: where a name may stand, a title may stand, in either language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from .naming import in_chinese
from .strict import MOST_NAMED, Scalar, fault, nearest, suggestion
from .text import Text

LOOK_FOR: Final = ("; “kesu words TEXT” finds words by what they mean", "；可以用“kesu words 叫法”查词")


def name_called(word: Scalar, titles: Mapping[str, Text]) -> str | None:
    """The name of what is called so, by its name or its title; None where nothing is. Raises ReadError where several are."""
    if word in titles:
        return str(word)
    found = [name for name, title in titles.items() if word in (title.zh, title.en)]
    if len(found) > 1:
        names = sorted(found)
        raise fault(
            word,
            en=f"“{word}” is the title of {' and '.join(f'“{name}”' for name in names)}; write the name that is meant",
            zh=f"“{word}”是{'、'.join(f'“{name}”' for name in names)}共同的名称；请写明是哪一个",
        )
    return found[0] if found else None


def known_called(word: Scalar, titles: Mapping[str, Text], *, what: str) -> str:
    """The name of what is called so; else a ReadError that offers the nearest name or title."""
    name = name_called(word, titles)
    if name is not None:
        return name
    en, zh = suggested(word, titles)
    raise fault(word, en=f"{what} “{word}” is not known{en}", zh=f"{in_chinese(what)}“{word}”没有定义{zh}")


def suggested(word: str, titles: Mapping[str, Text]) -> tuple[str, str]:
    """The tail of an error that offers the nearest right word, in English and Chinese; one found by its title with that."""
    name = None if nearest(word, titles) else _by_title(word, titles)
    if name is None:
        return suggestion(word, titles) if nearest(word, titles) or len(titles) <= MOST_NAMED else LOOK_FOR
    title = titles[name]
    return f"; did you mean “{name}” ({title.en})?", f"；是不是“{name}”（{title.zh}）？"


def _by_title(word: str, titles: Mapping[str, Text]) -> str | None:
    """The name whose title comes closest: one that holds the word or stands in it, else one that is spelt nearly so."""
    said = dict(_titles(titles))
    within = [title for title in said if len(title) > 1 and (title in word.lower() or word.lower() in title)]
    near = (
        min(within, key=lambda title: abs(len(title) - len(word))) if within else nearest(word.lower(), said)
    )
    return said[near] if near is not None else None


def _titles(titles: Mapping[str, Text]) -> Iterator[tuple[str, str]]:
    for name, title in titles.items():
        yield title.zh, name
        yield title.en.lower(), name
