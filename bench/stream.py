"""How much memory `kesu review` takes for a log of 150,370 cases, most of which break a rule.

The log is made here, a case after the other, and read, judged and printed by the command itself, once as text and once
with `--json`. Findings must not be held: the peak of the process stays under the bar whatever is found. Exit 1 when not.

    python bench/stream.py [--json] [--cases 150370]
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

MOST_MEGABYTES = 150
CASES = 150_370
START = datetime(2015, 1, 5, 9)
PROCEDURE = """
procedure: fines
title: {zh: 罚单, en: Fines}
edition: "1"
kind: complaint
ends: [closed]
posts: {clerk: {title: {zh: 文员, en: Clerk}}}
steps: {received: {outside: "yes"}, accepted: {}, investigated: {}, result notified: {outside: "yes"}, closed: {}}
rules:
  - {rule: begins, first: received}
  - {rule: told in time, within: 10 working days, from: received, to: result notified}
  - {rule: investigated first, at: result notified, after: investigated}
  - {rule: told before the end, before: the end, must have: result notified}
  - {rule: closed once, at: closed, at most: 1}
  - {rule: not large, at: closed, only if: {amount: under 800}}
"""
MAPPING = """
mapping: fines
title: {zh: 罚单, en: Fines}
procedure: fines
times: {zone: Asia/Shanghai, written: ["%Y-%m-%d %H:%M:%S"]}
case: number
acts:
  - step: {column: what, values: {received: received, accepted: accepted, investigated: investigated, result notified: result notified, closed: closed}}
    at: when
    by: who
    facts: {amount: sum}
ends: by a step
"""


def rows(cases: int) -> Iterator[tuple[str, str, str, str, str]]:
    """The acts of the log, case by case; two cases in three are closed, one in four was not looked into first."""
    for number in range(cases):
        told = ["received", "accepted"]
        told += ["investigated"] if number % 4 else []
        told += ["result notified"] if number % 7 else []
        told += ["closed"] if number % 3 else []
        for place, step in enumerate(told):
            at = START + timedelta(minutes=17 * number + place, days=place * (1 + number % 9))
            yield f"F{number:06}", step, at.isoformat(sep=" "), f"p{number % 50}", f"{number % 900}.00"


def written(folder: Path, cases: int) -> int:
    """Writes log, mapping and procedure; how many acts there are."""
    (folder / "fines").mkdir()
    (folder / "fines" / "procedure.yaml").write_text(PROCEDURE, encoding="utf-8")
    (folder / "map.yaml").write_text(MAPPING, encoding="utf-8")
    acts = 0
    with (folder / "log.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["number", "what", "when", "who", "sum"])
        for row in rows(cases):
            writer.writerow(row)
            acts += 1
    return acts


def reviewed(folder: Path, *options: str) -> dict[str, float]:
    """Peak and CPU time of one run of the command, and how much it printed."""
    words = [str(Path(sys.executable).with_name("kesu")), "review", "--procedure", "fines", *options]
    words += ["--log", str(folder / "log.csv"), "--map", str(folder / "map.yaml"), "--lang", "en"]
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(words, stdout=out, env={**os.environ, "KESU_PROCEDURES": str(folder)})
        _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 1:
        raise SystemExit(f"bench/stream: {' '.join(words)} should have found something broken")
    return {
        "megabytes": used.ru_maxrss // 1024,
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 1),
        "printed_megabytes": round((folder / "out").stat().st_size / 1e6, 1),
    }


def main() -> int:
    """Run the bench; 0 when the bar is reached, 1 when it is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--cases", type=int, default=CASES, help=f"cases of the log ({CASES})")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        acts = written(folder, args.cases)
        runs = {"text": reviewed(folder), "json": reviewed(folder, "--json")}
    passed = all(run["megabytes"] <= MOST_MEGABYTES for run in runs.values())
    figures = {
        "bench": "stream",
        "bar": {"megabytes": MOST_MEGABYTES},
        "cases": args.cases,
        "acts": acts,
        **runs,
        "passed": passed,
    }
    print(json.dumps(figures, ensure_ascii=False, indent=None if args.json else 2))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
