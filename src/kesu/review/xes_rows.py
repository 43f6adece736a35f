"""Rows of an XES log (also .xes.gz), an event a row; attributes of the trace are columns that begin with “case:”."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from kesu.reading.text import Text

from .csv_rows import missing_column
from .rows import Cell, Problems, Row

VALUES: Final = frozenset({"string", "date", "int", "float", "boolean", "id"})


def xes_rows(path: Path, *, needed: tuple[str, ...], problems: Problems) -> Iterator[Row]:
    """The events in the order of the file. Entities and document types are refused; memory holds one trace.

    Raises LogError.
    """
    columns: dict[str, None] = {}
    with _opened(path) as file:
        try:
            for row in _events(file):
                columns.update(dict.fromkeys(row.cells))
                yield row
        except DefusedXmlException:
            raise problems.stop(
                Text(
                    "含有文档类型或实体声明，不予读取",
                    "declares a document type or entities, which are not read",
                )
            ) from None
        except ParseError as error:
            raise problems.stop(Text(f"不是合格的 XML：{error}", f"not proper XML: {error}")) from None
        except (OSError, EOFError, zlib.error):
            raise problems.stop(Text("压缩文件已损坏", "the compressed file is damaged")) from None
    if not columns:
        raise problems.stop(Text("文件里没有事件", "the file has no events"))
    for name in needed:
        if name not in columns:
            problems.add(0, missing_column(name, list(columns)), column=name)


def _events(file: IO[bytes]) -> Iterator[Row]:
    number = 0
    root: Any = None
    for moment, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
        if moment == "start":
            root = element if root is None else root
            continue
        if _name(element) != "trace":
            continue
        about = {f"case:{key}": value for key, value in _attributes(element).items()}
        for child in element:
            if _name(child) == "event":
                number += 1
                yield Row(number, about | _attributes(child))
        element.clear()
        root.clear()  # or the emptied traces would still pile up


def _attributes(element: Any) -> dict[str, Cell]:
    return {
        child.get("key", ""): child.get("value", "")
        for child in element
        if _name(child) in VALUES and child.get("key")
    }


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else path.open("rb")  # type: ignore[return-value]
