"""Marks beside the signing key: what somebody with the database alone takes away is named, and never signed again."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from tests.office.ledger.tampering import tamper, without_triggers
from tests.office.ledger.writers import NINE, entry, write

from kesu.ledger.accepting import accept
from kesu.ledger.entry import digest_of
from kesu.ledger.keys import KeyFileOpen, KeyGone
from kesu.ledger.marked import BehindItsMark, begin_marks, mark_founded
from kesu.ledger.marks import MarksBroken, Restored, add, read_marks
from kesu.ledger.models import Entry
from kesu.ledger.seal import seal
from kesu.ledger.start import look_first, ready_to_serve
from kesu.ledger.triggers import TABLES, TriggersDiffer, make_triggers
from kesu.ledger.verify import verify

pytestmark = pytest.mark.tampers
LATER = NINE + timedelta(minutes=9)


@pytest.fixture
def ledger(fresh_database: None) -> None:
    """Two organisations of three files each, sealed twice, marked; no triggers stand."""
    begin_marks(NINE)
    for organisation in ("lab", "lab-2"):
        for file in ("case/1", "case/2", "case/3"):
            write(file, entry("received"), entry(), organisation=organisation)
        seal(organisation, NINE)
        for file in ("case/1", "case/2", "case/3"):
            write(file, entry("closed", minute=1), expected=2, organisation=organisation)
        seal(organisation, NINE + timedelta(minutes=1))
    assert verify().faults == ()
    without_triggers()


def forget_seals(organisation: str, *, after: int = 0) -> None:
    """Checkpoints and leaves go, and what they sealed waits as if it had just been written."""
    size = {0: 0, 1: 6}[after]
    tamper("DELETE FROM ledger_checkpoint WHERE organisation = %s AND number > %s", organisation, after)
    tamper("DELETE FROM ledger_leaf WHERE organisation = %s AND number > %s", organisation, size)
    tamper("DELETE FROM ledger_unsealed WHERE organisation = %s", organisation)
    tamper(
        "INSERT INTO ledger_unsealed (organisation, file, number) SELECT e.organisation, e.file, e.number FROM ledger_entry e"
        " LEFT JOIN ledger_leaf l ON l.organisation = e.organisation AND l.file = e.file AND l.entry = e.number"
        " WHERE e.organisation = %s AND l.number IS NULL",
        organisation,
    )


def cut_out_a_file() -> None:
    tamper("DELETE FROM ledger_entry WHERE organisation = 'lab' AND file = 'case/2'")
    forget_seals("lab")


def rewrite_everything() -> None:
    heads: dict[str, str] = {}
    for row in Entry.objects.filter(organisation="lab").order_by("file", "number"):
        body = json.loads(bytes(row.body)) | {"medium": "forged", "previous": heads.get(row.file)}
        made = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        heads[row.file] = digest_of(made).hex()
        tamper(
            "UPDATE ledger_entry SET body = %s, digest = %s WHERE organisation = 'lab' AND file = %s AND number = %s",
            made,
            digest_of(made),
            row.file,
            row.number,
        )
    forget_seals("lab")


def roll_back() -> None:
    tamper("DELETE FROM ledger_entry WHERE organisation = 'lab' AND number = 3")
    forget_seals("lab", after=1)


def take_the_last_seal_away() -> None:
    forget_seals("lab", after=1)


def delete_the_organisation() -> None:
    for table in TABLES:
        tamper(f"DELETE FROM {table} WHERE organisation = 'lab'")


def rename_the_organisation() -> None:
    tamper("DELETE FROM ledger_unsealed WHERE organisation = 'lab'")
    for table in TABLES:
        tamper(f"UPDATE {table} SET organisation = 'lab-0' WHERE organisation = 'lab'")
    forget_seals("lab-0")


MANIPULATIONS: dict[str, tuple[Callable[[], None], dict[str, str]]] = {
    "a file cut out": (cut_out_a_file, {"lab": "behind its mark"}),
    "everything written anew": (rewrite_everything, {"lab": "behind its mark"}),
    "the end rolled back": (roll_back, {"lab": "behind its mark"}),
    "the last seal taken away": (take_the_last_seal_away, {"lab": "behind its mark"}),
    "the organisation deleted": (delete_the_organisation, {"lab": "organisation gone"}),
    "the organisation renamed": (
        rename_the_organisation,
        {"lab": "organisation gone", "lab-0": "not begun"},
    ),
}


def marked() -> dict[str, str]:
    """What verification says of the marks, by organisation."""
    told = ("behind its mark", "other than its mark", "organisation gone", "not begun")
    return {fault.organisation: fault.what for fault in verify().faults if fault.what in told}


@pytest.mark.parametrize("manipulation", MANIPULATIONS)
@pytest.mark.parametrize("triggers", ["standing", "away"])
def test_what_was_taken_away_is_named_first_and_neither_sealed_nor_served(
    ledger: None, manipulation: str, triggers: str
) -> None:
    harm, expected = MANIPULATIONS[manipulation]
    harm()
    if triggers == "standing":
        make_triggers()
    assert marked() == expected
    assert verify().faults[0].what in expected.values()
    for organisation in expected:
        with pytest.raises(BehindItsMark):
            seal(organisation, LATER)
    with pytest.raises((BehindItsMark, TriggersDiffer)):
        ready_to_serve(LATER)
    assert marked() | {"lab": "?"} == expected | {"lab": "?"}
    seal("lab-2", LATER)  # the others go on


def test_a_history_that_was_signed_anew_after_its_mark_went_is_another(ledger: None) -> None:
    """Somebody made the sealer of another home, with the same key, sign what he wrote."""
    rewrite_everything()
    kept = settings.LEDGER_MARKS.read_bytes()
    settings.LEDGER_MARKS.unlink()
    seal("lab", NINE)
    make_triggers()
    write("case/4", entry())
    seal("lab", LATER)
    settings.LEDGER_MARKS.write_bytes(kept)
    settings.LEDGER_MARKS.chmod(0o600)
    assert marked() == {"lab": "other than its mark"}
    with pytest.raises(BehindItsMark) as behind:
        seal("lab", LATER)
    assert [behind.value.in_(lang) for lang in ("zh", "en")] == [
        (
            "机构 lab，检查点 2：条数或树根与密钥旁的标记（9, 2025-03-03T01:01:00+00:00）不同：历史被整个改写。"
            "在弄清原因之前不提供服务，也不封存；若是您自己恢复了备份：kesu marks --accept lab --reason 原因，此后每次核验都会提到"
        ),
        (
            "organisation lab, checkpoint 2: its size or root is not that of the mark beside the signing key"
            " (9, 2025-03-03T01:01:00+00:00): the history was written anew."
            " Nothing is served or sealed until somebody has looked. If you put a backup back yourself:"
            " kesu marks --accept lab --reason WHY; every verification will say so from then on"
        ),
    ]


def test_a_backup_that_is_accepted_goes_on_and_every_verification_says_so(ledger: None) -> None:
    roll_back()
    make_triggers()
    accept("lab", "disk failed", LATER)
    seal("lab", LATER)
    write("case/1", entry(minute=10), expected=2)
    seal("lab", LATER + timedelta(minutes=2))
    report = verify()
    assert (report.faults, report.marks is not None) == ((), True)
    assert report.marks
    assert [(one.organisation, one.number, one.size, one.reason) for one in report.marks.accepted] == [
        ("lab", 1, 6, "disk failed")
    ]
    newest = report.marks.newest["lab"]
    assert (newest.number, newest.size, newest.how) == (2, 7, "sealed")


def test_a_home_that_kept_no_marks_begins_them_once_with_what_stands_there(fresh_database: None) -> None:
    write("case/1", entry())
    write("case/1", entry(), organisation="lab-2")
    seal("lab", NINE)
    settings.LEDGER_MARKS.unlink()
    assert (verify().marks, verify().faults) == (None, ())
    adopted = ready_to_serve(LATER)
    assert [(one.organisation, one.number, one.size, one.how) for one in adopted] == [
        ("lab", 1, 1, "adopted"),
        ("lab-2", 0, 0, "adopted"),
    ]
    assert ready_to_serve(LATER) == []
    seal("lab-2", LATER)
    without_triggers()
    delete_the_organisation()
    assert marked() == {"lab": "organisation gone"}


def test_an_organisation_that_was_founded_and_has_sealed_nothing_is_missed_too(fresh_database: None) -> None:
    begin_marks(NINE)
    mark_founded("lab", NINE)
    write("case/1", entry())
    assert marked() == {}
    without_triggers()
    delete_the_organisation()
    assert marked() == {"lab": "organisation gone"}


def test_a_checkpoint_whose_line_was_never_written_is_no_fault(ledger: None) -> None:
    """The process died between the commit and its mark: the ledger is ahead, and the next seal says so."""
    *lines, _ = settings.LEDGER_MARKS.read_bytes().splitlines(keepends=True)
    settings.LEDGER_MARKS.write_bytes(b"".join(lines) + b'{"organisation": "lab-2", "check')
    assert marked() == {}
    make_triggers()
    write("case/1", entry(minute=2), organisation="lab-2", expected=3)
    seal("lab-2", LATER)
    assert marked() == {}
    marks = read_marks(settings.LEDGER_MARKS)
    assert marks is not None
    assert marks.newest["lab-2"].number == 3


@pytest.mark.parametrize(
    "line", ["nonsense", '{"organisation": "lab"}', "[1]", '{"checkpoint": "7", "size": 1}']
)
def test_a_line_that_is_no_mark_stops_the_sealer_and_is_a_fault(ledger: None, line: str) -> None:
    with settings.LEDGER_MARKS.open("a") as file:
        file.write(f"{line}\n")
    path, number = settings.LEDGER_MARKS, len(settings.LEDGER_MARKS.read_text().splitlines())
    with pytest.raises(MarksBroken) as broken:
        seal("lab", LATER)
    assert [broken.value.in_(lang) for lang in ("zh", "en")] == [
        f"{path} 第 {number} 行：不是台账的标记，有人动过这个文件；请从备份恢复",
        f"{path}, line {number}: not a mark of the ledger; somebody wrote into it; restore it from your backup",
    ]
    assert verify().faults[0].sentence("en") == (
        f"the marks beside the signing key cannot be read ({path}:{number}): somebody wrote into the file"
    )


def test_that_a_home_was_put_back_from_a_backup_stays_in_the_marks(ledger: None) -> None:
    before = verify()
    line = Restored(taken=NINE, sha256="ab" * 32, time=NINE + timedelta(days=1))
    add(settings.LEDGER_MARKS, line)
    report = verify()
    assert report.marks is not None
    assert (report.marks.restored, report.marks.newest) == ([line], before.marks and before.marks.newest)
    assert report.faults == before.faults


def test_marks_are_for_their_owner_only(ledger: None) -> None:
    assert settings.LEDGER_MARKS.stat().st_mode & 0o777 == 0o600
    settings.LEDGER_MARKS.chmod(0o644)
    with pytest.raises(KeyFileOpen):
        seal("lab", LATER)


@pytest.mark.parametrize("rows", ["there", "taken away"])
def test_a_start_without_the_key_that_signed_is_refused_and_makes_none(
    ledger: None, settings: Any, tmp_path: Path, rows: str
) -> None:
    make_triggers()
    if rows == "taken away":
        without_triggers()
        tamper("DELETE FROM ledger_checkpoint")
        make_triggers()
    settings.LEDGER_SIGNING_KEY = path = tmp_path / "signing-key"
    with pytest.raises(KeyGone) as gone:
        ready_to_serve(LATER)
    assert not path.exists()
    assert [gone.value.in_(lang) for lang in ("zh", "en")] == [
        f"{path}：台账是用这个密钥写的，密钥却不在；请从备份恢复（权限 0600）。未启动，也不另生成密钥",
        (
            f"{path}: this key is not there, though the ledger was written under it; restore it from your backup"
            " (mode 0600). Nothing is started and no new key is made"
        ),
    ]


def test_triggers_that_were_taken_away_stop_the_start_and_are_written_down_when_they_are_made_anew(
    ledger: None,
) -> None:
    with pytest.raises(TriggersDiffer) as differ:
        look_first()
    wrong = tuple(differ.value.faults)
    assert wrong
    call_command("migrate", verbosity=0)
    look_first()
    marks = verify().marks
    assert marks is not None
    assert [one.what for one in marks.remade] == [wrong]
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM ledger_entry")
        assert cursor.fetchone()[0] == 18
