"""Exit status 1 when an office test ran on fewer than two databases in two runs of the suite.

Set KESU_RAN_ON to a new folder, run `pytest tests --database sqlite` and `pytest tests --database postgres`, then
`python tests/house/ran_on_both.py`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

VENDORS = {"sqlite": "sqlite", "postgres": "postgresql"}


def only_on_one(folder: Path) -> list[str]:
    """What is wrong, one line each: a run that is missing, a test that ran on one database or on the wrong one."""
    ran: dict[str, set[str]] = {}
    wrong = []
    for name, vendor in VENDORS.items():
        record = folder / f"{name}.txt"
        if not record.exists():
            wrong.append(f"no run on {name} is on record in {folder}")
            continue
        lines = [line.split("\t") for line in record.read_text().splitlines()]
        ran[name] = {case for case, where in lines if where == vendor}
        wrong += [f"{case}: said {name}, ran on {where}" for case, where in lines if where != vendor]
    if len(ran) == len(VENDORS):
        missing = ran["sqlite"] ^ ran["postgres"]
        wrong += [
            f"{case}: ran on {'SQLite' if case in ran['sqlite'] else 'PostgreSQL'} only" for case in missing
        ]
        if not ran["sqlite"]:
            wrong.append("no office test is on record")
    return sorted(wrong)


def main() -> int:
    """Print what is wrong."""
    if not os.environ.get("KESU_RAN_ON"):
        print("KESU_RAN_ON does not say in which folder the two runs were recorded")
        return 1
    found = only_on_one(Path(os.environ["KESU_RAN_ON"]))
    print("\n".join(found) or "every office test ran on both databases")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
