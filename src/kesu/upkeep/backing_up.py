"""A backup of the whole installation, taken while it is in use: the database at one moment, keys, marks, and other files.

The marks are copied before the database and the keys after it: the ledger may be ahead of its marks, never behind, and a key
that was replaced meanwhile still counts.
"""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from pyrage import x25519

from kesu.ledger.checkpoint import NotACheckpoint, read_statement
from kesu.ledger.snapshot import snapshot
from kesu.upkeep import database_postgres, database_sqlite
from kesu.upkeep.archive import digested, pack
from kesu.upkeep.home import BEING_BACKED_UP, DATABASE, MARKS, files_to_keep, left_out
from kesu.upkeep.manifest import Manifest, Organisation
from kesu.upkeep.refused import Refused

HOME, TABLES = "home", "tables"  # folders in the backup
Query = Callable[[str], list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was taken: where it is, what it holds, its own digest, and what belongs to the home and is not in it."""

    out: Path
    manifest: Manifest
    sha256: str
    size: int
    left_out: tuple[str, ...]


def back_up(home: Path, out: Path, *, recipients: Sequence[x25519.Recipient] = (), now: datetime) -> Taken:
    """Writes a new file. Raises Refused where it would lie in the home, NameTaken where something has its name."""
    if out.resolve().is_relative_to(home):
        raise Refused(
            zh=f"{out} 在 {home} 里：目录丢失，备份也一起丢。请用 --to 写到别处",
            en=f"{out} lies in {home}: what takes the home takes the backup too. Write it elsewhere with --to",
        )
    with _folder(home) as folder:
        manifest = _gathered(home, folder, now)
        digest = pack(folder, manifest, out, recipients)
    beside = (*left_out(home), *_in_a_bucket())
    return Taken(out, manifest, digest, out.stat().st_size, beside)


def _in_a_bucket() -> tuple[str, ...]:
    """The files of cases, where they do not lie in the home."""
    return (f"s3://{settings.FILES_IN_S3}",) if settings.FILES_IN_S3 else ()


@contextmanager
def _folder(home: Path) -> Iterator[Path]:
    """Where a backup is put together: in the home, which is its owner's alone, else (read-only) where scratch files go.

    What a killed backup left behind is taken away; a lock tells it from one that is being made now.
    """
    for old in home.glob(f"{BEING_BACKED_UP}*"):
        with suppress(OSError), (old / "lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(old)
    try:
        made = tempfile.mkdtemp(prefix=BEING_BACKED_UP, dir=home)
    except OSError:
        made = tempfile.mkdtemp(prefix=BEING_BACKED_UP)
    with (Path(made) / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield Path(made)
        finally:
            shutil.rmtree(made, ignore_errors=True)


def _gathered(home: Path, folder: Path, now: datetime) -> Manifest:
    kept, tables = folder / HOME, folder / TABLES
    kept.mkdir()
    tables.mkdir()
    _copy(home / MARKS, kept / MARKS)
    rows_of: list[Any] = []
    sequences: dict[str, int] = {}
    if connection.vendor == "postgresql":
        with snapshot():
            rows_of, sequences = database_postgres.copy_out(tables)
            migrations, organisations = _found(database_postgres.rows)
    else:
        database_sqlite.copy_out(kept)
        with database_sqlite.reading(kept / DATABASE) as copy:
            migrations, organisations = _found(lambda sql: database_sqlite.rows(copy, sql))
    for path in files_to_keep(home):
        if path.name != MARKS or path.parent != home:
            _copy(path, kept / path.relative_to(home))
    members = [
        digested(path, path.relative_to(folder).as_posix())
        for path in sorted([*kept.rglob("*"), *tables.rglob("*")])
        if path.is_file()
    ]
    return Manifest(
        kesu=version("kesu"),
        taken=now,
        database=connection.vendor,
        migrations=migrations,
        organisations=organisations,
        members=tuple(members),
        tables=tuple(rows_of),
        sequences=sequences,
    )


def _copy(path: Path, to: Path) -> None:
    """A file of the home; one that goes away meanwhile (a draft of a key, an old log) is as if it had not been there."""
    with suppress(FileNotFoundError):
        content = path.open("rb")
        to.parent.mkdir(parents=True, exist_ok=True)
        with content, to.open("wb") as copy:
            shutil.copyfileobj(content, copy)


def _found(query: Query) -> tuple[tuple[tuple[str, str], ...], tuple[Organisation, ...]]:
    """What the database says of its tables and of its ledger."""
    tables = _migrations(query)
    counted = query(
        "SELECT organisation, COUNT(*) FROM ledger_entry GROUP BY organisation ORDER BY organisation"
    )
    newest = query(
        "SELECT body FROM ledger_checkpoint c WHERE number = (SELECT MAX(number) FROM ledger_checkpoint o"
        " WHERE o.organisation = c.organisation)"
    )
    signed = {}
    for (body,) in newest:
        with suppress(NotACheckpoint):
            statement = read_statement(bytes(body))
            signed[statement.organisation] = statement
    organisations = []
    for name, entries in counted:
        at = signed.get(name)
        checkpoint = (at.number, at.size, at.root, at.time.isoformat()) if at else (0, 0, None, None)
        organisations.append(Organisation(str(name), int(entries), *checkpoint))
    return tables, tuple(organisations)


def _migrations(query: Query) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(app), str(name)) for app, name in query("SELECT app, name FROM django_migrations ORDER BY id")
    )
