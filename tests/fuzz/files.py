"""Mutated files are read, one after the other: what a reader answers otherwise than in words is kept, with its seed."""

from __future__ import annotations

import io
import random
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fuzz.reader import Reader
from tests.fuzz.readers import READERS

from kesu.cli.main import Says

LONGEST = 2.0  # seconds of work for one file
HANGS = 20  # seconds after which it is not waited for
MOST_MEMORY = 300  # MB


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was answered wrongly: which seed makes it again, and what came."""

    reader: str
    seed: int
    what: str

    def __str__(self) -> str:
        return f"{self.reader}, seed {self.seed}: {self.what}"


class Hangs(BaseException):
    """A reader does not come to an end; no handler of its own may swallow that."""


def mutated(reader: Reader, seed: int) -> bytes:
    """The file of a seed, always the same."""
    chance = random.Random(f"{reader.title} {seed}")
    return reader.mutate(chance.choice(reader.contents()), chance)


def failure_of(reader: Reader, seed: int, folder: Path) -> Failure | None:
    """What is wrong with the answer to the file of a seed; None: it was read, or refused in words."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / reader.name
    path.write_bytes(mutated(reader, seed))
    began = time.process_time()
    try:
        with _no_longer_than(HANGS), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            reader.read(path)
    except Hangs:
        return Failure(reader.title, seed, f"does not come to an end within {HANGS} seconds")
    except Exception as error:
        if not isinstance(error, Says):
            return Failure(reader.title, seed, "".join(traceback.format_exception(error)[-3:]))
        if not (error.in_("zh") and error.in_("en")):
            return Failure(reader.title, seed, "says nothing")
    took = time.process_time() - began
    if took > LONGEST:
        return Failure(reader.title, seed, f"takes {took:.1f} seconds")
    memory = _most_memory()
    if memory > MOST_MEMORY:
        return Failure(reader.title, seed, f"memory went to {memory} MB")
    return None


def failures(count: int, first: int, folder: Path) -> Iterator[Failure]:
    """Those of `count` files, from a first seed on, spread over the readers."""
    for number in range(count):
        reader, seed = READERS[number % len(READERS)], first + number // len(READERS)
        found = failure_of(reader, seed, folder / "now")
        if found is not None:
            kept = folder / f"{reader.title.replace(' ', '-')}-{seed}-{reader.name}"
            kept.write_bytes(mutated(reader, seed))
            yield found


def _most_memory() -> int:
    """The most megabytes that this process ever held; `getrusage` would count those of whoever started it as well."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM:"))


@contextmanager
def _no_longer_than(seconds: int) -> Iterator[None]:
    def stop(*_: Any) -> None:
        raise Hangs

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
