"""`make fuzz`: mutated files over every reader; the same seeds always make the same files.

    python -m tests.fuzz --files 100000 --seed 0 --keep var/fuzz

Each failure is printed with its reader and seed; the file is kept in the folder. Exit status 1 when there is any.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.fuzz.files import failures


def main() -> int:
    """Runs it; 1 when a file was answered otherwise than in words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path("var/fuzz"))
    asked = parser.parse_args()
    asked.keep.mkdir(parents=True, exist_ok=True)
    found = 0
    for failure in failures(asked.files, asked.seed, asked.keep):
        found += 1
        print(failure, flush=True)
    print(
        f"{asked.files} files from seed {asked.seed}: {found} failures"
        + (f", kept in {asked.keep}" if found else "")
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
