"""A backup as one file: a compressed tar archive with its manifest first, encrypted in the age format where that is asked."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Final

import pyrage

from kesu.upkeep.manifest import LONGEST, NAME, Manifest, Member, NotABackup, read_manifest
from kesu.upkeep.new_file import new_file
from kesu.upkeep.refused import Refused

OF_MANIFEST: Final = "manifest.sha256"  # shows damage to the manifest itself
AGE: Final = b"age-encryption.org/"
OWN = 0o600
_PIECE: Final = 2**20


def digested(path: Path, name: str) -> Member:
    """A file as a member under this name."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Member(name, path.stat().st_size, digest)


def recipient(text: str) -> pyrage.x25519.Recipient:
    """Whom a backup is encrypted to: the public half of an age key. Raises Refused."""
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise Refused(
            zh=f"“{text}”不是公钥；要 age1 开头的那一行，kesu backup --new-identity 文件 会生成一对",
            en=f"“{text}” is no public key; give the line that begins with age1 (kesu backup --new-identity FILE makes one)",
        ) from None


def new_identity(path: Path) -> str:
    """Makes a key that opens backups, in a new file for its owner alone; its public half. Raises NameTaken."""
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    with new_file(path, mode=OWN) as file:
        file.write(f"# public key: {public}\n{identity}\n".encode())
    return public


def pack(folder: Path, manifest: Manifest, out: Path, recipients: Sequence[pyrage.x25519.Recipient]) -> str:
    """Writes the members, which stand in `folder`, and the manifest to a new file; the SHA-256 of that file.

    Raises NameTaken; nothing is left behind where it cannot be finished.
    """
    with new_file(out, mode=OWN) as to:
        if recipients:
            plain = folder / "packed"
            with plain.open("wb") as packed:
                _pack(folder, manifest, packed)
            with plain.open("rb") as packed:
                pyrage.encrypt_io(packed, to, list(recipients))
        else:
            _pack(folder, manifest, to)
    return digested(out, out.name).sha256


def _pack(folder: Path, manifest: Manifest, to: IO[bytes]) -> None:
    with (
        gzip.GzipFile(fileobj=to, mode="wb", compresslevel=4, filename="", mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        content = manifest.as_bytes()
        tar.addfile(_entry(NAME, len(content), manifest.taken), BytesIO(content))
        for member in manifest.members:
            with (folder / member.name).open("rb") as file:
                tar.addfile(_entry(member.name, member.size, manifest.taken), file)
        seal = hashlib.sha256(content).hexdigest().encode()
        tar.addfile(_entry(OF_MANIFEST, len(seal), manifest.taken), BytesIO(seal))


def _entry(name: str, size: int, when: datetime) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, OWN
    entry.mtime = int(when.timestamp())
    return entry


def is_encrypted(backup: Path) -> bool:
    """Whether it takes a key to open it."""
    with backup.open("rb") as file:
        return file.read(len(AGE)) == AGE


def unpack(backup: Path, folder: Path, identity: Path | None) -> Manifest:
    """Puts the members of a backup into an empty folder, each as the manifest says. Raises NotABackup and Refused."""
    with _opened(backup, folder, identity) as file:
        try:
            return _unpack(file, folder)
        except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError) as wrong:
            raise NotABackup(
                zh=f"{backup} 读不出（{wrong}）", en=f"{backup} cannot be read ({wrong})"
            ) from None


@contextmanager
def _opened(backup: Path, folder: Path, identity: Path | None) -> Iterator[IO[bytes]]:
    if not is_encrypted(backup):
        with backup.open("rb") as file:
            yield file
        return
    if identity is None:
        raise Refused(
            zh=f"{backup} 是加密的；请用 --identity 给出能打开它的密钥文件",
            en=f"{backup} is encrypted; give the file of the key that opens it with --identity",
        )
    plain = folder / "packed"
    try:
        with backup.open("rb") as file, plain.open("wb") as to:
            pyrage.decrypt_io(file, to, _identities(identity))
        with plain.open("rb") as file:
            yield file
    except pyrage.DecryptError as wrong:
        raise Refused(
            zh=f"{identity} 打不开 {backup}：密钥不对，或文件已损坏",
            en=f"{identity} does not open {backup}: it is another key, or the file is damaged ({wrong})",
        ) from None
    finally:
        plain.unlink(missing_ok=True)


def _identities(path: Path) -> list[pyrage.x25519.Identity]:
    lines = [line.strip() for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
    try:
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError:
        found = []
    if not found:
        raise Refused(
            zh=f"{path} 里没有密钥；要 AGE-SECRET-KEY- 开头的那一行",
            en=f"{path} holds no key; it has a line that begins with AGE-SECRET-KEY-",
        )
    return found


def _unpack(file: IO[bytes], folder: Path) -> Manifest:
    with tarfile.open(fileobj=file, mode="r|gz") as tar:
        first = tar.next()
        content = tar.extractfile(first) if first and first.name == NAME and first.size <= LONGEST else None
        if content is None:
            raise NotABackup(zh=f"里面的第一个文件不是 {NAME}", en=f"its first file is not {NAME}")
        whole = content.read()
        manifest, seal = read_manifest(whole), hashlib.sha256(whole).hexdigest().encode()
        owed = {member.name: member for member in manifest.members}
        owed[OF_MANIFEST] = Member(OF_MANIFEST, len(seal), hashlib.sha256(seal).hexdigest())
        while (entry := tar.next()) is not None:
            member = owed.pop(entry.name, None)
            content = (
                tar.extractfile(entry) if member and entry.isreg() and entry.size == member.size else None
            )
            if member is None or content is None:
                raise NotABackup(
                    zh=f"{entry.name} 与清单不符", en=f"{entry.name} is not what the manifest says"
                )
            _put(content, folder / member.name, member)
    for name in owed:
        raise NotABackup(zh=f"缺 {name}", en=f"{name} is missing")
    return manifest


def _put(content: IO[bytes], path: Path, member: Member) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, OWN)) as to:
        shutil.copyfileobj(content, to, _PIECE)
        to.flush()
        os.fsync(to.fileno())
    if digested(path, member.name) != member:
        raise NotABackup(
            zh=f"{member.name} 的摘要与清单不符",
            en=f"{member.name} has another digest than the manifest says",
        )
