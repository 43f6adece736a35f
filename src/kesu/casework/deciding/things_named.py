"""A thing that an act names has to be one that the file holds: a drawn project, an issued badge, a piece of evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kesu.procedure.history.act import Value
from kesu.procedure.history.of_a_file import History
from kesu.procedure.history.things_named import named_things
from kesu.procedure.words import FactWord
from kesu.procedure.words import facts as fact_words
from kesu.reading.text import Text

MOST_NAMED = 8  # of what there is, in one message


def wrong_things(history: History, given: Mapping[str, Value]) -> Iterator[Text]:
    """What is wrong with the things that an act names. A file that holds none yet is the business of its rules."""
    for name in given:
        named = named_things(history, name, given)
        if named is not None and named.there and named.gone:
            yield _unheard_of(named.word, named.gone[0], named.there)


def _unheard_of(word: FactWord, name: str, there: Sequence[str]) -> Text:
    if word.kind.of_persons:  # whoever writes the page has names for persons, the rule book has none
        return Text(
            f"“{word.title.zh}”不在本案列出的人员里；请从名单里选",
            f"“{word.title.en}” is nobody whom this file lists; choose from the list",
        )
    titles = fact_words()[str(word.names_of)].choices
    listed = [titles.get(one, Text(one, one)) for one in there[:MOST_NAMED]]
    more = len(there) > MOST_NAMED
    zh = "、".join(one.zh for one in listed) + (f" 等 {len(there)} 项" if more else "")
    en = ", ".join(one.en for one in listed) + (f" and {len(there) - MOST_NAMED} more" if more else "")
    own = titles.get(name, Text(name, name))
    return Text(
        f"“{word.title.zh}”：本案里没有“{own.zh}”；现有 {zh}",
        f"“{word.title.en}”: this file has no “{own.en}”; there is {en}",
    )
