"""How many persons sign an edition: three, unless a small organisation says why there are fewer, which stays shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from kesu.caseload.acting.answers import Done, Refused
from kesu.people.directory import Directory
from kesu.people.models import Setting
from kesu.reading.text import Text

from .register_acts import RegisterAct, register

FILE: Final = "organisation"  # of the settings that belong to no procedure
HANDS: Final = "persons who sign an edition"
NUMBERS: Final[Mapping[str, int]] = {"three persons": 3, "two persons": 2, "one person": 1}
SAID: Final[Mapping[str, Text]] = {
    "three persons": Text(
        "三个人：编制、审核、批准各一人", "three persons: one drafts, one reviews, one approves"
    ),
    "two persons": Text("两个人", "two persons"),
    "one person": Text("一个人", "one person"),
}


def hands_of(directory: Directory) -> str:
    """As it is set now; three where nobody set anything."""
    return directory.settings.get(FILE, {}).get(HANDS, "three persons")


def reading_of(directory: Directory) -> str:
    """Why fewer than three sign; empty where three do."""
    row = Setting.objects.filter(
        organisation=directory.organisation.organisation, procedure=FILE, name=HANDS
    ).first()
    return row.reason if row is not None and NUMBERS.get(row.value) != 3 else ""


def set_hands(
    value: str, *, reason: str, organisation: str, person: str, now: datetime, key: str
) -> Done | Refused:
    """Sets how many persons sign. Fewer than three wants a reason. Raises KeyTaken, Busy, ClockInDoubt."""
    if value not in NUMBERS:
        return Refused(None, problems=(Text("请选几个人签", "choose how many sign"),))
    if NUMBERS[value] < 3 and not reason.strip():
        why = Text("少于三个人签的要写明理由", "fewer than three wants a reason")
        return Refused(None, problems=(why,))
    facts = {"name": HANDS, "value": value} | ({"reason": reason.strip()} if reason.strip() else {})
    act = RegisterAct(f"setting/{FILE}", "set", facts)
    return register(act, organisation=organisation, person=person, now=now, key=key)


def wrong_hands(directory: Directory, *, drafter: str, reviewer: str, approver: str) -> Text | None:
    """What is wrong with who signs: too few persons, or somebody without a sign-in of his own."""
    signing = (drafter, reviewer, approver)
    wanted = NUMBERS[hands_of(directory)]
    if len(set(signing)) < wanted:
        return Text(
            f"编制、审核、批准要由 {wanted} 个人签，现在只有 {len(set(signing))} 个",
            f"{wanted} persons have to draft, review and approve; there are {len(set(signing))}",
        )
    for one in signing:
        found = directory.persons.get(one)
        if found is None or found.user_id is None or found.left is not None:
            name = directory.name_of(one)
            return Text(f"{name}没有登录名，不能签", f"{name} has no sign-in to sign with")
    return None
