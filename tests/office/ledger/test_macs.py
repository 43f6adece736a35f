"""Authentication codes of entries: what comes into the database past Kesu is named, and never sealed (ADR 0022)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from tests.office.ledger.tampering import tamper, without_triggers
from tests.office.ledger.writers import NINE, entry, write

from kesu.ledger.accepting import accept
from kesu.ledger.entry import NewEntry, body_of, digest_of
from kesu.ledger.keys import KeyFileBroken, KeyFileOpen, KeyGone
from kesu.ledger.macs import Macs
from kesu.ledger.marked import BehindItsMark, begin_macs, begin_marks
from kesu.ledger.marks import MarksBroken, read_marks
from kesu.ledger.models import Entry, Unsealed
from kesu.ledger.read import NOTHING, head
from kesu.ledger.seal import NotWrittenHere, seal
from kesu.ledger.start import look_first, ready_to_serve
from kesu.ledger.triggers import make_triggers
from kesu.ledger.verify import verify

pytestmark = pytest.mark.tampers
LATER = NINE + timedelta(minutes=9)
STRANGER = ("lab", "case/1", 3, "mac")


@pytest.fixture
def ledger(fresh_database: None, settings: Any, tmp_path: Path) -> None:
    """Two organisations with keys of their own, one file each of two entries, sealed; every trigger stands."""
    settings.LEDGER_MAC_KEY = tmp_path / "mac-key"
    begin_marks(NINE)
    for organisation in ("lab", "lab-2"):
        write("case/1", entry("received"), entry(), organisation=organisation)
        seal(organisation, NINE)
    assert verify().faults == ()


def named() -> list[tuple[object, ...]]:
    return [(fault.organisation, fault.file, fault.number, fault.what) for fault in verify().faults]


def put_in(
    new: NewEntry, file: str = "case/1", *, organisation: str = "lab", mac: bytes | None = None
) -> bytes:
    """An entry that is well-formed in everything, put at the end of a file by plain SQL."""
    last = head(organisation, file)
    number = last.number + 1
    body = body_of(
        new,
        organisation=organisation,
        file=file,
        number=number,
        noted=new.noted,
        at=new.at,
        previous=last.digest,
        commitments={},
    )
    tamper(
        "INSERT INTO ledger_entry (organisation, file, number, kind, person, digest, body, mac)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        *(organisation, file, number, new.kind, new.by, digest_of(body), body, mac),
    )
    return digest_of(body)


def without_a_code() -> None:
    put_in(entry(minute=1))


def with_the_code_of_another_entry() -> None:
    put_in(entry(minute=1), mac=bytes(Entry.objects.get(organisation="lab", number=2).mac or b""))


def with_a_code_under_another_key() -> None:
    digest = put_in(entry(minute=1))
    without_triggers()
    tamper("UPDATE ledger_entry SET mac = %s WHERE digest = %s", Macs(bytes(32)).of(digest), digest)
    make_triggers()


def with_its_digest_as_code() -> None:
    digest = put_in(entry(minute=1))
    without_triggers()
    tamper("UPDATE ledger_entry SET mac = digest WHERE digest = %s", digest)
    make_triggers()


def an_act_of_another_post() -> None:
    put_in(replace(entry("closed", minute=1), by="lu", post="general manager"))


def an_erasure() -> None:
    put_in(entry("erased", minute=1, facts={"ground": "x", "values": []}))


WAYS: dict[str, Callable[[], None]] = {
    "without a code": without_a_code,
    "with the code of another entry": with_the_code_of_another_entry,
    "with a code under another key": with_a_code_under_another_key,
    "with its digest as code": with_its_digest_as_code,
    "an act of another post": an_act_of_another_post,
    "an erasure": an_erasure,
}


@pytest.mark.parametrize("way", WAYS)
def test_an_entry_put_in_past_kesu_is_named_and_never_sealed(ledger: None, way: str) -> None:
    WAYS[way]()
    assert named() == [STRANGER]
    with pytest.raises(NotWrittenHere) as strange:
        seal("lab", LATER)
    assert [strange.value.in_(lang) for lang in ("zh", "en")] == [
        (
            "机构 lab，卷宗 case/1 第 3 条：认证码不对或没有：不是经 Kesu 写入的。在弄清来历之前，这家机构什么也不封存；"
            "若确应留下：kesu marks --accept lab --reason 原因，此后每次核验都会提到"
        ),
        (
            "organisation lab, file case/1, entry 3: its authentication code is missing or another: it was not written by"
            " Kesu. Nothing of this organisation is sealed until somebody has looked. If it is to stay:"
            " kesu marks --accept lab --reason WHY; every verification will say so from then on"
        ),
    ]
    assert Unsealed.objects.filter(organisation="lab").count() == 1
    write("case/1", entry(minute=2), organisation="lab-2", expected=2)
    assert seal("lab-2", LATER) is not None  # the others go on


def test_a_file_put_in_past_kesu_and_what_is_written_after_it_are_told_apart(ledger: None) -> None:
    put_in(entry("received", minute=1), file="case/9")
    write("case/9", entry(minute=2), expected=1)
    assert named() == [("lab", "case/9", 1, "mac")]
    assert head("lab", "case/8") == NOTHING


def test_the_code_is_hmac_sha256_of_the_digest_under_the_key_in_the_file(ledger: None) -> None:
    key = bytes.fromhex(settings.LEDGER_MAC_KEY.read_text())
    for row in Entry.objects.all():
        assert bytes(row.mac or b"") == hmac.digest(key, bytes(row.digest), hashlib.sha256)


@pytest.mark.parametrize("sealed", ["sealed", "waiting"])
@pytest.mark.parametrize("mac", [None, bytes(32), b""])
def test_a_code_that_was_taken_away_or_changed_is_named(ledger: None, sealed: str, mac: bytes | None) -> None:
    number = 2
    if sealed == "waiting":
        write("case/1", entry(minute=1), expected=2)
        number = 3
    without_triggers()
    tamper("UPDATE ledger_entry SET mac = %s WHERE organisation = 'lab' AND number = %s", mac, number)
    make_triggers()
    assert named() == [("lab", "case/1", number, "mac")]


def test_from_where_on_codes_are_wanted_stands_beside_the_key_and_not_in_the_database(ledger: None) -> None:
    """Whoever owns the database takes every code away, as if all of it were from before there were any."""
    without_triggers()
    tamper("UPDATE ledger_entry SET mac = NULL")
    make_triggers()
    assert named() == [
        (organisation, "case/1", number, "mac") for organisation in ("lab", "lab-2") for number in (1, 2)
    ]
    assert ready_to_serve(LATER) == []
    assert len(named()) == 4


def old(organisation: str) -> None:
    """The entries of an organisation as a release before codes wrote them."""
    without_triggers()
    tamper("UPDATE ledger_entry SET mac = NULL WHERE organisation = %s", organisation)
    make_triggers()


@pytest.mark.parametrize("waiting", ["waiting", "all sealed"])
def test_a_home_of_a_release_before_goes_on_and_wants_codes_from_its_next_seal_on(
    fresh_database: None, waiting: str
) -> None:
    write("case/1", entry("received"), entry())
    seal("lab", NINE)
    settings.LEDGER_MARKS.unlink()
    if waiting == "waiting":
        write("case/1", entry(minute=1), expected=2)
    old("lab")
    assert verify().faults == ()
    ready_to_serve(LATER)
    assert verify().faults == ()
    marks = read_marks(settings.LEDGER_MARKS)
    assert marks is not None
    assert (sorted(marks.macs), waiting) in [([], "waiting"), (["lab"], "all sealed")]
    expected = 3 if waiting == "waiting" else 2
    write("case/1", entry(minute=10), expected=expected)
    seal("lab", LATER)
    marks = read_marks(settings.LEDGER_MARKS)
    assert marks is not None
    assert marks.macs["lab"].after == {"waiting": 4, "all sealed": 2}[waiting]
    put_in(entry(minute=11))
    assert named() == [("lab", "case/1", expected + 2, "mac")]


def test_entries_of_others_that_are_accepted_are_sealed_and_every_verification_says_so(ledger: None) -> None:
    put_in(entry(minute=1))
    accept("lab", "written by the migration of another system", LATER)
    assert named() == []
    report = verify()
    assert (report.leaves, report.unsealed) == (5, 0)
    assert report.marks is not None
    assert [(one.organisation, one.reason) for one in report.marks.accepted] == [
        ("lab", "written by the migration of another system")
    ]
    assert report.marks.macs["lab"].after == 3
    put_in(entry(minute=12))
    assert named() == [("lab", "case/1", 4, "mac")]


def test_an_accepted_backup_whose_entries_were_all_written_here_goes_on_as_before(ledger: None) -> None:
    write("case/1", entry(minute=1), expected=2)
    accept("lab", "disk failed", LATER)
    marks = read_marks(settings.LEDGER_MARKS)
    assert marks is not None
    assert marks.macs["lab"].after == 0
    assert seal("lab", LATER) is not None
    assert named() == []


def test_without_the_key_nothing_is_written_started_or_made_anew(ledger: None) -> None:
    settings.LEDGER_MAC_KEY.unlink()
    path = settings.LEDGER_MAC_KEY
    for attempt in (look_first, lambda: write("case/1", entry(minute=1), expected=2)):
        with pytest.raises(KeyGone) as gone:
            attempt()
        assert str(gone.value).startswith(f"{path}: this key is not there")
    assert not path.exists()
    assert [(fault.organisation, fault.what) for fault in verify().faults] == [
        ("lab", "no mac key"),
        ("lab-2", "no mac key"),
    ]


def test_another_key_in_its_place_is_named_once_and_refused(ledger: None) -> None:
    settings.LEDGER_MAC_KEY.write_text("ab" * 32)
    assert [(fault.organisation, fault.what) for fault in verify().faults] == [
        ("lab", "other mac key"),
        ("lab-2", "other mac key"),
    ]
    assert [(fault.organisation, fault.what) for fault in verify("lab-2").faults] == [
        ("lab-2", "other mac key")
    ]
    with pytest.raises(BehindItsMark, match="the key here is not the one"):
        look_first()
    write("case/1", entry(minute=1), expected=2)
    with pytest.raises(BehindItsMark, match="the key here is not the one"):
        seal("lab", LATER)
    for organisation in ("lab", "lab-2"):
        accept(organisation, "the key was lost", LATER)
    assert named() == []
    look_first()


@pytest.mark.parametrize("content", ["", "abc", "ab" * 31, "zz" * 32])
def test_a_key_that_is_none_is_refused(ledger: None, content: str) -> None:
    settings.LEDGER_MAC_KEY.write_text(content)
    with pytest.raises(KeyFileBroken):
        write("case/1", entry(minute=1), expected=2)


def test_a_key_that_others_can_read_is_refused(ledger: None) -> None:
    settings.LEDGER_MAC_KEY.chmod(0o644)
    with pytest.raises(KeyFileOpen):
        write("case/1", entry(minute=1), expected=2)


@pytest.mark.parametrize("after", ['"2"', "null", "true"])
def test_a_line_about_codes_that_is_none_is_a_fault(ledger: None, after: str) -> None:
    with settings.LEDGER_MARKS.open("a") as file:
        file.write(f'{{"organisation": "lab", "macs after": {after}, "key": "a", "time": "2025-01-01"}}\n')
    with pytest.raises(MarksBroken):
        read_marks(settings.LEDGER_MARKS)


def test_where_no_marks_are_kept_a_code_that_is_there_has_to_hold(ledger: None) -> None:
    settings.LEDGER_MARKS.unlink()
    without_a_code()
    assert named() == []
    without_triggers()
    tamper("UPDATE ledger_entry SET mac = digest WHERE organisation = 'lab' AND number = 1")
    make_triggers()
    assert named() == [("lab", "case/1", 1, "mac")]


def test_beginning_twice_changes_nothing(ledger: None) -> None:
    before = settings.LEDGER_MARKS.read_text()
    begin_macs(LATER)
    assert settings.LEDGER_MARKS.read_text() == before
