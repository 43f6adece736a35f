"""Secrets made at first start: files outside the database that only their owner can read (mode 0600)."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_KEY_BYTES = 32


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

    A retired key is a line in `<path>.retired`. Makes nothing: verification on a machine without the key finds
    none trusted. Raises KeyFileOpen and KeyFileBroken.
    """
    public = set()
    if path.exists():
        public.add(public_of(_signing_key(path, _read(path))))
    retired = path.with_name(path.name + ".retired")
    if retired.exists():
        public.update(line.strip() for line in retired.read_text().splitlines() if line.strip())
    return frozenset(public)


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
