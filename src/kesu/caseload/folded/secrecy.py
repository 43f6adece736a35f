"""来源保密: where whoever complains wants to stay unnamed, nobody reads who he is, but for one who has put on record why he has to.

No rule can compare what is kept back here (it is personal or free text), so a file that is hushed is judged like the open one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from kesu.casework.file.case_file import CaseFile
from kesu.procedure import words
from kesu.procedure.history.act import Act, Value
from kesu.procedure.history.of_a_file import History
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import SOURCE

from .recorded import ERASED_VALUE

HUSHED: Final = "***"  # in any language
LOOK: Final = timedelta(hours=1)  # how long somebody reads who it is, once his reason is on record
SHORTEST: Final = 2  # a name of one sign would be found in every text
LONG_ENOUGH: Final = 4  # of Latin letters: a shorter part of a name stands in too many words
FIRM: Final = re.compile(r"(?:股份|有限|责任|集团|控股){0,4}公司$")
KEPT: Final = "yes"


def can_be_kept(case: CaseFile) -> bool:
    """Whether the edition knows how to look at a source; by one that does not, nobody could ever reach him."""
    return STEP.SOURCE_LOOKED_AT in case.procedure.steps


def is_kept_secret(case: CaseFile) -> bool:
    """Whether the last that was said of it is that he wants to stay unnamed."""
    return can_be_kept(case) and case.history.value(FACT.SOURCE_SECRECY) == KEPT


def has_looked(case: CaseFile, person: str, now: datetime) -> bool:
    """Whether the reason of this person is on record, since not longer than a look lasts."""
    looks = case.history.all(STEP.SOURCE_LOOKED_AT)
    return any(act.by == person and timedelta(0) <= now - act.noted < LOOK for act in looks)


def hushed(case: CaseFile) -> CaseFile:
    """The file with who he is kept back wherever it stands: in what tells it, and wherever somebody wrote it into a text."""
    names, made = names_in(case.history), case.empty()
    for act in case.history.acts:
        made.apply(replace(act, facts=hushed_facts(act, names)))
    return made


def names_in(history: History) -> tuple[str, ...]:
    """All that was ever said of who he is, the longest first; struck and corrected values were written too."""
    said = (value.strip() for act in history.acts for value in _told(act))
    found = {piece for value in said for piece in _pieces(value)}
    return tuple(sorted((one for one in found if len(one) >= SHORTEST), key=lambda one: (-len(one), one)))


def hushed_facts(act: Act, names: Iterable[str]) -> Mapping[str, Value]:
    """The facts of an entry without him."""
    known = words.facts()
    return {
        word: HUSHED
        if word in telling(act) and isinstance(value, str) and value != ERASED_VALUE
        else without(value, names)
        if word in known and known[word].erasable
        else value
        for word, value in act.facts.items()
    }


def telling(act: Act) -> frozenset[str]:
    """The facts of an entry that tell who he is; of a correction its value, where it mends such a one."""
    if str(act.facts.get(FACT.WORD)) in SOURCE:
        return SOURCE | {FACT.VALUE}
    return SOURCE


def without(value: Value, names: Iterable[str]) -> Value:
    """A value in which none of these names stands any more."""
    if isinstance(value, list):
        return [without(one, names) for one in value]
    if not isinstance(value, str) or value == ERASED_VALUE:
        return value
    for name in names:
        value = value.replace(name, HUSHED)
    return value


def _pieces(value: str) -> Iterator[str]:
    """The whole, and those of its parts by which people would know him: 清泉饮品有限公司 李女士 is also 清泉饮品 and 李女士."""
    yield value
    for part in value.split():
        short = FIRM.sub("", part) or part
        yield from (one for one in (part, short) if not one.isascii() or len(one) >= LONG_ENOUGH)


def _told(act: Act) -> Iterator[str]:
    for word in telling(act):
        value = act.facts.get(word)
        if isinstance(value, str) and value != ERASED_VALUE:
            yield value
