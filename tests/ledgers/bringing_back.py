"""An exported ledger, back in an empty database: the same bytes, leaves and checkpoints; rows follow by a rebuild."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.ledger.merkle import Growing
from kesu.ledger.oneway import writing
from kesu.people.models import User

Line = dict[str, Any]


def bring_back(path: Path) -> str:
    """Inserts what the export holds, then makes the rows; the name of the organisation."""
    head, *lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    organisation = str(head["organisation"])
    entries = [line for line in lines if "leaf" in line]
    with writing(), transaction.atomic():
        for line in entries:
            _entry(organisation, line)
        _leaves(organisation, entries, [line for line in lines if "checkpoint" in line])
    for number in sorted(set(_sign_ins(entries))):
        User.objects.create(pk=number, username=f"user {number}", name=f"user {number}")
    rebuild(check=False)
    return organisation


def _entry(organisation: str, line: Line) -> None:
    body, place = json.loads(line["entry"]), (organisation, line["file"], line["number"])
    _insert(
        "ledger_entry (organisation, file, number, kind, person, key, digest, body)",
        (
            *place,
            body["kind"],
            body["by"],
            body["key"],
            bytes.fromhex(line["digest"]),
            line["entry"].encode(),
        ),
    )
    for word, kept in line.get("values", {}).items():
        _insert(
            "ledger_personal_value (organisation, file, number, word, value, salt)",
            (*place, word, kept["value"].encode(), bytes.fromhex(kept["salt"])),
        )


def _leaves(organisation: str, entries: list[Line], checkpoints: list[Line]) -> None:
    sealed = [line for line in entries if line["leaf"] is not None]
    for line in sealed:
        digest = bytes.fromhex(line["digest"])
        values = (organisation, line["leaf"], line["file"], line["number"], digest)
        _insert("ledger_leaf (organisation, number, file, entry, digest)", values)
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM ledger_unsealed WHERE organisation = %s AND file = %s AND number = %s",
                [organisation, line["file"], line["number"]],
            )
    for line in checkpoints:
        size = json.loads(line["body"])["size"]
        tree = Growing()
        tree.extend([bytes.fromhex(one["digest"]) for one in sealed[:size]])
        values = (
            organisation,
            line["checkpoint"],
            size,
            line["body"].encode(),
            bytes.fromhex(line["signature"]),
        )
        _insert(
            "ledger_checkpoint (organisation, number, size, body, signature, peaks)",
            (*values, b"".join(tree.peaks)),
        )


def _sign_ins(entries: list[Line]) -> Iterator[int]:
    """The users to whom persons are tied: users stand beside the ledger."""
    for line in entries:
        number = json.loads(line["entry"])["facts"].get("sign in")
        if number is not None:
            yield int(number)


def _insert(into: str, values: tuple[Any, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(values))})", list(values))
