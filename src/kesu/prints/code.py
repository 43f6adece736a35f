"""The code on a paper that is to be signed: of which record and version it is, so that a scan of it finds its way back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import segno

PATTERN: Final = re.compile(r"KESU1:([0-9a-f]{32}):([1-9]\d{0,6}):([1-9]\d{0,4}):([0-9a-f]{16})", re.ASCII)
SVG: Final = (
    "<svg",
    '<svg xmlns="http://www.w3.org/2000/svg"',
)  # inside a page it needs no namespace, alone it does


@dataclass(frozen=True, slots=True)
class PaperCode:
    """`case`: a file without its kind; `entry`: the act that the paper shows; `digest`: how that of the version begins (16 digits)."""

    case: str
    entry: int
    version: int
    digest: str

    @classmethod
    def read(cls, text: str) -> PaperCode | None:
        """What a code says; None for a code of somebody else."""
        match = PATTERN.fullmatch(text)
        if match is None:
            return None
        case, entry, version, digest = match.groups()
        return cls(case, int(entry), int(version), digest)

    @property
    def text(self) -> str:
        """What stands in the code."""
        return f"KESU1:{self.case}:{self.entry}:{self.version}:{self.digest}"

    def svg(self) -> str:
        """The code as a picture, with the margin that readers want."""
        return segno.make_qr(self.text, error="m").svg_inline(border=4).replace(*SVG, 1)
