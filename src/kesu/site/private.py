"""The home is its owner's alone: database, keys and log hold names, phones and what signs people in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

OTHERS = 0o077  # bits of a mode that let anybody but the owner in


class HomeOpen(RuntimeError):
    """Others than the owner get into the home or a file of it."""

    def __init__(self, home: Path, path: Path) -> None:
        super().__init__(
            f"{path}: other accounts of this machine can get in (mode {path.stat().st_mode & 0o777:04o});"
            f" run: chmod -R go= {home}"
        )
        self.home, self.path = home, path

    def in_(self, lang: str) -> str:
        """The message in Chinese (`zh`) or English."""
        if lang != "zh":
            return str(self)
        mode = f"{self.path.stat().st_mode & 0o777:04o}"
        return f"{self.path}：本机的其他账户可以进入或读取（权限 {mode}）；请执行 chmod -R go= {self.home}"


def close_to_others() -> None:
    """What this process makes from now on is for its owner alone."""
    os.umask(OTHERS)


def require_closed(home: Path) -> None:
    """Raises HomeOpen when the home, or a file in it, lets others in. Nothing is changed: a home may be a shared folder."""
    for path in _looked_at(home):
        if path.stat().st_mode & OTHERS:
            raise HomeOpen(home, path)


def _looked_at(home: Path) -> Iterator[Path]:
    yield home
    yield from sorted(path for path in home.iterdir() if path.is_file() and not path.is_symlink())
