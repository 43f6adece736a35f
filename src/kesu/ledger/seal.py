"""The sealer: gives each committed entry that has no leaf the next leaf, then signs a checkpoint over all leaves.

It follows the work list that the entries' own transactions wrote, never a running number: on PostgreSQL a lower
number can commit later. It works alone under a lock. Verification never seals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.conf import settings
from django.db import connection, transaction

from kesu.ledger import append
from kesu.ledger.checkpoint import (
    NotACheckpoint,
    Statement,
    read_statement,
    signature_holds,
    signed,
    split_peaks,
)
from kesu.ledger.clock_doubt import ClockWentBack, ClockWrong
from kesu.ledger.clock_watch import note_clock, require_clock
from kesu.ledger.entry import instant, moment
from kesu.ledger.faults import Fault
from kesu.ledger.heads import Heads, heads_to_go_on_from, keep
from kesu.ledger.keys import signing_key, trusted_keys
from kesu.ledger.macs import Macs
from kesu.ledger.marked import BehindItsMark, against, mark, marks_path, other_mac_keys, wanted_macs
from kesu.ledger.marks import ClockCorrected, read_marks
from kesu.ledger.merkle import Growing, NotInTree
from kesu.ledger.oneway import writing
from kesu.ledger.snapshot import Row, batches_of, snapshot

ENOUGH = 1000
INTERVAL = timedelta(minutes=1)


class CheckpointBroken(RuntimeError):
    """The last checkpoint is not what was signed: sealing stops, so that nothing false is signed on top of it."""

    def __init__(self, organisation: str) -> None:
        self.organisation, self.path = organisation, settings.LEDGER_SIGNING_KEY
        super().__init__(
            f"{organisation}: the last checkpoint is not what was signed, or was signed by a key that is not at"
            f" {self.path}; nothing is sealed on top of it; run kesu verify"
        )

    def in_(self, lang: str) -> str:
        """The message in Chinese (`zh`) or English."""
        zh = f"{self.organisation}：最近的检查点与签名不符，或签名密钥不在 {self.path}；不再往上封存，请先运行 kesu verify"
        return zh if lang == "zh" else str(self)


class NotWrittenHere(RuntimeError):
    """An entry that waits to be sealed does not carry the code of this house: it came into the database past Kesu."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.sentence('en')}. {_STRANGER[1].format(organisation=fault.organisation)}")
        self.fault = fault

    def in_(self, lang: str) -> str:
        """The message in Chinese (`zh`) or English."""
        zh = f"{self.fault.sentence('zh')}。{_STRANGER[0].format(organisation=self.fault.organisation)}"
        return zh if lang == "zh" else str(self)


_STRANGER = (
    (
        "在弄清来历之前，这家机构什么也不封存；若确应留下：kesu marks --accept {organisation} --reason 原因，"
        "此后每次核验都会提到"
    ),
    (
        "Nothing of this organisation is sealed until somebody has looked. If it is to stay:"
        " kesu marks --accept {organisation} --reason WHY; every verification will say so from then on"
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """The last checkpoint as stored."""

    statement: Statement
    body: bytes
    signature: bytes
    peaks: bytes


def seal(organisation: str, now: datetime, *, of_anybody: bool = False) -> Statement | None:
    """Seal everything committed so far; the new checkpoint, or None when there was nothing to seal.

    In a transaction of its own, alone for the organisation; when that is committed the marks beside the key say so.
    A clock a little behind the last checkpoint takes its time. With `of_anybody` also entries that were not written here.
    Raises ClockInDoubt, ClockWentBack, CheckpointBroken, BehindItsMark, NotWrittenHere, MarksBroken, KeyFileOpen and KeyFileBroken;
    nothing is sealed then.
    """
    require_clock()
    with writing(), transaction.atomic():
        _alone(organisation)
        macs = _required(organisation, of_anybody=of_anybody)
        corrected = _corrected(organisation)
        last = last_checkpoint(organisation)
        tree = _tree(organisation, last)
        before, root = tree.size, last.statement.root if last else None
        heads = heads_to_go_on_from(organisation, root, before)
        for batch in _waiting(organisation):
            if macs and (stranger := _stranger(organisation, batch, macs)):
                raise NotWrittenHere(stranger)
            _not_before(now, last, corrected)
            _none_from_the_future(organisation, batch, now, corrected)
            _insert_leaves(organisation, tree, batch)
            heads.take(batch)
        if tree.size == before:
            keep(organisation, root or "", heads)
            return None
        _cross_off(organisation)
        number, time = last.statement.number + 1 if last else 1, _not_before(now, last, corrected)
        made = _sign(organisation, tree, heads, number=number, now=time)
        transaction.on_commit(lambda: keep(organisation, made.root, heads))
        transaction.on_commit(lambda: mark(made, time))
        transaction.on_commit(
            note_clock
        )  # a home that was only written by commands knows of the time as well
        return made


def seal_due(now: datetime) -> list[Statement]:
    """Seal each organisation with 1,000 entries waiting, or with any when its last checkpoint is a minute old.

    Raises what `seal` raises, at the first organisation that cannot be sealed; those before it are. Where only its times are
    ahead (ClockWrong), those after it are sealed as well before that is raised.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organisation, COUNT(*) FROM ledger_unsealed GROUP BY organisation ORDER BY organisation"
        )
        waiting = cursor.fetchall()
    due = [organisation for organisation, count in waiting if count >= ENOUGH or _is_due(organisation, now)]
    made, wrong = list[Statement](), list[ClockWrong]()
    for organisation in due:
        try:
            made += [statement for statement in (seal(organisation, now),) if statement]
        except ClockWrong as this:
            wrong.append(this)
    if wrong:
        raise wrong[0]
    return made


def last_checkpoint(organisation: str) -> Last | None:
    """The newest checkpoint of an organisation. Raises CheckpointBroken."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body, signature, peaks FROM ledger_checkpoint WHERE organisation = %s ORDER BY number DESC LIMIT 1",
            [organisation],
        )
        row = cursor.fetchone()
    try:
        return None if row is None else stored_checkpoint(row)
    except NotACheckpoint as wrong:
        raise CheckpointBroken(organisation) from wrong


def stored_checkpoint(row: Sequence[bytes]) -> Last:
    """A checkpoint from its columns `body`, `signature` and `peaks`. Raises NotACheckpoint."""
    body, signature, peaks = (bytes(part) for part in row)
    return Last(statement=read_statement(body), body=body, signature=signature, peaks=peaks)


def _is_due(organisation: str, now: datetime) -> bool:
    last = last_checkpoint(organisation)
    return last is None or abs(now - last.statement.time) >= INTERVAL


def _alone(organisation: str) -> None:
    """One sealer an organisation. On SQLite the transaction itself has the only write lock (IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"kesu seal {organisation}"]
            )


def _required(organisation: str, *, of_anybody: bool) -> Macs | None:
    """The codes that every entry has to carry; None where no mark wants any.

    Raises BehindItsMark when what was signed before is not there (whoever took it away wants a new signature), or when
    the codes are under another key.
    """
    marks = read_marks(marks_path())
    fault = against(organisation, marks.newest.get(organisation)) if marks else None
    if fault:
        raise BehindItsMark(fault)
    if of_anybody or not marks or organisation not in marks.macs:
        return None
    wanted = wanted_macs(organisation, marks)
    if wanted is None:
        raise BehindItsMark(other_mac_keys(organisation, marks)[0])
    return Macs(wanted.key)


def first_stranger(organisation: str, macs: Macs) -> Fault | None:
    """The first entry that waits to be sealed and does not carry its code."""
    with snapshot():
        strangers = (_stranger(organisation, batch, macs) for batch in _waiting(organisation))
        return next(filter(None, strangers), None)


def _stranger(organisation: str, batch: list[Row], macs: Macs) -> Fault | None:
    codes = macs.of_all(digest for _, _, digest, *_ in batch)
    for (file, number, _, mac, _), code in zip(batch, codes, strict=True):
        if mac != code:
            return Fault(what="mac", organisation=organisation, file=file, number=number)
    return None


def _corrected(organisation: str) -> ClockCorrected | None:
    """What people said of the clock last."""
    marks = read_marks(marks_path())
    return marks.corrected.get(organisation) if marks else None


def _none_from_the_future(
    organisation: str, batch: list[Row], now: datetime, corrected: ClockCorrected | None
) -> None:
    """What is sealed was noted before; but what a wrong clock wrote, once people have said so. Raises ClockWentBack."""
    behind = now + append.TOLERANCE
    latest = instant(max(behind, corrected.until) if corrected else behind)
    for file, _, _, _, body in batch:
        try:
            noted = orjson.loads(body)["noted"]
            if noted > latest:
                raise ClockWentBack(f"{organisation}, {file}", clock=now, stands=moment(noted))
        except (ValueError, KeyError, TypeError):
            continue  # bytes that verification names


def _not_before(now: datetime, last: Last | None, corrected: ClockCorrected | None) -> datetime:
    """The times of checkpoints never fall, but once after the clock was corrected. Raises ClockWentBack."""
    if last is None or now >= last.statement.time:
        return now
    if corrected and last.statement.number <= corrected.number and now >= corrected.since:
        return now
    if last.statement.time - now > append.TOLERANCE:
        raise ClockWentBack(last.statement.organisation, clock=now, stands=last.statement.time)
    return last.statement.time


def _tree(organisation: str, last: Last | None) -> Growing:
    """The tree as the last checkpoint left it, after seeing that it is what was signed."""
    if last is None:
        return Growing()
    statement = last.statement
    try:
        tree = Growing(size=statement.size, peaks=split_peaks(last.peaks))
    except NotInTree as wrong:
        raise CheckpointBroken(organisation) from wrong
    whole = tree.root().hex() == statement.root and statement.organisation == organisation
    known = statement.key in trusted_keys(settings.LEDGER_SIGNING_KEY)
    if not (whole and known and signature_holds(body=last.body, signature=last.signature, key=statement.key)):
        raise CheckpointBroken(organisation)
    return tree


def _waiting(organisation: str) -> Iterator[list[Row]]:
    """(file, number, digest, code, bytes) of the entries on the work list, in the order of their leaves to be, in batches."""
    return batches_of(
        "SELECT e.file, e.number, e.digest, e.mac, e.body FROM ledger_unsealed u JOIN ledger_entry e"
        " ON e.organisation = u.organisation AND e.file = u.file AND e.number = u.number"
        " WHERE u.organisation = %s ORDER BY u.file, u.number",
        [organisation],
    )


def _insert_leaves(organisation: str, tree: Growing, batch: list[Row]) -> None:
    parts: list[Any] = []
    for place, (file, number, digest, *_) in enumerate(batch, tree.size + 1):
        parts += [organisation, place, file, number, digest]
    tree.extend([digest for _, _, digest, *_ in batch])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_leaf (organisation, number, file, entry, digest) VALUES "
            + ", ".join(["(%s, %s, %s, %s, %s)"] * len(batch)),
            parts,
        )


def _cross_off(organisation: str) -> None:
    """What has a leaf waits no longer; what was committed meanwhile stays on the list."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM ledger_unsealed WHERE organisation = %s AND EXISTS (SELECT 1 FROM ledger_leaf l"
            " WHERE l.organisation = ledger_unsealed.organisation AND l.file = ledger_unsealed.file"
            " AND l.entry = ledger_unsealed.number)",
            [organisation],
        )


def _sign(organisation: str, tree: Growing, heads: Heads, *, number: int, now: datetime) -> Statement:
    key = signing_key(settings.LEDGER_SIGNING_KEY)
    body, signature = signed(
        organisation=organisation,
        number=number,
        size=tree.size,
        root=tree.root(),
        time=now,
        key=key,
        heads=(len(heads), heads.root()),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_checkpoint (organisation, number, size, body, signature, peaks)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [organisation, number, tree.size, body, signature, b"".join(tree.peaks)],
        )
    return read_statement(body)
