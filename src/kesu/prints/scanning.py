"""The codes on the scan of a signed paper, looked for by another process: no reader of formats runs in the server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from threading import BoundedSemaphore
from typing import Final

from kesu.files.previews import DRAWN

from .code import PaperCode

TIME: Final = 15.0  # seconds
_at_once: Final = BoundedSemaphore(2)  # as many as a small machine has cores


def codes_on(content: bytes, *, type_: str) -> list[PaperCode]:
    """The codes of ours, in the order in which they were found; none where none can be read."""
    if type_ not in DRAWN:
        return []
    command = [sys.executable, "-I", "-m", "kesu.prints.scanner", type_]
    alone = {"PATH": os.defpath}  # no key, no address of a database
    with _at_once:
        try:
            done = subprocess.run(
                command, input=content, env=alone, timeout=TIME, capture_output=True, check=False
            )
        except subprocess.TimeoutExpired:
            return []
    texts = json.loads(done.stdout) if done.returncode == 0 else []
    return [code for text in texts if (code := PaperCode.read(text)) is not None]
