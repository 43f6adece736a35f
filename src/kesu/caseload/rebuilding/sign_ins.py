"""Sign-ins that were changed past Kesu: each carries a code under the key outside the database, over what lets somebody in.

They follow from no file of the ledger (a password is nobody's act), so nothing else would tell that whoever owns the database
gave a sign-in another password, or another name.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from kesu.ledger.faults import Fault
from kesu.ledger.macs import Macs, key_here, macs_to_write
from kesu.ledger.marked import marks_path
from kesu.ledger.marks import SignInsBegin, add, read_marks
from kesu.people.models import Person, User


def code_of(text: bytes) -> bytes:
    """The code of a sign-in that is written now. Raises KeyGone, KeyFileOpen, KeyFileBroken and MarksBroken."""
    return macs_to_write(read_marks(marks_path())).of(sha256(text).digest())


def begin_codes(now: datetime) -> None:
    """Takes the sign-ins as they stand, once: from then on every one carries its code. Raises what `code_of` raises."""
    marks = read_marks(marks_path())
    if marks is None or marks.sign_ins is not None:
        return
    with transaction.atomic():
        for user in User.objects.filter(code=None):
            user.save(update_fields=["code"])
    add(marks_path(), SignInsBegin(time=now))


def altered_sign_ins(organisation: str | None) -> list[Fault]:
    """A fault for each sign-in that is not as Kesu wrote it, and for each person whose sign-in is gone; of one organisation, or all."""
    marks, key = read_marks(marks_path()), key_here()
    if marks is None or marks.sign_ins is None or key is None:
        return []
    persons = Person.objects.exclude(user=None)
    if organisation is not None:
        persons = persons.filter(organisation=organisation)
    known = dict(persons.values_list("user_id", "person"))
    users = User.objects.all() if organisation is None else User.objects.filter(pk__in=known)
    macs, there = Macs(key), set()
    faults = []
    for user in users.order_by("pk"):
        there.add(user.pk)
        if user.code is None or bytes(user.code) != macs.of(sha256(user.what_lets_in()).digest()):
            faults.append(
                Fault(what="sign-in altered", organisation=organisation or "", detail=user.username)
            )
    faults += [
        Fault(what="sign-in gone", organisation=organisation or "", detail=str(known[pk]))
        for pk in sorted(set(known) - there)
    ]
    return faults
