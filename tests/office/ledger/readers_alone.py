"""Verification by several processes: they see one moment, find what one process finds, and none is lost unseen.

Run by `test_readers.py` in a process of its own: a runner of tests keeps threads, and a fork copies their locks as they are.
"""

from __future__ import annotations

import _thread
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count as count_up
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from tests.office.ledger.tampering import tamper, without_triggers
from tests.office.ledger.writers import NINE, entry, write

from kesu.ledger import readers, verify_parts
from kesu.ledger.append import append
from kesu.ledger.faults import Fault
from kesu.ledger.macs import Wanted
from kesu.ledger.marked import marks_path, newest_checkpoints, own_fingerprint
from kesu.ledger.marks import read_marks
from kesu.ledger.oneway import writing
from kesu.ledger.readers import ReaderGone, at_one_moment, cores
from kesu.ledger.seal import seal
from kesu.ledger.snapshot import rows_of, snapshot
from kesu.ledger.verify import Report, verify

PARENT = os.getpid()


@pytest.fixture
def forking(fresh_database: None) -> None:
    """A database of its own, in a process that has no other thread."""
    assert readers.threads_here() == 1


@pytest.fixture
def long_ledger(forking: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two organisations of thirty files each, in runs of about ten entries; a few entries are not sealed."""
    monkeypatch.setattr(verify_parts, "_RUN", 10)
    for organisation in ("lab", "lab-2"):
        for number in range(10, 40):
            values = {"personal": {"name": f"{organisation} {number}"}}
            write(f"case/{number}", entry("received", **values), entry("noted"), organisation=organisation)
        seal(organisation, NINE)
        write("case/25", entry("closed", minute=3), expected=2, organisation=organisation)


def count(part: object) -> tuple[int, bool]:
    """How many entries there are, and whether it was another process that counted."""
    (number,) = next(rows_of("SELECT COUNT(*) FROM ledger_entry", []))
    return number, os.getpid() != PARENT


def without_seconds(report: Report) -> Report:
    return replace(report, seconds=0.0)


def test_a_ledger_is_read_in_runs_of_whole_files_and_then_what_is_sealed(long_ledger: None) -> None:
    wanted = {"lab": Wanted(key=b"key", after=60), "lab-2": None}
    with snapshot():
        parts = verify_parts.parts_of(None, frozenset({"key"}), wanted.__getitem__)
    files = [part for part in parts if isinstance(part, verify_parts.Files)]
    lab = [(part.first, part.end) for part in files if part.organisation == "lab"]
    assert lab == [
        (None, "case/15"),
        ("case/15", "case/20"),
        ("case/20", "case/25"),
        ("case/25", "case/30"),
        ("case/30", "case/35"),
        ("case/35", None),
    ]
    assert [(part.first, part.end) for part in files if part.organisation == "lab-2"] == lab
    assert {(part.organisation, part.size, part.macs) for part in files} == {
        ("lab", 60, wanted["lab"]),
        ("lab-2", 60, None),
    }
    assert parts[len(files) :] == [
        verify_parts.Sealed(organisation=name, trusted=frozenset({"key"})) for name in ("lab", "lab-2")
    ]


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_a_sound_ledger_is_counted_by_any_number_of_processes(long_ledger: None, processes: int) -> None:
    assert without_seconds(verify(processes=processes)) == Report(
        entries=122,
        files=60,
        leaves=120,
        checkpoints=2,
        unsealed=2,
        unsealed_since=entry(minute=3).noted,
        seconds=0.0,
        faults=(),
        fault_count=0,
        key=own_fingerprint(),
        marks=read_marks(marks_path()),
        newest=newest_checkpoints(None),
    )


@pytest.mark.tampers
def test_any_number_of_processes_finds_the_same_faults_in_the_same_order(long_ledger: None) -> None:
    without_triggers()
    tamper(
        "UPDATE ledger_entry SET kind = 'upheld' WHERE organisation = 'lab' AND file = 'case/31' AND number = 2"
    )
    tamper("DELETE FROM ledger_entry WHERE organisation = 'lab-2' AND file = 'case/12'")
    tamper("UPDATE ledger_personal_value SET value = salt WHERE organisation = 'lab' AND file = 'case/10'")
    tamper("UPDATE ledger_leaf SET file = 'case/99' WHERE organisation = 'lab' AND number = 60")
    tamper("UPDATE ledger_checkpoint SET size = 59 WHERE organisation = 'lab-2'")
    alone = without_seconds(verify())
    of_entry = partial(Fault, organisation="lab")
    assert [fault for fault in alone.faults if fault.what != "trigger"] == [
        of_entry(what="value", file="case/10", number=1, detail="name"),
        of_entry(what="column", file="case/31", number=2, detail="kind"),
        of_entry(what="never to be sealed", file="case/39", number=2),
        of_entry(what="missing", file="case/99", number=2, detail=" (leaf 60)"),
        Fault(what="missing", organisation="lab-2", file="case/12", number=1, detail=" (leaf 5)"),
        Fault(what="missing", organisation="lab-2", file="case/12", number=2, detail=" (leaf 6)"),
        Fault(what="leaf place", organisation="lab-2", file="case/39", number=2, detail="leaf 60"),
        of_entry(what="heads", checkpoint=1),
        Fault(what="checkpoint column", organisation="lab-2", checkpoint=1, detail="size"),
    ]
    assert [without_seconds(verify(processes=processes)) for processes in (2, 3)] == [alone, alone]


@pytest.fixture
def elsewhere(forking: None) -> Iterator[Callable[[], None]]:
    """Another process that writes an entry each time it is asked to, and has begun before any moment is open."""
    connection.close()
    context = get_context("fork")
    pipe, far_end = context.Pipe()
    process = context.Process(target=write_when_asked, args=(far_end,), daemon=True)
    process.start()

    def ask() -> None:
        pipe.send("write")
        assert pipe.recv() == "written"

    yield ask
    pipe.send("end")
    process.join()
    assert process.exitcode == 0


def write_when_asked(pipe: Connection) -> None:
    number = 0
    while pipe.recv() == "write":
        number += 1
        write(f"case/elsewhere-{number}", entry())
        pipe.send("written")
    connection.close()


def test_readers_see_what_was_there_when_they_began_and_nobody_waits_for_them(
    elsewhere: Callable[[], None],
) -> None:
    elsewhere()
    with at_one_moment(count, processes=2) as counted:
        elsewhere()
        assert counted(range(5)) == [(1, True)] * 5
        assert count(None) == (1, False)
    with at_one_moment(count, processes=2) as counted:
        assert counted(range(2)) == [(2, True)] * 2


@pytest.mark.parametrize(("writes", "alone"), [(1, False), (3, False), (readers._TRIES, True)])
def test_what_is_written_while_readers_begin_is_seen_by_all_of_them_or_by_none(
    elsewhere: Callable[[], None], monkeypatch: pytest.MonkeyPatch, writes: int, alone: bool
) -> None:
    """On SQLite they begin again, a number of times; on PostgreSQL they see the moment that was opened first."""
    look, looks = readers._look, count_up(1)

    def looking(*words: Any) -> Any:
        looked = look(*words)
        if next(looks) <= writes:
            elsewhere()
        return looked

    monkeypatch.setattr(readers, "_look", looking)
    sqlite = connection.vendor == "sqlite"
    with at_one_moment(count, processes=2) as counted:
        seen = (writes, not alone) if sqlite else (0, True)
        assert counted(range(4)) == [seen] * 4
        assert count(None) == (seen[0], False)


def test_a_transaction_of_the_caller_is_read_by_itself_alone(forking: None) -> None:
    with writing(), transaction.atomic():
        append(organisation="lab", file="case/1", expected=0, entries=[entry()])
        with at_one_moment(count, processes=2) as counted:
            assert counted(range(2)) == [(1, False)] * 2


def test_beside_other_threads_nothing_is_forked(
    fresh_database: None,
) -> None:
    done = threading.Event()
    _thread.start_new_thread(done.wait, ())  # as runners of tests start theirs: `threading` does not count it
    try:
        with at_one_moment(count, processes=2) as counted:
            assert counted(range(2)) == [(0, False)] * 2
    finally:
        done.set()
        until = time.monotonic() + 60
        while (
            readers.threads_here() > 1
        ):  # nothing else can wait for it: the next test begins with no other thread
            assert time.monotonic() < until
            time.sleep(0.01)


def test_what_a_reader_raises_is_raised(forking: None) -> None:
    with at_one_moment(lambda part: 1 // part, processes=2) as divided:
        assert divided([1, -1, 2]) == [1, -1, 0]
        with pytest.raises(ZeroDivisionError):
            divided([1, 0, 2])


def test_a_reader_that_is_lost_is_an_error_and_never_a_clean_bill(forking: None) -> None:
    with at_one_moment(os._exit, processes=2) as lost:
        with pytest.raises(ReaderGone) as gone:
            lost([1, 1, 1])
        with pytest.raises(ReaderGone):
            lost([1])
    assert [gone.value.in_(lang) for lang in ("zh", "en")] == [
        "读取台账的一个进程中途结束；本次什么也没有证明，请重试",
        "a process that read the ledger ended before it was done; nothing is shown by this run, try again",
    ]


def test_readers_without_a_connection_stay_behind(forking: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**words: Any) -> Any:
        if os.getpid() != PARENT:
            raise OperationalError("sorry, too many clients already")
        return snapshot(**words)

    monkeypatch.setattr(readers, "snapshot", refused)
    with at_one_moment(count, processes=2) as counted:
        assert counted(range(2)) == [(0, False)] * 2


@pytest.mark.parametrize(("allowed", "processes"), [({0}, 1), ({0, 2}, 2), (set(range(64)), 8)])
def test_as_many_processes_as_this_one_may_use_cores_but_eight_at_most(
    monkeypatch: pytest.MonkeyPatch, allowed: set[int], processes: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: allowed, raising=False)
    assert cores() == processes


def test_one_process_where_forking_is_not_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert cores() == 1
