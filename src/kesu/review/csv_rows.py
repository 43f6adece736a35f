"""Rows of a CSV file: UTF-8 first, then the Chinese encodings, said aloud; a line too long or too short is refused."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kesu.reading.limits import WIDEST_TEXT
from kesu.reading.text import Text

from .mapping import FileFormat
from .rows import Problems, Row

CHUNK: Final = 1 << 20
END_OF_FILE: Final = "\x1a"  # with which old programs end a text
WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")  # with which UTF-16 begins
CHINESE: Final = frozenset(
    {"gb2312", "gbk", "gb18030", "cp936", "hz"}
)  # all read as GB18030, which holds the others


def encoding_of(path: Path, *, wanted: str | None, problems: Problems) -> tuple[str, list[Text]]:
    """The encoding that the whole file is written in, and what should be said about it. Raises LogError."""
    if wanted is not None and _normal(wanted) != "utf-8-sig":
        encoding = _normal(wanted)
        if not _decodes(path, encoding):
            raise problems.stop(
                Text(
                    f"不是 {wanted} 编码；请改映射文件里的 encoding",
                    f"not {wanted}; mend “encoding” in the mapping file",
                )
            )
        return encoding, []
    if _begins(path) in WIDE_MARKS and _decodes(path, "utf-16"):
        return "utf-16", []
    if _decodes(path, "utf-8-sig"):
        return "utf-8-sig", []
    if _decodes(path, "gb18030"):
        return "gb18030", [
            Text(
                f"{path.name} 不是 UTF-8，按 GB18030 读取",
                f"{path.name} is not UTF-8; it was read as GB18030",
            )
        ]
    raise problems.stop(
        Text(
            "既不是 UTF-8 也不是 GB18030 编码；请另存为 UTF-8", "neither UTF-8 nor GB18030; save it as UTF-8"
        )
    )


def csv_rows(
    path: Path, *, encoding: str, file: FileFormat, needed: tuple[str, ...], problems: Problems
) -> Iterator[Row]:
    """The rows after the header; blank lines are passed over, and cells beyond the header that are empty.

    Lines with another number of cells are problems. Raises LogError.
    """
    header: list[str] | None = None
    for number, (place, cells) in enumerate(
        csv_lines(path, encoding=encoding, delimiter=file.delimiter, problems=problems), start=1
    ):
        if number < file.header_row or not any(cells) or cells == [END_OF_FILE]:
            continue
        if header is None:
            header = header_of(cells, needed=needed, place=place, problems=problems)
            continue
        if len(cells) != len(header):
            cells = _evened(cells, len(header), fill=file.fill_rows)
        if len(cells) != len(header):
            problems.add(place, _count(len(cells), len(header)))
        else:
            yield Row(place, dict(zip(header, cells, strict=True)))
    if header is None:
        raise problems.stop(Text("文件里没有标题行", "the file has no header row"))


def csv_lines(
    path: Path, *, encoding: str, delimiter: str, problems: Problems
) -> Iterator[tuple[int, list[str]]]:
    """Every line with its cells and its place, the header and blank ones too. Raises LogError."""
    csv.field_size_limit(WIDEST_TEXT)
    with path.open(encoding=encoding, newline="") as text:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        start = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise problems.stop(_broken(error), place=start) from None
            yield start, cells
            start = reader.line_num + 1


def _evened(cells: list[str], wanted: int, *, fill: bool) -> list[str]:
    """Without empty cells beyond the header; with `fill` short lines have empty cells at their end."""
    if len(cells) > wanted and not any(cells[wanted:]):
        return cells[:wanted]
    return cells + [""] * (wanted - len(cells)) if fill else cells


def header_of(cells: list[str], *, needed: tuple[str, ...], place: int, problems: Problems) -> list[str]:
    """The names of the columns; raises LogError when one that the mapping speaks of is missing or stands twice."""
    header = [cell.strip() for cell in cells]
    for name in needed:
        if header.count(name) == 0:
            problems.add(place, missing_column(name, header), column=name)
        elif header.count(name) > 1:
            problems.add(
                place, Text("这一列出现了不止一次", "this column stands there more than once"), column=name
            )
    problems.check()
    return header


def missing_column(name: str, header: list[str]) -> Text:
    """That a column of the mapping is not in the file, with the nearest one that is."""
    from kesu.reading.strict import suggestion

    en, zh = suggestion(name, header)
    return Text(
        f"文件里没有映射文件所说的这一列{zh}",
        f"the file has no such column, but the mapping speaks of it{en}",
    )


def _normal(encoding: str) -> str:
    name = encoding.lower().replace("_", "-")
    if name in CHINESE:
        return "gb18030"
    return "utf-8-sig" if name in ("utf-8", "utf8", "utf-8-sig") else name


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(2)


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while chunk := file.read(CHUNK):
                if b"\0" in chunk and not encoding.startswith("utf-16"):
                    return False  # text has no zero bytes; a workbook or UTF-16 has
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _broken(error: csv.Error) -> Text:
    message = str(error)
    if "end of data" in message:
        return Text("这里的引号没有闭合", "a quotation mark opened here is never closed")
    if "field larger" in message:
        return Text(
            "一格超过 4 MB，多半是引号没有闭合",
            "a cell of more than 4 MB; most likely a quotation mark is not closed",
        )
    return Text(f"不是合格的 CSV：{message}", f"not proper CSV: {message}")


def _count(cells: int, wanted: int) -> Text:
    return Text(
        f"有 {cells} 格，标题行有 {wanted} 格；请检查分隔符和引号",
        f"has {cells} cells, the header has {wanted}; look at separators and quotation marks",
    )
