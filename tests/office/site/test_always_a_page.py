"""Wherever a request fails, its answer is a page with a number that the log knows: 503 where the database is away, else 500."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, close_old_connections, connections
from tests.office.site.test_site_settings import run
from tests.office.upkeep.homes import Home, small_home
from tests.office.upkeep.served import served

from kesu.desk.frame import alone, errors
from kesu.desk.who import sessions
from kesu.site import always_a_page as layer
from kesu.site.metrics import Counted

NUMBER = re.compile(r"[0-9A-F]{4}-[0-9A-F]{4}")
AWAY = "数据库没有应答，这次没有记下任何内容"


class NoConnection(Exception):
    """As the driver of PostgreSQL says that its server is gone."""

    __module__ = "psycopg"
    sqlstate = "57P01"


def away(*_: Any, **__: Any) -> Any:
    raise OperationalError("the connection is closed") from NoConnection("the connection is closed")


def broken(*_: Any, **__: Any) -> Any:
    raise RuntimeError("no such drawer")


@pytest.fixture(autouse=True)
def connection_stays() -> Iterator[None]:
    """The transaction of a test outlives its requests, which otherwise look after their connections."""
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    yield
    signals.request_started.connect(close_old_connections)
    signals.request_finished.connect(close_old_connections)


FAILURES: dict[Callable[..., Any], tuple[str, str]] = {
    away: ("503", AWAY),
    broken: ("500", "没有留下写了一半的记录"),
}


def asked(
    path: str = "/", method: str = "GET", application: Any = None, **more: Any
) -> tuple[str, dict[str, str], str]:
    """Status, headers and page, as a web server gets them from the application."""
    told: list[Any] = []
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http", "wsgi.input": BytesIO(),
        "HTTP_COOKIE": "sessionid=0123456789abcdef0123456789abcdef", **more,
    }  # fmt: skip
    given: Iterable[bytes] = layer.always_a_page(application or WSGIHandler())(
        environ, lambda *said: told.append(said)
    )
    page = b"".join(given).decode()
    getattr(given, "close", lambda: None)()
    status, headers, *_ = told[-1]
    return status[:3], dict(headers), page


@contextmanager
def at_a_signal(signal: Any, failure: Callable[..., Any]) -> Iterator[None]:
    signal.connect(failure)
    try:
        yield
    finally:
        signal.disconnect(failure)


Place = Callable[[pytest.MonkeyPatch, Callable[..., Any]], Any]
PLACES: dict[str, Place] = {
    "the session is read": lambda patch, fails: patch.setattr(
        sessions.SessionStore, "_get_session_from_db", fails
    ),
    "the outermost middleware": lambda patch, fails: patch.setattr(Counted, "__call__", fails),
    "the page, and the page of its failure": lambda patch, fails: [
        patch.setattr(sessions.SessionStore, "_get_session_from_db", fails),
        patch.setattr(errors, "render", fails),
    ],
    "the handler itself": lambda patch, fails: patch.setattr(WSGIHandler, "get_response", fails),
    "the making of a request": lambda patch, fails: patch.setattr(WSGIHandler, "request_class", fails),
}


@pytest.mark.django_db
@pytest.mark.parametrize("fails", FAILURES, ids=["away", "broken"])
@pytest.mark.parametrize("place", PLACES)
def test_a_failure_at_any_place_is_a_page_with_the_number_that_was_logged(
    place: str,
    fails: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(layer, "_let_go_of_the_database", lambda: None)  # the test holds its transaction
    PLACES[place](monkeypatch, fails)
    status, headers, page = asked()
    assert (status, FAILURES[fails][1] in page) == (FAILURES[fails][0], True), page
    assert headers["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    (number,) = set(NUMBER.findall(page))
    logged = [getattr(getattr(record, "request", None), "failure", None) for record in caplog.records]
    assert number in [
        *logged,
        *(found for record in caplog.records for found in NUMBER.findall(record.getMessage())),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("fails", FAILURES, ids=["away", "broken"])
def test_a_failure_before_the_request_was_made_is_a_page_and_the_next_one_has_a_connection_of_its_own(
    fails: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[bool] = []
    monkeypatch.setattr(layer, "_let_go_of_the_database", lambda: closed.append(True))
    with at_a_signal(signals.request_started, fails):
        status, _, page = asked()
        head = asked(method="HEAD")
    assert (status, FAILURES[fails][1] in page) == (FAILURES[fails][0], True)
    assert (head[0], head[2]) == (FAILURES[fails][0], "")
    assert closed == [True, True]
    assert asked("/sign-in/")[0] == "200"


@pytest.mark.django_db
def test_a_failure_once_all_was_sent_leaves_the_answer_whole_and_a_line_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(layer, "_let_go_of_the_database", lambda: None)
    with at_a_signal(signals.request_finished, away):
        assert asked("/sign-in/")[0] == "200"
    assert [record.getMessage() for record in caplog.records] == [
        "the end of a request failed: the connection is closed"
    ]


def test_where_the_page_that_needs_nothing_is_all_there_is_it_speaks_both_languages() -> None:
    page = alone.page_alone("1234-ABCD", None, [("f-text", "写到<一半>"), ("key", "k")])
    assert "没有留下写了一半的记录。请把编号 1234-ABCD 告诉管理员。" in page
    assert "Nothing was half recorded. Tell the administrator the number 1234-ABCD." in page
    assert "<dt>text</dt><dd>写到&lt;一半&gt;</dd>" in page


def test_what_failed_to_close_is_let_go_of_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stuck:
        connection: object = object()
        close = staticmethod(broken)

    stuck = Stuck()
    monkeypatch.setattr(type(connections), "all", lambda *_, **__: [stuck])
    layer._let_go_of_the_database()
    assert stuck.connection is None


LOADED = """
import sys
import kesu.site.wsgi
assert {"kesu.desk.urls", "kesu.portal.urls", "kesu.desk.frame.errors"} <= set(sys.modules)
from django.urls import get_resolver
assert "url_patterns" in vars(get_resolver()), "the first requests would load the addresses beside each other"
"""


def test_every_address_is_loaded_before_the_first_request(tmp_path: Path) -> None:
    home = tmp_path / "home"
    prepared = run(home, "from kesu.site.prepare import main\nraise SystemExit(main())")
    assert prepared.returncode == 0, prepared.stderr
    done = run(home, LOADED)
    assert done.returncode == 0, done.stderr


def _take_away(home: Home) -> Callable[[], None]:
    """The database, from under a server that runs; how it comes back."""
    if home.address is None:
        file = home.folder / "kesu.sqlite3"
        aside = [
            (one, one.with_name(f"{one.name}.aside")) for one in sorted(home.folder.glob(f"{file.name}*"))
        ]
        for one, there in aside:
            one.rename(there)
        file.mkdir(mode=0o700)  # no file can be opened, nor made, in its place

        def back() -> None:
            file.rmdir()
            for one, there in aside:
                there.rename(one)

        return back
    of_server, name = home.address.replace(f"/{_name(home)}?", "/postgres?"), _name(home)
    with psycopg.connect(of_server, autocommit=True) as server:
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])

    def allowed() -> None:
        with psycopg.connect(of_server, autocommit=True) as server:
            server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')

    return allowed


def _name(home: Home) -> str:
    assert home.address is not None
    return home.address.partition("?")[0].rpartition("/")[2]


def test_a_real_server_whose_database_goes_says_so_on_every_page_and_serves_again_when_it_is_back(
    database: str, tmp_path: Path
) -> None:
    home = small_home(tmp_path / "home", database)
    with served(home) as server:
        sent = server.form()
        back = _take_away(home)
        try:
            for path in ("/", f"/cases/{server.case}/", "/portal/", "/how-we-handle-complaints/"):
                status, _, page = server.browser.ask(path) or (0, "", "")
                assert (path, status) == (path, 503), page
                assert ("数据库没有应答" in page, bool(NUMBER.search(page))) == (True, True), page
            assert (server.browser.ask("/sign-in/") or (0,))[0] == 200  # asks the database nothing
            status, said = server.send(sent)
            assert (status, "写到一半的话" in said.text()) == (503, True), said.text()
            assert server.browser.ask("/healthz") == (503, "", "not well: database\n")
        finally:
            back()
        until = time.monotonic() + 30
        while (server.browser.ask("/healthz") or (0,))[0] != 200:
            assert time.monotonic() < until
            time.sleep(0.2)
        assert server.send(sent)[0] == 302
    lines = [json.loads(line) for line in (home.folder / "kesu.log").read_text().splitlines()]
    failed = [line for line in lines if line["logger"] == "django.request" and line["path"] != "/healthz"]
    assert len(failed) == 5
    assert all(NUMBER.fullmatch(line["failure"]) for line in failed)
