"""Secrets made at first start: files outside the database that only their owner can read (mode 0600)."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_KEY_BYTES = 32
_FOLLOWED = b"kesu: this key is followed by the one that signs here: "


class KeyFileOpen(RuntimeError):
    """A secret that others can read is no secret."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: others can read this secret; run: chmod 600 {path}")
        self.path = path

    def in_(self, lang: str) -> str:
        """The message in Chinese (`zh`) or English."""
        return (
            f"{self.path}：他人可以读到这个密钥；请执行 chmod 600 {self.path}" if lang == "zh" else str(self)
        )


class KeyFileBroken(ValueError):
    """The file is there but does not hold what it must."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: not a key (64 hexadecimal digits); restore it from your backup")
        self.path = path

    def in_(self, lang: str) -> str:
        """The message in Chinese (`zh`) or English."""
        return f"{self.path}：不是密钥（64 位十六进制数）；请从备份恢复" if lang == "zh" else str(self)


class KeyGone(RuntimeError):
    """Something was written under a key, and the key is not there: a new one would break with everything before it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: this key is not there, though the ledger was written under it; restore it from your backup"
            " (mode 0600). Nothing is started and no new key is made"
        )
        self.path = path

    def in_(self, lang: str) -> str:
        """The message in Chinese (`zh`) or English."""
        zh = f"{self.path}：台账是用这个密钥写的，密钥却不在；请从备份恢复（权限 0600）。未启动，也不另生成密钥"
        return zh if lang == "zh" else str(self)


def secret_text(path: Path) -> str:
    """The secret key of the web application; made when the file is not there. Raises KeyFileOpen."""
    return _read_or_make(path, lambda: secrets.token_urlsafe(50).encode()).decode().strip()


def signing_key(path: Path) -> Ed25519PrivateKey:
    """The key that signs checkpoints; made when the file is not there. Raises KeyFileOpen and KeyFileBroken."""
    return _signing_key(path, _read_or_make(path, _random))


def mac_key(path: Path) -> bytes:
    """The key of the entries' authentication codes; made when the file is not there. Raises KeyFileOpen and KeyFileBroken."""
    return _bytes(path, _read_or_make(path, _random))


def trusted_keys(path: Path) -> frozenset[str]:
    """Public keys (hexadecimal) whose checkpoints count: of the key at `path`, and those of keys that it followed.

    A retired key is a line in `<path>.retired`: the key, the one that followed it, and the signature of that one; a line
    that nothing which counts has signed does not count (`unsigned_retired`). Makes nothing: verification on a machine without
    the key finds none trusted. Raises KeyFileOpen and KeyFileBroken.
    """
    public = {public_of(_signing_key(path, _read(path)))} if path.exists() else set()
    lines = _retired(path)
    while new := {line[0] for line in lines if line[0] not in public and _is_followed(line, public)}:
        public |= new
    return frozenset(public)


def unsigned_retired(path: Path) -> list[str]:
    """The lines of retired keys that do not count. Raises KeyFileOpen and KeyFileBroken."""
    trusted = trusted_keys(path)
    return sorted({line[0] for line in _retired(path)} - trusted)


def vouch(path: Path, public: str) -> None:
    """Writes down, signed by the key at `path`, that it followed this one (hexadecimal). Raises ValueError for no key."""
    if len(bytes.fromhex(public)) != _KEY_BYTES:
        raise ValueError(f"{public}: not a public key (64 hexadecimal digits)")
    _add_retired(path, signing_key(path), public)


def succeed(path: Path) -> str:
    """Makes a new key in the place of the one at `path`, which it signs as retired; the new public key, hexadecimal.

    Raises KeyFileOpen and KeyFileBroken.
    """
    old, draft = signing_key(path), path.with_name(f"{path.name}.next")
    draft.unlink(missing_ok=True)
    new = signing_key(draft)
    _add_retired(path, new, public_of(old))
    os.replace(draft, path)
    return public_of(new)


def _add_retired(path: Path, by: Ed25519PrivateKey, public: str) -> None:
    signature = by.sign(_FOLLOWED + bytes.fromhex(public))
    handle = os.open(_retired_path(path), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(f"{public} {public_of(by)} {signature.hex()}\n")
        file.flush()
        os.fsync(file.fileno())


def _retired_path(path: Path) -> Path:
    return path.with_name(path.name + ".retired")


def _retired(path: Path) -> list[list[str]]:
    file = _retired_path(path)
    text = file.read_text(errors="replace") if file.exists() else ""
    return [words for line in text.splitlines() if (words := line.split())]


def _is_followed(line: list[str], by: set[str]) -> bool:
    """Is a line of a retired key signed by one of these?"""
    if len(line) != 3 or line[1] not in by:
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(line[1]))
        key.verify(bytes.fromhex(line[2]), _FOLLOWED + bytes.fromhex(line[0]))
    except (InvalidSignature, ValueError):
        return False
    return True


def public_of(key: Ed25519PrivateKey) -> str:
    """The public half, hexadecimal."""
    return key.public_key().public_bytes_raw().hex()


def _signing_key(path: Path, content: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_bytes(path, content))


def _random() -> bytes:
    return os.urandom(_KEY_BYTES).hex().encode() + b"\n"


def _bytes(path: Path, content: bytes) -> bytes:
    try:
        key = bytes.fromhex(content.decode().strip())
    except ValueError as wrong:
        raise KeyFileBroken(path) from wrong
    if len(key) != _KEY_BYTES:
        raise KeyFileBroken(path)
    return key


def _read_or_make(path: Path, make: Callable[[], bytes]) -> bytes:
    """Two processes that start together end up with the same secret: linking a finished file happens once."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return _read(path)


def _read(path: Path) -> bytes:
    mode = path.stat().st_mode & 0o077
    if mode:
        raise KeyFileOpen(path)
    return path.read_bytes()
