"""查询码: the secret code by which whoever complains looks up his own file and acts in it.

Eight signs in groups of four, of letters and digits that nobody mistakes for each other. None is stored: a code is what the
key of the house, outside the database, makes of the file and of how often a code was given for it. So a lost answer can be
given again, a copy of the database opens nothing, and another code ends the one before.
"""

from __future__ import annotations

import hmac
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from kesu.ledger.keys import mac_key
from kesu.people import guessing

from .models import Admission

SIGNS: Final = (
    "2346789ACDEFGHJKMNPQRTVWXY"  # without 0 O, 1 I L, 5 S, 8 B, U V, 2 Z: one of each pair at most
)
LENGTH, GROUP = 8, 4
NOBODYS: Final = "case/none"  # in the place of a file that is not there, so that looking takes as long
FREE: Final = {
    "case": 12,
    "origin": 60,
}  # wrong tries that cost nothing; a whole factory may sit behind one address
LONGEST: Final = 60  # characters of a number or a code that are looked at


@dataclass(frozen=True, slots=True)
class Found:
    """A file that somebody may look up, and which of its codes he knew."""

    organisation: str
    file: str
    issue: int


def admit(organisation: str, file: str, *, number: str, now: datetime, anew: bool = False) -> Found:
    """From now on the file (`number` is its own) can be looked up by its code. `anew`: by another code than before."""
    with transaction.atomic():
        row, is_new = Admission.objects.select_for_update().get_or_create(
            organisation=organisation, file=file, defaults={"number": as_meant(number), "since": now}
        )
        if anew and not is_new:
            row.issue, row.since = row.issue + 1, now
            row.save()
    return Found(organisation, file, row.issue)


def code_of(file: Found) -> str:
    """The code in its groups: 7K4M 92XF."""
    return _code(file.organisation, file.file, file.issue)


def is_given(organisation: str, file: str) -> bool:
    """Whether a code was given for a file."""
    return Admission.objects.filter(organisation=organisation, file=file).exists()


def admitted(organisation: str, *, number: str) -> Found | None:
    """The file of this number, for whoever is known otherwise than by its code; None where no code was given for it."""
    row = Admission.objects.filter(organisation=organisation, number=as_meant(number)).first()
    return Found(organisation, row.file, row.issue) if row else None


def found_by_code(organisation: str, *, number: str, code: str, address: str, now: datetime) -> Found | None:
    """The file of this number whose code this is; None for a wrong code and for a number that there is not, alike.

    Wrong tries are counted by number and by address; right ones cost nobody anything. Raises TryAgain.
    """
    number = as_meant(number)
    keys = {
        "case": guessing.key("code of", organisation, number),
        "origin": guessing.key("codes from", address),
    }
    pause = guessing.pause_after(guessing.counted(keys, now), FREE)
    with guessing.paused(address, pause, keys):
        found = _found(organisation, number, as_meant(code))
    if found is not None:
        guessing.take_back(keys.values())
    return found


def still_holds(file: Found) -> bool:
    """Whether no other code was given since."""
    return Admission.objects.filter(organisation=file.organisation, file=file.file, issue=file.issue).exists()


def as_meant(typed: str) -> str:
    """A number or a code as it is compared: width, case, spaces and hyphens do not count."""
    plain = unicodedata.normalize("NFKC", typed[:LONGEST]).upper()
    return "".join(sign for sign in plain if sign.isalnum())


def _found(organisation: str, number: str, code: str) -> Found | None:
    row = Admission.objects.filter(organisation=organisation, number=number).first()
    file, issue = (row.file, row.issue) if row else (NOBODYS, 0)
    right = as_meant(_code(organisation, file, issue))
    same = hmac.compare_digest(right.encode(), code.encode())
    return Found(organisation, file, issue) if same and row is not None else None


def _code(organisation: str, file: str, issue: int) -> str:
    drawn = hmac.digest(_key(Path(settings.LOOKUP_KEY)), f"{organisation}\n{file}\n{issue}".encode(), sha256)
    number, signs = int.from_bytes(drawn, "big"), []
    for _ in range(LENGTH):
        number, place = divmod(number, len(SIGNS))
        signs.append(SIGNS[place])
    text = "".join(signs)
    return " ".join(text[start : start + GROUP] for start in range(0, LENGTH, GROUP))


@cache
def _key(path: Path) -> bytes:
    """The key, read once for each process; made where it is not there."""
    return mac_key(path)
