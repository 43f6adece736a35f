"""Starting Kesu: what `kesu serve` refuses, what the loops survive, and a real start on a fresh home."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
from jsonschema import Draft202012Validator

from kesu.cli import main as front
from kesu.cli.main import main
from kesu.site import loops

KESU = Path(sys.executable).with_name("kesu")
IDLE_MEMORY = 288 * 2**20  # with every procedure of the library in force at the houses of the demo
FIRST_START, SECOND_START = 120.0, 20.0  # seconds


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(home: Path, port: int, *, within: float) -> Iterator[psutil.Process]:
    """`kesu serve --demo` on a home; comes when the first page is there."""
    environment = os.environ | {"KESU_HOME": str(home), "KESU_LANG": "en"}
    environment.pop("DATABASE_URL", None)
    log = home.with_suffix(".log")
    with log.open("a") as output:
        server = psutil.Popen(
            [str(KESU), "serve", "--demo", "--json", "--port", str(port)],
            env=environment,
            stdout=output,
            stderr=subprocess.DEVNULL,
        )
    try:
        until = time.monotonic() + within
        while not _answers(port):
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < until, f"no page within {within} s\n{log.read_text()}"
            time.sleep(0.1)
        yield server
    finally:
        if server.is_running():
            server.terminate()
            server.wait(timeout=60)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
            return bool(page.status == 200)
    except OSError:
        return False


def test_a_fresh_home_is_served_within_its_time_and_memory_and_again_much_faster(
    tmp_path: Path, free_port: int
) -> None:
    home = tmp_path / "home"
    with running(home, free_port, within=FIRST_START) as server:
        used = sum(process.memory_info().rss for process in [server, *server.children(recursive=True)])
        assert used <= IDLE_MEMORY, f"{used / 2**20:.0f} MiB"
        for secret in ("secret-key", "signing-key", "mac-key"):
            assert (home / secret).stat().st_mode & 0o777 == 0o600
        said = json.loads(home.with_suffix(".log").read_text())
        schema = json.loads(
            (Path(front.__file__).parent / "schemas" / "serve.json").read_text(encoding="utf-8")
        )
        assert [error.message for error in Draft202012Validator(schema).iter_errors(said)] == []
        assert said["address"] == f"http://127.0.0.1:{free_port}/"
    with running(home, free_port, within=SECOND_START) as server:
        workers = server.children(recursive=True)
        server.send_signal(signal.SIGKILL)
        server.wait(timeout=5)
        gone, alive = psutil.wait_procs(workers, timeout=10)
        assert (len(gone), alive) == (len(workers), [])
        assert not _answers(free_port)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "example.org", "::"])
def test_demo_mode_listens_on_this_machine_only(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "serve", "--demo", "--host", host]) == 2
    assert capsys.readouterr().err == (
        "kesu: demo mode asks for no password and listens on this machine only,"
        f" not on {host}; leave out --host or --demo\n"
    )


@pytest.mark.parametrize("port", ["0", "65536", "http", "８０００", "-1"])
def test_what_is_no_port_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "serve", f"--port={port}"]) == 2
    assert capsys.readouterr().err == (
        f"kesu: “{port}” is no port; give a whole number from 1 to 65535 (--port or KESU_PORT)\n"
    )


def test_a_port_in_use_is_said_before_anything_is_prepared(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["--lang", "en", "serve", "--port", str(port)]) == 2
    assert capsys.readouterr().err == (
        f"kesu: 127.0.0.1:{port} cannot be used (Address already in use); another: KESU_PORT=8010 make run\n"
    )


def test_a_loop_that_fails_is_logged_and_the_others_take_their_turn(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        loops, "close_old_connections", lambda: None
    )  # a connection of another test is not ours
    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    seen: list[datetime] = []

    def broken(moment: datetime) -> None:
        raise RuntimeError("no table")

    with caplog.at_level(logging.ERROR, logger="kesu.site.loops"):
        assert loops.turn(now=now, loops={"first": broken, "second": seen.append}) == ["first"]
    assert seen == [now]
    assert [record.getMessage() for record in caplog.records] == [
        "the loop “first” failed; it is tried again in 20 seconds"
    ]
    assert caplog.records[0].exc_info is not None


def test_every_loop_is_run() -> None:
    assert list(loops.LOOPS) == ["clock", "search", "seal", "logs", "tidy"]
