"""The web server: Waitress with the application, and the loops beside it, in one process.

`kesu serve` runs it as `python -m kesu.site.serve --host HOST --port PORT` after it has prepared everything. A request is
read whole, within limits of size and time, before a thread of the application hears of it (docs/decisions/0023): whoever
sends slowly, or half, keeps a connection for some seconds and nobody else waits for him.
"""

from __future__ import annotations

import argparse
import signal
import time
from collections.abc import Callable
from typing import Any, Final

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer

from kesu.files.from_outside import PORTAL
from kesu.site.proxies import Network, is_among

THREADS: Final = 8  # requests that the application has in hand at once; the others wait, read already
CONNECTIONS: Final = 1000  # open at once
OF_ONE_ADDRESS: Final = 200  # of these; a whole office may sit behind one address
HEAD: Final = 32 * 1024  # bytes of the lines before a body
BODY: Final = 2_500_000  # bytes; a table of 500 lines is a tenth of it
WHOLE: Final = 20.0  # seconds within which a request has to be there, head and body
FORM: Final = 64_000_000  # bytes of a form with its files, from a browser that somebody has signed in with
FORM_WHOLE: Final = 300.0  # seconds for that: a phone with little signal sends 20 MB in three minutes
FORMS: Final = 16  # so large ones at once
IDLE: Final = 30  # seconds that a connection may be silent between two requests


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """One request. A form with files may be larger, and take longer, than any other."""

    large = False

    def __init__(self, adj: Any, server: Limited) -> None:
        super().__init__(adj)
        self.adj: Any = adj
        self.server = server

    def parse_header(self, header_plus: bytes) -> None:
        """Its limits follow from its head."""
        super().parse_header(header_plus)
        if self.content_length >= BODY and self._brings_files() and self.server.large_ones() < FORMS:
            self.large, self.adj = True, _Larger(self.adj)

    def _brings_files(self) -> bool:
        """Whoever has no session is asked for files at the portal alone, once one of its forms was opened."""
        kind, cookies = self.headers.get("CONTENT_TYPE", ""), self.headers.get("COOKIE", "")
        known = "sessionid=" in cookies or (str(self.path).startswith(PORTAL) and "csrftoken=" in cookies)
        return kind.startswith("multipart/form-data") and known


class _Larger:
    """The settings of the server with a larger body."""

    max_request_body_size = FORM

    def __init__(self, adj: Any) -> None:
        self._adj = adj

    def __getattr__(self, name: str) -> Any:
        return getattr(self._adj, name)


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection, which knows since when the request that is arriving has been arriving."""

    begun: float | None = None

    @property
    def parser_class(self) -> Callable[[Any], Parser]:
        """What reads its requests."""
        return lambda adj: Parser(adj, self.server)

    @property
    def large(self) -> bool:
        """Whether a form with files is arriving."""
        return bool(getattr(self.request, "large", False))

    def received(self, data: bytes) -> bool:
        """Reads on."""
        before = self.request
        read = bool(super().received(data))
        if self.request is None:
            self.begun = None
        elif self.request is not before or self.begun is None:
            self.begun = time.monotonic()
        return read


class Limited(TcpWSGIServer):  # type: ignore[misc]
    """Closes what takes too long to arrive, and what one address opens too much of."""

    channel_class = Channel
    proxies: tuple[Network, ...] = ()

    def maintenance(self, now: float) -> None:
        """Once a second."""
        super().maintenance(now)
        moment = time.monotonic()
        for channel in list(self.active_channels.values()):
            within = FORM_WHOLE if channel.large else WHOLE
            if channel.begun is not None and channel.begun < moment - within:
                channel.will_close = True

    def large_ones(self) -> int:
        """How many forms with files are arriving."""
        return sum(channel.large for channel in list(self.active_channels.values()))

    def set_socket_options(self, conn: Any) -> None:
        """Raises OSError, which drops the connection, where its address has enough of them.

        A proxy of ours is no such address: behind it is everybody.
        """
        super().set_socket_options(conn)
        address = conn.getpeername()[0]
        if is_among(address, self.proxies):
            return
        if sum(channel.addr[0] == address for channel in self.active_channels.values()) >= OF_ONE_ADDRESS:
            conn.close()
            raise OSError("too many connections of one address")


def serve(*, host: str, port: int) -> None:
    """Serves until it is told to stop (SIGINT or SIGTERM)."""
    from django.conf import settings

    from kesu.site.wsgi import application

    from . import loops  # after Django is set up

    signal.signal(signal.SIGTERM, _stop)
    server = limited(application, host=host, port=port)
    server.proxies = settings.PROXIES
    loops.start()
    server.run()


def limited(application: Callable[..., Any], *, host: str, port: int) -> Limited:
    """The server, listening."""
    return Limited(
        application,
        host=host,
        port=port,
        threads=THREADS,
        connection_limit=CONNECTIONS,
        max_request_header_size=HEAD,
        max_request_body_size=BODY,
        channel_timeout=IDLE,
        cleanup_interval=1,
        asyncore_use_poll=True,  # more connections than `select` can count
        clear_untrusted_proxy_headers=False,  # kesu.site.proxies knows whom to trust
        log_socket_errors=False,
        ident=None,
    )


def _stop(*_: object) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m kesu.site.serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    given = parser.parse_args()
    serve(host=given.host, port=given.port)
