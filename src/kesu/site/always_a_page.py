"""An answer to every request: what fails outside Django's own handler is a page with a number as well, and is logged.

Django answers for what its middleware and pages raise. Round that stand the signals at the start and the end of a request,
which look after the connections of the database, the addresses and pages of failures that are loaded by the first request, and
the page of a failure itself. What any of these raises would leave the application: the web server would answer with a bare 500
that nobody can look up, or hang up without a word.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace
from typing import Any, Final

from django.db import connections
from django.template import engines
from django.urls import get_resolver

from kesu.desk.frame.alone import page_alone
from kesu.desk.frame.failures import drawn_number, status_of
from kesu.desk.who.middleware import HEADERS
from kesu.site.proxies import Application
from kesu.upkeep.machine import fault_of

REASONS: Final = {500: "500 Internal Server Error", 503: "503 Service Unavailable"}
HANDLED: Final = (400, 403, 404, 500)  # for which a page of ours is loaded by its name

log = logging.getLogger(__name__)


def load_pages() -> None:
    """Loads every address, page of a failure and template engine now, by one thread: a part that is missing stops the start,
    and the first requests, which come at once, do not load them beside each other."""
    resolver = get_resolver()
    assert resolver.url_patterns
    for status in HANDLED:
        resolver.resolve_error_handler(status)
    assert engines.all()


def always_a_page(application: Application) -> Application:
    """The application, whose every failure is a page, and whose work after an answer fails without harm to it."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            given = application(environ, start_response)
        except Exception as failure:
            return _page_of(failure, environ, start_response)
        is_file = isinstance(
            given, environ.get("wsgi.file_wrapper", ())
        )  # the server sends and closes it itself
        return given if is_file else _Answer(given, environ)

    return answer


def _page_of(
    failure: Exception, environ: dict[str, Any], start_response: Callable[..., Any]
) -> Iterable[bytes]:
    number, fault = drawn_number(), fault_of(failure)
    _log(f"a request failed outside every page: {failure}", environ, number)
    _let_go_of_the_database()
    page = page_alone(number, fault, []).encode()
    headers = {
        **HEADERS,
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(page)),
    }
    start_response(
        REASONS[status_of(fault)], list(headers.items()), (type(failure), failure, failure.__traceback__)
    )
    return [] if environ.get("REQUEST_METHOD") == "HEAD" else [page]


def _let_go_of_the_database() -> None:
    """A connection that made a request fail at its very start would do so to each that this thread takes up after it."""
    for connection in connections.all(initialized_only=True):
        try:
            connection.close()
        except Exception:
            log.exception("a connection that was given up could not be closed")
            connection.connection = None


class _Answer:
    """What the application gave; what it does once all of it is sent is nothing that the reader hears of."""

    def __init__(self, given: Iterable[bytes], environ: dict[str, Any]) -> None:
        self._given, self._environ = given, environ

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._given)

    def close(self) -> None:
        """Ends the request."""
        try:
            getattr(self._given, "close", lambda: None)()
        except Exception as failure:
            _log(f"the end of a request failed: {failure}", self._environ, drawn_number())
            _let_go_of_the_database()


def _log(sentence: str, environ: dict[str, Any], number: str) -> None:
    """One line with its trace, like that of any other failure: method, path and number."""
    request = SimpleNamespace(
        method=environ.get("REQUEST_METHOD"), path=environ.get("PATH_INFO"), failure=number
    )
    log.exception(sentence, extra={"request": request})
