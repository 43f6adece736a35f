"""The paragraphs of a paper out of text and Word, with the numbers that Word itself writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kesu.paper import word_document
from kesu.paper.source import paragraphs
from kesu.reading.strict import ReadError

LEVELS = (("chineseCounting", "第%1章"), ("decimal", "%1.%2"), ("lowerLetter", "%3)"))
IN_DIGITS = "<w:isLgl/>"


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(path: Path) -> Path:
    """A Word document whose numbers are Word's own: chapters in Chinese by their style, clauses 1.1, points a)."""
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{figures}"/>{IN_DIGITS if depth == 1 else ""}'
        f'<w:lvlText w:val="{written}"/></w:lvl>'
        for depth, (figures, written) in enumerate(LEVELS)
    )
    said = (
        (None, "总则"),
        (1, "先登记。"),
        (1, "再调查。"),
        (2, "现场"),
        (2, "实物"),
        (None, "附则"),
        (1, "解释"),
    )
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(
            "word/document.xml",
            f"<w:document {W}><w:body>{''.join(_paragraph(*one) for one in said)}"
            "<w:p><w:r><w:t>完</w:t><w:tab/><w:t>毕</w:t></w:r></w:p></w:body></w:document>",
        )
        packed.writestr(
            "word/styles.xml",
            f'<w:styles {W}><w:style w:styleId="Chapter"><w:basedOn w:val="Heading"/></w:style><w:style w:styleId="Heading">'
            '<w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style></w:styles>',
        )
        packed.writestr(
            "word/numbering.xml",
            f'<w:numbering {W}><w:abstractNum w:abstractNumId="3">{levels}</w:abstractNum>'
            '<w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>',
        )
    return path


def _paragraph(depth: int | None, text: str) -> str:
    place = '<w:pStyle w:val="Chapter"/>'
    if depth is not None:
        place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="7"/></w:numPr>'
    return f"<w:p><w:pPr>{place}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_numbers_that_word_writes_by_itself_are_read_with_their_paragraphs(tmp_path: Path) -> None:
    assert paragraphs(word(tmp_path / "paper.docx")) == [
        "第一章 总则",
        "1.1 先登记。",
        "1.2 再调查。",
        "a) 现场",
        "b) 实物",
        "第二章 附则",
        "2.1 解释",
        "完 毕",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_is_read_in_the_encodings_of_chinese_offices(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_bytes("1 先登记。\r\n\r\n  2　再 调查。".encode(encoding))
    assert paragraphs(tmp_path / "paper.txt") == ["1 先登记。", "2 再 调查。"]


def packed(**parts: str) -> bytes:
    """A zip of these parts below `word/`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in parts.items():
            made.writestr(f"word/{name}.xml", text)
    return out.getvalue()


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


def no_paper(name: str, data: bytes) -> Callable[[Path], Path]:
    def made(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return made


@pytest.mark.parametrize(
    ("made", "en"),
    [
        (
            no_paper("a.pdf", b"%PDF"),
            "a paper is read from Word (.docx) or from text (.txt, .md); save it as one of these",
        ),
        *(
            (no_paper("b.docx", data), "it is no Word document; open it in Word or WPS and save it as .docx")
            for data in (packed(document=ENTITIES), packed(document="<w"), packed(styles="<x/>"))
        ),
        (
            no_paper("a.docx", b"no zip"),
            "it is no Word document; open it in Word or WPS and save it as .docx",
        ),
        (
            no_paper("a.txt", b"\xff\xff\xff"),
            "it is written neither in UTF-8 nor in GB 18030; save it as UTF-8",
        ),
        (lambda folder: folder / "gone.txt", "it cannot be read: No such file or directory"),
    ],
)
def test_what_is_no_paper_is_refused_in_words(made: Callable[[Path], Path], en: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError) as refused:
        paragraphs(made(tmp_path))
    assert refused.value.en == en


def test_a_document_that_unpacks_to_more_than_any_paper_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = word(tmp_path / "paper.docx")
    with zipfile.ZipFile(path) as packed:
        sizes = [part.file_size for part in packed.infolist()]
    monkeypatch.setattr(word_document, "UNPACKED", sum(sizes) - 1)
    with pytest.raises(ReadError, match="larger than any paper"):
        paragraphs(path)
