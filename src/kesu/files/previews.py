"""Small pictures of files, drawn by another process within limits of time and memory: no reader of formats runs in the server."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final
from urllib.parse import quote

from django.conf import settings

from .keeping import store
from .store import pieces

DRAWN: Final = frozenset(
    {
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/webp",
        "image/heic",
        "image/tiff",
        "image/bmp",
        "application/pdf",
    }
)
TIME: Final = 10.0  # seconds
_at_once: Final = BoundedSemaphore(2)  # as many as a small machine has cores


def preview(organisation: str, digest: str, *, type_: str) -> bytes | None:
    """A PNG of at most 240 × 240; None where the type has no picture, or none could be drawn. Raises NotKept."""
    if type_ not in DRAWN:
        return None
    place = _place(organisation, digest)
    if not place.exists():
        _draw(organisation, digest, type_, place)
    return place.read_bytes() or None


def forget_preview(organisation: str, digest: str) -> None:
    """The picture goes with the bytes."""
    _place(organisation, digest).unlink(missing_ok=True)


def _draw(organisation: str, digest: str, type_: str, place: Path) -> None:
    """An empty file says that none can be drawn, so that nobody tries it again."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=place.parent) as folder,
        store().open(organisation, digest) as content,
    ):
        source, drawn = Path(folder) / "original", Path(folder) / "drawn"
        with source.open("wb") as to:
            for piece in pieces(content):
                to.write(piece)
        with _at_once:
            _run(source, drawn, type_)
        if not drawn.exists():
            drawn.touch()
        os.replace(drawn, place)


def _run(source: Path, drawn: Path, type_: str) -> None:
    command = [sys.executable, "-I", "-m", "kesu.files.drawing", type_, str(source), str(drawn)]
    alone = {"PATH": os.defpath}  # no key, no address of a database
    try:
        done = subprocess.run(command, env=alone, timeout=TIME, capture_output=True, check=False)
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode:
        drawn.unlink(missing_ok=True)


def _place(organisation: str, digest: str) -> Path:
    return Path(settings.PREVIEWS_FOLDER) / quote(organisation, safe="") / digest
