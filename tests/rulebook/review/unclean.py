"""Mappings, workbooks and looks for the tests of files as offices have them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook

from kesu.review.log import Log
from kesu.review.rows import LogError

Opened = Callable[..., Log]
SHEET = """
mapping: sheet
procedure: small
times: {zone: Asia/Shanghai, written: ["%Y/%m/%d %H:%M", iso], day alone: end}
case: number
acts:
  - {step: received, at: in}
  - {step: replied, at: out, if empty: skip}
"""
LIST = """
mapping: list
procedure: small
times: {zone: Asia/Shanghai, written: iso}
case: number
acts:
  - step: {column: what, values: {in: received, ok: accepted, answer: replied, end: closed}}
    at: when
"""
HEAD = "number,in,out\n"
MARCH = "1,2026/3/6 9:05,2026/3/9 10:00\n"


def times(log: Log) -> list[list[str]]:
    """The acts of each case, as local times."""
    return [[f"{act.at:%m-%d %H:%M:%S}" for act in case.acts] for case in log.cases()]


def steps(log: Log) -> list[tuple[str, list[str]]]:
    return [(case.case, [act.step for act in case.acts]) for case in log.cases()]


def remarks(log: Log, now: datetime | None = None) -> list[str]:
    return [remark.en for remark in log.sentences(now=now)]


def refusal(opened: Opened, content: str | bytes, mapping: str = SHEET, name: str = "log.csv") -> str:
    with pytest.raises(LogError) as refused:
        opened(content, name=name, mapping=mapping)
    return refused.value.in_("en")


def workbook(*sheets: tuple[str, Sequence[Sequence[Any]]], formats: dict[str, str] | None = None) -> bytes:
    """A workbook with these sheets; `formats` are the number formats of cells of the first one."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for cell, code in (formats or {}).items():
        book.worksheets[0][cell].number_format = code
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
