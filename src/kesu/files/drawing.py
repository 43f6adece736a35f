"""Draws one small picture of one file (`python -m kesu.files.drawing TYPE SOURCE OUT`), and dies of what is too much for it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from .confined import confine

MEMORY: Final = 1024 * 2**20  # bytes of address space; a photograph of 50 megapixels takes a fifth of it
SECONDS: Final = 8  # of processor time
WRITTEN: Final = 4 * 2**20  # bytes that it may write
EDGE: Final = 240  # pixels
PIXELS: Final = 60_000_000  # more are not opened


def main(type_: str, source: str, out: str) -> None:
    """The limits hold from here on."""
    confine(memory=MEMORY, seconds=SECONDS, written=WRITTEN)
    (_page if type_ == "application/pdf" else _picture)(Path(source), Path(out))


def _picture(source: Path, out: Path) -> None:
    from PIL import Image, ImageOps
    from pillow_heif import register_heif_opener

    register_heif_opener()
    Image.MAX_IMAGE_PIXELS = PIXELS // 2  # Pillow refuses twice as many
    with Image.open(source) as opened:
        opened.draft("RGB", (EDGE * 2, EDGE * 2))
        small = ImageOps.exif_transpose(opened)
        small.thumbnail((EDGE, EDGE))
        small.convert("RGB").save(out, "PNG")


def _page(source: Path, out: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(source)
    page = document[0]
    scale = EDGE / max(page.get_size())
    page.render(scale=scale).to_pil().convert("RGB").save(out, "PNG")


if __name__ == "__main__":
    main(*sys.argv[1:])
