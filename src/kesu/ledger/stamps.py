"""Time stamps by RFC 3161: a service outside signs that the file of a checkpoint was there at a time.

Asked for is one digest; nothing of what the ledger holds leaves the house. The answer is believed when it is signed by somebody
whom the certificates of the house (`tsa.pem` in the home) vouch for, speaks of that digest and of this very question (its
nonce), and tells the time that the clock here tells. It is kept as it came, in the folder `stamps` of the home, so that
`kesu verify`, or anybody with `openssl ts`, can look at it later without the network.
"""

from __future__ import annotations

import hashlib
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Final
from urllib.error import HTTPError

from cryptography import x509
from django.conf import settings
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from kesu.reading.text import Lang, Text

TIMEOUT: Final = 20.0  # seconds that a service may be silent
LARGEST: Final = 64 * 1024  # bytes of an answer; with a chain of certificates it has about six thousand
_QUERY: Final = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
_GRANTED: Final = 0


class NoStamp(RuntimeError):
    """There is no time stamp, or none that holds: what is wrong with it, in both languages."""

    def __init__(self, *, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)

    def in_(self, lang: Lang) -> str:
        """The message in one language."""
        return self.text.in_(lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """An answer that holds: its bytes as they came, the time that it tells, and the name of whoever signed it."""

    content: bytes
    time: datetime
    by: str

    @property
    def digest(self) -> str:
        """The SHA-256 by which the marks know it."""
        return hashlib.sha256(self.content).hexdigest()


def asked(address: str, of: bytes, *, now: datetime) -> Stamp:
    """What the service at this address answers of these bytes. Raises NoStamp; the clock here is `now`."""
    roots = certificates()
    question = TimestampRequestBuilder().data(of).hash_algorithm(HashAlgorithm.SHA256).build()
    stamp = read_stamp(_answer(address, question.as_bytes()), of, roots=roots, nonce=question.nonce)
    apart = abs(stamp.time - now)
    if apart > settings.CLOCK_STEP + timedelta(seconds=TIMEOUT):
        there, here = (f"{moment.astimezone():%Y-%m-%d %H:%M:%S}" for moment in (stamp.time, now))
        raise NoStamp(
            zh=f"时间戳服务说现在是 {there}，本机的时钟是 {here}；请核对时钟",
            en=f"the service of time stamps says that it is {there}, the clock here says {here}; look at the clock",
        )
    return stamp


def certificates() -> list[x509.Certificate]:
    """Whom the house believes: the certificates in `tsa.pem`. Raises NoStamp."""
    path: Path = settings.TSA_CERTIFICATES
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as wrong:
        raise NoStamp(
            zh=f"{path} 读不出时间戳服务的根证书（PEM）：{wrong}",
            en=f"{path}: no certificates in PEM, of whoever vouches for the service of time stamps, can be read there: {wrong}",
        ) from None


def read_stamp(
    content: bytes, of: bytes, *, roots: Sequence[x509.Certificate], nonce: int | None = None
) -> Stamp:
    """The answer, when it holds for these bytes, and for the question with this nonce where one is given. Raises NoStamp."""
    answer = _decoded(content)
    builder = VerifierBuilder(roots=list(roots), nonce=nonce)
    try:
        builder.build().verify_message(answer, of)
        by = _signer(answer)
    except (VerificationError, ValueError) as wrong:
        raise NoStamp(zh=f"时间戳不成立（{wrong}）", en=f"the time stamp does not hold ({wrong})") from None
    return Stamp(content=content, time=answer.tst_info.gen_time.astimezone(UTC), by=by)


def _decoded(content: bytes) -> TimeStampResponse:
    try:
        answer = decode_timestamp_response(content)
    except ValueError as wrong:
        raise NoStamp(
            zh=f"时间戳服务答的不是时间戳（{wrong}）", en=f"the answer is no time stamp ({wrong})"
        ) from None
    if answer.status != _GRANTED:
        why = "; ".join(answer.status_string) or f"status {answer.status}"
        raise NoStamp(zh=f"时间戳服务拒绝了（{why}）", en=f"the service of time stamps refused ({why})")
    return answer


def _signer(answer: TimeStampResponse) -> str:
    (signer,) = answer.signed_data.signer_infos
    for one in answer.signed_data.certificates:
        certificate = x509.load_der_x509_certificate(one)
        if (certificate.issuer, certificate.serial_number) == (signer.issuer, signer.serial_number):
            return certificate.subject.rfc4514_string()
    raise ValueError("it does not bring the certificate of whoever signed it")


def _answer(address: str, question: bytes) -> bytes:
    """What stands at the other end; at most so much of it. Raises NoStamp."""
    request = urllib.request.Request(address, data=question, headers=_QUERY, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            content: bytes = answer.read(LARGEST + 1)
    except (OSError, HTTPException, ValueError) as wrong:
        if isinstance(wrong, HTTPError):
            wrong.close()
        raise NoStamp(
            zh=f"时间戳服务 {address} 没有应答（{wrong}）",
            en=f"the service of time stamps at {address} did not answer ({wrong})",
        ) from None
    if len(content) > LARGEST:
        raise NoStamp(
            zh=f"时间戳服务 {address} 的应答太长",
            en=f"the answer of the service of time stamps at {address} is too long",
        )
    return content
