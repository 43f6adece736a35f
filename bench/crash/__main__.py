"""`make crash`: kills the server with SIGKILL between any two statements, again and again, and looks what is left.

Clients keep sending commands, each with one idempotency key until it is answered. Afterwards: nothing acknowledged is
missing, nothing is there twice, numbers have no gap, the ledger verifies, and every row equals its fold.

    python -m bench.crash [--server served|harness|errands] [--kills N] [--clients 3] [--database sqlite|postgres] [--seed N]

Two servers, which prove different things:

- `served` (50 kills unless said; `make crash KILLS=200`) is the server that `kesu serve` starts, under clients that sign in and send the forms of the real pages (session, CSRF token, `seen`, the key
  that the form carries). It shows that the way from the page to the disk keeps its word. A life also ends while it
  starts, in a page that only reads, while a session is saved, in a turn of the clock or of the sealer, and between the
  commit and the answer. A kill takes two to three seconds, nearly all of it for the next start.
- `harness` (200 kills) is `perform` and the sealer behind a few lines of HTTP, forked instead of started. It shows the
  same of the one way in and of the ledger, and of nothing above them; a kill takes a fraction of a second.
- `errands` (40 kills) are the commands that run beside a server: import, enforce, checkpoint, export and backup, each killed at a statement, a
  commit or an fsync. What is left of a file is whole or not there, and an import that is run again brings each case in once.

Each run adds its kills to `var/crash-kills.json`: how many there were in all, on which database.

Shown by none: a power cut (the operating system lives on, and so does PostgreSQL's own server); steps that are not in
the clients' story (register, note, accept, investigate, close).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from .browsers import PASSWORD
from .clients import PATIENCE, PEOPLE
from .errands import killed
from .lives import ROOT, Harness, Lives, Real
from .looked_at import looked_at

ORGANISATION: Final = "hengce"
LONGEST: Final = 60.0  # seconds in which a life has to reach its point
KILLS: Final = {"served": 50, "harness": 200, "errands": 40}
IN_ALL: Final = ROOT / "var" / "crash-kills.json"
SOUND: Final = "nothing missing, nothing twice; the ledger verifies and every row equals its fold"
NO_SUCH_ANSWER: Final = "a client got an answer that no client may get, or none at all (see above)"


def main() -> int:
    """Runs it; exit status 1 when something is not as it has to be."""
    parser = argparse.ArgumentParser(prog="python -m bench.crash")
    parser.add_argument("--server", choices=("served", "harness", "errands"), default="served")
    parser.add_argument("--kills", type=int, help="unless said: " + str(KILLS))
    parser.add_argument("--clients", type=int, default=3)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    args = parser.parse_args()
    args.kills = args.kills or KILLS[args.server]
    print(f"{args.kills} kills of {args.server} on {args.database}, seed {args.seed}", flush=True)
    with ExitStack() as after:
        home = _open_office(args.database, after)
        if args.server == "errands":
            return _said(
                args,
                *killed(args.kills, organisation=ORGANISATION, home=home, chance=random.Random(args.seed)),
            )
        lives: Lives = Real(home) if args.server == "served" else Harness(ORGANISATION)
        after.callback(lives.end)
        begun = time.monotonic()
        killed_at, told = _kill_and_kill_again(args, lives)
        print(f"{(time.monotonic() - begun) / args.kills:.2f} s a kill")
        return _said(args, killed_at, looked_at(told, organisation=ORGANISATION))


def _said(args: argparse.Namespace, killed_at: Counter[str], wrong: list[str]) -> int:
    """Says before what it was killed, how many kills there were in all, and last what is wrong; the exit status."""
    print("killed before: " + ", ".join(f"{what} {count}" for what, count in killed_at.most_common()))
    in_all = Counter(json.loads(IN_ALL.read_text())) if IN_ALL.exists() else Counter[str]()
    in_all[f"{args.server} on {args.database}"] += killed_at.total()
    IN_ALL.parent.mkdir(exist_ok=True)
    IN_ALL.write_text(json.dumps(in_all, indent=1) + "\n")
    print(f"{in_all.total()} kills so far: " + ", ".join(f"{what} {count}" for what, count in in_all.items()))
    print("\n".join(wrong) or SOUND)
    return 1 if wrong else 0


def _open_office(database: str, after: ExitStack) -> Path:
    """A fresh home with a small organisation in it whose people can sign in, and no connection left open."""
    home = Path(tempfile.mkdtemp(prefix="kesu-crash-"))
    after.callback(shutil.rmtree, home, ignore_errors=True)
    os.environ["KESU_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kesu.site.settings"
    os.environ.pop("DATABASE_URL", None)
    if database == "postgres":
        from tests.postgres import server

        os.environ["DATABASE_URL"] = after.enter_context(server()).replace("/kesu?", "/postgres?")
    subprocess.run([sys.executable, "-m", "kesu.site.prepare"], cwd=ROOT, check=True)
    import django

    django.setup()
    from django.db import connections
    from django.utils import timezone
    from tests.office.caseload.office import Office

    from kesu.people.models import User

    office = Office(ORGANISATION)
    for name in PEOPLE:
        user = User.objects.create_user(username=name, name=name, password=PASSWORD)
        given = {"sign in": user.pk}
        office.note(f"person/{office.persons[name]}", "sign in given", given, now=timezone.now())
    connections.close_all()
    return home


def _kill_and_kill_again(args: argparse.Namespace, lives: Lives) -> tuple[Counter[str], list[Any]]:
    """Lives of the server, each to a random point; the last one answers what is still on its way."""
    chance = random.Random(args.seed)
    clients = subprocess.Popen(
        [sys.executable, "-m", "bench.crash.clients", args.server, str(lives.port), str(args.clients)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    killed_at: Counter[str] = Counter()
    try:
        for _ in range(args.kills):
            lives.begin(chance)
            _wait(lives, clients)
            killed_at[lives.ended()] += 1
        lives.begin(None)
        told, _ = clients.communicate("stop\n", timeout=2 * PATIENCE)
    finally:
        clients.kill()
        lives.end()
    assert clients.returncode == 0, _no_such_answer(lives)
    lines = [json.loads(line) for line in told.splitlines()]
    print(f"{len(lines) - 1} acts acknowledged, {lines[0]['tries']} requests sent")
    return killed_at, lines[1:]


def _wait(lives: Lives, clients: subprocess.Popen[str]) -> None:
    """Until the life is over. Without clients it might never be, so they are looked at too."""
    until = time.monotonic() + LONGEST
    while not lives.over():
        assert clients.poll() is None, _no_such_answer(lives)
        assert time.monotonic() < until, f"the server reached no point within {LONGEST:.0f} s"
        time.sleep(0.01)


def _no_such_answer(lives: Lives) -> str:
    """That a client was answered wrongly, and what the server logged last: its home is gone when this is read."""
    log = getattr(lives, "log", None)
    return NO_SUCH_ANSWER + (f"\n{log.read_text()[-8000:]}" if log is not None and log.exists() else "")


if __name__ == "__main__":
    sys.exit(main())
