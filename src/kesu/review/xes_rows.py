"""Rows of an XES log (also .xes.gz), an event a row; attributes of the trace are columns that begin with “case:”."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from kesu.reading import limits
from kesu.reading.limits import Guarded, TooMuch
from kesu.reading.text import Text

from .csv_rows import missing_column
from .remarks import Remarks
from .rows import Cell, Problems, Row
from .xes_bytes import UnknownEncoding, opened

REFUSALS: Final = (
    ValueError,
    ParseError,
    OSError,
    EOFError,
    zlib.error,
)  # TooMuch, defused and others are ValueErrors
VALUES: Final = frozenset({"string", "date", "int", "float", "boolean", "id"})


def xes_rows(path: Path, *, needed: tuple[str, ...], problems: Problems, remarks: Remarks) -> Iterator[Row]:
    """The events in the order of the file. Entities and document types are refused; memory holds one trace.

    Raises LogError.
    """
    columns: dict[str, None] = {}
    try:
        with opened(path) as file:
            for row in _events(Guarded(file, most=limits.UNPACKED_LOG), remarks):
                columns.update(dict.fromkeys(row.cells))
                yield row
    except REFUSALS as error:
        raise problems.stop(_refusal(error)) from None
    if not columns:
        raise problems.stop(Text("文件里没有事件", "the file has no events"))
    for name in needed:
        if name not in columns:
            problems.add(0, missing_column(name, list(columns)), column=name)


def _refusal(error: Exception) -> Text:
    match error:
        case TooMuch() | UnknownEncoding():
            return error.reason
        case DefusedXmlException():
            return Text(
                "含有文档类型或实体声明，不予读取",
                "declares a document type or entities, which are not read",
            )
        case UnicodeDecodeError():
            return Text(f"不是它所声明的 {error.encoding} 编码", f"is not {error.encoding}, as it declares")
        case ParseError() | ValueError():
            return Text(f"不是合格的 XML：{error}", f"not proper XML: {error}")
        case _:
            return Text("压缩文件已损坏", "the compressed file is damaged")


def _events(file: Guarded, remarks: Remarks) -> Iterator[Row]:
    number = depth = elements = beside = 0
    root: Any = None
    names: set[int] = set()  # of traces, by their hashes
    for moment, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
        if moment == "start":
            root = element if root is None else root
            depth, elements = depth + 1, elements + 1
            if depth > limits.DEEPEST_XML or elements > limits.ELEMENTS_OF_A_TRACE:
                raise TooMuch(TOO_LARGE)
            continue
        depth -= 1
        if depth != 1:
            continue
        if _name(element) != "trace":
            beside += elements
            if beside > limits.ELEMENTS_BESIDE:
                raise TooMuch(TOO_MUCH_BESIDE)
        else:
            about = {f"case:{key}": value for key, value in _attributes(element).items()}
            for child in element:
                if _name(child) == "event":
                    number += 1
                    yield Row(number, about | _attributes(child))
            _count_again(about, names, remarks)
        elements = 0
        root.clear()  # or the emptied elements would still pile up


TOO_LARGE: Final = Text(
    f"一条轨迹超过 {limits.ELEMENTS_OF_A_TRACE} 个元素，或嵌套过深；请检查文件",
    f"a trace of more than {limits.ELEMENTS_OF_A_TRACE} elements, or nested too deep; look at the file",
)
TOO_MUCH_BESIDE: Final = Text(
    f"轨迹以外超过 {limits.ELEMENTS_BESIDE} 个元素，不像事件日志",
    f"more than {limits.ELEMENTS_BESIDE} elements beside its traces, which is no event log",
)


def _count_again(about: dict[str, Cell], names: set[int], remarks: Remarks) -> None:
    """Counts a trace that has the name of an earlier one."""
    name = about.get("case:concept:name")
    if name is not None:
        key = hash(name)
        remarks.doubled_traces += key in names
        names.add(key)


def _attributes(element: Any) -> dict[str, Cell]:
    return {
        child.get("key", ""): child.get("value", "")
        for child in element
        if _name(child) in VALUES and child.get("key")
    }


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
