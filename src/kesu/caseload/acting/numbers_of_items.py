"""The numbers of items in a log of past cases, held against the register: those that it does not know and has a near one of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kesu.people.models import Item
from kesu.people.near_names import NUMBERS, is_it, nearest
from kesu.procedure.kinds.alike import matched
from kesu.procedure.words.names import FACT
from kesu.reading.text import Text
from kesu.review.cases import LoggedCase

MOST: Final = 1000  # different unknown numbers of one log; a log that has more numbers things in its own way


class NumbersOfItems:
    """The register as it was when the log was opened. A number is asked about once, at the first case that names it."""

    def __init__(self, organisation: str) -> None:
        """Reads the numbers of the register."""
        self._keys = list(Item.objects.filter(organisation=organisation).values_list("key", flat=True))
        self._known = {matched(key) for key in self._keys}
        self._looked_at: set[str] = set()

    def asked(self, case: LoggedCase) -> Iterator[tuple[str, Text]]:
        """The case and what may be meant, for each number of it that is near one of the register."""
        for written in dict.fromkeys(
            str(act.facts[FACT.ITEM]) for act in case.acts if act.facts.get(FACT.ITEM)
        ):
            number = matched(written)
            if number in self._known or number in self._looked_at or len(self._looked_at) >= MOST:
                continue
            self._looked_at.add(number)
            near = nearest(written, self._keys, share=NUMBERS)
            if near:
                yield case.case, is_it(written, near)
