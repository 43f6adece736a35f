"""The ledger against its marks: is what was signed still there?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from kesu.ledger.checkpoint import NotACheckpoint, Statement, fingerprint, read_statement
from kesu.ledger.faults import Fault
from kesu.ledger.keys import public_of, signing_key
from kesu.ledger.macs import Macs, Wanted, key_here, macs_to_write
from kesu.ledger.marks import How, MacsBegin, Mark, Marks, add, begin, read_marks
from kesu.ledger.read import organisations


class BehindItsMark(RuntimeError):
    """The ledger is not the one that was signed: nothing is served from it or sealed on top of it."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.sentence('en')}. {_TO_DO[1].format(organisation=fault.organisation)}")
        self.fault = fault

    def in_(self, lang: str) -> str:
        """The message in Chinese (`zh`) or English."""
        zh = f"{self.fault.sentence('zh')}。{_TO_DO[0].format(organisation=self.fault.organisation)}"
        return zh if lang == "zh" else str(self)


_TO_DO = (
    (
        "在弄清原因之前不提供服务，也不封存；若是您自己恢复了备份："
        "kesu marks --accept {organisation} --reason 原因，此后每次核验都会提到"
    ),
    (
        "Nothing is served or sealed until somebody has looked. If you put a backup back yourself:"
        " kesu marks --accept {organisation} --reason WHY; every verification will say so from then on"
    ),
)


_being_founded: set[str] = set()  # in transactions of this process that are not committed yet


def marks_path() -> Path:
    """Where the marks stand: beside the signing key."""
    path: Path = settings.LEDGER_MARKS
    return path


def against_marks(organisation: str | None, marks: Marks | None) -> list[Fault]:
    """What was signed once and is not there: of one organisation, or of all that the marks or the ledger name."""
    if marks is None:
        return []
    names = [organisation] if organisation is not None else sorted({*marks.newest, *organisations()})
    return [fault for name in names if (fault := against(name, marks.newest.get(name)))]


def against(organisation: str, mark: Mark | None) -> Fault | None:
    """What is wrong with an organisation by its mark, the newest; an organisation without one was never begun here."""
    if mark is None:
        return None if organisation in _being_founded else Fault(what="not begun", organisation=organisation)
    statement = _statement(organisation, mark.number) if mark.number else None
    if statement is None and not _has_entries(organisation) and (mark.number or mark.how != "accepted"):
        return Fault(what="organisation gone", organisation=organisation)
    if mark.number == 0 or (statement and (statement.size, statement.root) == (mark.size, mark.root)):
        return None
    return Fault(
        what="other than its mark" if statement else "behind its mark",
        organisation=organisation,
        checkpoint=mark.number,
        detail=f"{mark.size}, {mark.time.isoformat(timespec='seconds')}",
    )


def require_marks(marks: Marks | None) -> None:
    """Refuses to serve from a ledger that is behind its marks. Raises BehindItsMark, KeyFileOpen and KeyFileBroken."""
    for fault in (*against_marks(None, marks), *other_mac_keys(None, marks)):
        raise BehindItsMark(fault)


def other_mac_keys(organisation: str | None, marks: Marks | None) -> list[Fault]:
    """Where codes are wanted under a key that is not the one here: of one organisation, or of all.

    Raises KeyFileOpen and KeyFileBroken.
    """
    begun = marks.macs.values() if marks else ()
    key = key_here()
    here = Macs(key).key if key else None
    return [
        Fault(what="other mac key" if key else "no mac key", organisation=line.organisation, detail=line.key)
        for line in sorted(begun, key=lambda line: line.organisation)
        if line.key != here and organisation in (None, line.organisation)
    ]


def wanted_macs(organisation: str, marks: Marks | None) -> Wanted | None:
    """What is asked of the codes of an organisation; None where the key is not here, which `other_mac_keys` says.

    Raises KeyFileOpen and KeyFileBroken.
    """
    key = key_here()
    line = marks.macs.get(organisation) if marks else None
    if key is None or (line and line.key != Macs(key).key):
        return None
    return Wanted(key=key, after=line.after if line else None)


def own_fingerprint() -> str | None:
    """The fingerprint of the key that signs here; None where there is none. Raises KeyFileOpen and KeyFileBroken."""
    path = settings.LEDGER_SIGNING_KEY
    return fingerprint(public_of(signing_key(path))) if path.exists() else None


def newest_checkpoints(organisation: str | None) -> tuple[Statement, ...]:
    """The last checkpoint of one organisation, or of each; those that cannot be read are left out."""
    names = [organisation] if organisation is not None else organisations()
    return tuple(statement for name in names if (statement := _statement(name, None)))


def begin_marks(now: datetime) -> list[Mark]:
    """Begins the marks, where nobody has, with what stands in the ledger; what was adopted."""
    adopted = list(_standing(now))
    return adopted if begin(marks_path(), adopted) else []


def begin_macs(now: datetime) -> None:
    """Writes down that from now on every entry carries a code, for each organisation where that is not written down.

    Where entries without one still wait to be sealed, the seal over them says so.
    """
    marks = read_marks(marks_path())
    for organisation in organisations():
        if marks and organisation not in marks.macs and not _has_waiting_without_mac(organisation):
            newest = _statement(organisation, None)
            add(marks_path(), _macs_begin(organisation, newest.size if newest else 0, now))


def mark(statement: Statement, now: datetime) -> None:
    """Writes down that this was signed, after it was committed; begins the marks where nobody has.

    What was sealed without a mark that wants codes needs none; what comes after it does.
    """
    marks = read_marks(marks_path())
    if marks is None:
        begin_marks(now)
    else:
        add(marks_path(), Mark.of(statement))
    if marks is None or statement.organisation not in marks.macs:
        add(marks_path(), _macs_begin(statement.organisation, statement.size, now))


def mark_founded_when_committed(organisation: str, now: datetime) -> None:
    """Writes down that an organisation began, when this transaction is committed; until then it may be sealed in it."""
    _being_founded.add(organisation)
    transaction.on_commit(lambda: mark_founded(organisation, now))


def mark_founded(organisation: str, now: datetime) -> None:
    """Writes down that an organisation began; begins the marks where nobody has."""
    begun = [_macs_begin(organisation, 0, now)]
    if read_marks(marks_path()) is None:
        begin_marks(now)
        add(marks_path(), *begun)
    else:
        add(marks_path(), _nothing(organisation, now, "founded"), *begun)
    _being_founded.discard(organisation)


def standing_mark(organisation: str, now: datetime, how: How, reason: str | None = None) -> Mark:
    """What the ledger holds of an organisation now, as a mark."""
    statement = _statement(organisation, None)
    return (
        Mark.of(statement, how=how, reason=reason) if statement else _nothing(organisation, now, how, reason)
    )


def _standing(now: datetime) -> Iterator[Mark]:
    """The newest checkpoint of each organisation, as it is adopted."""
    for organisation in organisations():
        yield standing_mark(organisation, now, "adopted")


def _nothing(organisation: str, now: datetime, how: How, reason: str | None = None) -> Mark:
    return Mark(
        organisation=organisation, number=0, size=0, root=None, key=None, time=now, how=how, reason=reason
    )


def _macs_begin(organisation: str, after: int, now: datetime) -> MacsBegin:
    key = macs_to_write(read_marks(marks_path())).key
    return MacsBegin(organisation=organisation, after=after, key=key, time=now)


def _has_waiting_without_mac(organisation: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM ledger_unsealed u JOIN ledger_entry e"
            " ON e.organisation = u.organisation AND e.file = u.file AND e.number = u.number"
            " WHERE u.organisation = %s AND e.mac IS NULL LIMIT 1",
            [organisation],
        )
        return cursor.fetchone() is not None


def _has_entries(organisation: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM ledger_entry WHERE organisation = %s LIMIT 1", [organisation])
        return cursor.fetchone() is not None


def _statement(organisation: str, number: int | None) -> Statement | None:
    """The checkpoint of this number, or the newest; None where it is not there or cannot be read."""
    narrowed, values = (" AND number = %s", [number]) if number is not None else ("", [])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT body FROM ledger_checkpoint WHERE organisation = %s{narrowed} ORDER BY number DESC LIMIT 1",
            [organisation, *values],
        )
        row = cursor.fetchone()
    try:
        return read_statement(bytes(row[0])) if row else None
    except NotACheckpoint:
        return None
