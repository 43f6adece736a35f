"""The procedures that came along and can be put in force, read once in a process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import ReadError

BUILT_ON: Final = "file"  # the kind of what others are built on, which is no procedure by itself


@lru_cache(maxsize=1)
def written_procedures() -> Mapping[str, Procedure]:
    """Each by its name, with nothing settled beyond its file; one that cannot be read is left out."""
    found: dict[str, Procedure] = {}
    for name in here().names():
        try:
            procedure = here().load(name)
        except ReadError:
            continue
        if procedure.kind != BUILT_ON:
            found[name] = procedure
    return found
