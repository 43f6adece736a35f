"""A server that dies: it answers commands over HTTP by `perform`, until SIGKILL hits it between two statements.

Every statement, every commit (just before and just after it) and every answer is a point. The server counts them and
kills itself at the one it was given. Nothing runs on the way out: no handler, no roll-back, no closed file.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from kesu.caseload.answers import Busy, Done, Refused
from kesu.caseload.performing import perform
from kesu.casework.command import Command
from kesu.ledger.seal import seal

SEAL_EVERY = 5  # acts; so that the sealer, too, is hit at every statement
TABLE = re.compile(r'(?:FROM|INTO|UPDATE)\s+"?(\w+)', re.IGNORECASE)


class Points:
    """Counts the points of this life, and ends it at the last one; `said` gets what it was about to do."""

    def __init__(self, last: int | None, said: int) -> None:
        self.left, self.said, self.lock = last, said, threading.Lock()

    def hit(self, what: str) -> None:
        """One more point."""
        with self.lock:
            if self.left is None:
                return
            self.left -= 1
            if self.left <= 0:
                os.write(self.said, f"{what}\n".encode())
                os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        """Django's execute wrapper."""
        words = str(sql).split(None, 1)
        table = TABLE.search(str(sql))
        self.hit(f"{words[0].upper()} {table[1] if table else ''}".strip())
        return execute(sql, *rest)


def watch(points: Points) -> None:
    """Makes every connection of this process count."""

    def wrapped(connection: BaseDatabaseWrapper, **_: Any) -> None:
        connection.execute_wrappers.append(points.statement)

    connection_created.connect(wrapped, weak=False)
    commit = BaseDatabaseWrapper._commit  # type: ignore[attr-defined]

    def counted(connection: BaseDatabaseWrapper) -> Any:
        points.hit("COMMIT")
        done = commit(connection)
        points.hit("after COMMIT")
        return done

    BaseDatabaseWrapper._commit = counted  # type: ignore[attr-defined]


def serve(listening: socket.socket, points: Points, *, organisation: str) -> None:
    """Answers for ever on a socket that outlives the server."""
    watch(points)
    acts = 0

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            nonlocal acts
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            try:
                status, answer = act(asked, organisation=organisation)
                acts += 1
                if acts % SEAL_EVERY == 0:
                    seal(organisation, datetime.now(UTC))
            finally:
                connections.close_all()
            points.hit("answer")
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(listening.getsockname(), Answering, bind_and_activate=False)
    server.socket.close()
    server.socket = listening
    server.serve_forever()


def act(asked: Mapping[str, Any], *, organisation: str) -> tuple[int, Mapping[str, Any]]:
    """Performs one command; 503 when it should be sent again."""
    command = Command(step=asked["step"], by=asked["person"], post=asked["post"], facts=asked["facts"])
    try:
        answer = perform(
            command,
            organisation=organisation,
            person=asked["person"],
            now=datetime.now(UTC),
            key=asked["key"],
            file=asked["file"],
            procedure=asked["procedure"],
        )
    except Busy:
        return 503, {}
    if isinstance(answer, Done):
        return 200, {
            "file": answer.file,
            "number": answer.number,
            "label": answer.label,
            "again": answer.again,
        }
    return 409, {"said": answer.sentences("en") if isinstance(answer, Refused) else ["changed meanwhile"]}
