"""Readers of what stands beside procedures and ledger: examples, cases, ways, settings, marks and checkpoints kept, keys, backups."""

from __future__ import annotations

import gzip
import json
import random
import tempfile
import textwrap
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.fuzz.mutating import changed, changed_text
from tests.fuzz.reader import Reader
from tests.rulebook.procedure.test_own_words import OWN, WORDS

from kesu.casework.examples.cases import Cases
from kesu.casework.examples.stories import read_examples, settings_of
from kesu.cli.due import calendar_of_file
from kesu.cli.lint import linted
from kesu.ledger.checkpoint import signed
from kesu.ledger.keys import trusted_keys
from kesu.ledger.mark_lines import ClockCorrected, Given, LogMark, MacsBegin, Mark, Remade, plain_line
from kesu.ledger.marks import read_marks
from kesu.procedure.written.canonical import from_canonical
from kesu.procedure.written.catalogue import FILE, read_catalogue
from kesu.procedure.written.library import here
from kesu.reading.strict import read_file
from kesu.upkeep.archive import digested, pack
from kesu.upkeep.kept import kept_marks
from kesu.upkeep.manifest import Manifest, Organisation
from kesu.upkeep.restoring import put_files_back
from kesu.ways.kept import read_kept
from kesu.ways.stated import read_stated
from kesu.worktime.china import china_calendar

WHEN = datetime(2026, 3, 6, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WHOLE = """\
zone: Europe/Berlin
version: "2026"
week: {monday: standard, tuesday: standard, friday: ["08:00-12:00"]}
shifts: ["09:00-12:00", "13:00-18:00"]
known_until: 2027-12-31
days:
  - {date: 2026-05-01, kind: festival}
  - {date: 2026-05-09, kind: work}
"""
MARKS = (
    Mark(organisation="lab", number=0, size=0, root=None, key=None, time=WHEN, how="founded"),
    MacsBegin(organisation="lab", after=0, key="ab" * 32, time=WHEN),
    Mark(organisation="lab", number=1, size=9, root="cd" * 32, key="ef" * 32, time=WHEN),
    Given(organisation="lab", number=1, time=WHEN),
    LogMark(table="desk_access", last=3, count=3, digest="ab" * 32, time=WHEN),
    ClockCorrected(organisation="lab", number=2, since=WHEN, until=WHEN, time=WHEN),
    Remade(what=("a trigger is missing",), time=WHEN),
)
CASES = """\
procedure: service-48-hours
stories:
  short:
    - {at: 2026-04-28 10:00, step: received, by: luo, as: service staff, account: failed}
    - {at: 2026-04-29 10:00, step: replied, by: luo, as: service staff, text: taken up}
cases:
  - case: a pair
    clause: [A1, A2]
    story: longer
    at: replied
    kept: in time
    broken: late
    change: {set: {line: replied, at: 2026-04-29 10:01}}
    right: 第二天 refused
    why: the paper says so
  - {case: owed, story: short, as of: 2026-05-04 10:00, finding: [x], want: kept, others: {count: "3", spread: 1 week}}
"""
NAME = "fmcg-report"  # a procedure that has a file of each kind beside it


@cache
def _procedure():
    return here().load(NAME)


def _beside(name: str) -> Callable[[], list[bytes]]:
    return lambda: [(here().find(NAME) / name).read_bytes()]


def _examples(path: Path) -> object:
    return list(read_examples(path, _procedure()))


def _cases(path: Path) -> object:
    cases = Cases(path, here())
    return [cases.in_full(case) for case in cases]


def _stated(path: Path) -> object:
    return read_stated(path, _procedure())


def _settings(path: Path) -> object:
    return settings_of(read_file(path))


def _calendar(path: Path) -> object:
    return calendar_of_file(path, base=china_calendar())


def _marks(path: Path) -> object:
    path.chmod(0o600)
    return read_marks(path)


def _keys(path: Path) -> object:
    """Keys that were followed by others, beside the key that signs."""
    path.chmod(0o600)
    own = path.with_name("signing-key")
    own.write_text(bytes(range(32)).hex() + "\n", encoding="utf-8")
    own.chmod(0o600)
    return trusted_keys(own)


def _edition(path: Path) -> object:
    return from_canonical(path.read_text(encoding="utf-8"))


def _restored(path: Path) -> object:
    with tempfile.TemporaryDirectory() as folder:
        return put_files_back(path, Path(folder) / "home", identity=None, database="sqlite")


@cache
def _marks_kept() -> list[bytes]:
    lines = [{"kesu": "marks", "v": 1}, *map(plain_line, MARKS)]
    return ["".join(json.dumps(line) + "\n" for line in lines).encode()]


@cache
def _checkpoint() -> list[bytes]:
    body, signature = signed(organisation="lab", number=1, size=3, root=bytes(32), time=WHEN, key=KEY)
    line = {"checkpoint": 1, "body": body.decode(), "signature": signature.hex()}
    return [json.dumps(line).encode() + b"\n"]


@cache
def _backup() -> list[bytes]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "home").mkdir()
        for member in ("kesu.sqlite3", "signing-key", "ledger-marks"):
            (folder / "home" / member).write_bytes(member.encode() * 40)
        members = tuple(digested(path, f"home/{path.name}") for path in sorted((folder / "home").iterdir()))
        manifest = Manifest(
            kesu="0.2.0",
            taken=WHEN,
            database="sqlite",
            migrations=(("people", "0001_initial"),),
            organisations=(Organisation("lab", 9, 1, 9, "ab", WHEN.isoformat()),),
            members=members,
            tables=(),
            sequences=None,
        )
        pack(folder, manifest, folder / "backup", ())
        return [(folder / "backup").read_bytes()]


def changed_inside(content: bytes, chance: random.Random) -> bytes:
    """What is packed changed, packed as it should be."""
    return gzip.compress(changed(gzip.decompress(content), chance), compresslevel=1, mtime=0)


@cache
def _retired() -> list[bytes]:
    return [("ab" * 32 + "\n" + "cd" * 32 + " " + "ef" * 32 + " " + "01" * 64 + "\n").encode()]


def _words(path: Path) -> object:
    """Beside a procedure that is written in them."""
    path.with_name("procedure.yaml").write_text(
        textwrap.dedent(OWN.format(name=path.parent.name)), encoding="utf-8"
    )
    return linted(path.parent)


BACKUPS = Reader("backups", "backup.tar.gz", _backup, _restored, changed)
BESIDE = (
    Reader("examples", "examples.yaml", _beside("examples.yaml"), _examples, changed_text),
    Reader("cases", "cases.yaml", lambda: [CASES.encode()], _cases, changed_text),
    Reader("readings of ways", "ways.yaml", _beside("ways.yaml"), _stated, changed_text),
    Reader("kept ways", "ways.txt", _beside("ways.txt"), read_kept, changed_text),
    Reader("words", "words.yaml", lambda: [textwrap.dedent(WORDS).encode()], _words, changed_text),
    Reader("settings", "settings.demo.yaml", _beside("settings.demo.yaml"), _settings, changed_text),
    Reader("clauses", "catalogue.csv", lambda: [(here().roots[0] / FILE).read_bytes()[:20_000]], read_catalogue, changed_text),
    Reader("calendars as YAML", "year.yaml", lambda: [WHOLE.encode()], _calendar, changed_text),
    Reader("marks", "ledger-marks", _marks_kept, _marks, changed_text),
    Reader("marks kept elsewhere", "kept", _marks_kept, kept_marks, changed_text),
    Reader("checkpoints kept elsewhere", "kept.json", _checkpoint, kept_marks, changed_text),
    Reader("retired keys", "signing-key.retired", _retired, _keys, changed_text),
    BACKUPS,
    replace(BACKUPS, title="backups within", mutate=changed_inside),
)  # fmt: skip
