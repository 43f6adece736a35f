"""The page that needs nothing: no database, no session, no template. It stands where every other page fails as well."""

from __future__ import annotations

from typing import Final

from django.utils.html import format_html, format_html_join

from kesu.reading.text import Text
from kesu.upkeep.machine import MachineFault

PAGE: Final = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>程序自身出错 Kesu itself failed</title></head>
<body><main><h1>程序自身出错 · Kesu itself failed</h1>
<p>{zh}。请把编号 {number} 告诉管理员。</p>
<p>{en}. Tell the administrator the number {number}.</p>{typed}</main></body></html>
"""
NOT_HALF: Final = Text("没有留下写了一半的记录", "Nothing was half recorded")


def page_alone(number: str, fault: MachineFault | None, sent: list[tuple[str, str]]) -> str:
    """Both languages, the number under which the log tells why, and what was typed, to be copied."""
    zh, en = (fault.on_page("zh"), fault.on_page("en")) if fault else (NOT_HALF.zh, NOT_HALF.en)
    fields = format_html_join(
        "", "<dt>{}</dt><dd>{}</dd>", ((n[2:], v) for n, v in sent if n[:2] == "f-" and v.strip())
    )
    return format_html(
        PAGE, zh=zh, en=en, number=number, typed=format_html("<dl>{}</dl>", fields) if fields else ""
    )
