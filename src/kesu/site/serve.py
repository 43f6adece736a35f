"""The web server: Granian with the application and the loops in one worker process.

`kesu serve` runs it as `python -m kesu.site.serve --host HOST --port PORT` after it has prepared everything.
"""

from __future__ import annotations

import argparse
from typing import Any

THREADS = 4  # requests at once; each waits for the database most of its time
STOPPING = 10  # seconds that a worker has to end its requests; nothing is lost when it is killed then


def application() -> Any:
    """The WSGI application of a worker process, with the loops started beside it."""
    from kesu.site.wsgi import application as answer

    from . import loops  # after Django is set up

    loops.start()
    return answer


def serve(*, host: str, port: int) -> None:
    """Serves until it is told to stop (SIGINT or SIGTERM)."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "kesu.site.serve:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=STOPPING,
    ).serve()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m kesu.site.serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    given = parser.parse_args()
    serve(host=given.host, port=given.port)
