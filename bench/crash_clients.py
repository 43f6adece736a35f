"""Clients that do not give up: each command is sent with one idempotency key until it is answered.

Run as `python -m bench.crash_clients PORT COUNT`; ends when a line comes on standard input, and prints what was
acknowledged, a JSON line a command, in the order in which it was.
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

ZHOU = {"person": "p-zhou", "post": "customer service specialist"}
GU = {"person": "p-gu", "post": "quality manager"}
RECEIVED = {"matter": "complaint", "channel": "phone", "complainant": "李女士", "account": "结果和上次差很多"}


class Client(threading.Thread):
    """One person's browser, more or less."""

    def __init__(self, port: int, stop: threading.Event, seed: int) -> None:
        super().__init__(daemon=True)
        self.port, self.stop, self.chance = port, stop, random.Random(seed)
        self.acknowledged: list[dict[str, Any]] = []
        self.tries = 0

    def run(self) -> None:
        """Case after case until told to stop; a command that was begun is always brought to its answer."""
        while not self.stop.is_set():
            file = self.send(ZHOU, "received", RECEIVED, procedure="office-trial")["file"]
            for who, step, facts in self.steps():
                if self.stop.is_set():
                    return
                self.send(who, step, facts, file=file)

    def steps(self) -> Iterator[tuple[Mapping[str, str], str, Mapping[str, Any]]]:
        """What becomes of a case."""
        for _ in range(self.chance.randint(0, 2)):
            yield ZHOU, "note", {"text": f"记事 {uuid4()}"}
        yield GU, "accepted", {"ours": "yes"}
        yield ZHOU, "note", {"text": f"记事 {uuid4()}"}

    def send(
        self,
        who: Mapping[str, str],
        step: str,
        facts: Mapping[str, Any],
        *,
        file: str | None = None,
        **more: str,
    ) -> dict[str, Any]:
        """Until there is an answer."""
        key = str(uuid4())
        asked = {**who, "step": step, "facts": facts, "key": key, "file": file, "procedure": None, **more}
        while True:
            self.tries += 1
            answer = self.once(asked)
            if answer is not None:
                self.acknowledged.append({"key": key, "person": who["person"], "step": step, **answer})
                return answer
            time.sleep(0.01)

    def once(self, asked: Mapping[str, Any]) -> dict[str, Any] | None:
        """One try; None when the server died of it or was busy."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("POST", "/", json.dumps(asked))
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        if answer.status == 503:
            return None
        assert answer.status == 200, body.decode()
        taken = json.loads(body)
        assert isinstance(taken, dict)
        return taken


def main(port: int, count: int) -> None:
    """Runs the clients and prints what they were told."""
    stop = threading.Event()
    clients = [Client(port, stop, seed) for seed in range(count)]
    for client in clients:
        client.start()
    sys.stdin.readline()
    stop.set()
    for client in clients:
        client.join(60)
    print(json.dumps({"tries": sum(client.tries for client in clients)}))
    for client in clients:
        for one in client.acknowledged:
            print(json.dumps(one))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
