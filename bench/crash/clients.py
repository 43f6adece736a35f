"""Clients that do not give up: each command is sent with one idempotency key until it is answered.

Run as `python -m bench.crash.clients served|harness PORT COUNT`; ends when a line comes on standard input, and prints
what was acknowledged, a JSON line a command. Exit status 1 when an answer came that no client may get.
"""

from __future__ import annotations

import json
import os
import random
import sys
import threading
import time
import traceback
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

PATIENCE = 180.0  # seconds that a command may stay without its answer
PAUSE = 0.05  # seconds between two tries
ZHOU = {"person": "p-zhou", "post": "customer service specialist"}
GU = {"person": "p-gu", "post": "quality manager"}
SHEN = {"person": "p-shen", "post": "technical manager"}
PEOPLE = ("zhou", "gu", "shen")
RECEIVED = {"matter": "complaint", "channel": "phone", "complainant": "李女士", "account": "结果和上次差很多"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A step that somebody wants to take in a file, or by which a file of a procedure begins."""

    who: Mapping[str, str]
    step: str
    facts: Mapping[str, Any]
    file: str | None = None
    procedure: str | None = None


class Client(threading.Thread, ABC):
    """Case after case, each step by the person whose step it is. How a command is sent, each kind says for itself."""

    def __init__(self, port: int, stop: threading.Event, seed: int) -> None:
        super().__init__(daemon=True)
        self.port, self.stop, self.chance = port, stop, random.Random(seed)
        self.acknowledged: list[dict[str, Any]] = []
        self.tries = 0

    def run(self) -> None:
        """Until told to stop; a command that was begun is always brought to its answer."""
        try:
            while not self.stop.is_set():
                self._live_a_case()
        except Exception:
            traceback.print_exc()
            os._exit(1)  # the others need not go on: the run has failed

    def _live_a_case(self) -> None:
        file = self.send(Asked(ZHOU, "received", RECEIVED, procedure="office-trial"))
        for asked in self.steps():
            if self.stop.is_set():
                return
            self.send(replace(asked, file=file))

    def steps(self) -> Iterator[Asked]:
        """What becomes of a case: every second one is closed, and sealed by that."""
        for _ in range(self.chance.randint(0, 2)):
            yield Asked(ZHOU, "note", {"text": f"记事 {uuid4()}"})
        yield Asked(GU, "accepted", {"ours": "yes"})
        yield Asked(ZHOU, "note", {"text": f"记事 {uuid4()}"})
        if self.chance.random() < 0.5:
            yield Asked(SHEN, "investigated", {"investigation result": "复测结果在允许误差内"})
            yield Asked(GU, "closed", {})

    @abstractmethod
    def send(self, asked: Asked) -> str:
        """Until there is an answer; gives the file. Notes down what was acknowledged."""

    def tries_left(self) -> Iterator[int]:
        """One more try, and one more, until the patience ends."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.tries += 1
            yield self.tries
            time.sleep(PAUSE)
        raise TimeoutError(f"no answer within {PATIENCE:.0f} s")


def main(clients: list[Client], stop: threading.Event) -> int:
    """Runs the clients and prints what they were told."""
    for client in clients:
        client.start()
    sys.stdin.readline()
    stop.set()
    for client in clients:
        client.join(PATIENCE)
    print(json.dumps({"tries": sum(client.tries for client in clients)}))
    for client in clients:
        for one in client.acknowledged:
            print(json.dumps(one))
    return 1 if any(client.is_alive() for client in clients) else 0


if __name__ == "__main__":
    from . import browsers, commands

    kinds: Mapping[str, type[Any]] = {
        "served": browsers.Browsing,
        "harness": commands.Commanding,
    }
    kind, where, count = kinds[sys.argv[1]], int(sys.argv[2]), int(sys.argv[3])
    over = threading.Event()
    sys.exit(main([kind(where, over, seed) for seed in range(count)], over))
