"""Verification sees the ledger at one moment, and nobody waits for it."""

from __future__ import annotations

import threading

from django.db import connection
from tests.office.ledger.writers import NINE, entry, write

from kesu.ledger.seal import seal
from kesu.ledger.snapshot import Stream, rows_of, snapshot
from kesu.ledger.verify import verify

COUNT = "SELECT COUNT(*) FROM ledger_entry WHERE organisation = %s"


def in_another_thread(act: object) -> None:
    def run() -> None:
        try:
            act()  # type: ignore[operator]
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=10)
    assert not thread.is_alive()


def test_what_is_written_meanwhile_is_not_seen_and_does_not_wait(fresh_database: None) -> None:
    write("case/1", entry())
    with snapshot():
        assert list(rows_of(COUNT, ["lab"])) == [(1,)]
        in_another_thread(lambda: (write("case/2", entry()), seal("lab", NINE)))
        assert list(rows_of(COUNT, ["lab"])) == [(1,)]
    assert list(rows_of_now()) == [(2,)]
    assert (verify().entries, verify().leaves, verify().faults) == (2, 2, ())


def rows_of_now() -> list[tuple[int]]:
    with snapshot():
        return list(rows_of(COUNT, ["lab"]))


def test_a_stream_is_read_beside_another_by_its_keys() -> None:
    rows = [("a", "x", number) for number in range(1, 8)]
    stream = Stream(iter([rows[:2], rows[2:3], rows[3:]]))
    assert stream.peek(4) == rows[:4]
    assert (stream.take(rows[1]), stream.take(rows[0])) == (None, rows[0])
    assert stream.before(rows[3]) == rows[1:3]
    stream.skip(1)
    assert (stream.peek(9), stream.before(None), stream.peek(1)) == (rows[4:], rows[4:], [])


def test_a_ledger_of_many_batches_is_verified_whole(fresh_database: None) -> None:
    """Batches end inside files, at their ends and between organisations."""
    for organisation in ("lab", "lab-2", "lab-3"):
        for file in range(9):
            write(
                f"case/{file}",
                *[entry(personal={"name": "张三"} if file % 3 == 0 else {})] * 90,
                organisation=organisation,
            )
        if organisation != "lab-2":
            seal(organisation, NINE)
    report = verify()
    assert (report.entries, report.files, report.leaves, report.unsealed) == (2430, 27, 1620, 810)
    assert report.faults == ()
