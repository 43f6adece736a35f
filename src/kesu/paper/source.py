"""The paragraphs of a paper, from a text file or a Word document, with the numbers that Word itself writes before them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kesu.reading.strict import ReadError

from .word_document import TooLarge, read_word
from .word_numbers import WordNumbers

TEXTS: Final = (".txt", ".md")
LONGEST: Final = 4 * 2**20  # bytes of a text; a paper of a thousand clauses has a tenth of it
ENCODINGS: Final = ("utf-8-sig", "gb18030")


def paragraphs(path: Path) -> list[str]:
    """Every paragraph that says something, in the order of the paper; cells of tables are none.

    Raises ReadError where the file is neither text nor Word (.docx), cannot be read, or is larger than any paper.
    """
    kind = path.suffix.lower()
    if kind in TEXTS:
        found: Iterator[str] = iter(_text(path).splitlines())
    elif kind == ".docx":
        found = _word(path)
    else:
        raise _wrong(
            path,
            en="a paper is read from Word (.docx) or from text (.txt, .md); save it as one of these",
            zh="程序文件只能从 Word（.docx）或文本（.txt、.md）读入；请另存为其中一种",
        )
    said = [" ".join(paragraph.split()) for paragraph in found]
    return [paragraph for paragraph in said if paragraph]


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None
    if len(data) > LONGEST:
        raise _too_large(path)
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _wrong(
        path,
        en="it is written neither in UTF-8 nor in GB 18030; save it as UTF-8",
        zh="编码既不是 UTF-8 也不是 GB 18030；请另存为 UTF-8",
    )


def _word(path: Path) -> Iterator[str]:
    try:
        document = read_word(path)
    except OSError as error:
        raise _unreadable(path, error) from None
    except TooLarge:
        raise _too_large(path) from None
    except ValueError:  # NoWord, or a figure in it that is none
        raise _no_word(path) from None
    numbers = WordNumbers(document)
    for paragraph in document.paragraphs:
        yield f"{numbers.of(paragraph)} {paragraph.text}"


def _no_word(path: Path) -> ReadError:
    return _wrong(
        path,
        en="it is no Word document; open it in Word or WPS and save it as .docx",
        zh="不是 Word 文档；请用 Word 或 WPS 打开后另存为 .docx",
    )


def _unreadable(path: Path, error: OSError) -> ReadError:
    why = error.strerror or str(error)
    return _wrong(path, en=f"it cannot be read: {why}", zh=f"读不出来：{why}")


def _too_large(path: Path) -> ReadError:
    return _wrong(
        path,
        en="it is larger than any paper; take pictures and annexes out",
        zh="比任何程序文件都大；请去掉图片和附件",
    )


def _wrong(path: Path, *, en: str, zh: str) -> ReadError:
    return ReadError(file=path.name, line=0, en=en, zh=zh)
