"""Registers through the one way in: persons, posts, stand-ins, items, calendars, settings and editions (semantics 3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import OperationalError, connection, transaction

from kesu.caseload.acting.answers import Busy, Done, KeyTaken, Refused, digest_of_plain, plain_data, refused
from kesu.caseload.acting.changes import BEHIND
from kesu.caseload.acting.item_notes import note_in_open_files
from kesu.caseload.acting.perform import ATTEMPTS, deadlocked
from kesu.caseload.rows.projection import keyed, refresh
from kesu.caseload.rows.register import as_noted, register_rows
from kesu.caseload.sight.reader import Reader
from kesu.ledger.append import Conflict, append
from kesu.ledger.clock_watch import require_clock
from kesu.ledger.entry import NewEntry, instant
from kesu.ledger.oneway import writing
from kesu.ledger.read import answered, entries_of, head_of
from kesu.names import PersonId
from kesu.people.directory import Directory, directory_of
from kesu.people.posts import PROCEDURE_OWNER
from kesu.people.registers import REGISTERS, REVISED, Noted, malformed
from kesu.people.registers.register import Form, Register
from kesu.reading.text import Text

from .medium import present_medium

# Nobody takes these for himself, save as the owner of procedures, which gives an administrator nothing new.
APPOINTING: Final = ("post taken", "stand-in named")


@dataclass(frozen=True, slots=True)
class RegisterAct:
    """One step in a register file, such as ("post/quality manager", "post taken", {person, unit, from})."""

    file: str
    step: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def register(act: RegisterAct, *, organisation: str, person: str, now: datetime, key: str) -> Done | Refused:
    """Does what a person of the right office post asks of a register. Raises KeyTaken, Busy, ClockInDoubt."""
    require_clock()
    facts = {word: as_written(value) for word, value in act.facts.items()}
    act = RegisterAct(act.file, act.step, facts)
    for _ in range(ATTEMPTS):
        try:
            with writing(), transaction.atomic():
                return _attempt(act, directory_of(organisation), person, now, key)
        except Conflict:
            continue
        except OperationalError as error:
            if not deadlocked(error):
                raise
    raise Busy("others kept writing to this register; nothing was written, please try again")


def _attempt(act: RegisterAct, directory: Directory, person: str, now: datetime, key: str) -> Done | Refused:
    organisation = directory.organisation.organisation
    command = digest_of_plain({"file": act.file, "step": act.step, "facts": plain_data(act.facts)})
    earlier = answered(organisation, person, key)
    if earlier is not None:
        if earlier.command != command:
            raise KeyTaken("this key has answered another command; send the new command with a new key")
        return Done(earlier.file, earlier.number, again=True)
    kind, _, name = act.file.partition("/")
    own_register = REGISTERS.get(kind)
    form = own_register.forms.get(act.step) if own_register else None
    if own_register is None or form is None or not name:
        return refused(
            act.file,
            zh=f"没有这样的登记：{act.file}，{act.step}",
            en=f"there is no such register step: {act.file}, {act.step}",
        )
    if not Reader(PersonId(person), directory, now).may(own_register.permission(act.step)):
        return refused(
            act.file,
            zh="此项登记由管理岗位办理",
            en=f"this is done by: {', '.join(own_register.permission(act.step).to)}",
        )
    if act.step in APPOINTING and act.facts.get("person") == person and name != PROCEDURE_OWNER:
        return refused(
            act.file,
            zh="不能给自己任职或代理，请由另一位管理员登记",
            en="nobody appoints himself; another administrator does it",
        )
    if (problem := _unknown_person(form, act, directory)) is not None:
        return Refused(act.file, problems=(problem,))
    answer = note(
        act, own_register, form, organisation=organisation, person=person, now=now, key=key, command=command
    )
    if kind == "item" and isinstance(answer, Done):
        note_in_open_files(directory, name, now=now)
    return answer


def note(
    act: RegisterAct,
    own_register: Register,
    form: Form,
    *,
    organisation: str,
    person: str,
    now: datetime,
    key: str | None = None,
    command: str | None = None,
) -> Done | Refused:
    """Appends one step to a register file and brings its rows up to date; the caller holds the transaction."""
    kind, _, name = act.file.partition("/")
    if (problem := malformed(form, act.facts)) is not None:
        return Refused(act.file, problems=(problem,))
    stored = entries_of(organisation, act.file)
    before = [as_noted(entry) for entry in stored]
    now = _not_before(stored[-1].noted, now) if stored else now
    noted_act = Noted((stored[-1].number if stored else 0) + 1, act.step, now, now, person, act.facts)
    if (problem := own_register.problem(name=name, before=before, act=noted_act)) is not None:
        return Refused(act.file, problems=(problem,))
    personal = {
        word: str(value) for word, value in act.facts.items() if word in form.personal and value is not None
    }
    entry = NewEntry(
        kind=act.step,
        at=now,
        noted=now,
        by=person,
        key=key,
        command=command,
        medium=present_medium(),
        facts={word: value for word, value in act.facts.items() if word not in personal},
        personal=personal,
    )
    written = append(organisation=organisation, file=act.file, expected=head_of(stored), entries=[entry])
    after = [*before, *(as_noted(one) for one in written)]
    old = register_rows(act.file, before) if before else []
    new = register_rows(act.file, after)
    refresh(organisation=organisation, file=act.file, before=keyed(old), after=keyed(new))
    if kind in REVISED:
        revise(organisation)
    return Done(act.file, written[-1].number)


def _not_before(last: datetime, now: datetime) -> datetime:
    """A clock a little behind takes the last time of the file (semantics 2.5); what is further behind the ledger refuses."""
    return last if timedelta(0) < last - now <= BEHIND else now


def revise(organisation: str) -> None:
    """One more entry in the registers: what was read before no longer holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_revision (organisation, number) VALUES (%s, 1)"
            " ON CONFLICT (organisation) DO UPDATE SET number = people_revision.number + 1",
            [organisation],
        )


def _unknown_person(form: Form, act: RegisterAct, directory: Directory) -> Text | None:
    for word, kind in {**form.needs, **form.may}.items():
        value = act.facts.get(word)
        if kind == "person" and isinstance(value, str) and value not in directory.persons:
            return Text(zh=f"名册中没有“{value}”这个人", en=f"“{value}” is no person of this organisation")
    return None


def as_written(value: Any) -> Any:
    """Instants and dates as the ledger writes them."""
    if isinstance(value, datetime):
        return instant(value)
    return value.isoformat() if isinstance(value, date) else value
