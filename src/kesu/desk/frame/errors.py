"""What people read when an address leads nowhere, a form is too old, or the program itself failed."""

from __future__ import annotations

import logging
import sys

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join

from kesu.ledger.clock_doubt import ClockWrong
from kesu.reading.text import Text
from kesu.upkeep.machine import MachineFault, fault_of

from ..who.here import spoken
from .failures import number_of, typed
from .render import render

log = logging.getLogger(__name__)
ALONE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>程序自身出错 Kesu itself failed</title></head>
<body><main><h1>程序自身出错 · Kesu itself failed</h1>
<p>{zh}。请把编号 {number} 告诉管理员。</p>
<p>{en}. Tell the administrator the number {number}.</p>{typed}</main></body></html>
"""
NOT_HALF = Text("没有留下写了一半的记录", "Nothing was half recorded")


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The address leads nowhere."""
    return render(request, None, "error.html", status=404, what="missing", typed=[])


def broken(request: HttpRequest) -> HttpResponse:
    """What failed, in words where it was the clock or the machine; the number under which the log tells why; and what was typed,
    to be sent again.

    Where this page fails as well (no database), a page that needs nothing shows the same.
    """
    number, sent, failure = number_of(request), typed(request), sys.exc_info()[1]
    if isinstance(failure, ClockWrong):
        said = failure.in_(spoken())
        return render(request, None, "error.html", status=503, what="clock", said=said, typed=sent)
    fault, lang = fault_of(failure), spoken()
    status, what = (503, "machine") if fault else (500, "broken")
    said = fault.on_page(lang) if fault else ""
    try:
        return render(
            request, None, "error.html", status=status, what=what, number=number, said=said, typed=sent
        )
    except Exception:
        log.exception("the page that tells of failure %s failed itself", number)
        return HttpResponse(_alone(number, fault, sent), status=status)


def _alone(number: str, fault: MachineFault | None, sent: list[tuple[str, str]]) -> str:
    """A page without a frame, which asks nothing of the database: both languages, and what was typed, to be copied."""
    zh, en = (fault.on_page("zh"), fault.on_page("en")) if fault else (NOT_HALF.zh, NOT_HALF.en)
    fields = format_html_join(
        "", "<dt>{}</dt><dd>{}</dd>", ((n[2:], v) for n, v in sent if n[:2] == "f-" and v.strip())
    )
    return format_html(
        ALONE, zh=zh, en=en, number=number, typed=format_html("<dl>{}</dl>", fields) if fields else ""
    )


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent is more, or other, than any page of ours sends."""
    return render(request, None, "error.html", status=400, what="unreadable", typed=[])


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the mark of this browser: the page was too old, or cookies are off."""
    return render(request, None, "error.html", status=403, what="stale", typed=[])
