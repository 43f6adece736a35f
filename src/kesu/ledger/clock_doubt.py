"""Is the clock of this machine to be relied on? Judged from what others say of the time; reads no clock itself.

Witnesses are: the clock's own count since it was last relied on (`Evidence.last`), the clock of the database server, and the
newest instant that stands on record. A clock that none of them contradicts is relied on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from kesu.ledger.machine_clock import Reading
from kesu.reading.text import Text

What = Literal["ahead", "back", "absent", "database", "behind"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerances:
    """How far clocks may differ, and how long the house may have been closed before people are asked."""

    step: timedelta
    absence: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of the time: the clock when it was last relied on, the database's clock, the newest instant on record."""

    last: Reading | None = None
    database: Reading | None = None
    newest: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Why a clock is not relied on: it says `clock`, while by a witness it should say `expected`, or at least that."""

    what: What
    clock: datetime
    expected: datetime

    def in_(self, lang: str) -> str:
        """What is seen, in Chinese (`zh`) or English, without what to do."""
        return str(_SEEN[self.what].in_("zh" if lang == "zh" else "en")).format(
            clock=in_seconds(self.clock), expected=in_seconds(self.expected)
        )


_SEEN: Final[dict[str, Text]] = {
    "ahead": Text(
        "服务器的时钟是 {clock}，而从上次可信时数起应是 {expected}：时钟被拨快了",
        "the server's clock says {clock}, but counted on from when it was last relied on it should say {expected}:"
        " it was put forward",
    ),
    "back": Text(
        "服务器的时钟是 {clock}，而从上次可信时数起应是 {expected}：时钟被拨慢了",
        "the server's clock says {clock}, but counted on from when it was last relied on it should say {expected}:"
        " it was put back",
    ),
    "absent": Text(
        "服务器的时钟是 {clock}，而上次可信是在 {expected}；其间机器停过，也没有时间服务在校时，不知道是不是真过了这么久",
        "the server's clock says {clock}, and it was last relied on at {expected}; the machine was off between the two and"
        " no time service keeps its clock, so nobody knows whether so much time has gone by",
    ),
    "database": Text(
        "服务器的时钟是 {clock}，而数据库服务器的时钟是 {expected}",
        "the server's clock says {clock}, that of the database server says {expected}",
    ),
    "behind": Text(
        "服务器的时钟是 {clock}，而台账里已有 {expected} 的记录",
        "the server's clock says {clock}, but {expected} stands in the ledger already",
    ),
}
_TO_DO: Final = Text(
    "在此之前什么也不写入、不封存。请管理服务器的人校准时钟（启用时间服务 NTP）；"
    "若现在的时钟是对的，由管理员和另一人各用自己的登录在“时钟”页确认",
    "until then nothing is written or sealed. Whoever runs the server sets the clock right (a time service, NTP); if it is"
    " right now, an administrator and another person say so on the page “Clock”, each in a sign-in of his own",
)


class ClockWrong(RuntimeError):
    """The time is not one to write under; the message is for people, in both languages."""

    def in_(self, lang: str) -> str:
        """The message in Chinese (`zh`) or English."""
        return str(self)


class ClockInDoubt(ClockWrong):
    """A witness contradicts the clock of this machine: nothing is written, sealed or timed by it."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(f"{doubt.in_('en')}; {_TO_DO.en}")
        self.doubt = doubt

    def in_(self, lang: str) -> str:
        """The message in Chinese (`zh`) or English."""
        return f"{self.doubt.in_('zh')}。{_TO_DO.zh}" if lang == "zh" else str(self)


class ClockWentBack(ClockWrong):
    """The server's clock is more than a minute behind what stands in the ledger already: in a file, or in a checkpoint."""

    def __init__(self, where: str, *, clock: datetime, stands: datetime) -> None:
        self.where, self.clock, self.stands = where, in_seconds(clock), in_seconds(stands)
        super().__init__(
            f"{where}: the clock says {self.clock}, but {self.stands} stands there already;"
            " set the server's clock (NTP) before anything else is written; nothing was written"
        )

    def in_(self, lang: str) -> str:
        """The message in Chinese (`zh`) or English."""
        zh = (
            f"{self.where}：服务器的时钟是 {self.clock}，而这里已有 {self.stands} 的记录；"
            "请先把服务器的时钟校准（NTP），此前什么也没有写入"
        )
        return zh if lang == "zh" else str(self)


def in_seconds(moment: datetime) -> str:
    """As people read it, with its zone."""
    return moment.isoformat(sep=" ", timespec="seconds")


def doubt_of(
    read: Reading, evidence: Evidence, allowed: Tolerances, *, is_kept: bool = False
) -> Doubt | None:
    """The first witness that contradicts the clock; None when it is to be relied on.

    `is_kept`: by a time service, as the kernel knows it. That speaks for a clock of which nobody knows how long the machine
    was off, and for no clock that another witness contradicts.
    """
    return (
        _by_its_own_count(read, evidence.last, allowed, is_kept=is_kept)
        or _by_the_database(read, evidence.database, allowed)
        or _by_the_record(read, evidence.newest, allowed)
    )


def expected_at(read: Reading, last: Reading | None) -> datetime | None:
    """What the wall clock should say, counted on from `last`; None when the machine was started anew since."""
    if last is None or last.boot != read.boot:
        return None
    return last.wall + timedelta(seconds=read.running - last.running)


def _by_its_own_count(
    read: Reading, last: Reading | None, allowed: Tolerances, *, is_kept: bool
) -> Doubt | None:
    if last is None:
        return None
    expected = expected_at(read, last)
    if expected is not None:
        what: What = "ahead" if read.wall > expected else "back"
        far = abs(read.wall - expected) > allowed.step
        return Doubt(what=what, clock=read.wall, expected=expected) if far else None
    if last.wall - read.wall > allowed.step:
        return Doubt(what="back", clock=read.wall, expected=last.wall)
    if read.wall - last.wall > allowed.absence and not is_kept:
        return Doubt(what="absent", clock=read.wall, expected=last.wall)
    return None


def _by_the_database(read: Reading, database: Reading | None, allowed: Tolerances) -> Doubt | None:
    expected = expected_at(read, database)
    if expected is None or abs(read.wall - expected) <= allowed.step:
        return None
    return Doubt(what="database", clock=read.wall, expected=expected)


def _by_the_record(read: Reading, newest: datetime | None, allowed: Tolerances) -> Doubt | None:
    if newest is None or newest - read.wall <= allowed.step:
        return None
    return Doubt(what="behind", clock=read.wall, expected=newest)
