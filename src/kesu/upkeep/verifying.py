"""What was put back is verified as a whole before it may be served, and held against marks that were kept elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import connection

from kesu.caseload.rebuilding.claims import claims
from kesu.caseload.rebuilding.gaps import gaps
from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.ledger.faults import Fault
from kesu.ledger.marked import against, marks_path, newest_checkpoints
from kesu.ledger.marks import Mark, Restored, add, read_marks
from kesu.ledger.readers import cores
from kesu.ledger.start import look_first
from kesu.ledger.verify import Report, verify
from kesu.upkeep import database_postgres
from kesu.upkeep.manifest import Manifest
from kesu.upkeep.refused import Refused
from kesu.upkeep.upgrading import bring_up_to_date, refuse_unknown


@dataclass(frozen=True, slots=True)
class Behind:
    """Something kept elsewhere that what was put back does not reach, or that it contradicts.

    `after` is how many entries the ledger has sealed now; `kept` is what was signed once.
    """

    kept: Mark
    after: int
    other: bool  # the same checkpoint says something else: another history


@dataclass(frozen=True, slots=True)
class Verified:
    """What verification found: the report of the ledger, rows that differ, whether tables were brought up to date, losses."""

    report: Report
    differences: int
    upgraded: bool
    behind: tuple[Behind, ...]

    @property
    def sound(self) -> bool:
        """Whether it is what was written, up to its end."""
        return not self.report.fault_count and not self.differences


def put_database_back(manifest: Manifest, tables: Path) -> None:
    """The tables of PostgreSQL; SQLite's file stands in its place already. Raises Refused where something stands there."""
    refuse_unknown(manifest.migrations)
    if connection.vendor == "postgresql":
        if not database_postgres.is_empty():
            raise Refused(
                zh="DATABASE_URL 指的数据库里已有内容，没有改动它。请另建一个空的数据库",
                en="the database at DATABASE_URL is not empty and was left as it is; make an empty one",
            )
        database_postgres.copy_in(
            tables, manifest.tables, dict(manifest.sequences or {}), manifest.migrations
        )
    shutil.rmtree(tables.parent)


def verified(kept: Iterable[Mark]) -> Verified:
    """Brings the tables up to date where the backup is of an earlier release, then looks at everything.

    Who was signed in then is not any more. Raises what `look_first` raises.
    """
    look_first()
    upgraded = bring_up_to_date()
    Session.objects.all().delete()
    report = verify(processes=cores()).and_also([*gaps(None), *claims(None)])
    differences = rebuild(check=True)
    return Verified(report, len(differences), upgraded, tuple(_behind(kept)))


def keep(marks: Iterable[Mark]) -> None:
    """Takes marks of later than the backup over: nothing is served until somebody has accepted the loss by name and reason."""
    add(marks_path(), *marks)


def _behind(kept: Iterable[Mark]) -> Iterator[Behind]:
    sizes = {statement.organisation: statement.size for statement in newest_checkpoints(None)}
    for mark in kept:
        fault: Fault | None = against(mark.organisation, mark)
        if fault is not None:
            size = sizes.get(mark.organisation, 0)
            yield Behind(mark, size, fault.what == "other than its mark")


def restored_line(manifest: Manifest, digest: str, now: datetime) -> None:
    """Writes down in the marks that this home was put back from a backup; every verification says so."""
    if read_marks(marks_path()) is not None:
        add(marks_path(), Restored(taken=manifest.taken, sha256=digest, time=now))
