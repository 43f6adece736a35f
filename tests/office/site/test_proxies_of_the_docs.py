"""The examples of docs/how-to/run.md for Caddy and nginx, as they are written there, before the real server.

Put in are only ports and what a test has to bring itself: a certificate for nginx, and for Caddy that it makes its own.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.office.site.test_site_settings import run
from tests.office.upkeep.homes import ROOT, free_port

NAME = "complaints.example.org"
PAGE = (ROOT / "docs/how-to/run.md").read_text(encoding="utf-8")
STRANGERS = 250  # more than one address may have open by itself
FORM = "application/x-www-form-urlencoded"


def written(language: str) -> str:
    """The one example in this language."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, flags=re.M | re.S)
    return str(found)


@dataclass
class Behind:
    """A proxy before a server: by which port strangers come, and what the server has logged."""

    port: int
    home: Path

    def ask(
        self, method: str, path: str, body: bytes | None = None, *, from_: str = "127.0.0.1", **headers: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Status, head and body of the answer, by https, from this address."""
        line = _Https(self.port, from_)
        try:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError, ssl.SSLError):
                named = {name.replace("_", "-"): value for name, value in headers.items()}
                line.request(method, path, body, named)
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            line.close()

    def logged(self) -> list[str]:
        """What the server says that happened."""
        lines = (self.home / "kesu.log").read_text(encoding="utf-8").splitlines()
        return [str(json.loads(line)["event"]) for line in lines]


class _Https(http.client.HTTPConnection):
    """By the name of the certificate, to this machine."""

    def __init__(self, port: int, from_: str) -> None:
        super().__init__(NAME, timeout=60)
        self._to, self._from = ("127.0.0.1", port), (from_, 0)

    def connect(self) -> None:
        self.sock = encrypted(socket.create_connection(self._to, timeout=60, source_address=self._from))


def encrypted(line: socket.socket) -> ssl.SSLSocket:
    """Whoever signed the certificate: that is not what is looked at here."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(line, server_hostname=NAME)


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[int, Path]]:
    """Kesu as run.md starts it for an organisation: behind https, under its name."""
    with tempfile.TemporaryDirectory() as folder:
        home, port = Path(folder, "home"), free_port()
        ready = run(home, "import sys; from kesu.site.prepare import run; sys.exit(run())")
        assert ready.returncode == 0, ready.stderr
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"KESU_HOME": str(home), "KESU_HOSTS": NAME, "KESU_HTTPS": "yes"}
        process = subprocess.Popen(
            [sys.executable, "-m", "kesu.site.serve", "--port", str(port)],
            env=environment | {"DJANGO_SETTINGS_MODULE": "kesu.site.settings"},
            stderr=subprocess.DEVNULL,
        )
        try:
            _until(lambda: _listens(port), process)
            yield port, home
        finally:
            process.terminate()
            process.wait(timeout=30)


def nginx(folder: Path, port: int, upstream: int) -> list[str]:
    """The example in the `server` block of a certificate."""
    _certificate(folder)
    example = written("nginx").replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
    places = "".join(
        f"{one}_temp_path {folder}/{one};\n" for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"""{"user root; " * (os.geteuid() == 0)}daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 2000; }}
http {{
access_log off;
{places}
server {{
listen 127.0.0.1:{port} ssl;
server_name {NAME};
ssl_certificate {folder}/cert.pem;
ssl_certificate_key {folder}/key.pem;
{example}
}}
}}
""",
        encoding="utf-8",
    )
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, port: int, upstream: int) -> list[str]:
    """The example whole; Caddy signs its certificate itself instead of asking for one."""
    example = written("caddyfile").replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
    own = f"""{{
	admin off
	local_certs
	skip_install_trust
	https_port {port}
	http_port {free_port()}
	storage file_system {folder}/storage
}}
"""
    (folder / "Caddyfile").write_text(own + example, encoding="utf-8")
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@pytest.fixture(scope="module", params=[nginx, caddy])
def behind(request: pytest.FixtureRequest, server: tuple[int, Path]) -> Iterator[Behind]:
    """One of the two proxies before the server."""
    upstream, home = server
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        words = request.param(Path(folder), port, upstream)
        program = shutil.which(words[0], path=f"{os.environ['PATH']}:/usr/sbin")
        assert program, f"{words[0]} is not here: apt-get install {words[0]} (.ci/programs does it)"
        with Path(folder, "said").open("wb") as said:
            process = subprocess.Popen(
                [program, *words[1:]], env={**os.environ, "HOME": folder}, stdout=said, stderr=said
            )
        proxy = Behind(port, home)
        try:
            _until(lambda: _answers(proxy), process)
            yield proxy
        finally:
            process.terminate()
            process.wait(timeout=30)


def test_a_page_comes_by_https_and_says_so(behind: Behind) -> None:
    status, head, body = behind.ask("GET", "/sign-in/")
    assert (status, head["Strict-Transport-Security"]) == (200, "max-age=31536000")
    assert "Secure" in head["Set-Cookie"]
    assert b"csrfmiddlewaretoken" in body
    assert head["Content-Security-Policy"].startswith("default-src 'none'")


def test_another_name_is_not_answered(behind: Behind) -> None:
    line = _Https(behind.port, "127.0.0.1")
    line.request("GET", "/sign-in/", headers={"Host": "other.example.org"})
    answer = line.getresponse()
    status, body = answer.status, answer.read()
    line.close()
    assert status == 400 or (status, body) == (200, b"")  # Kesu refuses it; Caddy knows nothing of that name


def test_the_address_of_whoever_asks_arrives_and_what_he_says_of_it_does_not(behind: Behind) -> None:
    _, head, body = behind.ask("GET", "/sign-in/")
    mark = re.search(rb'csrfmiddlewaretoken" value="([^"]*)', body)
    assert mark is not None
    sent = f"csrfmiddlewaretoken={mark[1].decode()}&username=nobody&password=x".encode()
    status, _, _ = behind.ask(
        "POST", "/sign-in/", sent, from_="127.0.0.77", X_Forwarded_For="198.51.100.1", Content_Type=FORM,
        Referer=f"https://{NAME}/sign-in/", Cookie=head["Set-Cookie"].partition(";")[0],
    )  # fmt: skip
    assert status == 401
    assert behind.logged()[-1] == "a password was refused: no such sign-in from 127.0.0.77"


def test_a_form_with_files_gets_through_and_one_beyond_the_limit_does_not(behind: Behind) -> None:
    def sent(size: int) -> int:
        part = b'--b\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\n'
        body = part + b"x" * size + b"\r\n--b--\r\n"
        kind = "multipart/form-data; boundary=b"
        return behind.ask("POST", "/sign-in/", body, Content_Type=kind, Cookie="sessionid=" + "b" * 32)[0]

    assert sent(3_000_000) == 403  # read whole; it bears no token
    # Kesu answers before all of it is there and hangs up; where that is quicker, Caddy tells of a bad gateway
    assert sent(68_000_000) in (413, 502)


def test_a_head_without_end_is_refused(behind: Behind) -> None:
    assert behind.ask("GET", "/sign-in/", X_Long="x" * 40_000)[0] in (400, 431, 494)
    assert _healthy(behind)


def test_strangers_who_send_half_a_form_keep_nobody_waiting(behind: Behind) -> None:
    begun = (
        f"POST /sign-in/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Type: {FORM}\r\nContent-Length: 1000\r\n\r\nuse"
    )
    with contextlib.ExitStack() as after:
        lines = []
        for _ in range(STRANGERS):
            plain = after.enter_context(socket.create_connection(("127.0.0.1", behind.port), timeout=30))
            lines.append(after.enter_context(encrypted(plain)))
            lines[-1].sendall(begun.encode())
        for _ in range(3):
            assert _healthy(behind)
            for one in lines:
                with contextlib.suppress(OSError):
                    one.sendall(b"x")
            time.sleep(0.3)


def _healthy(proxy: Behind) -> bool:
    """Whether a page comes within a second; two more looks for a machine that is busy with something else."""
    for _ in range(3):
        begun = time.monotonic()
        if proxy.ask("GET", "/healthz")[0] == 200 and time.monotonic() - begun < 1:
            return True
    return False


def _answers(proxy: Behind) -> bool:
    try:
        return proxy.ask("GET", "/healthz")[0] == 200
    except (OSError, http.client.HTTPException):
        return False


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _until(comes: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while not comes():
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.2)


def _certificate(folder: Path) -> None:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(Encoding.PEM))
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(plain)
