"""Style sheets and pictures by an address that changes with their content, so that a browser may keep them for a year."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static


def asset(name: str) -> str:
    """The address of a file of the desk, with the beginning of its digest."""
    return f"{static(name)}?v={_digest(name)}"


@cache
def _digest(name: str) -> str:
    found = finders.find(name)
    assert isinstance(found, str), f"no such file: {name}"
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12]
