"""What people read when an address leads nowhere, a form is too old, or the program itself failed."""

from __future__ import annotations

import logging
import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from kesu.ledger.clock_doubt import ClockWrong

from ..who.here import spoken
from .failures import number_of, typed
from .render import render

log = logging.getLogger(__name__)
ALONE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>程序自身出错 Kesu itself failed</title></head>
<body><main><h1>程序自身出错 · Kesu itself failed</h1>
<p>没有留下写了一半的记录。请把编号 {number} 告诉管理员。</p>
<p>Nothing was half recorded. Tell the administrator the number {number}.</p></main></body></html>
"""


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The address leads nowhere."""
    return render(request, None, "error.html", status=404, what="missing", typed=[])


def broken(request: HttpRequest) -> HttpResponse:
    """The clock is wrong, and what was sent writes; or the program failed: the number under which the log tells why, and what was typed, to be sent again.

    Where this page fails as well (no database), a page that needs nothing shows the number.
    """
    number, sent, failure = number_of(request), typed(request), sys.exc_info()[1]
    if isinstance(failure, ClockWrong):
        said = failure.in_(spoken())
        return render(request, None, "error.html", status=503, what="clock", said=said, typed=sent)
    away = isinstance(failure, OperationalError)  # a database that is locked, full or not there
    status, what = (503, "away") if away else (500, "broken")
    try:
        return render(request, None, "error.html", status=status, what=what, number=number, typed=sent)
    except Exception:
        log.exception("the page that tells of failure %s failed itself", number)
        return HttpResponse(ALONE.format(number=number), status=status)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent is more, or other, than any page of ours sends."""
    return render(request, None, "error.html", status=400, what="unreadable", typed=[])


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the mark of this browser: the page was too old, or cookies are off."""
    return render(request, None, "error.html", status=403, what="stale", typed=[])
