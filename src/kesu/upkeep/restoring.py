"""A backup put back into an empty home, in two parts: its files before Django knows the home, then the database.

A file in the home says that nobody has verified it yet, and nothing is served as long as it is there.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

from kesu.upkeep.archive import digested, unpack
from kesu.upkeep.home import DATABASE, UNFINISHED
from kesu.upkeep.manifest import Manifest
from kesu.upkeep.refused import Refused

BEING_PUT_BACK: Final = ".restoring"
HOME, TABLES = "home", "tables"


class HomeNotEmpty(Refused):
    """Something stands where a backup should go."""

    def __init__(self, home: Path) -> None:
        super().__init__(
            zh=f"{home} 里已有内容，没有改动它。恢复只写入空目录：请把它移走，或用 KESU_HOME 另指一个",
            en=f"{home} is not empty and was left as it is. A backup goes into an empty folder: move this one away, or name"
            " another by KESU_HOME",
        )


def require_empty(home: Path) -> None:
    """Raises HomeNotEmpty; what a restore that was cut short before its end left behind is nothing."""
    if home.exists() and any(path.name != BEING_PUT_BACK for path in home.iterdir()):
        raise HomeNotEmpty(home)


def put_files_back(
    backup: Path, home: Path, *, identity: Path | None, database: str
) -> tuple[Manifest, Path, str]:
    """Unpacks, compares every digest, and moves the files into the home; the manifest, the folder of tables, the backup's digest.

    Nothing is left in the home where it cannot be done. Raises HomeNotEmpty, NotABackup and Refused.
    """
    require_empty(home)
    os.umask(0o077)
    digest = digested(backup, backup.name).sha256
    draft = home / BEING_PUT_BACK
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700, parents=True)
    try:
        manifest = unpack(backup, draft, identity)
        _require_same(manifest.database, database)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    (home / UNFINISHED).touch(mode=0o600)
    home.chmod(0o700)
    for path in sorted((draft / HOME).iterdir(), key=lambda path: path.name == DATABASE):
        path.rename(home / path.name)
    return manifest, draft / TABLES, digest


def _require_same(of_backup: str, here: str) -> None:
    if of_backup != here:
        where = {
            "sqlite": ("去掉 DATABASE_URL", "without DATABASE_URL"),
            "postgresql": ("用 DATABASE_URL 指一个空的数据库", "with DATABASE_URL naming an empty database"),
        }
        zh, en = where.get(of_backup, ("用同样的数据库", "with that database"))
        raise Refused(
            zh=f"这是 {of_backup} 的备份，这里用的是 {here}，两者之间不能恢复。请{zh}再执行",
            en=f"this is a backup of {of_backup}, and {here} is used here; it goes back into the same kind only. Run it {en}",
        )


def finished(home: Path) -> None:
    """Says that what was put back was verified; from now on it may be served."""
    (home / UNFINISHED).unlink()


def undo(home: Path) -> None:
    """Empties a home again that was empty before what was put back into it could not stay."""
    if (home / UNFINISHED).exists():
        for path in home.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
