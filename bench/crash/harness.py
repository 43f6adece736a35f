"""The harness of `make crash`: answers commands over HTTP by `perform`, in one process that starts by a fork.

It dies and comes back many times faster than the real server, and so reaches more kills in the same time; it shows
nothing of what lies above `perform`: no page, no session, no web server.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.db import connections

from kesu.caseload.acting.answers import Busy, Done, Refused
from kesu.caseload.acting.perform import perform
from kesu.casework.deciding.command import Command
from kesu.ledger.seal import seal

from .points import Points, watch

SEAL_EVERY = 5  # acts; so that the sealer, too, is hit at every statement


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
