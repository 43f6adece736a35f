"""What a command was asked to write: there whole under its name, or not there at all, and never in place of another.

It is written beside, under a name of its own that begins with a dot and ends in `.unfinished`; only what is finished and on the
disk gets the name that was asked for. Whoever is killed before leaves at most that draft.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kesu.upkeep.refused import Refused


class NameTaken(Refused):
    """Something has this name already; it was left as it was."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            zh=f"{path} 已经存在，没有改动它；请换一个文件名，或先把它移走",
            en=f"{path} exists already and was left as it is; choose another name or move it away first",
        )


def free(name: str | Path) -> Path:
    """The path, as long as nothing is there, not even a link that leads nowhere. Raises NameTaken."""
    path = Path(name)
    if path.exists() or path.is_symlink():
        raise NameTaken(path)
    return path


@contextmanager
def new_file(path: Path, *, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A file to be written. Raises NameTaken, also where another process was quicker; nothing is left behind then."""
    draft = _beside(free(path))
    try:
        with open(draft, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as to:
            yield to
            to.flush()
            os.fsync(to.fileno())
        _into_place(draft, path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def new_folder(path: Path, *, mode: int = 0o777) -> Iterator[Path]:
    """A folder to be filled, in one that is there. Raises NameTaken; nothing is left behind then."""
    draft = _beside(free(path))
    draft.mkdir(mode=mode)
    try:
        yield draft
        free(path)
        draft.rename(path)
        _kept(path.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.unfinished")


def _into_place(draft: Path, path: Path) -> None:
    """Under its name, unless something has that name meanwhile: a link takes no name that is taken, a renaming does."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise NameTaken(path) from None
    except OSError:  # a medium that knows no links, such as a stick
        draft.rename(free(path))
    _kept(path.parent)


def _kept(folder: Path) -> None:
    """The name is on the disk too; where a system cannot say so of folders, the file itself is."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
