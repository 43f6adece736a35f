"""Sets one document (`python -m kesu.prints.typesetter OUT`, the document as JSON on its input), and dies of what is too much for it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from kesu.files.confined import confine

MEMORY: Final = 2048 * 2**20  # bytes of address space; a case of a thousand entries takes a quarter of it
SECONDS: Final = 40  # of processor time, over all cores
WRITTEN: Final = 32 * 2**20  # bytes that it may write
FORM: Final = Path(__file__).with_name("document.typ")
NO_GLYPH: Final = "unknown font family"  # a letter set in none of ours would come out as boxes


def main(out: str) -> None:
    """The limits hold from here on. Raises SystemExit where a set of letters is missing, so that nothing is made."""
    confine(memory=MEMORY, seconds=SECONDS, written=WRITTEN)
    import pylopdf_fonts_zh_cn as letters
    import typst

    document = sys.stdin.buffer.read().decode()
    made, warnings = typst.compile_with_warnings(
        str(FORM),
        font_paths=[str(letters.serif_path().parent)],
        ignore_system_fonts=True,
        sys_inputs={"document": document},
        timestamp=0,
    )
    if any(NO_GLYPH in str(warning) for warning in warnings):
        raise SystemExit(str(warnings))
    Path(out).write_bytes(made)


if __name__ == "__main__":
    main(*sys.argv[1:])
