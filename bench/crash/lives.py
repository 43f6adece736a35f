"""Servers that live to a given point, one life after another: the real one, and the harness."""

from __future__ import annotations

import ctypes
import os
import random
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Final, Protocol

from tests.postgres import PR_SET_PDEATHSIG

ROOT: Final = Path(__file__).parents[2]
PR_SET_CHILD_SUBREAPER: Final = 36


class Lives(Protocol):
    """One server at a time on one port."""

    port: int

    def begin(self, chance: random.Random | None) -> None:
        """Starts a life that ends at a point drawn by `chance`; without it, one that goes on."""

    def over(self) -> bool:
        """Whether the life has come to its end."""

    def ended(self) -> str:
        """What the life that is over was about to do; not to be asked before. It has to have killed itself."""

    def end(self) -> None:
        """Kills what is still alive."""


class Real:
    """What `kesu serve` becomes once everything is prepared: Waitress with the desk and the loops.

    Started by the same command (`python -m kesu.site.serve`), in a process group of its own that dies as a whole. Other
    than in production are the settings (`bench.crash.settings`) and a folder for compiled modules that is kept.
    """

    FURTHEST = (500, 160)  # points: of all, and of those in transactions; a few requests of several clients

    def __init__(self, home: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = int(probe.getsockname()[1])
        self.home, self.said, self.log = home, home / "crash-said", home / "crash-log"
        self.said.touch()
        self.server: subprocess.Popen[bytes] | None = None
        self.read = 0
        # a worker whose server is gone becomes our child, so that its end can be waited for
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)

    def begin(self, chance: random.Random | None) -> None:
        """Every second life, by chance, is counted in transactions only."""
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "bench.crash.settings",
            "CRASH_SAID": str(self.said),
            "PYTHONPATH": str(ROOT),
            "PYTHONPYCACHEPREFIX": str(self.home / "compiled"),
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        if chance is not None:
            writing = chance.random() < 0.5
            environment["CRASH_AT"] = str(chance.randint(1, self.FURTHEST[writing]))
            environment["CRASH_WRITING"] = "yes" if writing else "no"
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(
                [sys.executable, "-m", "kesu.site.serve", "--host", "127.0.0.1", "--port", str(self.port)],
                cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True,
                preexec_fn=_end_with_parent,
            )  # fmt: skip

    def over(self) -> bool:
        """Of the server; its worker dies with it."""
        return self.server is not None and self.server.poll() is not None

    def ended(self) -> str:
        """Both processes are gone when this comes back, so that the port is free."""
        assert self.server is not None
        status = self.server.wait()
        assert status == -signal.SIGKILL, (
            f"the server ended by itself: {status}\n{self.log.read_text()[-4000:]}"
        )
        self._reap()
        said = self.said.read_text()[self.read :]
        self.read += len(said)
        assert said.count("\n") == 1, f"one life, one point: {said!r}"
        return said.strip()

    def end(self) -> None:
        """The whole group."""
        if self.server is not None and self.server.poll() is None:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()
            self._reap()

    def _reap(self) -> None:
        """Waits for the workers that the server left."""
        assert self.server is not None
        while True:
            try:
                os.waitpid(-self.server.pid, 0)
            except ChildProcessError:
                return


class Harness:
    """Forked from this process, which holds no connection and no thread, on a socket that outlives every life."""

    FURTHEST = 160  # points; an act takes some forty, so that a life ends in its first acts or a few later

    def __init__(self, organisation: str) -> None:
        self.organisation = organisation
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self.listening.getsockname()[1])
        self.said, self.saying = os.pipe()
        self.child = self.status = 0

    def begin(self, chance: random.Random | None) -> None:
        """A fork."""
        last = None if chance is None else chance.randint(1, self.FURTHEST)
        self.child = os.fork()
        if self.child:
            return
        from .harness import serve
        from .points import Points

        try:
            serve(self.listening, Points(last, self.saying), organisation=self.organisation)
        finally:
            os._exit(1)

    def over(self) -> bool:
        """Looks without waiting."""
        done, self.status = os.waitpid(self.child, os.WNOHANG)
        if done:
            self.child = 0
        return bool(done)

    def ended(self) -> str:
        """Its exit status tells whether it was killed."""
        assert os.WIFSIGNALED(self.status), f"the server ended by itself: {self.status}"
        return os.read(self.said, 200).decode().strip()

    def end(self) -> None:
        """Closes the socket too."""
        if self.child:
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
            self.child = 0
        self.listening.close()


def _end_with_parent() -> None:
    """A run that is broken off leaves no server behind (its worker follows it within a second)."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
