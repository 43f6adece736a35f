"""The way out of the house by mail: which server takes it, from whom and to whom, as the settings of the installation say."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.mail import EmailMessage, get_connection

TIMEOUT: Final = 20  # seconds that a server may be silent
PORTS: Final = {"smtp": 587, "smtps": 465}
_HERE: Final = ("localhost", "127.0.0.1", "::1")
BACKEND: Final = "django.core.mail.backends.smtp.EmailBackend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A server, and a sender and those who get the checkpoints. `tls` is how the line is encrypted: never only to this machine."""

    host: str
    port: int
    user: str
    password: str
    tls: str  # "smtps", "starttls" or ""
    sender: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes along."""

    name: str
    content: bytes
    kind: str


class NotSent(RuntimeError):
    """The server did not take it; what it, or the line, said."""


def mail_of(environ: Mapping[str, str]) -> Mail | None:
    """As the environment says; None where no mail leaves. Without KESU_MARKS_TO no checkpoint goes by mail, links do.

    Raises ValueError for what cannot be meant.
    """
    address, to = environ.get("KESU_SMTP", ""), _addresses(environ.get("KESU_MARKS_TO", ""))
    if not address and not to:
        return None
    if not address:
        raise ValueError("KESU_MARKS_TO says to whom; KESU_SMTP has to say by which server")
    server = _server(address)
    host = server.hostname or ""
    name = next((one for one in environ.get("KESU_HOSTS", "").split(",") if one), socket.gethostname())
    (sender,) = _addresses(environ.get("KESU_MAIL_FROM") or f"kesu@{name}")
    plain = server.scheme == "smtp" and host in _HERE
    return Mail(
        host=host,
        port=server.port or PORTS[server.scheme],
        user=unquote(server.username or ""),
        password=unquote(server.password or ""),
        tls="" if plain else "starttls" if server.scheme == "smtp" else "smtps",
        sender=sender,
        to=to,
    )


def web_address(text: str) -> str:
    """An address by http or https, or nothing. Raises ValueError for any other."""
    parts = urlsplit(text)
    if text and not (parts.scheme in ("http", "https") and parts.hostname):
        raise ValueError(f"KESU_TSA: “{text}” is no address that begins with http:// or https://")
    return text


def send(mail: Mail, *, subject: str, text: str, attached: Sequence[Attached]) -> None:
    """One letter to all of them. Raises NotSent."""
    line = get_connection(
        BACKEND,
        host=mail.host,
        port=mail.port,
        username=mail.user,
        password=mail.password,
        use_tls=mail.tls == "starttls",
        use_ssl=mail.tls == "smtps",
        timeout=TIMEOUT,
    )
    letter = EmailMessage(subject, text, mail.sender, list(mail.to), connection=line)
    for one in attached:
        letter.attach(one.name, one.content, one.kind)
    try:
        letter.send()
    except (OSError, smtplib.SMTPException) as wrong:
        raise NotSent(f"{mail.host}:{mail.port}: {wrong}") from wrong
    finally:
        line.close()  # what could not be opened to its end stands open otherwise


def _server(address: str) -> SplitResult:
    server = urlsplit(address)
    try:
        good = server.scheme in PORTS and bool(server.hostname) and (server.port is None or server.port > 0)
    except ValueError:  # a port that is no number
        good = False
    if not good:  # the address itself is not said: it holds a password
        raise ValueError(
            "KESU_SMTP has to be smtp://USER:PASSWORD@HOST:PORT, or smtps://…; user, password and port may be left out"
        )
    return server


def _addresses(text: str) -> tuple[str, ...]:
    found = tuple(one.strip() for one in text.split(",") if one.strip())
    for one in found:
        name, at, host = one.rpartition("@")
        if not (name and at and host) or any(sign.isspace() or sign in "<>," for sign in one):
            raise ValueError(
                f"“{one}” is no address for mail; write it as name@example.org, several with commas between"
            )
    return found
