"""The bytes of files against the digests in the entries: what is gone or altered, and what should be gone and is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.db import connection

from kesu.files.drafts import is_draft
from kesu.files.keeping import store
from kesu.files.store import NotKept, digest_of
from kesu.ledger.entry import ERASED, StoredEntry
from kesu.ledger.faults import Fault
from kesu.ledger.read import entries_of, organisations
from kesu.ledger.snapshot import rows_of, snapshot

PART: Final = frozenset({"digest", "size", "sort", "type"})  # what entries say of a file
MARK: Final = b'"digest":"'  # no entry without it names one
_NO_ENTRY: Final = (ValueError, KeyError, TypeError, AttributeError)  # verification names what cannot be read


def files_kept(organisation: str | None) -> list[Fault]:
    """A fault for each entry with a file that is not there as it came, or that was erased and lies there still.

    Each digest is read once. What was brought in from elsewhere names files that nobody ever sent here.
    """
    names = [organisation] if organisation is not None else organisations()
    return [fault for name in names for fault in _of_organisation(name)]


def _of_organisation(organisation: str) -> Iterator[Fault]:
    wanted = list(_wanted(organisation))
    standing = {digest for *_, digest, erased in wanted if not erased}
    looked: dict[str, str] = {}
    for file, number, digest, erased in wanted:
        if digest not in looked:
            looked[digest] = _look(organisation, digest)
        what = looked[digest]
        if erased:
            lies_there = digest not in standing and what != "file gone" and not is_draft(organisation, digest)
            what = "file kept" if lies_there else ""
        if what:
            yield Fault(what=what, organisation=organisation, file=file, number=number, detail=digest[:16])


def _look(organisation: str, digest: str) -> str:
    try:
        with store().open(organisation, digest) as content:
            return "" if digest_of(content)[0] == digest else "file altered"
    except NotKept:
        return "file gone"


def _wanted(organisation: str) -> Iterator[tuple[str, int, str, bool]]:
    """File, number, digest and whether its name was erased, of every file that an entry names."""
    with snapshot():
        found = list(rows_of(_query(), [MARK, organisation]))
    for file in sorted({str(row[0]) for row in found}):
        for entry in _entries(organisation, file):
            for word, digest in named_files(entry.facts):
                yield file, entry.number, digest, entry.personal.get(word) is ERASED


def _entries(organisation: str, file: str) -> list[StoredEntry]:
    try:
        return entries_of(organisation, file)
    except _NO_ENTRY:
        return []


def named_files(facts: Any) -> Iterator[tuple[str, str]]:
    """Word and digest of each file among the facts of an entry; none of an entry that was brought in."""
    for word, value in facts.items() if "origin" not in facts else ():
        for one in value if isinstance(value, list) else ():
            if isinstance(one, dict) and one.keys() == PART:
                yield word, str(one["digest"])


def _query() -> str:
    holds = "position(%s in body) > 0" if connection.vendor == "postgresql" else "instr(body, %s) > 0"
    return f"SELECT DISTINCT file FROM ledger_entry WHERE {holds} AND organisation = %s ORDER BY file"
