"""The door for text: characters that nobody types are refused before any page or database sees them, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from .failures import typed
from .render import render

# What no key writes: control characters (a tab and the ends of lines are typed), and those that turn the direction of a text
# round, by which one reads other than what stands there.
UNREADABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
UTF_8: Final = ("utf-8", "utf8")


class Readable:
    """Refuses a request whose address or fields hold such characters, or that is written in another encoding than our pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        params = request.content_params or {}
        if str(params.get("charset", UTF_8[0])).lower() not in UTF_8:
            request.encoding = UTF_8[0]
            return render(request, None, "error.html", status=415, what="unreadable", typed=[])
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """After the mark of the browser was looked at, so that only what it sent itself is ever repeated to it."""
        if not any(UNREADABLE.search(text) for text in _texts(request)):
            return None
        kept = [(name, UNREADABLE.sub("", value)) for name, value in typed(request)]
        return render(request, None, "error.html", status=400, what="unreadable", typed=kept)


def _texts(request: HttpRequest) -> Iterator[str]:
    yield request.path
    yield from _both(request.GET.lists())
    yield from _both(request.POST.lists())


def _both(fields: Iterable[tuple[str, Iterable[object]]]) -> Iterator[str]:
    for name, values in fields:
        yield name
        yield from map(str, values)
