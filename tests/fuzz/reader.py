"""What a reader of files from outside is, for whoever mutates its files."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Mutate = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads files called `name`; `read` raises an error that says itself, or answers."""

    title: str
    name: str
    contents: Callable[[], list[bytes]]
    read: Callable[[Path], object]
    mutate: Mutate
