"""Commands that are killed: import, enforce, checkpoint, export, backup; each at a point drawn by lot, again and again.

    python -m bench.crash.errands AT SAID WORD...     runs `kesu WORD...` and ends itself at its point AT

Besides the points of `points.py` each fsync is one, just before and just after. What a killed command leaves under the name that
it was given is whole or not there; what it wrote into the ledger is there once when it was run again to its end, and what
belongs together (a setting and its edition) is there together.
"""

from __future__ import annotations

import itertools
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.db import connection

from .points import Points, watch

ROOT: Final = Path(__file__).parents[2]
PROCEDURES: Final = (ROOT / "tests/office/caseload/procedures", ROOT / "procedures")
PAPERS: Final = "papers"  # the folder of the copies of which new editions are put in force
FURTHEST: Final = 60  # points; the shortest of the commands has about as many
CASES: Final = 4  # in a book that is brought in
Left = Callable[[], list[str]]  # what is wrong with what a killed command left
MAPPING: Final = """\
mapping: old-book
procedure: office-trial
times: {zone: Asia/Shanghai}
case: number
acts:
  - {step: received, at: received, facts: {complainant: from, account: text}}
"""


def killed(
    kills: int, *, organisation: str, home: Path, chance: random.Random
) -> tuple[Counter[str], list[str]]:
    """Kills so many commands; before what, by command, and what is not as it has to be."""
    at, wrong, books, enforced = Counter[str](), [], [], list[str]()
    folder = Path(tempfile.mkdtemp(dir=home.parent, prefix="kesu-errands-"))
    (folder / "map.yaml").write_text(MAPPING, encoding="utf-8")
    shutil.copytree(PROCEDURES[0], folder / PAPERS)
    for number in itertools.count():
        if at.total() >= kills:
            break
        name = chance.choice(sorted(ERRANDS))
        words, left = ERRANDS[name](folder, organisation, number)
        if name == "import":
            books.append(words)
        if (before := _run(words, chance.randint(1, FURTHEST), folder)) is not None:
            at[f"{name}: {before}"] += 1
            _until_alone()
        elif name == "enforce":
            enforced.append(_days(number))
        wrong += [f"{name} left {one}" for one in left()]
    for words in books:  # again, to their end
        if _run(words, 0, folder) is not None:
            wrong.append(f"an import did not come to its end: {words}")
    return at, [*wrong, *_torn(organisation, enforced), *_miscounted(organisation, len(books))]


def _until_alone() -> None:
    """The server of the database may still be at the last statement of what was killed: it is not any more."""
    if connection.vendor != "postgresql":
        return
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute(asked)
            if cursor.fetchone()[0] == 0:
                return
            time.sleep(0.05)


def _run(words: list[str], at: int, folder: Path) -> str | None:
    """Runs a command; before what it was killed, None when it came to its end."""
    said = folder / "said"
    said.write_text("")
    status = subprocess.run(
        [sys.executable, "-m", "bench.crash.errands", str(at), str(said), *words],
        cwd=ROOT,
        env={**os.environ, "KESU_PROCEDURES": os.pathsep.join(map(str, (folder / PAPERS, *PROCEDURES[1:])))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if status.returncode == -signal.SIGKILL:
        return said.read_text().strip().split()[0]
    assert status.returncode == 0, f"{words} ended by itself: {status.returncode} {status.stderr[-2000:]}"
    return None


def _import(folder: Path, organisation: str, number: int) -> tuple[list[str], Left]:
    book = folder / f"book-{number}.csv"
    rows = (f"{number}-{case},甲,灯坏了,2025-03-0{case + 1}T09:00" for case in range(CASES))
    book.write_text("number,from,text,received\n" + "\n".join(rows) + "\n", encoding="utf-8")
    words = ["import", str(book), "--map", str(folder / "map.yaml"), "--procedure", "office-trial"]
    return [*words, "--organisation", organisation], list


def _enforce(folder: Path, organisation: str, number: int) -> tuple[list[str], Left]:
    settings = folder / f"settings-{number}.yaml"
    settings.write_text(f"check time: {{value: {_days(number)}, reason: tried}}\n", encoding="utf-8")
    paper = folder / PAPERS / "office-trial" / "procedure.yaml"  # other text is another edition
    text = re.sub(r"(?m)^edition: .*$", f'edition: "{number + 2}"', paper.read_text(encoding="utf-8"))
    paper.write_text(text, encoding="utf-8")
    words = ["enforce", "office-trial", "--organisation", organisation, "--by", f"admin@{organisation}"]
    return [*words, "--settings", str(settings)], list


def _days(number: int) -> str:
    """What is settled by the errand of this number, and by no other."""
    return f"{number + 4} working days"


def _checkpoint(folder: Path, organisation: str, number: int) -> tuple[list[str], Left]:
    out = folder / f"checkpoint-{number}.json"
    return ["checkpoint", "--organisation", organisation, "--out", str(out)], lambda: _whole(out, _kept)


def _export(folder: Path, organisation: str, number: int) -> tuple[list[str], Left]:
    out = folder / f"export-{number}.jsonl"
    return ["export-ledger", "--organisation", organisation, "--out", str(out)], lambda: _whole(
        out, _verified
    )


def _backup(folder: Path, organisation: str, number: int) -> tuple[list[str], Left]:
    out = folder / f"backup-{number}.tar.gz"
    return ["backup", "--to", str(out)], lambda: _whole(out, _unpacked)


ERRANDS: Final[dict[str, Callable[[Path, str, int], tuple[list[str], Left]]]] = {
    "import": _import,
    "enforce": _enforce,
    "checkpoint": _checkpoint,
    "export": _export,
    "backup": _backup,
}


def _whole(path: Path, looks: Callable[[Path], bool]) -> list[str]:
    """What is wrong with a file: nothing where it is not there, or holds all that it has to."""
    return [] if not path.exists() or looks(path) else [f"half a file: {path}"]


def _kept(path: Path) -> bool:
    from kesu.upkeep.kept import kept_marks

    return len(kept_marks(path)) == 1


def _verified(path: Path) -> bool:
    from kesu.ledger.offline.kesu_verify import Verifier

    verifier = Verifier("en", [], [])
    with path.open("rb") as export:
        verifier.read(export)
    return not verifier.faults


def _unpacked(path: Path) -> bool:
    from kesu.upkeep.archive import unpack

    with tempfile.TemporaryDirectory() as folder:
        return bool(unpack(path, Path(folder), None).members)


def _torn(organisation: str, enforced: list[str]) -> list[str]:
    """Each setting that a command wrote has its edition, and what was acknowledged is on record once."""
    from kesu.ledger.read import entries_of

    def by_command(file: str) -> list[dict[str, Any]]:
        entries = entries_of(organisation, file)
        return [dict(one.facts) for one in entries if one.medium.startswith("command line")]

    values = [facts["value"] for facts in by_command("setting/office-trial")]
    editions = len(by_command("edition/office-trial"))
    return [
        *([] if len(values) == editions else [f"{len(values)} settings, {editions} editions of them"]),
        *(f"settled {values.count(days)} times: {days}" for days in enforced if values.count(days) != 1),
    ]


def _miscounted(organisation: str, books: int) -> list[str]:
    """Every case of every book is there, once; the ledger verifies, and every row equals its fold."""
    from kesu.caseload.models import CaseRow
    from kesu.caseload.rebuilding.rebuild import rebuild
    from kesu.ledger.verify import verify

    found = CaseRow.objects.filter(organisation=organisation, imported=True).count()
    return [
        *([] if found == books * CASES else [f"{books * CASES} cases brought in, {found} on record"]),
        *(f"ledger: {fault}" for fault in verify().faults),
        *(f"row: {difference}" for difference in rebuild(check=True)),
    ]


def main(at: int, said: str, words: list[str]) -> int:
    """One command, up to its point; 0: to its end."""
    points = Points(at or None, os.open(said, os.O_WRONLY | os.O_APPEND))
    watch(points)
    fsync = os.fsync

    def counted(handle: int) -> None:
        points.hit("fsync")
        fsync(handle)
        points.hit("after-fsync")

    os.fsync = counted
    from kesu.cli.main import main as front

    return front(words)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2], sys.argv[3:]))
