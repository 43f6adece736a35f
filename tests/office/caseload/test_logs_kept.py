"""Logs beside the ledger are held against the marks: whoever alters, cuts or adds to them past Kesu is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from tests.office.caseload.office import Office, at
from tests.office.ledger.tampering import tamper

from kesu.cli import main as front
from kesu.desk.models import Access
from kesu.ledger import logs
from kesu.ledger.accepting import accept
from kesu.ledger.logs import against_logs, note_logs
from kesu.ledger.marked import begin_macs, begin_marks
from kesu.ledger.marks import MarksBroken, read_marks
from kesu.ledger.verify import verify

pytestmark = pytest.mark.tampers
NOON = at("2026-03-02 12:00")


@pytest.fixture
def harmed(staffed: tuple[str, Office], fresh_database: None) -> Iterator[Office]:
    """Three look-ups and two barred commands, written down a minute later."""
    logs._numbers_seen.clear()
    begin_marks(NOON)
    begin_macs(NOON)
    office = staffed[1].again()
    for minute in range(3):
        log(minute)
    file = office.receive("2026-03-02 09:00").file
    for _ in range(2):
        office.attempt("investigated", "shen", "2026-03-02 09:30", file=file)
    assert note_logs(NOON) == []
    assert [(line.table, line.count) for line in note_logs(NOON + timedelta(minutes=1))] == [
        ("caseload_barredrow", 2),
        ("desk_access", 3),
    ]
    assert verify().faults == ()
    yield office
    logs._numbers_seen.clear()


def log(minute: int) -> Access:
    when = NOON + timedelta(minutes=minute)
    return Access.objects.create(organisation="hengce", person="p-gu", what="signed in", when=when)


def named() -> list[str]:
    return [fault.detail.partition(",")[0] for fault in verify().faults if fault.what == "log altered"]


def put_one_in() -> None:
    last = Access.objects.latest("pk")
    tamper("UPDATE desk_access SET id = id + 100 WHERE id = %s", last.pk)
    Access.objects.create(pk=last.pk, organisation="hengce", person="p-lin", what="signed in", when=NOON)


WAYS: dict[str, tuple[Callable[[], None], str]] = {
    "a person changed": (lambda: tamper("UPDATE desk_access SET person = 'p-lin'"), "desk_access"),
    "a time changed": (
        lambda: tamper("UPDATE desk_access SET \"when\" = '2026-01-01 00:00:00+00:00'"),
        "desk_access",
    ),
    "the first taken away": (
        lambda: tamper("DELETE FROM desk_access WHERE id = (SELECT MIN(id) FROM desk_access)"),
        "desk_access",
    ),
    "the last taken away": (
        lambda: tamper("DELETE FROM desk_access WHERE id = (SELECT MAX(id) FROM desk_access)"),
        "desk_access",
    ),
    "all taken away": (lambda: tamper("DELETE FROM desk_access"), "desk_access"),
    "one put in the place of another": (put_one_in, "desk_access"),
    "what was barred emptied": (lambda: tamper("DELETE FROM caseload_barredrow"), "caseload_barredrow"),
    "the step of what was barred": (
        lambda: tamper("UPDATE caseload_barredrow SET step = 'note'"),
        "caseload_barredrow",
    ),
    "the file of what was barred": (
        lambda: tamper("UPDATE caseload_barredrow SET file = 'case/0'"),
        "caseload_barredrow",
    ),
    "why it was barred": (lambda: tamper("UPDATE caseload_barredrow SET why = '[]'"), "caseload_barredrow"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_log_that_was_altered_is_named(harmed: Office, way: str) -> None:
    harm, table = WAYS[way]
    harm()
    assert named() == [table]


def test_both_commands_say_so(harmed: Office, capsys: pytest.CaptureFixture[str]) -> None:
    tamper("DELETE FROM desk_access")
    for lang, sentence in (
        (
            "zh",
            "账外的日志与标记所记的（desk_access, 3, 2026-03-02T04:01:00+00:00）不同：有行被改、被删或被插入",
        ),
        (
            "en",
            (
                "this log beside the ledger is not what the marks say of it (desk_access, 3, 2026-03-02T04:01:00+00:00): rows"
                " were changed, taken away or put in"
            ),
        ),
    ):
        for command in (["verify"], ["rebuild", "--check"]):
            assert front.main([*command, "--lang", lang]) == 1
            assert sentence in capsys.readouterr().out.splitlines()


def test_a_log_goes_on_and_is_written_down_when_ten_minutes_have_gone_by(harmed: Office) -> None:
    log(5)
    assert note_logs(NOON + timedelta(minutes=9)) == []
    assert note_logs(NOON + timedelta(minutes=12)) == []  # looks which rows there are now
    assert (
        note_logs(NOON + timedelta(minutes=12, seconds=30)) == []
    )  # they may still be joined by earlier ones
    (line,) = note_logs(NOON + timedelta(minutes=13))
    assert (line.table, line.count) == ("desk_access", 4)
    assert named() == []
    tamper("UPDATE desk_access SET address = 'x' WHERE id = (SELECT MIN(id) FROM desk_access)")
    assert named() == ["desk_access"]


def test_what_was_added_since_is_not_held_against_anybody(harmed: Office) -> None:
    log(3)
    assert named() == []


def test_nothing_is_written_down_where_no_marks_are_kept(harmed: Office) -> None:
    settings.LEDGER_MARKS.unlink()
    logs._numbers_seen.clear()
    assert note_logs(NOON + timedelta(days=1)) == []
    assert against_logs(None) == []


def test_a_backup_that_is_accepted_begins_its_logs_anew(harmed: Office) -> None:
    tamper("DELETE FROM desk_access")
    accept("hengce", "disk failed", NOON + timedelta(minutes=2))
    assert named() == []


@pytest.mark.parametrize("wrong", ['"last": "3", "count": 1', '"last": 3, "count": null'])
def test_a_line_about_a_log_that_is_none_is_a_fault(harmed: Office, wrong: str) -> None:
    with settings.LEDGER_MARKS.open("a") as file:
        file.write(f'{{"log": "desk_access", {wrong}, "digest": "00", "time": "2026-01-01"}}\n')
    with pytest.raises(MarksBroken):
        read_marks(settings.LEDGER_MARKS)
