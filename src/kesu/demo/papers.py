"""Small pictures for the demo: a sheet of paper with lines on it, another one for every text. Drawn when the demo is made."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from kesu.files.drafts import Sender, keep_draft
from kesu.reading.text import Text

WIDTH, HEIGHT, EDGE, ROW = 360, 480, 28, 22


def papers(names: Any, sender: Sender) -> list[dict[str, Any]]:
    """The files of a line of a story: a name, or several, each alone or as {what it shows: its name}."""
    listed = names if isinstance(names, list) else [names]
    sorted_ = [next(iter(one.items())) if isinstance(one, dict) else ("", one) for one in listed]
    return [_paper(str(text), sort=sort, sender=sender) for sort, text in sorted_]


def _paper(text: str, *, sort: str, sender: Sender) -> dict[str, Any]:
    """A sheet of this name, sent in by whoever is about to put it on record, as a fact has it."""
    kept = keep_draft(BytesIO(drawn(text)), name=f"{text}.png", sender=sender)
    assert not isinstance(kept, Text), kept.en
    return {**kept, "sort": sort}


def drawn(text: str) -> bytes:
    """What stands on it cannot be read: no face of letters is there on every machine."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), "#fbfaf6")
    pen = ImageDraw.Draw(sheet)
    lengths = hashlib.sha256(text.encode()).digest()
    pen.rectangle((EDGE, EDGE, WIDTH // 2, EDGE + 14), fill="#394048")
    for row, length in enumerate(lengths[:17]):
        top = EDGE + 40 + row * ROW
        pen.rectangle(
            (EDGE, top, EDGE + 60 + length * (WIDTH - 2 * EDGE - 60) // 255, top + 6), fill="#9aa3ad"
        )
    pen.rectangle((6, 6, WIDTH - 7, HEIGHT - 7), outline="#c9ced4")
    made = BytesIO()
    sheet.save(made, "PNG")
    return made.getvalue()
