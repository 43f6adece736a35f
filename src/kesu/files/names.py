"""Names of files as they are kept: those of the sender, without what nobody sees or what leads elsewhere."""

from __future__ import annotations

import unicodedata
from typing import Final

from .types import TYPES

LONGEST: Final = 150  # characters, ending included


def cleaned(name: str, *, type_: str) -> str:
    """The last part of a path, without unseen characters, cut to length, with an ending that its type has."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(one if one.isprintable() else " " for one in unicodedata.normalize("NFC", last))
    stem, ending = _parted(" ".join(seen.split()).strip(" ."))
    stem = stem.strip()
    endings = TYPES[type_].endings
    if ending.lower() not in endings:
        stem, ending = (f"{stem}.{ending}" if ending else stem), endings[0]
    return f"{stem[: LONGEST - len(ending) - 1] or 'file'}.{ending}"


def _parted(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    return (stem, ending) if dot and stem else (name, "")
