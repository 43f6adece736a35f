"""Verification of what is sealed: the leaves of an organisation in order, and its checkpoints along the way.

Every root is computed anew from the same run of leaves, so successive checkpoints that all hold are consistent. The root
over the heads of the files is computed for the newest checkpoint: it is the one that extracts lead to.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from kesu.ledger.checkpoint import NotACheckpoint, Statement, read_statement, signature_holds
from kesu.ledger.corrections import corrections_of
from kesu.ledger.entry import instant
from kesu.ledger.faults import Fault
from kesu.ledger.heads import heads_of
from kesu.ledger.merkle import Growing
from kesu.ledger.snapshot import Row, Stream, batches_of, rows_of

Report = Callable[[Fault], None]
_BATCH = 1000
_LEAF = "SELECT organisation, number, digest FROM ledger_leaf"
_CHECKPOINT = "SELECT organisation, number, size, body, signature, peaks FROM ledger_checkpoint"


class Leaves:
    """One walk over leaves and checkpoints; what it counts is read afterwards."""

    def __init__(self, *, trusted: frozenset[str], report: Report) -> None:
        self.leaves = self.checkpoints = 0
        self._trusted, self._report = trusted, report
        self._time: datetime | None = None
        self._newest: Any = None

    def walk(self, organisation: str) -> None:
        """Check what this organisation has sealed."""
        leaves = Stream(batches_of(f"{_LEAF} WHERE organisation = %s ORDER BY number", [organisation]))
        checkpoints = rows_of(f"{_CHECKPOINT} WHERE organisation = %s ORDER BY number", [organisation])
        tree, at, number = Growing(), 0, 0
        self._time = self._newest = None
        due, size = self._next(organisation, checkpoints, number=0, before=0)
        while due is not None:
            batch = leaves.peek(min(_BATCH, size - tree.size))
            leaves.skip(len(batch))
            if not batch:
                self._fault("short", organisation, checkpoint=due[1], detail=str(size))
            at = self._in_order(organisation, batch, at)
            tree.extend([row[2] for row in batch])
            if tree.size == size or not batch:
                if batch:
                    self._compare(organisation, tree, due)
                number += 1
                self._newest = due
                due, size = self._next(organisation, checkpoints, number=number, before=size)
        self._uncovered(organisation, leaves)
        if self._newest is not None:
            self._heads(organisation, self._newest)

    def _uncovered(self, organisation: str, leaves: Stream) -> None:
        """What is left when every checkpoint has had its leaves; the first of them is named."""
        if first := leaves.peek(1):
            self._fault("uncovered", organisation, leaf=first[0][1])
        while batch := leaves.peek(_BATCH):
            leaves.skip(len(batch))
            self.leaves += len(batch)

    def _in_order(self, organisation: str, batch: list[Row], at: int) -> int:
        """Report the first number that is missing in this batch; the last number in it."""
        self.leaves += len(batch)
        numbers = [row[1] for row in batch]
        if numbers != list(range(at + 1, at + 1 + len(batch))):
            missing = next(want for want, number in enumerate(numbers, at + 1) if want != number)
            self._fault("leaf missing", organisation, leaf=missing)
        return numbers[-1] if numbers else at

    def _next(self, organisation: str, checkpoints: Any, *, number: int, before: int) -> tuple[Any, int]:
        """The next checkpoint, checked by itself, and the size it signed for."""
        row = next(checkpoints, None)
        if row is None:
            return None, 0
        self.checkpoints += 1
        _, stored, size, body, *_ = row
        if stored != number + 1:
            self._fault("checkpoint missing", organisation, checkpoint=number + 1)
        try:
            statement = read_statement(body)
        except NotACheckpoint:
            self._fault("checkpoint unreadable", organisation, checkpoint=stored)
            return row, max(size, before + 1)
        self._check(row, statement)
        return row, max(statement.size, before + 1)

    def _check(self, row: Any, statement: Statement) -> None:
        organisation, number, size, body, signature, _ = row
        for name, column, signed in (
            ("organisation", organisation, statement.organisation),
            ("number", number, statement.number),
            ("size", size, statement.size),
        ):
            if column != signed:
                self._fault("checkpoint column", organisation, checkpoint=number, detail=name)
        if statement.key not in self._trusted:
            self._fault("key", organisation, checkpoint=number, detail=statement.key[:16])
        if self._time is not None and statement.time < self._time and not self._is_corrected(statement):
            self._fault("time falls", organisation, checkpoint=number, detail=instant(statement.time))
        self._time = statement.time
        if not signature_holds(body=body, signature=signature, key=statement.key):
            self._fault("signature", organisation, checkpoint=number)

    def _is_corrected(self, statement: Statement) -> bool:
        """Whether the clock was corrected between the checkpoint before it and this one."""
        before, number = self._time, statement.number - 1
        return before is not None and any(
            one.checkpoint == number and one.explains(before, statement.time)
            for one in corrections_of(statement.organisation)
        )

    def _heads(self, organisation: str, row: Any) -> None:
        """What the newest checkpoint signs of the heads, against those of the leaves that it covers."""
        try:
            statement = read_statement(row[3])
        except NotACheckpoint:
            return  # reported already
        if statement.heads is not None:
            heads = heads_of(organisation, statement.size)
            if (statement.files, statement.heads) != (len(heads), heads.root().hex()):
                self._fault("heads", organisation, checkpoint=row[1])

    def _compare(self, organisation: str, tree: Growing, row: Any) -> None:
        """Root and peaks of the checkpoint against those of the leaves."""
        try:
            statement = read_statement(row[3])
        except NotACheckpoint:
            return  # reported already
        if tree.root().hex() != statement.root:
            self._fault("root", organisation, checkpoint=row[1], detail=f"leaves 1-{tree.size}")
        if b"".join(tree.peaks) != row[5]:
            self._fault("checkpoint column", organisation, checkpoint=row[1], detail="peaks")

    def _fault(
        self,
        what: str,
        organisation: str,
        *,
        leaf: int | None = None,
        checkpoint: int | None = None,
        detail: str = "",
    ) -> None:
        self._report(
            Fault(what=what, organisation=organisation, leaf=leaf, checkpoint=checkpoint, detail=detail)
        )
