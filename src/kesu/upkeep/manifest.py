"""What a backup says of itself: when, by which release, which files with which digests, and how far the ledger was signed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, Final

from kesu.upkeep.refused import Refused

NAME: Final = "manifest.json"
VERSION: Final = 1
LONGEST: Final = 16 * 2**20  # bytes of a manifest


class NotABackup(Refused):
    """The file is no backup of Kesu, or it was damaged."""

    def __init__(self, *, zh: str, en: str) -> None:
        super().__init__(
            zh=f"这不是完好的 Kesu 备份：{zh}。没有恢复任何内容；请换一份备份",
            en=f"this is no sound backup of Kesu: {en}. Nothing was put back; take another backup",
        )


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the backup: its name there, its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a PostgreSQL database: which file holds its rows, in the order of which columns, and how many they are."""

    name: str
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Organisation:
    """How far the ledger of an organisation went: entries in all, and its newest checkpoint, where there is one."""

    name: str
    entries: int
    checkpoint: int
    size: int
    root: str | None
    time: str | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """All of it. `migrations` are those that the database had: (application, name); `database` is sqlite or postgresql."""

    kesu: str
    taken: datetime
    database: str
    migrations: tuple[tuple[str, str], ...]
    organisations: tuple[Organisation, ...]
    members: tuple[Member, ...]
    tables: tuple[Table, ...] = ()
    sequences: Mapping[str, int] | None = None

    @property
    def entries(self) -> int:
        """Of all organisations."""
        return sum(one.entries for one in self.organisations)

    def as_bytes(self) -> bytes:
        """As it stands in the backup."""
        plain = {"kesu backup": VERSION, **asdict(self), "taken": self.taken.isoformat()}
        return json.dumps(plain, ensure_ascii=False, indent=1).encode() + b"\n"


def read_manifest(content: bytes) -> Manifest:
    """Reads what a backup says of itself. Raises NotABackup."""
    try:
        plain = json.loads(content)
        version = plain.pop("kesu backup")
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        raise NotABackup(zh=f"{NAME} 读不出", en=f"{NAME} cannot be read") from None
    if version != VERSION:
        raise NotABackup(
            zh=f"它的格式是 {version}，本版本读 {VERSION}",
            en=f"its format is {version}, this release reads {VERSION}",
        )
    try:
        found = _read(plain)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        raise NotABackup(zh=f"{NAME} 缺内容", en=f"{NAME} lacks something") from None
    for name in _astray(found):
        raise NotABackup(zh=f"它指到目录之外的文件 {name}", en=f"it names a file outside the home, {name}")
    return found


def _read(document: dict[str, Any]) -> Manifest:
    return Manifest(
        kesu=str(document["kesu"]),
        taken=datetime.fromisoformat(document["taken"]),
        database=str(document["database"]),
        migrations=tuple((str(app), str(name)) for app, name in document["migrations"]),
        organisations=tuple(Organisation(**one) for one in document["organisations"]),
        members=tuple(
            Member(str(one["name"]), int(one["size"]), str(one["sha256"])) for one in document["members"]
        ),
        tables=tuple(
            Table(one["name"], tuple(one["columns"]), int(one["rows"])) for one in document["tables"]
        ),
        sequences={str(name): int(last) for name, last in (document["sequences"] or {}).items()},
    )


def _astray(manifest: Manifest) -> Iterator[str]:
    for member in manifest.members:
        path = PurePosixPath(member.name)
        if path.is_absolute() or ".." in path.parts or path.as_posix() != member.name or len(path.parts) < 2:
            yield member.name
