"""A service of time stamps, as they are: openssl answers, behind a few lines of HTTP; its certificates are made here."""

from __future__ import annotations

import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CONFIG = """\
[tsa]
default_tsa = main
[main]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = {digests}
accuracy = secs:1
ess_cert_id_alg = sha256
"""


@dataclass
class Tsa:
    """Answers questions; `altered` does something to each answer, `seen` holds the questions as they came."""

    folder: Path
    address: str = ""
    altered: Callable[[bytes], bytes] = lambda answer: answer
    status: int = 200
    seen: list[bytes] = field(default_factory=list)

    @property
    def root(self) -> bytes:
        """The certificate that vouches for it, in PEM."""
        return (self.folder / "ca.pem").read_bytes()

    def answer(self, question: bytes) -> bytes:
        """As openssl answers."""
        query, reply = self.folder / "query", self.folder / "reply"
        query.write_bytes(question)
        words = ["openssl", "ts", "-reply", "-queryfile", str(query), "-out", str(reply)]
        subprocess.run(
            [*words, "-config", str(self.folder / "tsa.cnf"), "-section", "main"],
            check=True,
            capture_output=True,
        )
        return reply.read_bytes()


@contextmanager
def tsa(*, name: str = "Stamps", purpose: bool = True, digests: str = "sha256, sha384") -> Iterator[Tsa]:
    """A service that listens; without `purpose` its certificate is not one for time stamps (openssl signs all the same)."""
    with tempfile.TemporaryDirectory() as folder:
        service = Tsa(Path(folder))
        _certificates(service.folder, name, purpose=purpose)
        (service.folder / "serial").write_text("01\n")
        (service.folder / "tsa.cnf").write_text(CONFIG.format(folder=folder, digests=digests))
        server = HTTPServer(("127.0.0.1", 0), _handler(service))
        service.address = f"http://127.0.0.1:{server.server_port}/tsa"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield service
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def _handler(service: Tsa) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers["Content-Length"]))
            service.seen.append(question)
            content = service.altered(service.answer(question))
            self.send_response(service.status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


def _certificates(folder: Path, name: str, *, purpose: bool) -> None:
    """A root, and a signer below it."""
    root, signer = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    of_root, of_signer = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title)]) for title in (f"{name} root", name)
    )
    ca = (
        _certificate(of_root, of_root, root)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(root, hashes.SHA256())
    )
    below = _certificate(of_signer, of_root, signer).add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    usages = [ExtendedKeyUsageOID.TIME_STAMPING]
    below = below.add_extension(x509.ExtendedKeyUsage(usages), critical=purpose)
    key = signer.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "signer.key").write_bytes(key)
    (folder / "ca.pem").write_bytes(ca.public_bytes(Encoding.PEM))
    (folder / "signer.pem").write_bytes(below.sign(root, hashes.SHA256()).public_bytes(Encoding.PEM))


def _certificate(subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )
