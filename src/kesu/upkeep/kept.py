"""What somebody kept elsewhere of how far a ledger was signed: a checkpoint that was given away, or the marks of a home."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from kesu.ledger.checkpoint import NotACheckpoint, read_statement, signature_holds
from kesu.ledger.marks import Mark, MarksBroken, read_marks
from kesu.upkeep.refused import Refused


def kept_marks(path: Path) -> list[Mark]:
    """What a file kept elsewhere says: a checkpoint (`kesu checkpoint --out`), or the marks of a home. Raises Refused."""
    try:
        first = json.loads(path.read_bytes().partition(b"\n")[0])
        return _of_marks(path) if first.get("kesu") == "marks" else [_of_checkpoint(first)]
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OverflowError,
        RecursionError,
        NotACheckpoint,
        MarksBroken,
    ):
        raise Refused(
            zh=f"{path} 既不是检查点（kesu checkpoint --out 写出的），也不是 ledger-marks 文件",
            en=f"{path} is neither a checkpoint (as kesu checkpoint --out writes it) nor a file of marks",
        ) from None


def _of_checkpoint(line: dict[str, str]) -> Mark:
    body = line["body"].encode()
    statement = read_statement(body)
    if not signature_holds(body=body, signature=bytes.fromhex(line["signature"]), key=statement.key):
        raise ValueError("a signature that does not hold")
    return Mark.of(statement)


def _of_marks(path: Path) -> list[Mark]:
    """Of a copy that is ours alone: what was kept on a stick is open to all."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "marks"
        copy.touch(mode=0o600)
        copy.write_bytes(path.read_bytes())
        marks = read_marks(copy)
    return [mark for mark in marks.newest.values() if mark.number] if marks else []
