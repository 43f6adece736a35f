"""Finds codes on a scan (`python -m kesu.prints.scanner TYPE`, the scan on its input), and dies of what is too much for it."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from typing import Any, Final

from kesu.files.confined import confine

MEMORY: Final = 1024 * 2**20  # bytes of address space
SECONDS: Final = 15  # of processor time
PIXELS: Final = 60_000_000  # more are not opened
EDGE: Final = 3_000  # pixels; a code is read as well from fewer than a camera has
PAGES: Final = 10  # of a PDF; a signature is on the first ones
SCALE: Final = 200 / 72  # dots an inch, of a PDF


def main(type_: str) -> None:
    """Writes what the codes say, as a list in JSON. The limits hold from here on."""
    confine(memory=MEMORY, seconds=SECONDS, written=2**16)
    import zxingcpp

    content = sys.stdin.buffer.read()
    pictures = _pages(content) if type_ == "application/pdf" else _picture(content)
    codes = (
        code.text
        for one in pictures
        for code in zxingcpp.read_barcodes(
            one, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        )
    )
    sys.stdout.write(json.dumps(list(codes)))


def _picture(content: bytes) -> Iterator[Any]:
    from PIL import Image, ImageOps
    from pillow_heif import register_heif_opener

    register_heif_opener()
    Image.MAX_IMAGE_PIXELS = PIXELS // 2  # Pillow refuses twice as many
    with Image.open(io.BytesIO(content)) as opened:
        opened.draft("L", (EDGE, EDGE))
        upright = ImageOps.exif_transpose(opened).convert("L")
        upright.thumbnail((EDGE, EDGE))
        yield upright


def _pages(content: bytes) -> Iterator[Any]:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    for place in range(min(len(document), PAGES)):
        page = document[place]
        yield page.render(scale=min(SCALE, EDGE / max(page.get_size()))).to_pil().convert("L")


if __name__ == "__main__":
    main(*sys.argv[1:])
