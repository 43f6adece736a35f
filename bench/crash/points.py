"""Points at which a server can be killed: every statement, just before and just after every commit, every answer.

The server that counts them ends itself by SIGKILL at the one it was given. Nothing runs on the way out: no handler, no
roll-back, no closed file.
"""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Callable, Mapping
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

TABLE = re.compile(r'(?:FROM|INTO|UPDATE)\s+"?(\w+)', re.IGNORECASE)


class Points:
    """Counts the points of one life, and ends it at the last one; `said` gets what it was about to do.

    `group`: the whole process group dies, for a server of several processes. `writing`: only what stands inside a
    transaction counts, and the commits, so that pages which only read do not take all the kills.
    """

    def __init__(self, last: int | None, said: int, *, group: bool = False, writing: bool = False) -> None:
        self.left, self.said, self.group, self.writing = last, said, group, writing
        self.lock = threading.Lock()

    def hit(self, what: str) -> None:
        """One more point."""
        with self.lock:
            if self.left is None:
                return
            self.left -= 1
            if self.left <= 0:
                os.write(self.said, f"{what}\n".encode())
                self._end()

    def statement(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Mapping[str, Any]
    ) -> Any:
        """Django's execute wrapper."""
        if not self.writing or context["connection"].in_atomic_block:
            words = str(sql).split(None, 1)
            table = TABLE.search(str(sql))
            self.hit(f"{words[0].upper()} {table[1] if table else ''}".strip())
        return execute(sql, params, many, context)

    def _end(self) -> None:
        if self.group:
            os.killpg(0, signal.SIGKILL)
        else:
            os.kill(os.getpid(), signal.SIGKILL)


def watch(points: Points) -> None:
    """Makes every connection of this process count."""

    def wrapped(connection: BaseDatabaseWrapper, **_: Any) -> None:
        if points.statement not in connection.execute_wrappers:  # a connection may be opened again
            connection.execute_wrappers.append(points.statement)

    connection_created.connect(wrapped, weak=False)
    commit = BaseDatabaseWrapper._commit  # type: ignore[attr-defined]

    def counted(connection: BaseDatabaseWrapper) -> Any:
        points.hit("COMMIT")
        done = commit(connection)
        points.hit("after COMMIT")
        return done

    BaseDatabaseWrapper._commit = counted  # type: ignore[attr-defined]
