"""`kesu verify` against the chain alone: a sealed ledger of 20,000 entries and more, checked from the database.

The entries are those of the demo, written again into files of their own by `ledger.append` (as they are when acts are
performed: facts, commitments, personal values beside them), and sealed in stretches. `verify` reads everything from
the database: bytes, copied columns, links, commitments, leaves, Merkle roots, signatures, triggers. The chain is a
plain loop in memory over the same stored bytes: SHA-256, compared with the digest, nothing else. Interleaved, median of
three rounds, on SQLite and on PostgreSQL. Exit 1 when verify reaches less than 10 % of the chain's rate on either.

    python bench/verify.py [--json] [--database sqlite|postgres] [--rounds 3] [--entries 20000] [--profile]
"""

import statistics
import sys
import time
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from measured.command import run
from measured.database import installed
from measured.profiled import profiled

BAR, AIM = 0.10, 0.30
SEAL_EVERY = 2_000  # entries
OFTEN = 4


def measured(name: str, rounds: int, entries: int, *, profile: bool) -> dict[str, Any]:
    """The figures of one database."""
    with installed(name):
        from kesu.ledger.verify import verify

        _fill(entries)
        stored = _stored()
        assert verify().faults == ()
        found = [_round(stored) for _ in range(rounds)]
        ratios = [one["verify"] / one["chain"] for one in found]
        ratio = statistics.median(ratios)
        figures = {
            "bench": "verify",
            "database": name,
            "ratio": round(ratio, 3),
            "bar": BAR,
            "aim": AIM,
            "rounds": [round(one, 3) for one in ratios],
            "verified_per_second": [round(one["verify"]) for one in found],
            "chained_per_second": [round(one["chain"]) for one in found],
            "entries": len(stored),
            "bytes_per_entry": round(sum(len(body) for body, _ in stored) / len(stored)),
            "passed": ratio >= BAR,
        }
        if profile or ratio < BAR:
            figures["profile"] = profiled(verify)
        return figures


def _fill(entries: int) -> None:
    """The demo, then its entries again and again in new files until there are enough."""
    from django.db import transaction

    from kesu.demo.loading import load_demo
    from kesu.ledger.append import append
    from kesu.ledger.oneway import writing
    from kesu.ledger.seal import seal

    load_demo(now=datetime.now(UTC))
    models = list(_files())
    written = sealed = 0
    while written < entries:
        for number, (organisation, news) in enumerate(models):
            with writing(), transaction.atomic():
                append(
                    organisation=organisation, file=f"case/bench-{written}-{number}", expected=0, entries=news
                )
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


def _round(stored: list[tuple[bytes, bytes]]) -> dict[str, float]:
    """Entries a second of both sides; the chain half before and half after, and as often as takes as long."""
    from kesu.ledger.verify import verify

    chain = _chain(stored)
    began = time.perf_counter()
    report = verify()
    ours = time.perf_counter() - began
    chain += _chain(stored)
    assert report.entries == len(stored)
    assert report.faults == ()
    return {"verify": len(stored) / ours, "chain": 2 * OFTEN * len(stored) / chain}


def _chain(stored: list[tuple[bytes, bytes]]) -> float:
    """Seconds for the chain, several times over."""
    began = time.perf_counter()
    for _ in range(OFTEN):
        for body, digest in stored:
            if sha256(body).digest() != digest:
                raise AssertionError("an entry is not as it was hashed")
    return time.perf_counter() - began


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
        lines=_said,
    )


def _said(figures: dict[str, Any]) -> list[str]:
    return [f"{word}: {value}" for word, value in figures.items() if word != "profile"]


if __name__ == "__main__":
    sys.exit(main())
