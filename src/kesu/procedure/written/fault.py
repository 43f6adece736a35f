"""What is to be mended in a procedure that can be read."""

from __future__ import annotations

from dataclasses import dataclass

from kesu.reading.text import Text


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend, at a line of a file."""

    origin: str
    line: int
    text: Text
