"""What it costs to search the ways of a procedure: seconds of the processor and memory, each procedure in a process of its own.

python -m bench.ways [PROCEDURE …]     every procedure where none is named; exit status 1 above a bar
"""

from __future__ import annotations

import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from typing import Final

from kesu.cli.ways_kept import kept
from kesu.procedure.written.library import here

SECONDS: Final = 60.0  # for one procedure
MEGABYTES: Final = 500
ALL_SECONDS: Final = 180.0


def cost(name: str) -> tuple[float, int]:
    """Seconds of the processor and the most megabytes that one procedure took."""
    began = time.process_time()
    kept(here(), name)
    return time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(names: list[str]) -> int:
    """Prints a line a procedure and the sum."""
    costs: dict[str, tuple[float, int]] = {}
    for name in names or here().names():
        with ProcessPoolExecutor(1) as own:
            costs[name] = own.submit(cost, name).result()
        seconds, megabytes = costs[name]
        print(f"{name:24} {seconds:5.1f} s  {megabytes:4} MB", flush=True)
    whole = sum(seconds for seconds, _ in costs.values())
    print(f"all: {whole:.0f} s (bar: {ALL_SECONDS:.0f} s; one: {SECONDS:.0f} s, {MEGABYTES} MB)")
    over = [
        name for name, (seconds, megabytes) in costs.items() if seconds > SECONDS or megabytes > MEGABYTES
    ]
    return 1 if over or whole > ALL_SECONDS else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
