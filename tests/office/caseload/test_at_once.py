"""Complaints of one batch that come in at the same moment: one alarm, every case major, no deadlock, nothing lost.

Ten rounds as always, more by KESU_WATCH_ROUNDS (`make watch-bar`: fifty on each database).
"""

from __future__ import annotations

import os
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from queue import Empty, SimpleQueue

import pytest
from django.db import connection, connections
from tests.office.caseload.goods import alarms, complain, said, watches, with_goods
from tests.office.caseload.office import Office

from kesu.caseload.acting.answers import Done
from kesu.caseload.models import CaseRow, CountedRow

CLIENTS, COMPLAINTS = 8, 10
ROUNDS = int(os.environ.get("KESU_WATCH_ROUNDS", "10"))
TEN = "ten of one batch"


@pytest.fixture
def goods(office: Office) -> Office:
    return with_goods(office)


def at_once(work: Iterable[Callable[[], str]]) -> list[str]:
    """All of it by eight clients that begin at the same moment, each with a connection of its own."""
    waiting: SimpleQueue[Callable[[], str]] = SimpleQueue()
    for one in work:
        waiting.put(one)
    start = threading.Barrier(CLIENTS)
    done: list[str] = []
    failed: list[BaseException] = []

    def client() -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            while True:
                done.append(waiting.get_nowait()())
        except Empty:
            pass
        except BaseException as error:  # a thread's failure is the test's
            failed.append(error)
        finally:
            connections.close_all()

    clients = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join(timeout=120)
    if failed:
        raise failed[0]
    return done


def deadlocks() -> int:
    """How many deadlocks this database has met; SQLite has one writer and knows none."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def test_ten_at_once_raise_one_alarm_and_are_all_major(goods: Office) -> None:
    before = deadlocks()
    for round_ in range(ROUNDS):
        one = partial(complain, goods, "2026-03-02 09:00", batch=f"2026{round_:04}")
        files = at_once([one] * COMPLAINTS)
        assert len(set(files)) == COMPLAINTS
        watch = watches(goods)[-1]
        told = [alarm for alarm in alarms(goods, watch) if alarm[1] == TEN]
        assert told == [("alarm raised", TEN, "10")]
        rows = CaseRow.objects.filter(organisation="hengce", file__in=files)
        assert {row.file: row.grade for row in rows} == dict.fromkeys(files, "major")
        for file in files:
            assert said(goods, file) == [("received", ""), ("promoted", TEN)]
        entries = Counter(kind for kind, _ in said(goods, watch))
        assert (entries["counted"], len(watches(goods))) == (COMPLAINTS, round_ + 1)
    rows = CaseRow.objects.filter(organisation="hengce", procedure="office-batch")
    wanted = [f"OFFICE-BATCH-2026-{number:04}" for number in range(1, ROUNDS * COMPLAINTS + 1)]
    assert sorted(rows.values_list("label", flat=True)) == wanted
    assert deadlocks() - before == 0


def wander(office: Office, file: str, batch: str) -> str:
    """A case whose batch is corrected."""
    facts = {"entry": "1", "word": "batch", "value": batch}
    now = "2026-03-02 10:00"
    return office.do("corrected", "zhou", now, file=file, facts=facts, reason="看错了").file


def end(office: Office, file: str) -> str:
    """A case that is accepted and closed; one that became major meanwhile ends only once its progress was told."""
    now = "2026-03-02 10:00"
    office.do("accepted", "gu", now, file=file, facts={"ours": "yes"})
    if isinstance(closed := office.attempt("closed", "gu", now, file=file), Done):
        return closed.file
    office.do("progress told", "zhou", now, file=file)
    return office.do("closed", "gu", now, file=file).file


def test_complaints_corrections_and_closings_at_once_lose_nothing(goods: Office) -> None:
    """Cases wander between two batches while new ones come in and others end: what is counted is what stands."""
    before, chance = deadlocks(), random.Random(7)
    for round_ in range(max(2, ROUNDS // 5)):
        batches = (f"A{round_:04}", f"B{round_:04}")
        old = [complain(goods, "2026-03-02 10:00", batch=batches[place % 2]) for place in range(12)]
        work = [partial(wander, goods, file, chance.choice(batches)) for file in old[:8]]
        work += [partial(end, goods, file) for file in old[8:10]]
        work += [partial(complain, goods, "2026-03-02 10:00", batch=chance.choice(batches)) for _ in range(8)]
        chance.shuffle(work)
        done = at_once(work)
        assert len(done) == len(work)
        rows = CountedRow.objects.filter(organisation="hengce", file__in={*old, *done})
        places = Counter(row.into for row in rows)
        assert sum(places.values()) == 20
        for watch, count in places.items():
            mine = CaseRow.objects.filter(file__in=rows.filter(into=watch).values("file"), ended=None)
            if count >= 10:
                assert {row.grade for row in mine} == {"major"}
            assert sum(alarm[:2] == ("alarm raised", TEN) for alarm in alarms(goods, watch)) <= 1
    assert deadlocks() - before == 0
