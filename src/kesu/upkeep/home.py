"""Where the home is, which of its files a backup holds, and whether what was put back into it was verified."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kesu.upkeep.refused import Refused

SOURCE: Final = Path(__file__).resolve().parents[3]
DATABASE: Final = "kesu.sqlite3"
MARKS: Final = "ledger-marks"
STATIC: Final = "static"  # gathered anew by every release
FILES: Final = "files"  # what belongs to cases, by digest
PREVIEWS: Final = "previews"  # drawn anew when somebody looks
BEING_BACKED_UP: Final = ".backup-"  # begins the name of the folder in which a backup is put together
UNFINISHED: Final = (
    "restore-unfinished"  # stands in a home as long as nobody has verified what was put back into it
)


def home_folder() -> Path:
    """The folder of this installation: `KESU_HOME`, else `var` in the working copy or the current folder."""
    here = SOURCE if (SOURCE / "pyproject.toml").exists() else Path.cwd()
    return Path(os.environ.get("KESU_HOME") or here / "var").resolve()


class NotVerified(Refused):
    """What was put back was never verified to its end, or is not what was written."""

    def __init__(self, home: Path) -> None:
        super().__init__(
            zh=f"{home} 是恢复出来的，还没有核验完好，不能启动服务。请清空它，重新执行 kesu restore",
            en=f"{home} was restored and not found sound yet; nothing is served from it. Empty it and run kesu restore again",
        )


def require_verified(home: Path) -> None:
    """Raises NotVerified where a restore was not finished."""
    if (home / UNFINISHED).exists():
        raise NotVerified(home)


def files_to_keep(home: Path) -> Iterator[Path]:
    """Every file of a home but the database and what is made anew; links and the like are not followed, see `left_out`."""
    for path in _within(home):
        if path.is_file() and not path.is_symlink():
            yield path


def left_out(home: Path) -> list[str]:
    """What stands in a home and goes into no backup, though it is not made anew: links, pipes, sockets."""
    return [
        str(path.relative_to(home))
        for path in _within(home)
        if path.is_symlink() or not (path.is_file() or path.is_dir())
    ]


def _within(home: Path) -> Iterator[Path]:
    for path in sorted(home.iterdir()):
        if path.name in (STATIC, PREVIEWS) or path.name.startswith((DATABASE, BEING_BACKED_UP)):
            continue
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from sorted(path.rglob("*"))
