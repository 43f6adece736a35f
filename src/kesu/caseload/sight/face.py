"""谁 · 说了什么 · 哪件: the one string by which people know a case, in lists, rows, heads, tabs and prints alike.

Its words are personal, so no row holds them: it is made when it is asked for, of what stands beside the ledger then, in
one statement for a whole list. What was erased is gone from it with that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final
from unicodedata import east_asian_width

from kesu.ledger.read import personal_values
from kesu.procedure.history.of_a_file import History
from kesu.reading.text import Text

from ..folded.masking import masked
from ..folded.recorded import ERASED_VALUE
from ..folded.secrecy import SHORTEST, without
from ..models import CaseRow
from ..rows.face import SAID, WHO
from .disclosure import disclosed

UNNAMED: Final = Text("来源保密", "source kept secret")
LONGEST_NAME: Final = 12  # full-width characters; a letter or digit takes half of one
LONGEST_SENTENCE: Final = 22
LEGAL_FORM: Final = re.compile(r"(?:股份|有限|责任|集团|控股){0,4}公司$|[(（]集团[)）]$")
SENTENCE: Final = re.compile(r"[^。！？!?；;\r\n]+")
FIRST_PART: Final = re.compile(r"[^\s,，、;；（(]+")
CONTACT: Final = (
    re.compile(  # a mobile or fixed number, or an address of e-mail, that somebody wrote into a text
        r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,63}"
    )
)

Words = Callable[
    [int, str], str | None
]  # the personal value of an entry, None where there is none (any more)


def faces(rows: Iterable[CaseRow]) -> dict[str, Text]:
    """By file, the face of each of these cases, which the reader has to be known to see. One statement for all of them."""
    listed = list(rows)
    places = [(row.file, *place) for row in listed for place in _places(row)]
    found = personal_values(listed[0].organisation, places) if places else {}
    return {
        row.file: _face(row, lambda number, word, file=row.file: found.get((file, number, word)))  # type: ignore[misc]
        for row in listed
    }


def face_of(row: CaseRow, history: History) -> Text:
    """The face of a case whose entries are at hand: the same string, and nothing is asked."""

    def stands(number: int, word: str) -> str | None:
        act = history.entry(number)
        value = act.facts.get(word) if act is not None else None
        return value if isinstance(value, str) and value != ERASED_VALUE else None

    return _face(row, stands)


def _places(row: CaseRow) -> list[tuple[int, str]]:
    return [(place[0], place[1]) for name in ("who", "said") if (place := row.face.get(name))]


def _face(row: CaseRow, words: Words) -> Text:
    name, said = _told(row.face.get("who"), WHO, words), _told(row.face.get("said"), SAID, words)
    secret = bool(row.face.get("secret"))
    if secret and len(name) >= SHORTEST:
        said = str(without(said, (name, short_name(name))))
    who = UNNAMED if secret else Text(short_name(name), short_name(name))
    sentence = first_sentence(said)
    if not who.zh and not sentence:
        return Text(row.title_zh, row.title_en)
    thing = row.face.get("about")
    about = f" · {thing}" if thing else ""
    return Text(
        "：".join(filter(None, (who.zh, sentence))) + about,
        ": ".join(filter(None, (who.en, sentence))) + about,
    )


def _told(place: list[Any] | None, word: str, words: Words) -> str:
    """The words as they may be shown: kept back where the fact is, and without anybody's number."""
    value = words(*place) if place else None
    shown = disclosed(word, value).value if value is not None else None
    return CONTACT.sub(lambda found: masked(found[0]), shown) if isinstance(shown, str) else ""


def short_name(name: str) -> str:
    """清泉饮品有限公司 李女士 -> 清泉饮品: the first part of a name, without its legal form."""
    part = FIRST_PART.search(name)
    first = part[0] if part and _width(name) > 2 * LONGEST_NAME else name.strip()
    first = first.split()[0] if first.split() and not first.isascii() else first
    return cut(LEGAL_FORM.sub("", first) or first, LONGEST_NAME)


def first_sentence(account: str) -> str:
    """The first sentence, cut where it is long."""
    sentence = next((one.strip() for one in SENTENCE.findall(account) if one.strip()), "")
    return cut(sentence, LONGEST_SENTENCE)


def cut(text: str, longest: int) -> str:
    """The text, or as much of it as takes this many full-width characters, with an ellipsis in place of the rest."""
    room = 2 * longest
    if _width(text) <= room:
        return text
    kept = 0
    for place, one in enumerate(text):
        kept += _width(one)
        if kept > room - 2:
            return text[:place].rstrip("，,、 ") + "…"
    return text


def _width(text: str) -> int:
    """In halves of a full-width character."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)
