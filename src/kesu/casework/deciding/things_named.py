"""A thing that an act names has to be one that the file holds: a drawn project, an issued badge, a piece of evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kesu.procedure.history.act import Value
from kesu.procedure.history.of_a_file import History
from kesu.procedure.words import FactWord
from kesu.procedure.words import facts as fact_words
from kesu.reading.text import Text

MOST_NAMED = 8  # of what there is, in one message


def wrong_things(history: History, given: Mapping[str, Value]) -> Iterator[Text]:
    """What is wrong with the things that an act names. A file that holds none yet is the business of its rules."""
    for name, value in given.items():
        word = fact_words().get(name)
        if word is None or word.thing_of is None or value is None:
            continue
        there = dict.fromkeys((*history.things(word.thing_of), *_several(given.get(word.thing_of))))
        gone = [one for one in _several(value) if one not in there]
        if there and gone:
            yield _unheard_of(word, gone[0], list(there))


def _unheard_of(word: FactWord, name: str, there: list[str]) -> Text:
    if word.kind.of_persons:  # whoever writes the page has names for persons, the rule book has none
        return Text(
            f"“{word.title.zh}”不在本案列出的人员里；请从名单里选",
            f"“{word.title.en}” is nobody whom this file lists; choose from the list",
        )
    titles = fact_words()[str(word.thing_of)].choices
    listed = [titles.get(one, Text(one, one)) for one in there[:MOST_NAMED]]
    more = len(there) > MOST_NAMED
    zh = "、".join(one.zh for one in listed) + (f" 等 {len(there)} 项" if more else "")
    en = ", ".join(one.en for one in listed) + (f" and {len(there) - MOST_NAMED} more" if more else "")
    own = titles.get(name, Text(name, name))
    return Text(
        f"“{word.title.zh}”：本案里没有“{own.zh}”；现有 {zh}",
        f"“{word.title.en}”: this file has no “{own.en}”; there is {en}",
    )


def _several(value: Value) -> list[str]:
    return [value] if isinstance(value, str) else [one for one in value or () if isinstance(one, str)]
