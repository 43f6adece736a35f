"""A share of `make fuzz`: a book of past cases changed at random is brought in, or refused in words, and rows follow the ledger.

`KESU_FUZZ_IMPORTS` says how many, `KESU_FUZZ_SEED` from which seed on; a seed makes the same files again.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

from django.db import transaction
from tests.fuzz.mutating import changed_text
from tests.office.caseload.office import Office
from tests.office.intake.test_bringing_history_in import MAPPING, NOW, SHEET
from tests.office.offices import forget

from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.cli.main import Says
from kesu.intake.history import bring_in
from kesu.ledger.verify import verify

IMPORTS = int(os.environ.get("KESU_FUZZ_IMPORTS", "60"))
SEED = int(os.environ.get("KESU_FUZZ_SEED", "0"))


class Undone(Exception):
    """What came in is taken back."""


def wrong_with(seed: int, folder: Path) -> str:
    """What is wrong with the answer to the files of a seed; empty: they were brought in, or refused in words."""
    chance = random.Random(f"import {seed}")
    sheet, mapping = SHEET.encode(), MAPPING.encode()
    if chance.random() < 0.7:
        sheet = changed_text(sheet, chance)
    else:
        mapping = changed_text(mapping, chance)
    (folder / "book.csv").write_bytes(sheet)
    (folder / "map.yaml").write_bytes(mapping)
    try:
        with transaction.atomic():
            bring_in(
                folder / "book.csv",
                mapping=folder / "map.yaml",
                procedure="office-trial",
                organisation="hengce",
                now=NOW,
            )
            if verify().faults or rebuild(check=True):
                return f"seed {seed}: what came in is not what the ledger says"
            raise Undone
    except Undone:
        return ""
    except Exception as error:
        if isinstance(error, Says) and error.in_("zh") and error.in_("en"):
            return ""
        return f"seed {seed}: {type(error).__name__}: {error}"
    finally:
        forget()


def test_mutated_books_are_brought_in_or_refused_in_words(office: Office, tmp_path: Path) -> None:
    assert [wrong for n in range(IMPORTS) if (wrong := wrong_with(SEED + n, tmp_path))] == []
