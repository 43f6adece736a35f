"""The bytes of an XES log as the parser can take them: unpacked, and from the encoding that the file declares in UTF-8."""

from __future__ import annotations

import codecs
import gzip
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, cast

from kesu.reading.text import Text

DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]*?encoding=["']([A-Za-z0-9._:-]+)["'][^>]*\?>""")
BY_THE_PARSER: Final = frozenset({"utf-8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "latin-1"})
HEAD: Final = 512  # bytes in which the declaration stands


class UnknownEncoding(ValueError):
    """The file declares an encoding that nobody here knows."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.reason = Text(
            f"声明的编码“{name}”无法识别；请另存为 UTF-8",
            f"declares “{name}”, which is no encoding; save it as UTF-8",
        )


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of the log. Raises UnknownEncoding; reading raises UnicodeDecodeError where they are not what they declare."""
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        file = cast(IO[bytes], gzip.GzipFile(fileobj=raw) if packed else raw)
        head = file.read(HEAD)
        file.seek(0)
        declared = DECLARED.match(head.removeprefix(codecs.BOM_UTF8))
        name = declared.group(1).decode("ascii") if declared else "utf-8"
        yield file if name.lower() in BY_THE_PARSER else cast(IO[bytes], _Recoded(file, name))


class _Recoded(io.RawIOBase):
    """Text of another encoding in UTF-8, without its declaration."""

    def __init__(self, file: IO[bytes], encoding: str) -> None:
        try:
            self._decoder = codecs.getincrementaldecoder(encoding)()
        except LookupError:
            raise UnknownEncoding(encoding) from None
        self._file, self._begun = file, False

    def read(self, size: int = -1) -> bytes:
        """The next bytes in UTF-8."""
        while True:
            chunk = self._file.read(size)
            text = self._decoder.decode(chunk, final=not chunk)
            if not isinstance(text, str):
                raise UnknownEncoding(str(self._decoder))
            if not self._begun and text:
                self._begun = True
                text = text[text.find("?>") + 2 :]
            if text or not chunk:
                return text.encode("utf-8", "replace")
