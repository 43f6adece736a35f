"""`make crash`: kills the server with SIGKILL between any two statements, again and again, and looks what is left.

Clients keep sending commands, each with one idempotency key until it is answered. Afterwards: nothing acknowledged is
missing, nothing is there twice, numbers have no gap, the ledger verifies, and every row equals its fold.

    python -m bench.crash [--kills 200] [--clients 3] [--database sqlite|postgres] [--seed N]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

FURTHEST: Final = 160  # points; an act takes some forty, so that a life ends in its first acts or a few later
ORGANISATION: Final = "hengce"


def main() -> int:
    """Runs it; exit status 1 when something is not as it has to be."""
    parser = argparse.ArgumentParser(prog="python -m bench.crash")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--clients", type=int, default=3)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    args = parser.parse_args()
    print(f"{args.kills} kills on {args.database}, seed {args.seed}", flush=True)
    with ExitStack() as after:
        _open_office(args.database, after)
        killed_at, told = _kill_and_kill_again(args, random.Random(args.seed))
        print("killed before:", ", ".join(f"{what} {count}" for what, count in killed_at.most_common()))
        wrong = _looked_at(told)
    print(
        "\n".join(wrong)
        or "nothing missing, nothing twice; the ledger verifies and every row equals its fold"
    )
    return 1 if wrong else 0


def _open_office(database: str, after: ExitStack) -> None:
    """A fresh home with a small organisation in it, and no connection left open."""
    home = tempfile.mkdtemp(prefix="kesu-crash-")
    after.callback(shutil.rmtree, home, ignore_errors=True)
    os.environ["KESU_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "kesu.site.settings"
    os.environ.pop("DATABASE_URL", None)
    if database == "postgres":
        from tests.postgres import server

        os.environ["DATABASE_URL"] = after.enter_context(server()).replace("/kesu?", "/postgres?")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    from tests.office.caseload.office import Office

    Office(ORGANISATION)
    connections.close_all()


def _kill_and_kill_again(args: argparse.Namespace, chance: random.Random) -> tuple[Counter[str], list[Any]]:
    """Lives of the server, each to a random point; the last one answers what is still on its way."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    said, saying = os.pipe()
    port = str(listening.getsockname()[1])
    clients = subprocess.Popen(
        [sys.executable, "-m", "bench.crash_clients", port, str(args.clients)],
        cwd=Path(__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    killed_at: Counter[str] = Counter()
    for _ in range(args.kills):
        _, status = os.waitpid(_life(listening, saying, chance.randint(1, FURTHEST)), 0)
        assert os.WIFSIGNALED(status), f"the server ended by itself: {status}"
        killed_at[os.read(said, 200).decode().strip()] += 1
    last = _life(listening, saying, None)
    try:
        told, _ = clients.communicate("stop\n", timeout=120)
    finally:
        os.kill(last, 9)
        os.waitpid(last, 0)
        listening.close()
    lines = [json.loads(line) for line in told.splitlines()]
    print(f"{len(lines) - 1} commands acknowledged, sent {lines[0]['tries']} times")
    return killed_at, lines[1:]


def _life(listening: socket.socket, saying: int, last: int | None) -> int:
    """Forks a server from this process, which holds no connection and no thread."""
    child = os.fork()
    if child:
        return child
    from bench.crash_server import Points, serve

    try:
        serve(listening, Points(last, saying), organisation=ORGANISATION)
    finally:
        os._exit(1)


def _looked_at(told: list[dict[str, Any]]) -> list[str]:
    """What is not as it has to be, a line each."""
    from kesu.caseload.models import CaseRow
    from kesu.caseload.rebuilding import rebuild
    from kesu.ledger.models import Entry
    from kesu.ledger.read import answered
    from kesu.ledger.verify import verify

    wrong = []
    for one in told:
        entry = answered(ORGANISATION, one["person"], one["key"])
        if entry is None or (entry.file, entry.number) != (one["file"], one["number"]):
            wrong.append(f"acknowledged and not there: {one}")
    for step, wanted in Counter(one["step"] for one in told).items():
        found = Entry.objects.filter(organisation=ORGANISATION, kind=step, file__startswith="case/").count()
        if found != wanted:
            wrong.append(f"{step}: {wanted} acknowledged, {found} in the ledger")
    opened = [one["label"] for one in told if one["step"] == "received"]
    labels = CaseRow.objects.filter(organisation=ORGANISATION).values_list("label", flat=True)
    numbers = sorted(int(label.rpartition("-")[2]) for label in labels)
    if numbers != list(range(1, len(opened) + 1)):
        wrong.append(f"{len(opened)} cases opened, and their numbers are {numbers}")
    wrong += [f"ledger: {fault}" for fault in verify().faults]
    wrong += [f"row: {difference}" for difference in rebuild(check=True)]
    return wrong


if __name__ == "__main__":
    sys.exit(main())
