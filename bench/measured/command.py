"""The command line that the benches of the office share: one database or each, as text or as JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from typing import Any

from .database import NAMES, on_each

Figures = dict[str, Any]


def run(
    path: str,
    doc: str | None,
    *,
    measured: Callable[..., Figures],
    numbers: Mapping[str, tuple[int, str]],
    lines: Callable[[Figures], list[str]],
) -> int:
    """Measures and prints; 0 when the bar is reached on every database, else 1.

    `measured` takes the database, each of `numbers` (its default and what it says) by name, and `profile`; `lines` says
    its figures without the profile.
    """
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--database", choices=NAMES, help="this one only (both)")
    for name, (usual, what) in numbers.items():
        parser.add_argument(f"--{name}", type=int, default=usual, help=f"{what} ({usual})")
    parser.add_argument("--profile", action="store_true", help="with a profile also when the bar is reached")
    args = parser.parse_args()
    chosen = {name: getattr(args, name) for name in numbers}
    if args.database and args.json:
        figures = [measured(args.database, **chosen, profile=args.profile)]
    else:
        more = [word for name, number in chosen.items() for word in (f"--{name}", str(number))]
        names = (args.database,) if args.database else NAMES
        figures = on_each(path, names, *more, *(["--profile"] if args.profile else []))
    said = ("\n".join([*lines(one), *one.get("profile", ()), ""]) for one in figures)
    print(json.dumps(figures) if args.json else "\n".join(said))
    return 0 if all(one["passed"] for one in figures) else 1
