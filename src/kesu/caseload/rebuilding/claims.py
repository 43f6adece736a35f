"""What acts claim of those who took them, against the registers as they stood then: whoever borrowed a post is named.

Tables that follow from the ledger can be written by whoever owns the database; for as long as a row stands in them, Kesu
lets a person act in a post that nobody gave him, and takes the act for good. The entries of the registers say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kesu.ledger.entry import StoredEntry, stored
from kesu.ledger.erase import ERASED_KIND
from kesu.ledger.faults import Fault
from kesu.ledger.read import entries_of, organisations
from kesu.ledger.snapshot import rows_of, snapshot
from kesu.people.permissions import ERASE, SIGNED_IN
from kesu.people.registers import REGISTERS
from kesu.people.registers.held import Held

from ..folded.fold import folded_from
from ..folded.recorded import CLOCK, SYSTEM
from ..rows.register import as_noted

_BODIES: Final = (
    "SELECT body FROM ledger_entry WHERE organisation = %s AND file >= %s AND file < %s ORDER BY file, number"
)
_NEXT_SIGN: Final = "0"  # after “/”: the files from “post/” to before “post0” are those of posts
_NO_ENTRY: Final = (ValueError, KeyError, TypeError, AttributeError)  # verification names what cannot be read

Wrong = tuple[str, str]  # which fault, and its detail


def claims(organisation: str | None) -> list[Fault]:
    """A fault for each act whose post its person did not hold then, and for each erasure by another or too early.

    An organisation that was not founded through Kesu has no registers; nothing is asked of it.
    """
    with snapshot():
        names = [organisation] if organisation is not None else organisations()
        return [fault for name in names for fault in _of_organisation(name)]


def _of_organisation(organisation: str) -> Iterator[Fault]:
    if next(_entries(organisation, "organisation"), None) is None:
        return
    held = _held(organisation)
    for kind in (*REGISTERS, "case"):
        for entry in _entries(organisation, kind):
            wrong = _in_register(entry, kind, held) if kind in REGISTERS else _in_case(entry, held)
            if wrong is not None:
                what, detail = wrong
                yield Fault(
                    what=what,
                    organisation=organisation,
                    file=entry.file,
                    number=entry.number,
                    detail=detail,
                )


def _entries(organisation: str, kind: str) -> Iterator[StoredEntry]:
    """The entries of all files of a kind that can be read."""
    for (body,) in rows_of(_BODIES, [organisation, f"{kind}/", f"{kind}{_NEXT_SIGN}"]):
        try:
            yield stored(body)
        except _NO_ENTRY:
            continue


def _held(organisation: str) -> Held:
    held = Held()
    for kind in ("post", "person"):
        for entry in _entries(organisation, kind):
            try:
                held.take(entry.file, as_noted(entry))
            except _NO_ENTRY:
                continue
    return held


def _in_register(entry: StoredEntry, kind: str, held: Held) -> Wrong | None:
    posts = ERASE.to if entry.kind == ERASED_KIND else REGISTERS[kind].permission(entry.kind).to
    return _without_any_of(posts, entry, held)


def _without_any_of(posts: tuple[str, ...], entry: StoredEntry, held: Held) -> Wrong | None:
    if SIGNED_IN in posts and not held.had_left(entry.by, entry.noted):
        return None
    if entry.by in (SYSTEM, CLOCK) or held.any_of(entry.by, posts, entry.noted):
        return None
    return "not theirs", ", ".join(posts)


def _in_case(entry: StoredEntry, held: Held) -> Wrong | None:
    """What is wrong with who took an act of a case. Acts that were brought in happened under other registers."""
    if entry.kind == ERASED_KIND:
        early = ("erased early", "") if _still_ran(entry) else None
        return _without_any_of(ERASE.to, entry, held) or early
    if entry.post is None or entry.by in (SYSTEM, CLOCK) or "origin" in entry.facts:
        return None
    ground = entry.facts.get("standing")
    truly = held.by(
        ground,
        person=entry.actor or entry.by,
        post=entry.post,
        behalf=entry.on_behalf_of,
        at=entry.at if entry.recorder else entry.noted,
        noted=entry.noted,
    )
    return None if truly else ("post not held", f"{entry.post}, {ground or '–'}")


def _still_ran(entry: StoredEntry) -> bool:
    """Whether the case had not ended before this entry; False where that cannot be told, which a rebuild names."""
    try:
        before = entries_of(entry.organisation, entry.file)[: entry.number - 1]
        return not folded_from(entry.organisation, entry.file, before).case.ended
    except Exception:  # whatever a damaged file ends in: it is named elsewhere
        return False
