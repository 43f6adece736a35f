"""What the machine did to a command or a page (disk full, damaged file, lock, no right to write), in words that say what to do.

An error is looked at with those that it came from: Django hides what the database said behind errors of its own. Knows no
Django, so that a command can ask after whatever broke.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from kesu.reading.text import Lang, Text

What = Literal["full", "damaged", "locked", "read only", "away"]
_OF_SQLITE: Final[dict[int, What]] = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "full",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_READONLY: "read only",
    sqlite3.SQLITE_PERM: "read only",
    sqlite3.SQLITE_CANTOPEN: "away",
}
_READ_WRONG: Final = (
    sqlite3.SQLITE_IOERR_READ,
    sqlite3.SQLITE_IOERR_SHORT_READ,
    sqlite3.SQLITE_IOERR_CORRUPTFS,
)
_OF_POSTGRES: Final[dict[str, What]] = {  # by how a state begins
    "53100": "full",
    "58030": "full",
    "XX001": "damaged",
    "XX002": "damaged",
    "55P03": "locked",
    "40": "locked",  # given up in favour of another
    "25006": "read only",
    "57P": "away",
    "53300": "away",
    "08": "away",
}
_OF_SYSTEM: Final[dict[int, What]] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EIO: "full",
    errno.EROFS: "read only",
}
_BY_WORDS: Final[dict[str, What]] = {  # of an error that came from another process, without what it came from
    "disk image is malformed": "damaged",
    "file is not a database": "damaged",
    "database or disk is full": "full",
    "disk I/O error": "full",
    "database is locked": "locked",
    "readonly database": "read only",
    "unable to open database file": "away",
}
_FURTHEST: Final = 10  # errors behind an error

_FOR_COMMANDS: Final[dict[What, Text]] = {
    "full": Text(
        "磁盘写不进去：满了、超过配额，或磁盘出错（{detail}）。没有留下写了一半的记录。请在数据所在的磁盘腾出空间，再做一次",
        "the disk takes nothing more: it is full, over a quota, or failing ({detail}). Nothing was half recorded. Make room on"
        " the disk of the data, then do it again",
    ),
    "damaged": Text(
        "数据库文件已损坏（{detail}）。请停止服务，不要再写入；留着这个目录，另用一个空目录 kesu restore 恢复最近完好的备份，并检查磁盘",
        "the database is damaged ({detail}). Stop the server and write nothing more; keep this home, put the last sound backup"
        " back into another one with kesu restore, and have the disk looked at",
    ),
    "locked": Text(
        "数据库被别的程序占着，一直没有等到（{detail}）。没有写入任何内容。请看是谁占着它（SQLite：fuser 数据库文件；PostgreSQL：pg_stat_activity），等它结束或停掉它，再做一次",
        "another program holds the database and did not let go of it ({detail}). Nothing was written. See who has it (SQLite:"
        " fuser FILE; PostgreSQL: pg_stat_activity), wait for it or end it, then do it again",
    ),
    "read only": Text(
        "这里不能写入（{detail}）。没有写入任何内容。请检查目录的权限，以及磁盘是不是以只读方式挂载（出错后系统会这样做）",
        "nothing can be written here ({detail}), and nothing was. Look at the modes of the home, and whether its disk is mounted"
        " read-only, which the system does after an error",
    ),
    "away": Text(
        "连不上数据库：{detail}。请检查 DATABASE_URL 或 KESU_HOME，以及数据库服务器是否在运行",
        "cannot reach the database: {detail}. Check DATABASE_URL or KESU_HOME, and whether the database server runs",
    ),
}
_FOR_PAGES: Final[dict[What, Text]] = {
    "full": Text(
        "服务器的磁盘满了，或写不进去。没有留下写了一半的记录。请告诉管理员腾出空间，然后再发送一次",
        "The server's disk is full, or takes nothing more. Nothing was half recorded. Tell the administrator to make room, then"
        " send it again",
    ),
    "damaged": Text(
        "数据库文件已损坏，这次没有记下任何内容。请马上告诉管理员：停止服务，恢复最近完好的备份。在此之前请记在纸上",
        "The database is damaged, and nothing was recorded. Tell the administrator at once: the server has to be stopped and the"
        " last sound backup put back. Note it on paper meanwhile",
    ),
    "locked": Text(
        "数据库正被别的程序占着，这次没有记下任何内容。请过一分钟再发送；一直这样，就告诉管理员看是谁占着它",
        "Another program holds the database, and nothing was recorded. Send it again in a minute; if it stays so, tell the"
        " administrator to see who holds it",
    ),
    "read only": Text(
        "服务器现在不能写入，这次没有记下任何内容。请告诉管理员检查磁盘和权限，然后再发送一次",
        "The server cannot write now, and nothing was recorded. Tell the administrator to look at the disk and its modes, then"
        " send it again",
    ),
    "away": Text(
        "数据库没有应答，这次没有记下任何内容。请过一分钟再试；一直这样，就告诉管理员",
        "The database does not answer, and nothing was recorded. Try again in a minute; if it stays so, tell the administrator",
    ),
}


@dataclass(frozen=True, slots=True)
class MachineFault:
    """What kind of fault it is, and what the machine said of it."""

    what: What
    detail: str

    def in_(self, lang: Lang) -> str:
        """For whoever runs the server: what happened, and what to do."""
        return _FOR_COMMANDS[self.what].in_(lang).format(detail=self.detail)

    def on_page(self, lang: Lang) -> str:
        """For whoever sits before a page."""
        return _FOR_PAGES[self.what].in_(lang)


def fault_of(error: BaseException | None) -> MachineFault | None:
    """The fault of the machine that an error comes from; None where it is another kind of error."""
    for one in _with_causes(error):
        what = _of_database(one) or (_OF_SYSTEM.get(one.errno or 0) if isinstance(one, OSError) else None)
        if what is not None:
            return MachineFault(what, _detail(one))
    return None


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(_FURTHEST):
        if error is None:
            return
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _of_database(error: BaseException) -> What | None:
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return "damaged" if code in _READ_WRONG else _OF_SQLITE.get(code & 0xFF)
    if type(error).__module__ == "django.db.utils" and error.__cause__ is None:
        return next((what for words, what in _BY_WORDS.items() if words in str(error)), None)
    if not type(error).__module__.startswith("psycopg"):
        return None
    state = getattr(error, "sqlstate", None)
    if state is None:
        return (
            "away"
            if type(error).__name__ in ("OperationalError", "ConnectionTimeout", "PoolTimeout")
            else None
        )
    return next((what for begins, what in _OF_POSTGRES.items() if str(state).startswith(begins)), None)


def _detail(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
