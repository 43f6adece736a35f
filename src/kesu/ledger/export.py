"""One file that holds everything somebody else needs to verify a ledger without Kesu and without the database.

JSON lines, UTF-8: a head, the checkpoints, the entries (in the order of their leaves; unsealed ones last), an end
that counts them. `offline/kesu_verify.py` reads it. Personal values are left out unless asked for; the chain holds
without them. An export of one file (of the ledger) carries an inclusion proof for each entry instead of all others, and
one for its head: that it is the last under the newest checkpoint.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import orjson
from django.db import connection

from kesu.ledger.corrections import FILE as CLOCK_FILE
from kesu.ledger.heads import heads_of
from kesu.ledger.merkle import Tree
from kesu.ledger.seal import Last, last_checkpoint
from kesu.ledger.snapshot import Row, batches_of, rows_of, snapshot

FORMAT = 1
_COLUMNS = "l.number, e.file, e.number, e.digest, e.body"
_JOIN = "l.organisation = e.organisation AND l.file = e.file AND l.entry = e.number"


class NothingToExport(LookupError):
    """The organisation, or the file, has no entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """How many lines of each kind were written."""

    entries: int
    checkpoints: int


def export_ledger(
    *,
    organisation: str,
    to: BinaryIO,
    file: str | None = None,
    personal: bool = False,
    kept: Sequence[int] = (),
) -> Exported:
    """Write the export of an organisation, or of one of its files with proofs, to `to`.

    `kept` are sizes of checkpoints that the reader keeps: an export of one file shows that it continues them.
    Raises NothingToExport, and CheckpointBroken when the checkpoint that a proof leads to cannot be read.
    """
    with snapshot():
        _must_have(organisation, file)
        head = {
            "kesu": "ledger",
            "v": FORMAT,
            "organisation": organisation,
            "file": file,
            "personal": personal,
        }
        _line(to, head)
        checkpoints = entries = 0
        for checkpoint in _checkpoints(organisation, only_last=file is not None):
            _line(to, checkpoint)
            checkpoints += 1
        if file is None:
            source = _of_organisation(organisation)
        else:
            tree = _tree(organisation)
            for size in sorted(size for size in {*kept} if 0 < size < tree.size):
                proof = [step.hex() for step in tree.consistency(size)]
                _line(to, {"consistency": {"size": size, "proof": proof}})
            source = _of_file(organisation, file, tree)
        for batch in source:
            values = _values(organisation, batch) if personal else {}
            for line in batch:
                _line(
                    to,
                    line | ({"values": values.get((line["file"], line["number"]), {})} if personal else {}),
                )
            entries += len(batch)
        if file is not None:
            for line in _corrections(organisation, file, tree):
                _line(to, {"correction": line})
            _head(to, organisation, file)
        _line(to, {"end": {"entries": entries, "checkpoints": checkpoints}})
    return Exported(entries=entries, checkpoints=checkpoints)


def _head(to: BinaryIO, organisation: str, file: str) -> None:
    """The proof that the last sealed entry of the file is its last under the newest checkpoint."""
    last = last_checkpoint(organisation)
    if last is None or last.statement.heads is None:
        return
    head = heads_of(organisation, last.statement.size).proof(file)
    if head is not None:
        number, place, proof = head
        _line(to, {"head": {"number": number, "place": place, "proof": [step.hex() for step in proof]}})


def checkpoint_line(last: Last) -> dict[str, Any]:
    """A checkpoint as it stands in an export, and alone in a file that is kept elsewhere."""
    return {
        "checkpoint": last.statement.number,
        "body": last.body.decode(),
        "signature": last.signature.hex(),
    }


def checkpoint_file(last: Last) -> bytes:
    """The file that is kept elsewhere, byte for byte the same whichever way it leaves: a time stamp is of these bytes."""
    return orjson.dumps(checkpoint_line(last), option=orjson.OPT_APPEND_NEWLINE)


def _must_have(organisation: str, file: str | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM ledger_entry WHERE organisation = %s AND file >= %s AND (%s = 0 OR file = %s) LIMIT 1",
            [organisation, file or "", int(file is not None), file or ""],
        )
        if cursor.fetchone() is None:
            raise NothingToExport(
                f"organisation {organisation!r} has no {f'file {file!r}' if file else 'entry'}"
            )


def _checkpoints(organisation: str, *, only_last: bool) -> Iterator[dict[str, Any]]:
    if only_last:
        last = last_checkpoint(organisation)
        if last is not None:
            yield checkpoint_line(last)
        return
    for number, body, signature in rows_of(
        "SELECT number, body, signature FROM ledger_checkpoint WHERE organisation = %s ORDER BY number",
        [organisation],
    ):
        yield {"checkpoint": number, "body": _text(body), "signature": signature.hex()}


def _of_organisation(organisation: str) -> Iterator[list[dict[str, Any]]]:
    """Sealed entries in the order of their leaves (also leaves whose entry is gone), then the unsealed."""
    sealed = batches_of(
        "SELECT l.number, l.file, l.entry, l.digest, e.body FROM ledger_leaf l LEFT JOIN ledger_entry e"
        f" ON {_JOIN} WHERE l.organisation = %s ORDER BY l.number",
        [organisation],
    )
    waiting = batches_of(
        f"SELECT {_COLUMNS} FROM ledger_entry e LEFT JOIN ledger_leaf l"
        f" ON {_JOIN} WHERE e.organisation = %s AND l.number IS NULL ORDER BY e.file, e.number",
        [organisation],
    )
    for batches in (sealed, waiting):
        for batch in batches:
            yield [_entry(row) for row in batch]


def _tree(organisation: str) -> Tree:
    """The tree over all leaves."""
    return Tree(
        row[0]
        for row in rows_of(
            "SELECT digest FROM ledger_leaf WHERE organisation = %s ORDER BY number", [organisation]
        )
    )


def _of_file(organisation: str, file: str, tree: Tree) -> Iterator[list[dict[str, Any]]]:
    """The entries of one file, each with the proof that it is under the last checkpoint."""
    for batch in batches_of(
        f"SELECT {_COLUMNS} FROM ledger_entry e LEFT JOIN ledger_leaf l ON {_JOIN}"
        " WHERE e.organisation = %s AND e.file = %s ORDER BY e.number",
        [organisation, file],
    ):
        yield [_entry(row) | {"proof": _proof(tree, row[0])} for row in batch]


def _corrections(organisation: str, file: str, tree: Tree) -> Iterator[dict[str, Any]]:
    """What is sealed of the file of the clock, each entry with its proof: it may explain that times fall in another file."""
    if file != CLOCK_FILE:
        for batch in _of_file(organisation, CLOCK_FILE, tree):
            yield from (line for line in batch if line["leaf"] is not None)


def _proof(tree: Tree, leaf: int | None) -> list[str] | None:
    return None if leaf is None else [step.hex() for step in tree.inclusion(leaf - 1)]


def _entry(row: Row) -> dict[str, Any]:
    leaf, file, number, digest, body = row
    return {
        "leaf": leaf,
        "file": file,
        "number": number,
        "digest": digest.hex(),
        "entry": None if body is None else _text(body),
    }


def _values(
    organisation: str, batch: list[dict[str, Any]]
) -> dict[tuple[str, int], dict[str, dict[str, str]]]:
    """(file, number) -> word -> value and salt, for the entries of a batch."""
    files = sorted({line["file"] for line in batch})
    values: dict[tuple[str, int], dict[str, dict[str, str]]] = defaultdict(dict)
    for file, number, word, value, salt in rows_of(
        "SELECT file, number, word, value, salt FROM ledger_personal_value WHERE organisation = %s"
        f" AND file IN ({', '.join(['%s'] * len(files))}) ORDER BY file, number, word",
        [organisation, *files],
    ):
        values[file, number][word] = {"value": _text(value), "salt": salt.hex()}
    return values


def _text(data: bytes) -> str:
    """Bytes that are not text were never written by Kesu; the verifier then finds another digest."""
    return data.decode(errors="replace")


def _line(to: BinaryIO, value: dict[str, Any]) -> None:
    to.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))
