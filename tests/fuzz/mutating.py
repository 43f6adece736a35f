"""Files changed at random: a few bytes altered, cut, doubled, or something put in that parsers trip over."""

from __future__ import annotations

import io
import random
import zipfile

PIECES = (
    b"<",
    b"&",
    b'"',
    b"999999999999",
    b"-1",
    b"1e999",
    b"NaN",
    b"\0",
    b"\xff\xff",
    b"</row>",
    b"<row>",
    b"<c/>",
    b"&#x0;",
)
OF_TEXTS = (b": ", b"\n", b"  ", b"- ", b"[", b"]", b"{", b"}", b"*a", b"&a ", b"!!python/none ", b"|", b"null", b"0001-01-01", b"%",
    "\u202e".encode(), "一".encode(), b"\xed\xa0\x80", b"\\ud800", b"[" * 500, b"9" * 5000)  # fmt: skip


def changed(content: bytes, chance: random.Random, pieces: tuple[bytes, ...] = PIECES) -> bytes:
    """The bytes with up to five changes."""
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5))):
        place = chance.randrange(len(made) or 1)
        match chance.randrange(4):
            case 0:
                made[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del made[place : place + chance.randint(1, 30)]
            case 2:
                made[place:place] = chance.choice(pieces)
            case _:
                made[place:place] = made[: chance.randint(1, 60)]
    return bytes(made)


def changed_text(content: bytes, chance: random.Random) -> bytes:
    """A text changed as any file, or by its lines and words: left out, doubled, moved, or put in another's place."""
    if chance.random() < 0.4:
        return changed(content, chance, (*PIECES, *OF_TEXTS))
    separator = chance.choice((b"\n", b" ", b","))
    parts = content.split(separator)
    for _ in range(chance.randint(1, 3)):
        at, other = chance.randrange(len(parts)), chance.randrange(len(parts))
        match chance.randrange(4):
            case 0 if len(parts) > 1:
                del parts[at]
            case 1:
                parts[at] = parts[other]
            case 2:
                parts.insert(at, parts[other])
            case _:
                parts[at] += chance.choice(OF_TEXTS)
    return separator.join(parts)


def changed_within(content: bytes, chance: random.Random) -> bytes:
    """The workbook with one of its parts changed, packed as it should be."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        mutated = chance.choice([name for name in old.namelist() if "theme" not in name])
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, changed(part, chance) if name == mutated else part)
    return target.getvalue()
