"""What was put back is verified as a whole before it may be served, and held against marks that were kept elsewhere."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from kesu.caseload.acting.figures import recount, with_figures
from kesu.caseload.rebuilding.claims import claims
from kesu.caseload.rebuilding.files_kept import files_kept
from kesu.caseload.rebuilding.gaps import gaps
from kesu.caseload.rebuilding.rebuild import Difference, rebuild
from kesu.caseload.rebuilding.sign_ins import altered_sign_ins
from kesu.ledger.export import export_ledger
from kesu.ledger.faults import Fault
from kesu.ledger.keys import trusted_keys
from kesu.ledger.marked import against, begin_marks, marks_path, newest_checkpoints
from kesu.ledger.marks import Mark, Restored, add, read_marks
from kesu.ledger.offline.kesu_verify import Verifier
from kesu.ledger.read import organisations
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
    """What verification found: the report of the ledger, what the verifier away from Kesu names in it, rows that differ, reports
    whose figures are not counted again, whether tables were brought up to date, losses."""

    report: Report
    named_away: int
    differences: tuple[Difference, ...]
    other_figures: int
    upgraded: bool
    behind: tuple[Behind, ...]

    @property
    def sound(self) -> bool:
        """Whether it is what was written, up to its end."""
        return not (self.report.fault_count or self.named_away or self.differences or self.other_figures)


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
    """Brings the tables up to date where the backup is of an earlier release, then looks at everything, by every verifier.

    Who was signed in then is not any more. Raises what `look_first` raises.
    """
    look_first()
    upgraded = bring_up_to_date()
    Session.objects.all().delete()
    named = [*gaps(None), *claims(None), *altered_sign_ins(None), *files_kept(None)]
    report = verify(processes=cores()).and_also(named)
    return Verified(
        report=report,
        named_away=sum(map(_named_away, organisations())),
        differences=tuple(rebuild(check=True)),
        other_figures=sum(
            not count.same for row in with_figures(None) for count in recount(row.organisation, row.file)
        ),
        upgraded=upgraded,
        behind=tuple(_behind(kept)),
    )


def _named_away(organisation: str) -> int:
    """How many faults the verifier that others use finds in an export, without the personal values."""
    verifier = Verifier("en", sorted(trusted_keys(settings.LEDGER_SIGNING_KEY)), [])
    with tempfile.TemporaryFile(dir=settings.HOME) as export:
        export_ledger(organisation=organisation, to=export)
        export.seek(0)
        verifier.read(export)
    return len(verifier.faults)


def keep(marks: Iterable[Mark], now: datetime) -> None:
    """Takes marks of later than the backup over: nothing is served until somebody has accepted the loss by name and reason."""
    later = list(marks)
    if later and read_marks(marks_path()) is None:
        begin_marks(now)
    if later:
        add(marks_path(), *later)


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
