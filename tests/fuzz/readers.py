"""Every reader of files from outside, each with files that it reads, and how they are changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.fuzz.mutating import changed, changed_text, changed_within
from tests.fuzz.reader import Reader
from tests.fuzz.readers_beside import BESIDE
from tests.rulebook.review.small import MAPPING, PROCEDURE
from tests.rulebook.review.test_order_and_numbers import IN, XES_MAPPING, xes
from tests.rulebook.review.unclean import HEAD, MARCH, SHEET, workbook
from tests.rulebook.small import from_text

from kesu.cli.due import calendar_of_file
from kesu.cli.lint import linted
from kesu.ledger.offline.kesu_verify import main as verified
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import ReadError
from kesu.review.drafting.drafting import draft_of
from kesu.review.log import open_log
from kesu.review.mapping_reading import read_mapping
from kesu.upkeep.manifest import Manifest, Member, Organisation, Table, read_manifest
from kesu.worktime.china import china_calendar

ROOT = Path(__file__).parents[2]
LEDGER = (ROOT / "tests" / "ledgers" / "0.1.0" / "ledger.jsonl").read_bytes()
BOOK = workbook(
    ("a", [["number", "in", "out"], ["1", datetime(2026, 3, 6, 9), datetime(2026, 3, 9)]]),
    ("b", [["number", "in", "out"], ["3", datetime(2026, 3, 6, 9), datetime(2026, 3, 9)]]),
)
YEAR = b"date,kind\n2027-01-01,festival\n2027-01-03,work\n2027-02-06,festival\n"
OF_A_YEAR = b'{"days": [{"date": "2027-01-01", "kind": "festival"}, {"date": "2027-01-03", "kind": "work"}], "note": "2027"}'
MANIFEST = Manifest(
    kesu="0.1.0",
    taken=datetime(2026, 3, 6, tzinfo=UTC),
    database="postgresql",
    migrations=(("people", "0001_initial"),),
    organisations=(Organisation("hengce", 9, 1, 9, "ab", "2026-03-06T00:00:00+00:00"),),
    members=(Member("home/database.sqlite3", 9, "ab"),),
    tables=(Table("people_person", ("id", "name"), 2),),
    sequences={"people_person_id_seq": 2},
).as_bytes()
CSV = (HEAD + MARCH * 3).encode()
EVENTS = xes(("甲", [IN, IN]), ("2", [IN]))


@cache
def _small() -> Procedure:
    return from_text(PROCEDURE)


def _log(mapping: str) -> Callable[[Path], object]:
    def read(path: Path) -> object:
        with_map = path.with_name("beside.yaml")
        with_map.write_text(mapping, encoding="utf-8")
        log = open_log(path, mapping=read_mapping(with_map, procedure=_small()))
        cases, remarks = [case.case for case in log.cases()], [one.zh for one in log.sentences()]
        log.close()
        return cases, remarks

    return read


def _mapping(path: Path) -> object:
    return read_mapping(path, procedure=_small())


def _calendar(path: Path) -> object:
    return calendar_of_file(path, base=china_calendar())


def _draft(path: Path) -> object:
    zone = ZoneInfo("Asia/Shanghai")
    draft = draft_of(path, procedure=_small(), zone=zone, sheet=None, lang="zh", this_year=2026)
    with_map = path.with_name("beside.yaml")
    with_map.write_text(draft.text, encoding="utf-8")
    try:
        return read_mapping(with_map, procedure=_small())
    except ReadError as error:  # whatever the log, its draft can be read
        raise AssertionError(error.in_("en")) from error


def _procedure(path: Path) -> object:
    return linted(path.parent)


@cache
def _procedures() -> list[bytes]:
    names = [name for name in here().names() if (here().find(name) / "procedure.yaml").is_file()]
    return [(here().find(name) / "procedure.yaml").read_bytes() for name in sorted(names)]


def _export(path: Path) -> object:
    return verified([str(path), "--lang", "en"])


def _manifest(path: Path) -> object:
    return read_manifest(path.read_bytes())


def _the(*contents: bytes) -> Callable[[], list[bytes]]:
    return lambda: list(contents)


READERS = (
    Reader("procedures", "procedure.yaml", _procedures, _procedure, changed_text),
    Reader("mappings", "map.yaml", _the(MAPPING.encode(), SHEET.encode(), XES_MAPPING.encode()), _mapping, changed_text),
    Reader("calendars as CSV", "year.csv", _the(YEAR), _calendar, changed_text),
    Reader("calendars as JSON", "year.json", _the(OF_A_YEAR), _calendar, changed_text),
    Reader("CSV", "log.csv", _the(CSV), _log(SHEET), changed),
    Reader("XLSX", "log.xlsx", _the(BOOK), _log(SHEET + "file: {sheets: all}\n"), changed),
    Reader("XLSX within", "log.xlsx", _the(BOOK), _log(SHEET + "file: {sheets: all}\n"), changed_within),
    Reader("XES", "log.xes", _the(EVENTS, xes(("甲", [IN]), encoding="GBK")), _log(XES_MAPPING), changed),
    Reader("drafts of CSV", "log.csv", _the(CSV, "编号,收到时间\n1,3/6/2026\n".encode()), _draft, changed_text),
    Reader("drafts of XLSX", "log.xlsx", _the(BOOK), _draft, changed_within),
    Reader("drafts of XES", "log.xes", _the(EVENTS), _draft, changed),
    Reader("manifests of backups", "manifest.json", _the(MANIFEST), _manifest, changed_text),
    Reader("ledger exports", "ledger.jsonl", _the(LEDGER), _export, changed_text),
    *BESIDE,
)  # fmt: skip
