"""What a file is, by its content alone; and what it is called afterwards."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from kesu.files.names import LONGEST, cleaned
from kesu.files.types import TYPES, type_of


def packed(*parts: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return made.getvalue()


CONTENT = {
    "image/jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(40),
    "image/png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(30),
    "image/gif": b"GIF89a" + bytes(20),
    "image/webp": b"RIFF\0\0\0\0WEBPVP8 " + bytes(20),
    "image/heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40),
    "image/tiff": b"II*\0" + bytes(20),
    "image/bmp": b"BM" + bytes(40),
    "application/pdf": b"%PDF-1.7\n%%",
    "application/ofd": packed("OFD.xml", "Doc_0/Document.xml"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": packed("word/document.xml"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": packed("xl/workbook.xml"),
    "application/x-ole-storage": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "message/rfc822": b"Received: by mx\r\n\tfrom a\r\nFrom: a@b\r\nSubject: x\r\n\r\nhello",
    "text/plain": "客户：东西坏了。".encode("gb18030"),
    "audio/mp4": b"\0\0\0\x20ftypM4A \0\0\0\0" + bytes(40),
    "audio/amr": b"#!AMR\n" + bytes(40),
    "audio/mpeg": b"ID3\x03\0\0\0\0\0\0" + bytes(60),
    "audio/x-wav": b"RIFF\0\0\0\0WAVEfmt " + bytes(20),
    "video/mp4": b"\0\0\0\x20ftypisom\0\0\0\0" + bytes(40),
    "video/quicktime": b"\0\0\0\x14ftypqt  \0\0\0\0" + bytes(20),
}


def test_every_type_that_is_taken_is_told_by_its_content() -> None:
    assert {name: type_of(BytesIO(content)) for name, content in CONTENT.items()} == {
        name: name for name in TYPES
    }


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\0" + bytes(80),
        b"<html><script>alert(1)</script>",
        b"\xef\xbb\xbf <svg onload=alert(1)>",
        b"#!/bin/sh\nrm -rf /\n",
        b"{\\rtf1 hello}",
        bytes(100),
        packed("evil.exe"),
        b"PK\x03\x04 is no archive",
        b"\x1f\x8b\x08" + bytes(30),
    ],
)
def test_what_is_of_no_such_type_is_not_taken(content: bytes) -> None:
    assert type_of(BytesIO(content)) is None


def test_a_character_that_the_first_bytes_cut_in_two_leaves_it_a_text() -> None:
    assert [type_of(BytesIO(b"a" * before + "投诉".encode() * 4000)) for before in range(6)] == [
        "text/plain"
    ] * 6


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("小票 1.JPG", "小票 1.JPG"),
        ("C:\\Users\\王\\小票.jpeg", "小票.jpeg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("a\u202egpj.exe", "a gpj.exe.jpg"),
        ("two\r\nlines\0.jpg", "two lines.jpg"),
        ("", "file.jpg"),
        (".jpg", "jpg.jpg"),
        ("长" * 300 + ".jpg", "长" * (LONGEST - 4) + ".jpg"),
    ],
)
def test_a_name_is_kept_without_what_nobody_sees_and_ends_as_its_content_does(name: str, kept: str) -> None:
    assert cleaned(name, type_="image/jpeg") == kept
