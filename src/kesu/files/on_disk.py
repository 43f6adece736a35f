"""Files on a disk of the house: the default."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import quote

from .store import NotKept, pieces

BEING_WRITTEN: Final = ".new-"  # begins the name of what is not whole yet


class OnDisk:
    """Below one folder: ORGANISATION/ab/abcd…, for its owner alone."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, organisation: str, digest: str, content: BinaryIO) -> None:
        """Written aside, forced to the disk, and only then under its name."""
        place = self._place(organisation, digest)
        made = [one for one in (place.parent, *place.parent.parents) if not one.exists()]
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(prefix=BEING_WRITTEN, dir=place.parent)  # mode 0600
        try:
            with os.fdopen(handle, "wb") as to:
                for piece in pieces(content):
                    to.write(piece)
                to.flush()
                os.fsync(to.fileno())
            os.replace(aside, place)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise
        for folder in {place.parent, *(one.parent for one in made)}:
            _force(folder)

    def open(self, organisation: str, digest: str) -> BinaryIO:
        """A file of the disk. Raises NotKept."""
        try:
            return self._place(organisation, digest).open("rb")
        except FileNotFoundError:
            raise NotKept(digest) from None

    def remove(self, organisation: str, digest: str) -> None:
        """Unlinked, and the folder forced to the disk."""
        place = self._place(organisation, digest)
        with suppress(FileNotFoundError):
            place.unlink()
            _force(place.parent)

    def digests(self, organisation: str) -> Iterator[str]:
        """In the order of their names."""
        for path in sorted(self._folder(organisation).glob("??/*")):
            if len(path.name) == 64:
                yield path.name

    def _folder(self, organisation: str) -> Path:
        return self.root / quote(organisation, safe="")

    def _place(self, organisation: str, digest: str) -> Path:
        return self._folder(organisation) / digest[:2] / digest


def _force(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
