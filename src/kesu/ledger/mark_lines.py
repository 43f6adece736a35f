"""The lines of the marks: what each says, as it is written and read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, get_args

from kesu.ledger.checkpoint import Statement, fingerprint
from kesu.ledger.entry import instant, moment

How = Literal["sealed", "founded", "adopted", "accepted"]
Way = Literal["file", "mail", "time stamp"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One line: of `organisation` checkpoint `number` was signed over `size` entries with this `root` (hexadecimal).

    `how` it came here: *sealed* by this house; *founded*, *adopted* (it stood there when the marks began) or *accepted*
    (put back from a backup, by decision of the host's owner: `reason`). 0 entries and no root where nothing was sealed
    yet. `key` is the fingerprint of the key that signed, `time` that of the checkpoint, else of the line.
    """

    organisation: str
    number: int
    size: int
    root: str | None
    key: str | None
    time: datetime
    how: How = "sealed"
    reason: str | None = None

    @staticmethod
    def of(statement: Statement, *, how: How = "sealed", reason: str | None = None) -> Mark:
        """The mark of a checkpoint."""
        return Mark(
            organisation=statement.organisation,
            number=statement.number,
            size=statement.size,
            root=statement.root,
            key=fingerprint(statement.key),
            time=statement.time,
            how=how,
            reason=reason,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Remade:
    """Triggers of the ledger that were not as they must be and were made anew at `time`; `what` was wrong with them."""

    what: tuple[str, ...]
    time: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MacsBegin:
    """From the entry after leaf `after` on, every entry of `organisation` carries an authentication code under `key`.

    `key` is the fingerprint of the key of the codes. Entries up to that leaf may have none: a release before wrote them, or
    somebody accepted them by name.
    """

    organisation: str
    after: int
    key: str
    time: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LogMark:
    """How a log beside the ledger stood at `time`: so many rows up to the number `last`, with this digest."""

    table: str
    last: int
    count: int
    digest: str
    time: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """That checkpoint `number` of `organisation` was given away at `time`, to be kept where this host does not reach.

    By which `way`: written to a *file* (or on paper), sent by *mail*, or as a digest to a service of *time stamp*s; `stamp` is the
    SHA-256 of the answer of that service, which is kept beside the marks.
    """

    organisation: str
    number: int
    time: datetime
    way: Way = "file"
    stamp: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """That at `time` the home was put back from the backup that was `taken` then and has this digest."""

    taken: datetime
    sha256: str
    time: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockCorrected:
    """That two persons of `organisation` corrected the clock at `time`, after checkpoint `number`.

    From `since` on it is right; what stood in the ledger then with a later time, up to `until`, a wrong clock wrote.
    """

    organisation: str
    number: int
    since: datetime
    until: datetime
    time: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInsBegin:
    """From `time` on every sign-in carries its code; those that stood there then were taken as they were."""

    time: datetime


Line = Mark | Remade | MacsBegin | LogMark | Given | Restored | ClockCorrected | SignInsBegin


def plain_line(line: Line) -> dict[str, Any]:
    """As it is written, in JSON."""
    if isinstance(line, Remade):
        return {"triggers": list(line.what), "time": instant(line.time)}
    if isinstance(line, SignInsBegin):
        return {"sign-ins": "begin", "time": instant(line.time)}
    if isinstance(line, ClockCorrected):
        return {
            "organisation": line.organisation,
            "clock corrected": line.number,
            "since": instant(line.since),
            "until": instant(line.until),
            "time": instant(line.time),
        }
    if isinstance(line, Given):
        return {
            "organisation": line.organisation,
            "given": line.number,
            "time": instant(line.time),
            **({"way": line.way} if line.way != "file" else {}),
            **({"stamp": line.stamp} if line.stamp else {}),
        }
    if isinstance(line, Restored):
        return {"restored": line.sha256, "taken": instant(line.taken), "time": instant(line.time)}
    if isinstance(line, LogMark):
        return {
            "log": line.table,
            "last": line.last,
            "count": line.count,
            "digest": line.digest,
            "time": instant(line.time),
        }
    if isinstance(line, MacsBegin):
        return {
            "organisation": line.organisation,
            "macs after": line.after,
            "key": line.key,
            "time": instant(line.time),
        }
    return {
        "organisation": line.organisation,
        "checkpoint": line.number,
        "size": line.size,
        "root": line.root,
        "key": line.key,
        "time": instant(line.time),
        "how": line.how,
        **({"reason": line.reason} if line.reason else {}),
    }


def line_of(line: Any) -> Line:
    """As it was written. Raises KeyError, TypeError and ValueError for what is no line of the marks."""
    reader = next((reads for sign, reads in _READERS.items() if sign in line), _mark)
    return reader(line)


def _given(line: Any) -> Given:
    way = line.get("way", "file")
    if way not in get_args(Way):
        raise ValueError("no way of giving away")
    return Given(
        organisation=line["organisation"],
        number=_whole(line["given"]),
        time=moment(line["time"]),
        way=way,
        stamp=line.get("stamp"),
    )


def _remade(line: Any) -> Remade:
    return Remade(what=tuple(map(str, line["triggers"])), time=moment(line["time"]))


def _restored(line: Any) -> Restored:
    return Restored(taken=moment(line["taken"]), sha256=line["restored"], time=moment(line["time"]))


def _sign_ins_begin(line: Any) -> SignInsBegin:
    return SignInsBegin(time=moment(line["time"]))


def _log_mark(line: Any) -> LogMark:
    return LogMark(
        table=line["log"],
        last=_whole(line["last"]),
        count=_whole(line["count"]),
        digest=line["digest"],
        time=moment(line["time"]),
    )


def _macs_begin(line: Any) -> MacsBegin:
    after = _whole(line["macs after"])
    return MacsBegin(
        organisation=line["organisation"], after=after, key=line["key"], time=moment(line["time"])
    )


def _clock_corrected(line: Any) -> ClockCorrected:
    return ClockCorrected(
        organisation=line["organisation"],
        number=_whole(line["clock corrected"]),
        since=moment(line["since"]),
        until=moment(line["until"]),
        time=moment(line["time"]),
    )


def _mark(line: Any) -> Mark:
    return Mark(
        organisation=line["organisation"],
        number=_whole(line["checkpoint"]),
        size=_whole(line["size"]),
        root=line["root"],
        key=line["key"],
        time=moment(line["time"]),
        how=line["how"],
        reason=line.get("reason"),
    )


def _whole(number: Any) -> int:
    """Raises TypeError for what is no whole number."""
    if type(number) is not int:
        raise TypeError("a number is no number")
    return number


_READERS: Final[dict[str, Callable[[Any], Line]]] = {
    "given": _given,
    "triggers": _remade,
    "restored": _restored,
    "log": _log_mark,
    "macs after": _macs_begin,
    "clock corrected": _clock_corrected,
    "sign-ins": _sign_ins_begin,
}
