"""Secrets made at first start: files outside the database that only their owner can read (mode 0600)."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


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
        super().__init__(f"{path}: not a signing key (64 hexadecimal digits); restore it from your backup")
        self.path = path

    def in_(self, lang: str) -> str:
        """The message in Chinese (`zh`) or English."""
        return f"{self.path}：不是签名密钥（64 位十六进制数）；请从备份恢复" if lang == "zh" else str(self)


class KeyGone(RuntimeError):
    """Something was signed, and the key that signs is not there: a new one would leave everything from now on unsealed."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: the signing key is not there, though checkpoints were signed; restore it from your backup"
            " (mode 0600). Nothing is started and no new key is made"
        )
        self.path = path

    def in_(self, lang: str) -> str:
        """The message in Chinese (`zh`) or English."""
        zh = f"{self.path}：已有签过名的检查点，签名密钥却不在；请从备份恢复（权限 0600）。未启动，也不另生成密钥"
        return zh if lang == "zh" else str(self)


def secret_text(path: Path) -> str:
    """The secret key of the web application; made when the file is not there. Raises KeyFileOpen."""
    return _read_or_make(path, lambda: secrets.token_urlsafe(50).encode()).decode().strip()


def signing_key(path: Path) -> Ed25519PrivateKey:
    """The key that signs checkpoints; made when the file is not there. Raises KeyFileOpen and KeyFileBroken."""
    return _signing_key(path, _read_or_make(path, lambda: os.urandom(32).hex().encode() + b"\n"))


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
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(content.decode().strip()))
    except ValueError as wrong:
        raise KeyFileBroken(path) from wrong


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
