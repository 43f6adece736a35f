"""How much of a file from elsewhere is taken in: one place for every reader, so that no file can fill memory or time.

A file is a stranger's. These are looked at before a parser builds anything of it, or while it does; what goes beyond is
refused with the file and what to do. Within them a reader stays under 300 MB.
"""

from __future__ import annotations

from typing import IO, Final

from .text import Text

MEGABYTE: Final = 1 << 20

WIDEST_TEXT: Final = 4 * MEGABYTE  # bytes of one cell, one attribute, one piece of text
UNPACKED: Final = 1024 * MEGABYTE  # bytes of a workbook without its packing
UNPACKED_LOG: Final = 4096 * MEGABYTE  # bytes of a packed XES log: it is read from front to back and not held
SMALL_PART: Final = (
    8 * MEGABYTE
)  # bytes of a part of a workbook that is read whole: its contents, styles, names
STRINGS: Final = 1_000_000  # texts that the cells of a workbook share; they are held
STRINGS_LONG: Final = 128 * MEGABYTE  # bytes of them all
ROWS: Final = 1_048_576  # of a sheet; no spreadsheet program has more
COLUMNS: Final = 16_384
DEEPEST_XML: Final = 64  # elements in one another
ELEMENTS_OF_A_TRACE: Final = 300_000  # a case of an XES log is held whole
ELEMENTS_BESIDE: Final = 100_000  # what stands in an XES log beside its traces


class TooMuch(ValueError):
    """A file goes beyond a limit; `reason` tells which, and what to do."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class Guarded:
    """A file of XML whose texts and tags stay short and whose whole stays below a size; else reading raises TooMuch.

    It looks at the bytes before the parser does: a text of gigabytes is never gathered.
    """

    def __init__(self, file: IO[bytes], *, most: int) -> None:
        self._file, self._left, self._run = file, most, 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes, never more than a megabyte at once."""
        chunk = self._file.read(MEGABYTE if size < 0 or size > MEGABYTE else size)
        self._left -= len(chunk)
        if self._left < 0:
            raise TooMuch(_too_large())
        first, last = chunk.find(b"<"), chunk.rfind(b"<")
        self._run = self._run + len(chunk) if first < 0 else len(chunk) - last
        if self._run > WIDEST_TEXT:
            raise TooMuch(TOO_WIDE)
        return chunk


TOO_WIDE: Final = Text(
    f"一段文字超过 {WIDEST_TEXT // MEGABYTE} MB，不像投诉记录；请检查文件",
    f"one piece of text has more than {WIDEST_TEXT // MEGABYTE} MB, which is no log of complaints; look at the file",
)


def _too_large() -> Text:
    return Text("解开后太大；请拆成几份", "unpacks to more than is read; split it")
