"""What kind of file a log is: its first bytes say so, and its ending where they do not."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kesu.reading.text import Text

from .rows import Problems

ENDINGS: Final = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xes": "xes",
    ".gz": "xes",
}
ZIPPED, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
OLD_BOOK: Final = Text(
    "是旧的 .xls 或 .et 表格；请用表格软件打开后另存为 .xlsx",
    "is an old .xls or .et workbook; open it and save it as .xlsx",
)
WEB_PAGE: Final = Text(
    "其实是网页（html），不是表格；请用表格软件打开后另存为 .xlsx",
    "is a web page (html) and no workbook, whatever its name; open it in a spreadsheet program and save it as .xlsx",
)
UNKNOWN: Final = Text(
    "看不出是哪种文件；请用 .csv、.xlsx、.xes 或 .xes.gz",
    "cannot tell what kind of file this is; use .csv, .xlsx, .xes or .xes.gz",
)


def kind_of(path: Path, *, wanted: str | None) -> str:
    """csv, xlsx or xes. Raises LogError for a file of another kind, with what to do about it."""
    with path.open("rb") as file:
        begin = file.read(512)
    text = begin.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begin.startswith(OLD):
        raise Problems(path.name, "line").stop(OLD_BOOK)
    if text.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")):
        raise Problems(path.name, "line").stop(WEB_PAGE)
    if begin.startswith(ZIPPED) and wanted != "xes":
        return "xlsx"  # whatever its name: a text does not begin so
    kind = wanted or ENDINGS.get(path.suffix.lower())
    if kind is None:
        kind = "xes" if text.startswith((b"<?xml", b"<log")) else None
    if kind is None:
        raise Problems(path.name, "line").stop(UNKNOWN)
    return kind
