"""Writes the ledger and the home of a release: `python -m tests.ledgers.building VERSION [--to FOLDER]`.

Times are passed in; salts, names of files and persons and idempotency keys come from counters and a seeded source, and
the signing key is fixed: the same software writes the same bytes. A folder that exists is left alone. Of a state between two
releases (a VERSION with `.dev`) only the home is written: what follows from it may still change.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from unittest.mock import patch
from uuid import UUID

HERE = Path(__file__).parent
BETWEEN = ".dev"  # in the name of what is no release
SECRET = bytes(range(32))  # of this ledger alone: what it signs is worth nothing elsewhere


def main() -> int:
    """Writes one folder; 2 when it is there already."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("version", help="the release, such as 0.1.0")
    parser.add_argument("--to", type=Path, default=HERE, help="where the folder goes (here)")
    args = parser.parse_args()
    folder = args.to / args.version
    if folder.exists():
        print(f"{folder} is there already: the ledger of a release is never written again", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"KESU_HOME": home, "DJANGO_SETTINGS_MODULE": "kesu.site.settings"}
        os.environ.pop("DATABASE_URL", None)
        for name in ("signing-key", "mac-key"):
            key = Path(home) / name
            key.write_text(SECRET.hex())
            key.chmod(0o600)
        write(folder)
    return 0


def write(folder: Path) -> None:
    """Performs the ledger in a database of its own and writes what belongs to it."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from tests.ledgers.following import findings, rows
    from tests.ledgers.homes import take
    from tests.ledgers.performed import NAME, performed

    from kesu.ledger.export import export_ledger
    from kesu.ledger.keys import public_of, signing_key
    from kesu.upkeep.upgrading import bring_up_to_date

    bring_up_to_date()
    with fixed():
        performed()
    folder.mkdir(parents=True)
    (folder / "key").write_text(public_of(signing_key(settings.LEDGER_SIGNING_KEY)) + "\n")
    take(Path(connection.settings_dict["NAME"]), folder / "home.jsonl.gz")
    if BETWEEN in folder.name:
        return
    with (folder / "ledger.jsonl").open("wb") as out:
        export_ledger(organisation=NAME, to=out, personal=True)
    for name, found in (("rows", rows()), ("findings", findings(NAME))):
        text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


@contextmanager
def fixed() -> Iterator[None]:
    """Chance out of the way: what is drawn is the same each time."""
    source = Random(20260302)
    numbers = itertools.count(1)

    def drawn(size: int) -> bytes:
        return source.randbytes(size)

    def named() -> UUID:
        return UUID(bytes=source.randbytes(16), version=4)

    def keyed() -> str:
        return f"release-{next(numbers)}"

    replaced: dict[str, Callable[..., object]] = {
        "os.urandom": drawn,
        "kesu.caseload.acting.changes.uuid4": named,
        "kesu.registry.foundation.uuid4": named,
        "tests.office.caseload.office.key": keyed,
        "tests.ledgers.performed.key": keyed,
    }
    with ExitStack() as stack:
        for place, other in replaced.items():
            stack.enter_context(patch(place, other))
        yield


if __name__ == "__main__":
    sys.exit(main())
