"""A document becomes a PDF, in a process of its own within limits of time and memory: no page of the server waits in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Final

import orjson

from kesu.reading.text import Text

from .document import Document

TIME: Final = 30.0  # seconds
MOST: Final = 4_000_000  # bytes of what stands in it; some 800 pages of text
BREAK: Final = "\u200b"  # a place where a line may end, without width
UNBROKEN: Final = re.compile(r"[!-~]{24,}")  # a digest or an address, which would run over the edge
CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_at_once: Final = BoundedSemaphore(2)  # as many as a small machine has cores


class NotMade(Exception):
    """No PDF came of it; `why` tells people why, and what to do."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def pdf(document: Document) -> bytes:
    """The same bytes for the same document. Raises NotMade for one that is too large or takes too long."""
    content = orjson.dumps(_settable(orjson.loads(orjson.dumps(document))))
    if len(content) > MOST:
        raise NotMade(
            Text(
                f"内容超过 {MOST // 10**6} MB 文字，一份 PDF 放不下；请缩小范围，分几份打印",
                f"it holds more than {MOST // 10**6} MB of text, which is no single PDF; narrow it and print it in parts",
            )
        )
    with tempfile.TemporaryDirectory() as folder, _at_once:
        out = Path(folder) / "set.pdf"
        if _run(content, out) and out.exists():
            return out.read_bytes()
    raise NotMade(
        Text(
            f"{TIME:.0f} 秒内没有排出 PDF，什么也没有改动；请再试一次，或缩小范围，分几份打印",
            f"no PDF was made within {TIME:.0f} seconds, and nothing has changed; try once more, or print it in parts",
        )
    )


def _run(content: bytes, out: Path) -> bool:
    command = [sys.executable, "-I", "-m", "kesu.prints.typesetter", str(out)]
    alone = {"PATH": os.defpath}  # no key, no address of a database
    try:
        done = subprocess.run(
            command, input=content, env=alone, timeout=TIME, capture_output=True, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _settable(part: Any) -> Any:
    """What people typed, without marks that no letter has, and with places where long runs may be broken."""
    if isinstance(part, dict):
        return {name: value if name == "code" else _settable(value) for name, value in part.items()}
    if isinstance(part, list):
        return [_settable(one) for one in part]
    if isinstance(part, str):
        return UNBROKEN.sub(_broken, CONTROLS.sub("", part.replace("\r\n", "\n").replace("\r", "\n")))
    return part


def _broken(run: re.Match[str]) -> str:
    text = run[0]
    return BREAK.join(text[place : place + 16] for place in range(0, len(text), 16))
