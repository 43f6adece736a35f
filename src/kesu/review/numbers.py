"""The numbers of the cases of a log: written in full width, or with characters that nobody sees, they are the same ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from kesu.reading.text import Text

POWERS: Final = re.compile(r"\d(\.\d+)?[Ee]\+?\d+")
NAMED: Final = 3


class Numbers:
    """Each number with its place in the order in which they first appear; they are kept as they were first written."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self._written: dict[
            str, dict[str, None]
        ] = {}  # every way in which one was written that is not the plain one

    def __len__(self) -> int:
        return len(self.places)

    def place(self, number: str) -> int:
        """Its place, from 0."""
        key = number if number.isascii() else narrow(number)
        place = self.places.get(key)
        if place is None:
            place = self.places[key] = len(self.places)
            if key != number:
                self._written[key] = {number: None}
        elif key != number:
            self._written.setdefault(key, {key: None})[number] = None
        elif key in self._written:
            self._written[key][number] = None
        return place

    def __iter__(self) -> Iterator[str]:
        if not self._written:
            return iter(self.places)
        return (next(iter(self._written.get(key, (key,)))) for key in self.places)

    def sentences(self) -> Iterator[Text]:
        """That some were taken for one though written otherwise, and that some are lost in powers of ten."""
        several = [" = ".join(map(repr, ways)) for ways in self._written.values() if len(ways) > 1]
        if several:
            yield Text(
                f"{len(several)} 个编号有几种写法，只差全角半角或看不见的字符，已各并作一件：{'；'.join(several[:NAMED])}",
                f"{len(several)} numbers are written in several ways that differ only in width or in characters nobody sees, and were each taken as one: {'; '.join(several[:NAMED])}",
            )
        lost = [number for number in self.places if "+" in number and POWERS.fullmatch(number)]
        if lost:
            yield Text(
                f"{len(lost)} 个编号写成了 10 的幂（{'、'.join(lost[:NAMED])}），原来的数字已丢失，不同案件可能并在一起；请用未经表格软件另存的文件",
                f"{len(lost)} numbers are written in powers of ten ({', '.join(lost[:NAMED])}): their true figures are lost and cases may run together; use the file as it was before a spreadsheet saved it",
            )


def narrow(text: str) -> str:
    """The text in half width, without characters that nobody sees."""
    seen = "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    return " ".join(seen.split())
