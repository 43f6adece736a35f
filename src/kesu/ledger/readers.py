"""Several processes that read one and the same moment of the database, and share out what is to be done there.

Their connections see the same. On PostgreSQL one of them keeps a moment open and tells the others its name. SQLite has no
names for moments, but a connection knows whether another one has committed: when nobody did from before the first reader
looked until after the last one had, all see the same. Nobody who writes waits for any of it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from django.db import OperationalError, connection, connections

from kesu.ledger.snapshot import commits_seen, name_of_moment, snapshot

Part = TypeVar("Part")
Result = TypeVar("Result")
Work = Callable[[Part], Result]
_MOST = 8  # each holds a connection, and PostgreSQL has a hundred as a rule
_TRIES = 50


class ReaderGone(RuntimeError):
    """A reader ended before it had said what it saw: nothing is known of its part."""

    def __init__(self) -> None:
        super().__init__(
            "a process that read the ledger ended before it was done; nothing is shown by this run, try again"
        )

    def in_(self, lang: str) -> str:
        """The message in Chinese (`zh`) or English."""
        return "读取台账的一个进程中途结束；本次什么也没有证明，请重试" if lang == "zh" else str(self)


def cores() -> int:
    """How many processes are of use here: the cores that this process may use, eight at most.

    One where processes cannot be forked safely: anywhere but on Linux.
    """
    return min(len(os.sched_getaffinity(0)), _MOST) if hasattr(os, "sched_getaffinity") else 1


def threads_here() -> int:
    """How many threads this process has, also those that `threading` does not know: a fork copies the locks of them all."""
    return (
        len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self/task") else threading.active_count()
    )


@contextmanager
def at_one_moment(
    work: Work[Part, Result], *, processes: int
) -> Iterator[Callable[[Sequence[Part]], list[Result]]]:
    """A moment of the database for this block, and a function that does `work` on each part at that moment.

    What it returns is in the order of the parts. So many processes do the work; this one does it alone when it is one,
    inside a transaction of the caller (nobody else sees what that has written), when other threads run here (forking
    leaves their locks locked), and when somebody writes to SQLite without a pause. Raises whatever `work` raises, and
    ReaderGone.
    """
    alone = processes == 1 or connection.in_atomic_block or threads_here() > 1
    with ExitStack() as stack:
        readers = [] if alone else stack.enter_context(_forked(work, processes))
        readers = _looking(stack, readers)
        yield lambda parts: _shared_out(readers, parts) if readers else [work(part) for part in parts]


class _Reader(Generic[Part, Result]):
    """A forked process, spoken to through a pipe: it is told a moment to look at, then parts to do."""

    def __init__(self, work: Work[Part, Result], elder: Sequence[_Reader[Part, Result]]) -> None:
        context = multiprocessing.get_context("fork")
        self.pipe, far_end = context.Pipe()
        near_ends = [self.pipe, *(reader.pipe for reader in elder)]
        self._process = context.Process(target=_read, args=(far_end, near_ends, work), daemon=True)
        self._process.start()
        far_end.close()

    def ask(self, word: str, what: object) -> None:
        """Tell it what to do; it answers when that is done. Raises ReaderGone."""
        try:
            self.pipe.send((word, what))
        except ConnectionError:
            raise ReaderGone from None

    def answer(self) -> Any:
        """What it answers. Raises what it raised, or ReaderGone."""
        try:
            answer = self.pipe.recv()
        except (EOFError, ConnectionError):
            raise ReaderGone from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def could_connect(self) -> bool:
        """Its answer when it was told to look."""
        try:
            self.answer()
        except OperationalError:
            return False
        return True

    def end(self) -> None:
        """Let it go, and wait until it has gone."""
        self.pipe.close()
        self._process.join()


@contextmanager
def _forked(work: Work[Part, Result], processes: int) -> Iterator[list[_Reader[Part, Result]]]:
    """The processes. No connection is open when they begin: one that two processes share would be the end of it."""
    connections.close_all()
    readers: list[_Reader[Part, Result]] = []
    try:
        for _ in range(processes):
            readers.append(_Reader(work, readers))
        yield readers
    finally:
        for reader in readers:
            reader.end()


def _read(pipe: Connection, near_ends: Sequence[Connection], work: Work[Any, Any]) -> None:
    """What a reader does until its pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is interrupted is the process that asks
    for end in near_ends:
        end.close()  # or the pipe would never be closed
    moment = ExitStack()
    try:
        while True:
            word, what = pipe.recv()
            pipe.send(_answer(moment, word, what, work))
    except (EOFError, ConnectionError):
        pass  # nobody asks any more
    finally:
        moment.close()
        connections.close_all()


def _answer(moment: ExitStack, word: str, what: Any, work: Work[Any, Any]) -> Any:
    try:
        if word == "do":
            return work(what)
        moment.close()
        moment.enter_context(snapshot(named=what))
    except Exception as raised:
        return raised
    return None


def _looking(stack: ExitStack, readers: list[_Reader[Part, Result]]) -> list[_Reader[Part, Result]]:
    """Open a moment here and have the readers look at the same; none of them, when that cannot be had."""
    if not readers or connection.vendor == "postgresql":
        stack.enter_context(snapshot())
        return _look(readers, name_of_moment()) if readers else []
    for _ in range(_TRIES):
        before = commits_seen()
        ready = _look(readers, None)
        moment = stack.enter_context(ExitStack())
        moment.enter_context(snapshot())
        if commits_seen() == before:
            return ready
        moment.close()
    stack.enter_context(snapshot())
    return []


def _look(readers: Sequence[_Reader[Part, Result]], name: str | None) -> list[_Reader[Part, Result]]:
    """Those that do look now; the others were refused by a server that has no connection left for them."""
    for reader in readers:
        reader.ask("look", name)
    return [reader for reader in readers if reader.could_connect()]


def _shared_out(readers: Sequence[_Reader[Part, Result]], parts: Sequence[Part]) -> list[Result]:
    """Each reader is given the next part when it has done one."""
    results: dict[int, Result] = {}
    places = iter(range(len(parts)))
    busy: dict[Any, tuple[_Reader[Part, Result], int]] = {}

    def give(reader: _Reader[Part, Result]) -> None:
        if (place := next(places, None)) is not None:
            reader.ask("do", parts[place])
            busy[reader.pipe] = (reader, place)

    for reader in readers:
        give(reader)
    while busy:
        for pipe in wait(list(busy)):
            reader, place = busy.pop(pipe)
            results[place] = reader.answer()
            give(reader)
    return [results[place] for place in range(len(parts))]
