"""The suite: each manipulation is done, everybody is asked, all is taken back; what came of it is counted."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import DataError, IntegrityError, connection
from tests.office.ledger.tampering import without_triggers
from tests.office.tampered.exports import of_an_export
from tests.office.tampered.home import ORGANISATIONS, Kept
from tests.office.tampered.verifiers import away_names, exported, named_by, taken_back
from tests.office.tampered.ways import Manipulation, NothingChanged

from kesu.ledger.read import files
from kesu.ledger.triggers import make_triggers

NOTHING, REFUSED, DIED = "nothing to change", "refused by the database", "died of it:"
ASKED = os.environ.get("KESU_TAMPER", "")  # “all”, or how many of each
Way = TypeVar("Way")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a manipulation: who named it (empty: nobody), and whether somebody has to."""

    title: str
    by: str
    named: bool = True


def share(ways: Iterable[Way], count: int) -> list[Way]:
    """So many of them, always the same; as many as KESU_TAMPER asks for."""
    found = list(ways)
    count = len(found) if ASKED == "all" else int(ASKED or count)
    return found if count >= len(found) else random.Random(10).sample(found, count)


def outcomes(ways: Iterable[Manipulation], kept: Kept) -> Iterator[Outcome]:
    """Of the database: its owner has taken the triggers away, and puts them back as they were."""
    for way in ways:
        with taken_back():
            yield Outcome(way.title, _of_one(way, kept), way.named)


def _of_one(way: Manipulation, kept: Kept) -> str:
    without_triggers()
    try:
        way.do()
        connection.check_constraints()
    except NothingChanged:
        return NOTHING
    except (IntegrityError, DataError):
        return REFUSED
    make_triggers()
    try:
        return named_by(kept)
    except Exception as error:  # whoever should name it dies of it
        return f"{DIED} {type(error).__name__}: {error}"[:300]


def outcomes_of_exports(kept: Kept, count: int) -> Iterator[Outcome]:
    """Of exports: whole ones and extracts, of whoever holds them; given the key and what was kept elsewhere."""
    for organisation in ORGANISATIONS:
        cases = [file for file in files(organisation) if file.startswith("case/")]
        for file in (None, cases[0], cases[-1]):
            export = exported(organisation, file, *_sizes(organisation, kept))
            lines = [json.loads(line) for line in export.splitlines()]
            title = f"{organisation}, {'whole' if file is None else 'extract of ' + file[:9]}"
            for what, change, named in share(of_an_export(lines), count):
                made = list(lines)
                try:
                    change(made)
                except NothingChanged:
                    yield Outcome(f"{title}: {what}", NOTHING, named)
                    continue
                text = b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in made)
                yield Outcome(f"{title}: {what}", _away(text, kept), named)


def _away(export: bytes, kept: Kept) -> str:
    try:
        return "offline" if away_names(export, kept) else ""
    except Exception as error:
        return f"{DIED} {type(error).__name__}: {error}"


def _sizes(organisation: str, kept: Kept) -> list[int]:
    statements = [json.loads(str(one["body"])) for one in kept]
    return [each["size"] for each in statements if each["organisation"] == organisation]


def counted(who: str, found: Sequence[Outcome]) -> str:
    """The line that the command prints."""
    done = [one for one in found if one.by != NOTHING]
    by = Counter(one.by or ("not named, as listed" if not one.named else "NOT NAMED") for one in done)
    said = ", ".join(f"{name} {count}" for name, count in by.most_common())
    return f"{connection.vendor}, {who}: {len(done)} manipulations; {said}"
