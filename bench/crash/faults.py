"""The fault in the real server: a middleware that only `bench.crash.settings` names, and that production never loads.

The environment tells where this life ends: `CRASH_AT` (the point; without it the life does not end), `CRASH_WRITING`
(`yes`: only points inside transactions count) and `CRASH_SAID` (the file that gets what the server was about to do).
"""

from __future__ import annotations

import os
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .points import Points, watch


class Faults:
    """Made once, when the worker loads the application and before its first statement: from then on it counts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        at = os.environ.get("CRASH_AT")
        said = os.open(os.environ["CRASH_SAID"], os.O_WRONLY | os.O_APPEND)
        writing = os.environ.get("CRASH_WRITING") == "yes"
        self.points = Points(int(at) if at else None, said, group=True, writing=writing)
        watch(self.points)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        self.points.hit("answer")
        return response
