"""The classed facts of a case as they stand, by which lists are narrowed: choices, units, and the numbers of what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from kesu.casework.file.case_file import CaseFile
from kesu.procedure import words
from kesu.procedure.history.act import MISSING
from kesu.procedure.kinds.alike import matched
from kesu.procedure.words.names import FACT

NUMBERED: Final = (FACT.ITEM, FACT.BATCH, FACT.PRODUCT, FACT.ORDER_NUMBER)  # compared as people write them
IN_THE_ROW: Final = frozenset({FACT.GRADE, FACT.TOPIC})  # columns of the row of the case
OF_A_PAIR: Final = frozenset(
    {FACT.COMPARED_CASE, FACT.LIKENESS}
)  # of this case and another, answered case by case
LONGEST: Final = 150


def trait_rows(case: CaseFile) -> Iterator[dict[str, Any]]:
    """A row for each value of each of these facts, and for each case that it was compared with; a fact that is not known has none."""
    said = dict.fromkeys(word for act in case.history.acts for word in act.facts)
    for name in said:
        word = words.facts().get(name)
        if word is None or name in IN_THE_ROW | OF_A_PAIR or word.erasable:
            continue
        kind = word.kind
        if not (kind.chosen or kind.of_units or name in NUMBERED):
            continue
        for value in _values(case.history.value(name)):
            given = matched(value) if name in NUMBERED else value
            yield {"word": name, "value": given[:LONGEST], "of_unit": kind.of_units}
    for other in case.history.things(FACT.COMPARED_CASE):
        yield {"word": FACT.COMPARED_CASE, "value": other[:LONGEST], "of_unit": False}


def _values(value: Any) -> list[str]:
    if value is MISSING or value is None or isinstance(value, dict):
        return []
    return sorted({str(one) for one in value}) if isinstance(value, list) else [str(value)]
