"""What somebody does who knows how Kesu writes: entries well made, chains and seals made anew, everything but the keys."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.office.ledger.tampering import tamper
from tests.office.tampered.home import LATER, ORGANISATIONS

from kesu.ledger.entry import NewEntry, body_of, digest_of
from kesu.ledger.models import Entry
from kesu.ledger.triggers import TABLES

Forgery = tuple[str, Callable[[], None]]
STEPS = ("note", "accepted", "withdrawn", "closed", "erased", "corrected", "voided", "number given", "post taken", "clock corrected")  # fmt: skip
PARTS = {  # of the bytes of an entry: which one, and what it becomes
    "the person": {"by": "p-gu"},
    "the post": {"post": "general manager"},
    "the day": {"noted": "2026-01-06T09:00:00.000000Z", "at": "2026-01-06T09:00:00.000000Z"},
    "the facts": {"facts": {"account": "forged"}},
    "the medium": {"medium": "forged"},
}
PLACES = {"first": 0, "middle": None, "last": -1}


def forgeries() -> Iterator[Forgery]:
    """Entries put in, entries written anew with all that follows them, seals forgotten."""
    for organisation in ORGANISATIONS:
        for sealed in ("left", "forgotten"):
            for step in STEPS:
                for file in ("case", "post", "organisation"):
                    title = f"{organisation}: {step} put into a file {file}/…, seals {sealed}"
                    yield title, partial(_put_in, organisation, file, step, sealed)
            for part in PARTS:
                for place in PLACES:
                    title = (
                        f"{organisation}: {part} of the {place} entry, the chain made anew, seals {sealed}"
                    )
                    yield title, partial(_rewritten, organisation, part, place, sealed)
        yield from _whole(organisation)


def _whole(organisation: str) -> Iterator[Forgery]:
    for kind in ("case", "person", "post"):
        for place in PLACES:
            for sealed in ("left", "forgotten"):
                title = f"{organisation}: the {place} file {kind}/… cut out of every table, seals {sealed}"
                yield title, partial(_cut_out, organisation, kind, place, sealed)
                title = f"{organisation}: the end of the {place} file {kind}/… cut off, seals {sealed}"
                yield title, partial(_shortened, organisation, kind, place, sealed)
    yield f"{organisation}: everything after the first checkpoint taken away", partial(_back, organisation)
    yield f"{organisation}: out of every table", partial(_out_of_every_table, organisation)
    yield f"{organisation}: by another name", partial(_renamed, organisation)
    yield f"{organisation}: two neighbours of a file changed places", partial(_swapped, organisation)
    yield f"{organisation}: all codes of another entry", partial(_codes_moved, organisation)


def _files(organisation: str, kind: str) -> list[str]:
    found = Entry.objects.filter(organisation=organisation, file__startswith=f"{kind}/")
    return sorted(found.values_list("file", flat=True).distinct())


def _at(names: list[Any], place: str) -> Any:
    index = PLACES[place]
    return names[len(names) // 2 if index is None else index]


def _put_in(organisation: str, kind: str, step: str, sealed: str) -> None:
    file = _files(organisation, kind)[-1]
    last = Entry.objects.filter(organisation=organisation, file=file).latest("number")
    made = NewEntry(kind=step, at=LATER, noted=LATER, by="p-gu", post="general manager", facts={"text": "x"})
    body = body_of(
        made,
        organisation=organisation,
        file=file,
        number=last.number + 1,
        noted=LATER,
        at=LATER,
        previous=bytes(last.digest).hex(),
        commitments={},
    )
    tamper(
        "INSERT INTO ledger_entry (organisation, file, number, kind, person, digest, body, mac)"
        " VALUES (%s, %s, %s, %s, 'p-gu', %s, %s, %s)",
        *(organisation, file, last.number + 1, step, digest_of(body), body, last.mac),
    )
    tamper("INSERT INTO ledger_unsealed VALUES (%s, %s, %s)", organisation, file, last.number + 1)
    _seals(organisation, sealed)


def _rewritten(organisation: str, part: str, place: str, sealed: str) -> None:
    """One entry says something else, and each after it follows that."""
    file = _files(organisation, "case")[0]
    found = list(Entry.objects.filter(organisation=organisation, file=file).order_by("number"))
    target = _at(found, place)
    previous: str | None = None
    for row in found:
        body = json.loads(bytes(row.body)) | (PARTS[part] if row.number == target.number else {})
        if previous is not None and row.number > target.number:
            body["previous"] = previous
        made = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        previous = digest_of(made).hex()
        tamper(
            "UPDATE ledger_entry SET body = %s, digest = %s, person = %s"
            " WHERE organisation = %s AND file = %s AND number = %s",
            *(made, digest_of(made), body["by"], organisation, file, row.number),
        )
    _seals(organisation, sealed)


def _cut_out(organisation: str, kind: str, place: str, sealed: str) -> None:
    from tests.office.tampered.tables import columns, tables

    file = _at(_files(organisation, kind), place)
    for table in tables():
        if {"organisation", "file"} <= set(columns(table)) and not (
            sealed == "left" and table == "ledger_leaf"
        ):
            tamper(f"DELETE FROM {table} WHERE organisation = %s AND file = %s", organisation, file)
    _seals(organisation, sealed)


def _shortened(organisation: str, kind: str, place: str, sealed: str) -> None:
    """The last sealed entry and what waits behind it."""
    file = _at(_files(organisation, kind), place)
    from kesu.ledger.models import Leaf

    last = Leaf.objects.filter(organisation=organisation, file=file).order_by("entry").last()
    if last is None:  # nothing of it is sealed: it is cut out
        return _cut_out(organisation, kind, place, sealed)
    for table in ("ledger_entry", "ledger_personal_value", "ledger_unsealed"):
        condition = "organisation = %s AND file = %s AND number >= %s"
        tamper(f"DELETE FROM {table} WHERE {condition}", organisation, file, last.entry)
    return _seals(organisation, sealed)


def _seals(organisation: str, what: str) -> None:
    """As if nothing of it had ever been sealed, where it is said so."""
    if what == "left":
        return
    for table in ("ledger_checkpoint", "ledger_leaf", "ledger_unsealed"):
        tamper(f"DELETE FROM {table} WHERE organisation = %s", organisation)
    tamper(
        "INSERT INTO ledger_unsealed (organisation, file, number)"
        " SELECT organisation, file, number FROM ledger_entry WHERE organisation = %s",
        organisation,
    )


def _back(organisation: str) -> None:
    """To the first checkpoint, with the entries since."""
    since = "organisation = %s AND number > 1"
    tamper(f"DELETE FROM ledger_checkpoint WHERE {since}", organisation)
    tamper(
        "DELETE FROM ledger_leaf WHERE organisation = %s AND number > (SELECT size FROM ledger_checkpoint"
        " WHERE organisation = %s)",
        *(organisation, organisation),
    )
    for table in ("ledger_unsealed", "ledger_personal_value", "ledger_entry"):
        tamper(
            f"DELETE FROM {table} WHERE organisation = %s AND NOT EXISTS (SELECT 1 FROM ledger_leaf l WHERE"
            f" l.organisation = {table}.organisation AND l.file = {table}.file AND l.entry = {table}.number)",
            organisation,
        )


def _out_of_every_table(organisation: str) -> None:
    from tests.office.tampered.tables import columns, tables

    for table in tables():
        if "organisation" in columns(table):
            tamper(f"DELETE FROM {table} WHERE organisation = %s", organisation)


def _renamed(organisation: str) -> None:
    for table in TABLES:
        tamper(f"UPDATE {table} SET organisation = 'elsewhere' WHERE organisation = %s", organisation)


def _swapped(organisation: str) -> None:
    file = _files(organisation, "case")[0]
    for old, new in ((1, 9_999), (2, 1), (9_999, 2)):
        tamper(
            "UPDATE ledger_entry SET number = %s WHERE organisation = %s AND file = %s AND number = %s",
            *(new, organisation, file, old),
        )


def _codes_moved(organisation: str) -> None:
    mac = bytes(Entry.objects.filter(organisation=organisation).order_by("file", "number")[0].mac or b"")
    tamper("UPDATE ledger_entry SET mac = %s WHERE organisation = %s", mac, organisation)
