"""Which type a file has, by its content alone: the name that it came under says nothing."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

import filetype

HEAD: Final = 8192  # bytes that are looked at


@dataclass(frozen=True, slots=True)
class FileType:
    """A type that is taken: how names of it end; `safe`: browsers show it without running anything of it."""

    endings: tuple[str, ...]
    safe: bool = False


TYPES: Final[Mapping[str, FileType]] = {
    "image/jpeg": FileType(("jpg", "jpeg"), safe=True),
    "image/png": FileType(("png",), safe=True),
    "image/gif": FileType(("gif",), safe=True),
    "image/webp": FileType(("webp",), safe=True),
    "image/heic": FileType(("heic", "heif")),
    "image/tiff": FileType(("tif", "tiff")),
    "image/bmp": FileType(("bmp",)),
    "application/pdf": FileType(("pdf",)),
    "application/ofd": FileType(("ofd",)),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": FileType(("docx",)),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": FileType(("xlsx",)),
    "application/x-ole-storage": FileType(("doc", "xls", "wps", "et")),
    "message/rfc822": FileType(("eml",)),
    "text/plain": FileType(("txt",)),
    "audio/mp4": FileType(("m4a",)),
    "audio/amr": FileType(("amr",)),
    "audio/mpeg": FileType(("mp3",)),
    "audio/x-wav": FileType(("wav",)),
    "video/mp4": FileType(("mp4",)),
    "video/quicktime": FileType(("mov",)),
}
TAKEN: Final = (
    "jpg、png、heic、webp、gif、tif、pdf、ofd、docx、xlsx、doc、xls、eml、txt、m4a、amr、mp3、wav、mp4、mov"
)
_IN_ZIP: Final[Mapping[str, str]] = {  # what a package of each type holds
    "OFD.xml": "application/ofd",
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ALIKE: Final[Mapping[str, str]] = {"image/heif": "image/heic", "video/x-m4v": "video/mp4"}
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIL: Final = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2}")
_OF_MAIL: Final = re.compile(rb"^(?:from|received|return-path|delivered-to|mime-version):", re.I | re.M)


def type_of(content: BinaryIO) -> str | None:
    """The type among `TYPES` that the content has; None where it is of no type that is taken. Stands at the start afterwards."""
    content.seek(0)
    head = content.read(HEAD)
    found = _in_zip(content) if head.startswith(b"PK\x03\x04") else _by_head(head)
    content.seek(0)
    return found if found in TYPES else None


def _by_head(head: bytes) -> str | None:
    if head.startswith(_OLE):
        return "application/x-ole-storage"
    known: str | None = filetype.guess_mime(head)
    if known is not None:
        return _ALIKE.get(known, known)
    if _MAIL.match(head) and _OF_MAIL.search(head):
        return "message/rfc822"
    return "text/plain" if _is_text(head) else None


def _in_zip(content: BinaryIO) -> str | None:
    """A package is what its parts say; an archive of anything else is not taken."""
    try:
        with zipfile.ZipFile(content) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    return next((kind for part, kind in _IN_ZIP.items() if part in names), None)


def _is_text(head: bytes) -> bool:
    """Text that people write, in one of the two encodings of a Chinese office, and no page or program."""
    if not head or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"#!", b"%!", b"{\\rtf")):
        return False
    if any(byte < 32 and byte not in b"\t\r\n\x0c" for byte in head):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            head[: len(head) - 3 if len(head) == HEAD else None].decode(encoding)
        except UnicodeDecodeError as wrong:
            if (
                len(head) == HEAD and wrong.start > HEAD - 8
            ):  # a character that the end of the head cuts in two
                return True
            continue
        return True
    return False
