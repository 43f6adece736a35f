"""`kesu verify` against the chain alone: a sealed ledger of 20,000 entries and more, checked from the database.

The entries are those of the demo, written again into files of their own by `ledger.append` (as they are when acts are
performed: facts, commitments, personal values beside them), and sealed in stretches. `verify` reads everything from
the database: bytes, copied columns, links, commitments, leaves, Merkle roots, signatures, triggers. The chain is a
plain loop in memory over the same stored bytes: SHA-256, compared with the digest, nothing else. Interleaved, median of
three rounds, on SQLite and on PostgreSQL. Exit 1 when verify reaches less than 30 % of the chain's rate on either.

`kesu verify` uses every core that it may use (`processes`); the chain is one process on one core, always. How far verify
comes with one process stands beside it (`ratio_of_one_process`), what of that the authentication codes take
(`share_of_codes`: the same without looking at them), and in the profile what one core needs at least.

    python bench/verify.py [--json] [--database sqlite|postgres] [--rounds 3] [--entries 20000] [--profile]
"""

import os
import statistics
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from unittest.mock import patch

from measured.command import run
from measured.database import installed
from measured.profiled import profiled

BAR = 0.30
SEAL_EVERY = 2_000  # entries
OFTEN = 4


def measured(name: str, rounds: int, entries: int, *, profile: bool) -> dict[str, Any]:
    """The figures of one database."""
    with installed(name):
        from kesu.ledger.readers import cores
        from kesu.ledger.verify import verify

        _fill(entries)
        stored = _stored()
        assert verify().faults == ()
        rates = [_round(stored, cores()) for _ in range(rounds)]
        ratios = [rate["verify"] / rate["chain"] for rate in rates]
        ratio = statistics.median(ratios)
        figures = {
            "bench": "verify",
            "database": name,
            "processes": cores(),
            "ratio": round(ratio, 3),
            "bar": BAR,
            "rounds": [round(each, 3) for each in ratios],
            "ratio_of_one_process": round(
                statistics.median(rate["alone"] / rate["chain"] for rate in rates), 3
            ),
            "share_of_codes": round(_share_of_codes(rounds), 3),
            "verified_per_second": [round(rate["verify"]) for rate in rates],
            "chained_per_second": [round(rate["chain"]) for rate in rates],
            "load_before": round(os.getloadavg()[0], 1),
            "entries": len(stored),
            "bytes_per_entry": round(sum(len(body) for body, _ in stored) / len(stored)),
            "passed": ratio >= BAR,
        }
        if profile or ratio < BAR:
            chain = statistics.median(rate["chain"] for rate in rates)
            figures["profile"] = [*_at_least(stored, chain), *profiled(verify)]
        return figures


def _fill(entries: int) -> None:
    """The demo, then its entries again and again in new files until there are enough."""
    from django.db import transaction

    from kesu.demo.stories import load_demo
    from kesu.ledger.append import append
    from kesu.ledger.oneway import writing
    from kesu.ledger.seal import seal

    load_demo(now=datetime.now(UTC))
    models = list(_files())
    written = sealed = 0
    while written < entries:
        for number, (organisation, news) in enumerate(models):
            now = datetime.now(UTC)  # nothing is written before what is sealed already
            entries_now = [replace(new, noted=now) for new in news]
            file = f"case/bench-{written}-{number}"
            with writing(), transaction.atomic():
                append(organisation=organisation, file=file, expected=0, entries=entries_now)
            written += len(news)
        if written - sealed >= SEAL_EVERY or written >= entries:
            sealed = written
            for organisation in {organisation for organisation, _ in models}:
                seal(organisation, datetime.now(UTC))


def _files() -> Any:
    """Every case file of the demo, as what would be appended to make it anew."""
    from kesu.ledger.entry import NewEntry
    from kesu.ledger.read import entries_of, files, organisations

    names = [name for name in NewEntry.__dataclass_fields__ if name != "key"]
    for organisation in organisations():
        for file in files(organisation, prefix="case/"):
            stored = entries_of(organisation, file)
            yield organisation, [NewEntry(**{name: getattr(one, name) for name in names}) for one in stored]


def _stored() -> list[tuple[bytes, bytes]]:
    """All stored bytes with their digests, in the order of the chains."""
    from kesu.ledger.models import Entry

    rows = Entry.objects.order_by("organisation", "file", "number").values_list("body", "digest")
    return [(bytes(body), bytes(digest)) for body, digest in rows.iterator()]


def _round(stored: list[tuple[bytes, bytes]], processes: int) -> dict[str, float]:
    """Entries a second of both sides; the chain half before and half after, and as often as takes as long."""
    chain = _chain(stored)
    together = _verified(stored, processes)
    alone = _verified(stored, 1)
    chain += _chain(stored)
    return {
        "verify": len(stored) / together,
        "alone": len(stored) / alone,
        "chain": 2 * OFTEN * len(stored) / chain,
    }


def _share_of_codes(rounds: int) -> float:
    """What part of the processor time of one process goes into authentication codes: the least with them and without."""
    from kesu.ledger.verify import verify

    took: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(rounds):
        for looked_at in took:
            with ExitStack() as stack:
                if not looked_at:
                    stack.enter_context(patch("kesu.ledger.verify.wanted_macs", lambda *_: None))
                began = time.process_time()
                verify()
                took[looked_at].append(time.process_time() - began)
    return 1 - min(took[False]) / min(took[True])


def _verified(stored: list[tuple[bytes, bytes]], processes: int) -> float:
    """Seconds for verify."""
    from kesu.ledger.verify import verify

    began = time.perf_counter()
    report = verify(processes=processes)
    took = time.perf_counter() - began
    assert report.entries == len(stored)
    assert report.faults == ()
    return took


def _chain(stored: list[tuple[bytes, bytes]]) -> float:
    """Seconds for the chain, several times over."""
    began = time.perf_counter()
    for _ in range(OFTEN):
        for body, digest in stored:
            if sha256(body).digest() != digest:
                raise AssertionError("an entry is not as it was hashed")
    return time.perf_counter() - began


def _at_least(stored: list[tuple[bytes, bytes]], chained: float) -> list[str]:
    """What one core spends on an entry when it only reads, only parses, only hashes; and what the bar allows."""
    import orjson

    from kesu.ledger.verify_values import commitments_of

    values = [row for batch in _read(VALUES) for row in batch]
    parts = {
        "reading the rows": lambda: [
            deque(_read(rows), 0) for rows in (ENTRIES, LEAVES_BY_FILE, LEAVES, VALUES)
        ],
        "parsing the bytes": lambda: deque((orjson.loads(body) for body, _ in stored), 0),
        "hashing bytes, tree and commitments": lambda: (_hashed(stored), commitments_of(values)),
    }
    took = {name: _best(part) / len(stored) * 1e6 for name, part in parts.items()}
    lines = [f"{name}: {micro:.2f} µs of processor an entry" for name, micro in took.items()]
    allowed = 1e6 / chained / BAR
    return [
        *lines,
        f"these alone: {sum(took.values()):.2f} µs; the bar allows {allowed:.2f} µs from end to end",
    ]


ENTRIES = (
    "SELECT organisation, file, number, kind, person, key, digest, body FROM ledger_entry ORDER BY 1, 2, 3"
)
LEAVES_BY_FILE = "SELECT organisation, file, entry, number, digest FROM ledger_leaf ORDER BY 1, 2, 3"
LEAVES = "SELECT organisation, number, digest FROM ledger_leaf ORDER BY 1, 2"
VALUES = "SELECT organisation, file, number, word, value, salt FROM ledger_personal_value ORDER BY 1, 2, 3, 4"


def _read(rows: str) -> Iterator[list[Any]]:
    """The rows of a query some at a time, as verification reads them."""
    from kesu.ledger.snapshot import batches_of, snapshot

    with snapshot():
        yield from batches_of(rows, [])


def _hashed(stored: list[tuple[bytes, bytes]]) -> None:
    from kesu.ledger.merkle import Growing

    tree = Growing()
    for start in range(0, len(stored), 1000):
        tree.extend([sha256(body).digest() for body, _ in stored[start : start + 1000]])


def _best(work: Callable[[], object]) -> float:
    """Seconds of processor time, the least of five."""
    took = []
    for _ in range(5):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return min(took)


def main() -> int:
    """Run the bench; 0 when the bar is reached on every database, else 1."""
    return run(
        __file__,
        __doc__,
        measured=measured,
        numbers={
            "rounds": (3, "interleaved rounds"),
            "entries": (20_000, "how many entries at least"),
        },
        lines=_lines,
    )


def _lines(figures: dict[str, Any]) -> list[str]:
    return [f"{word}: {value}" for word, value in figures.items() if word != "profile"]


if __name__ == "__main__":
    sys.exit(main())
