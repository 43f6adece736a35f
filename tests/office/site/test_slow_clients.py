"""Strangers who send slowly, half, or too much stop nobody: the real server, with sixty-four of them at once."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from tests.office.site.test_site_settings import run

from kesu.site import serve
from kesu.site.serve import BODY, HEAD, limited

STRANGERS = 64
AT_ONCE = (
    1.0  # seconds in which the health page answers all the while; on a busy machine it may be looked at again
)
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
PARTS = b"Content-Type: multipart/form-data; boundary=b\r\n"
POST = b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\nCookie: csrftoken=" + b"a" * 32 + b"\r\n"
SESSION = b"Cookie: sessionid=" + b"b" * 32 + b"\r\n"
PART = b'--b\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\n'
HALVES = {
    "half a head": b"POST /sign-in/ HTTP/1.1\r\nHost: loc",
    "half a body": POST + FORM + b"Content-Length: 1000\r\n\r\nuse",
    "half a part": POST + PARTS + b"Content-Length: 100000\r\n\r\n" + PART + b"xxx",
    "half a chunk": POST + FORM + b"Transfer-Encoding: chunked\r\n\r\nff\r\nuse",
    "nothing": b"",
}


@dataclass
class Served:
    """A server in a process of its own, and the folder that its temporary files go to."""

    port: int
    temporary: Path
    process: psutil.Process


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """`kesu.site.serve` on a home that was made ready, as `kesu serve` starts it."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
        probe.close()
        home, temporary = Path(folder, "home"), Path(folder, "temporary")
        temporary.mkdir()
        ready = run(home, "import sys; from kesu.site.prepare import run; sys.exit(run())")
        assert ready.returncode == 0, ready.stderr
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"KESU_HOME": str(home), "TMPDIR": str(temporary)}
        environment["DJANGO_SETTINGS_MODULE"] = "kesu.site.settings"
        server = subprocess.Popen(
            [sys.executable, "-m", "kesu.site.serve", "--port", str(port)],
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        try:
            until = time.monotonic() + 60
            while not _healthy(port):
                assert server.poll() is None
                assert time.monotonic() < until
                time.sleep(0.1)
            yield Served(port, temporary, psutil.Process(server.pid))
        finally:
            server.terminate()
            assert server.wait(timeout=30) == 0


def _healthy(port: int) -> bool:
    """Whether the health page answers at once."""
    begun = time.monotonic()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            return answer.status == 200 and time.monotonic() - begun < AT_ONCE
    except OSError:
        return False


def healthy(port: int) -> bool:
    """The same, with two more looks for a machine that is busy with something else."""
    return any(_healthy(port) for _ in range(3))


@contextlib.contextmanager
def strangers(port: int, begin: bytes) -> Iterator[list[socket.socket]]:
    """Connections that have sent this much."""
    with contextlib.ExitStack() as after:
        made = []
        for _ in range(STRANGERS):
            one = after.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            one.sendall(begin)
            made.append(one)
        yield made


@pytest.mark.parametrize("begin", HALVES.values(), ids=HALVES)
def test_whoever_sends_half_a_request_keeps_nobody_waiting(begin: bytes, served: Served) -> None:
    with strangers(served.port, begin) as waiting:
        for _ in range(3):
            assert healthy(served.port)
            for one in waiting:
                with contextlib.suppress(OSError):
                    one.sendall(b"x" if begin else b"")
            time.sleep(0.3)
    assert list(served.temporary.iterdir()) == []


SIGN_INS = 16
GROWTH = (
    280 * 2**20
)  # bytes: two passwords are worked on at once, each takes 100 MB; sixteen took 375 MB more


def test_sixteen_sign_ins_at_once_take_the_memory_of_two(served: Served) -> None:
    statuses: list[int] = []
    together = threading.Barrier(SIGN_INS)

    def sign_in(number: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=120)
        line.request("GET", "/sign-in/")
        answer = line.getresponse()
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
        mark = re.search(r'csrfmiddlewaretoken" value="([^"]*)', answer.read().decode())
        assert mark is not None
        together.wait()
        sent = f"csrfmiddlewaretoken={mark[1]}&username=nobody{number}&password=x"
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        line.request("POST", "/sign-in/", sent, kind)
        statuses.append(line.getresponse().status)
        line.close()

    before = most = served.process.memory_info().rss
    threads = [threading.Thread(target=sign_in, args=(number,)) for number in range(SIGN_INS)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        most = max(most, served.process.memory_info().rss)
        time.sleep(0.01)
    assert statuses == [401] * SIGN_INS
    assert most - before < GROWTH, f"{(most - before) / 2**20:.0f} MB more"


def asked(port: int, sent: bytes) -> bytes:
    """The first line of what comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as one:
        with contextlib.suppress(OSError):
            one.sendall(sent)
        with contextlib.suppress(OSError):
            return one.makefile("rb").readline()
    return b""


def large(head: bytes, body: bytes) -> bytes:
    return (
        POST + head + b"Content-Length: " + str(len(body)).encode() + b"\r\nConnection: close\r\n\r\n" + body
    )


TOO_MUCH: dict[str, tuple[Callable[[], bytes], tuple[bytes, ...]]] = {
    "a body that says it is too long": (
        lambda: POST + FORM + b"Content-Length: 400000000\r\n\r\n" + b"x" * 100_000,
        (b"413",),
    ),
    "a body that goes on and on": (
        lambda: (
            POST
            + FORM
            + b"Transfer-Encoding: chunked\r\n\r\n"
            + (b"ffff\r\n" + b"x" * 0xFFFF + b"\r\n") * (BODY // 0xFFFF + 2)
        ),
        (b"413",),
    ),
    "a form of three megabytes from nobody": (
        lambda: large(PARTS, PART + b"x" * 3_000_000 + b"\r\n--b--\r\n"),
        (b"413",),
    ),
    "a form of three megabytes from a browser with a session": (
        lambda: large(SESSION + PARTS, PART + b"x" * 3_000_000 + b"\r\n--b--\r\n"),
        (b"403",),
    ),
    "a form of 65 megabytes": (
        lambda: POST + SESSION + PARTS + b"Content-Length: 65000000\r\n\r\n" + PART + b"x" * 100_000,
        (b"413",),
    ),
    "a head without end": (lambda: POST + b"X-Long: " + b"x" * (HEAD + 1000) + b"\r\n\r\n", (b"431",)),
    "ten thousand headers": (
        lambda: POST + b"".join(b"X-%d: y\r\n" % number for number in range(10_000)) + b"\r\n",
        (b"431",),
    ),
    "six thousand fields": (lambda: large(FORM, b"&".join([b"a=1"] * 6000)), (b"400", b"403")),
    "six thousand parts": (
        lambda: large(PARTS, b"\r\n".join([PART + b"x"] * 6000) + b"\r\n--b--\r\n"),
        (b"400", b"403"),
    ),
    "a file of two megabytes": (
        lambda: large(PARTS, PART + b"x" * 2_000_000 + b"\r\n--b--\r\n"),
        (b"400", b"403"),
    ),
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_what_is_too_much_is_refused_and_left_nowhere(what: str, served: Served) -> None:
    sent, statuses = TOO_MUCH[what]
    assert asked(served.port, sent()).split(b" ")[1] in statuses
    assert list(served.temporary.iterdir()) == []
    assert healthy(served.port)


def test_a_request_that_drips_is_cut_off_though_it_is_never_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "WHOLE", 2.0)
    with _in_process() as port, socket.create_connection(("127.0.0.1", port), timeout=10) as one:
        begun = time.monotonic()
        one.sendall(HALVES["half a body"])
        while time.monotonic() - begun < 20:
            try:
                one.sendall(b"x")
            except OSError:
                break
            time.sleep(0.2)
        assert 2.0 <= time.monotonic() - begun < 15


def test_one_address_does_not_take_every_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "OF_ONE_ADDRESS", 5)
    with _in_process() as port, contextlib.ExitStack() as after:
        made = [
            after.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10)) for _ in range(12)
        ]
        time.sleep(2)
        open_ones = 0
        for one in made:
            one.settimeout(0.2)
            try:
                one.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                open_ones += one.recv(10) != b""
            except OSError:
                continue
        assert open_ones == 5


@contextlib.contextmanager
def _in_process() -> Iterator[int]:
    """The same server over an application of one line, in a thread."""
    server = limited(lambda environ, start: (start("200 OK", []), [b"ok"])[1], host="127.0.0.1", port=0)
    port = int(server.effective_port)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield port
    finally:
        server.task_dispatcher.shutdown()
        server.asyncore.close_all(server._map, ignore_all=True)
        thread.join(timeout=5)
