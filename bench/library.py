"""What the whole library of procedures costs: reading all of it, and trying every example of it both ways.

Each figure is the processor time of a process of its own, the median of several: nothing is kept from one to the next. Exit 1
when reading takes more than one second, or trying more than twenty.

    python bench/library.py [--json] [--rounds 5]
"""

import argparse
import json
import statistics
import subprocess
import sys

BARS = {"load": 1.0, "try": 20.0}
LOAD = "for name in library.names(): library.load(name)"
TRY = """
from kesu.casework.examples.trying import exemplified, try_examples
from kesu.worktime.china import china_calendar
for name in library.names():
    procedure, examples = exemplified(library, name)
    tried = try_examples(procedure, examples, calendar=china_calendar())
    assert all(one.holds for one in tried), name
"""
AROUND = """
import time
from kesu.procedure.written.library import here
library = here()
began = time.process_time()
{work}
print(len(library.names()), time.process_time() - began)
"""


def measured(work: str, rounds: int) -> tuple[int, float]:
    """How many procedures there are, and the median of the seconds of so many processes."""
    printed = [
        subprocess.run(
            [sys.executable, "-c", AROUND.format(work=work)], capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(rounds)
    ]
    return int(printed[0][0]), statistics.median(float(seconds) for _, seconds in printed)


def main() -> int:
    """Measures and prints; 0 when both bars are reached."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--rounds", type=int, default=5, help="processes for a figure (5)")
    args = parser.parse_args()
    procedures, load = measured(LOAD, args.rounds)
    _, tried = measured(TRY, max(1, args.rounds // 2))
    seconds = {"load": round(load, 2), "try": round(tried, 2)}
    passed = all(seconds[name] <= bar for name, bar in BARS.items())
    figures = {"bench": "library", "procedures": procedures, **seconds, "bars": BARS, "passed": passed}
    if args.json:
        print(json.dumps(figures))
    else:
        print(f"library: {procedures} procedures, seconds of processor time")
        print(f"  all of it read      {load:6.2f}  (at most {BARS['load']:.0f})")
        print(f"  every example tried {tried:6.2f}  (at most {BARS['try']:.0f})")
        print("  passed" if passed else "  MISSED")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
