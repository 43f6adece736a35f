"""Marks: what the sealer has signed so far, written down beside the signing key, where the database cannot reach.

Whoever owns the database can take checkpoints away, or put an older copy of all of it back; the sealer would go on from
there and sign it. So each checkpoint is also a line of a file that only grows (`LEDGER_MARKS`, mode 0600): organisation,
number, size, root, key and time. Nothing older, shorter or other than the newest of these lines is sealed or served.

The file begins with the first start, or with the first seal. What stands in the ledger then is *adopted*: it is taken as it
is, and the line says so. A checkpoint written while the process died has no line; the ledger may be ahead of its mark, never
behind.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

from kesu.ledger.keys import KeyFileOpen
from kesu.ledger.mark_lines import (
    ClockCorrected,
    Given,
    How,
    Line,
    LogMark,
    MacsBegin,
    Mark,
    Remade,
    Restored,
    SignInsBegin,
    Way,
    line_of,
    plain_line,
)

__all__ = [
    "ClockCorrected",
    "Given",
    "How",
    "Line",
    "LogMark",
    "MacsBegin",
    "Mark",
    "Marks",
    "MarksBroken",
    "Remade",
    "Restored",
    "SignInsBegin",
    "Way",
    "add",
    "begin",
    "read_marks",
]

_HEAD = {"kesu": "marks", "v": 1}


class MarksBroken(ValueError):
    """A line of the marks cannot be read, so nobody knows what had been signed."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(
            f"{path}, line {line}: not a mark of the ledger; somebody wrote into it; restore it from your backup"
        )
        self.path, self.line = path, line

    def in_(self, lang: str) -> str:
        """The message in Chinese (`zh`) or English."""
        zh = f"{self.path} 第 {self.line} 行：不是台账的标记，有人动过这个文件；请从备份恢复"
        return zh if lang == "zh" else str(self)


@dataclass(slots=True)
class Marks:
    """What the file says: the mark that counts, by organisation; where its marks and its authentication codes begin; and
    what was put right by hand; what was given away last, at all and by each way, and every time stamp."""

    newest: dict[str, Mark] = field(default_factory=dict)
    first: dict[str, Mark] = field(default_factory=dict)
    accepted: list[Mark] = field(default_factory=list)
    remade: list[Remade] = field(default_factory=list)
    macs: dict[str, MacsBegin] = field(default_factory=dict)
    logs: dict[str, LogMark] = field(default_factory=dict)
    given: dict[str, Given] = field(default_factory=dict)
    given_by: dict[tuple[str, Way], Given] = field(default_factory=dict)
    stamped: list[Given] = field(default_factory=list)
    restored: list[Restored] = field(default_factory=list)
    corrected: dict[str, ClockCorrected] = field(default_factory=dict)
    sign_ins: SignInsBegin | None = None

    def take(self, line: Line) -> None:
        """One line more. What is accepted begins anew; of two that seal at once the later number counts."""
        if isinstance(line, Remade):
            self.remade.append(line)
            return
        if isinstance(line, Restored):
            self.restored.append(line)
            return
        if isinstance(line, MacsBegin):
            self.macs[line.organisation] = line
            return
        if isinstance(line, LogMark):
            self.logs[line.table] = line
            return
        if isinstance(line, Given):
            self.given[line.organisation] = self.given_by[line.organisation, line.way] = line
            self.stamped += [line] if line.stamp else []
            return
        if isinstance(line, SignInsBegin):
            self.sign_ins = line
            return
        if isinstance(line, ClockCorrected):
            self.corrected[line.organisation] = line
            return
        if line.how == "accepted":
            self._accept(line)
        self.first.setdefault(line.organisation, line)
        before = self.newest.get(line.organisation)
        if before is None or line.how == "accepted" or line.number > before.number:
            self.newest[line.organisation] = line

    def _accept(self, line: Mark) -> None:
        """What was lost has no time stamp any more that could be looked at."""
        self.accepted.append(line)
        self.stamped = [
            one for one in self.stamped if one.organisation != line.organisation or one.number <= line.number
        ]

    def earliest(self, organisation: str) -> datetime | None:
        """Before which nothing more is written: the time of the newest checkpoint, or that of a correction since."""
        mark, corrected = self.newest.get(organisation), self.corrected.get(organisation)
        if mark is None or mark.number == 0:
            return None
        return corrected.since if corrected and mark.number <= corrected.number else mark.time


_Place = tuple[int, int, bytes, Marks]  # bytes and lines read, the last of these bytes, what they said
_read_so_far: dict[Path, _Place] = {}
_reading = Lock()
_TAIL = 400  # a line has about 250 bytes, and its root is found nowhere else


def read_marks(path: Path) -> Marks | None:
    """The marks; None when nobody has begun them. What was read before is not read again, only what was added.

    Raises MarksBroken and KeyFileOpen.
    """
    if not path.exists():
        return None
    if path.stat().st_mode & 0o077:
        raise KeyFileOpen(path)
    with _reading, path.open("rb") as file:
        read, lines, tail, marks = _goes_on(file, _read_so_far.get(path))
        text = file.read()
        whole = text[: text.rfind(b"\n") + 1]  # what stands after it is a line that was never finished
        for line in _lines(path, whole, lines) if whole or not lines else ():
            marks.take(line)
        tail = (tail + whole)[-_TAIL:]
        _read_so_far[path] = (read + len(whole), lines + whole.count(b"\n"), tail, marks)
    return marks


def _goes_on(file: BinaryIO, before: _Place | None) -> _Place:
    """Where to read on, with the file set to it: from the beginning, when it is another file than the one read before."""
    if before is not None:
        read, _, tail, _ = before
        file.seek(read - len(tail))
        if file.read(len(tail)) == tail:
            return before
    file.seek(0)
    return 0, 0, b"", Marks()


def begin(path: Path, adopted: Iterable[Mark]) -> bool:
    """Begins the marks with what stands in the ledger now; False when another process was quicker."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    _write(draft, [_HEAD, *(plain_line(mark) for mark in adopted)], os.O_EXCL)
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True


def add(path: Path, *lines: Line) -> None:
    """More lines, written to the disk before this returns."""
    _write(path, [plain_line(line) for line in lines], os.O_APPEND)


def _write(path: Path, lines: list[dict[str, Any]], how: int) -> None:
    text = "\n" * (how == os.O_APPEND and _is_torn(path)) + "".join(
        json.dumps(line, ensure_ascii=False) + "\n" for line in lines
    )
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600)
    try:
        os.write(handle, text.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_torn(path: Path) -> bool:
    """Whether the last line has no end: the process died over it."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        return file.read(1) not in (b"", b"\n")


def _lines(path: Path, text: bytes, before: int) -> Iterator[Line]:
    """Each line of a text after so many lines, without the head of the file.

    One that was cut short when the process died over it is as if it had not been begun.
    """
    for number, part in enumerate(text.split(b"\n"), before + 1):
        if number > 1 and not part.endswith(b"}") and (not part or part.startswith(b"{")):
            continue
        try:
            line = json.loads(part)
            if number > 1:
                yield line_of(line)
            elif line != _HEAD:
                raise ValueError("no head of marks")
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as wrong:
            raise MarksBroken(path, number) from wrong
