"""`perform` against the floor: acts of `lab-pd-007` beside a bare Django transaction, on the same database server.

The acts are whole lives of cases as the demo performs them: receipts that open a file, and everything after. The floor
is what an intake cannot do without (one case with four indexes, one hashed event of about 1 KB, three deadlines), through
the ORM, without a procedure, permissions or audit. Both in one process without HTTP, on SQLite (WAL, synchronous FULL,
IMMEDIATE) and on PostgreSQL (fsync); a round is once through the acts, with the floor in between in small batches; the
median of three rounds counts. The search follows the acts and is no part of them; what that costs an act stands beside it
(`processor_ms_to_follow`: all acts of a round, followed at once). Exit 1 when perform reaches less than 40 % of the floor's rate on either database.

    python bench/perform.py [--json] [--database sqlite|postgres] [--rounds 3] [--profile]
"""

import cProfile
import statistics
import sys
import time
from collections import Counter
from contextlib import ExitStack
from typing import Any

from measured.command import run
from measured.database import installed
from measured.profiled import dearest
from measured.statements import counted

BAR, AIM = 0.40, 0.60
BATCH = 25  # acts, then as many floors


def measured(name: str, rounds: int, *, profile: bool) -> dict[str, Any]:
    """The figures of one database."""
    with installed(name), ExitStack() as stack:
        from measured.acts import Again, over_again, recorded

        stack.enter_context(over_again())

        recording = recorded()
        first = Again(recording)
        statements = _counted(first)
        without = frozenset(first.refused)
        found = [_round(Again(recording, without)) for _ in range(rounds)]
        ratios = [one["perform"] / one["bare"] for one in found]
        ratio = statistics.median(ratios)
        figures = {
            "bench": "perform",
            "database": name,
            "ratio": round(ratio, 3),
            "bar": BAR,
            "aim": AIM,
            "rounds": [round(one, 3) for one in ratios],
            "perform_per_second": [round(one["perform"], 1) for one in found],
            "bare_per_second": [round(one["bare"], 1) for one in found],
            "receipts_per_second": [round(one["receipts"], 1) for one in found],
            "processor_ms_an_act": [round(one["busy"], 2) for one in found],
            "processor_ms_a_bare_one": [round(one["busy bare"], 2) for one in found],
            "processor_ms_to_follow": [round(one["following"], 2) for one in found],
            "microseconds_of_a_code": round(_of_a_code(), 2),
            "acts_per_round": found[0]["acts"],
            "cases_left_out": len(without),
            **statements,
            "passed": ratio >= BAR,
        }
        if profile or ratio < BAR:
            figures["profile"] = _profiled(Again(recording, without))
        return figures


def _round(again: Any) -> dict[str, float]:
    """Once through the acts, a batch of floors after each batch of acts; rates a second."""
    from measured.bare.taking import take_in

    from kesu.caseload.acting.perform import perform
    from kesu.caseload.rows.following import follow_everywhere

    spent, receipts = [], []
    bare = busy = busy_bare = 0.0
    for said, more in again:
        began, used = time.perf_counter(), time.process_time()
        answer = perform(said.command, **more)
        busy += time.process_time() - used
        spent.append(time.perf_counter() - began)
        again.done(said, answer)
        if said.opens:
            receipts.append(spent[-1])
        if len(spent) % BATCH == 0:
            began, used = time.perf_counter(), time.process_time()
            for _ in range(BATCH):
                take_in()
            busy_bare += time.process_time() - used
            bare += time.perf_counter() - began
    assert not again.refused, "the acts that count are all accepted"
    used = time.process_time()
    follow_everywhere()
    return {
        "following": (time.process_time() - used) / len(spent) * 1000,
        "acts": len(spent),
        "perform": len(spent) / sum(spent),
        "bare": len(spent) // BATCH * BATCH / bare,
        "busy": busy / len(spent) * 1000,
        "busy bare": busy_bare / (len(spent) // BATCH * BATCH) * 1000,
        "receipts": len(receipts) / sum(receipts),
    }


def _of_a_code(times: int = 5_000) -> float:
    """What the authentication code of an entry costs where it is written: looking for its key, and making it."""
    from kesu.ledger.macs import macs_to_write
    from kesu.ledger.marked import marks_path
    from kesu.ledger.marks import read_marks

    marks, digest = read_marks(marks_path()), bytes(32)
    began = time.process_time()
    for _ in range(times):
        macs_to_write(marks).of(digest)
    return (time.process_time() - began) / times * 1e6


def _counted(again: Any) -> dict[str, Any]:
    """Statements an act, by kind, over one time through; warms up what is kept in memory."""
    from django.db import connections
    from measured.acts import tried
    from measured.bare.taking import take_in

    seen: Counter[str] = Counter()
    acts = 0
    for said, more in again:
        with counted(connections["default"], seen):
            answer = tried(said.command, more)
        again.done(said, answer)
        acts += 1
    floor: Counter[str] = Counter()
    with counted(connections["bare"], floor):
        for _ in range(BATCH):
            take_in()
    return {
        "statements_per_act": round(sum(seen.values()) / acts, 2),
        "statements": {kind: round(number / acts, 2) for kind, number in seen.most_common()},
        "bare_statements": {kind: round(number / BATCH, 2) for kind, number in floor.most_common()},
    }


def _profiled(again: Any) -> list[str]:
    """What takes the time, the dearest first, over one more time through."""
    from kesu.caseload.acting.perform import perform

    profiler = cProfile.Profile()
    for said, more in again:
        profiler.enable()
        answer = perform(said.command, **more)
        profiler.disable()
        again.done(said, answer)
    return dearest(profiler)


def main() -> int:
    """Run the bench; 0 when the bar is reached on every database, else 1."""
    return run(
        __file__, __doc__, measured=measured, numbers={"rounds": (3, "interleaved rounds")}, lines=_said
    )


def _said(figures: dict[str, Any]) -> list[str]:
    lines = [f"{word}: {value}" for word, value in figures.items() if word not in ("profile", "statements")]
    return lines + [f"  {number:6.2f}  {kind}" for kind, number in figures["statements"].items()]


if __name__ == "__main__":
    sys.exit(main())
