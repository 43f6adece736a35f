"""Putting a procedure in force together with what the organisation settles for it: both, or nothing (semantics 4.9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from kesu.caseload.acting.answers import Done, Refused
from kesu.people.directory import Directory, directory_of
from kesu.procedure.written.canonical import canonical
from kesu.procedure.written.canonical import digest as digest_of_text
from kesu.procedure.written.library import Library
from kesu.reading.strict import suggestion
from kesu.reading.text import Text

from .editions import OFFICE_SETTINGS, BackDated, put_in_force, settings_in_force
from .register_acts import RegisterAct, register
from .together import taken, together


@dataclass(frozen=True, slots=True)
class NewSetting:
    """One setting with the value that the organisation gives it, and why."""

    name: str
    value: str
    reason: str = ""


def enforce_with_settings(
    name: str,
    *,
    library: Library,
    organisation: str,
    person: str,
    now: datetime,
    since: datetime,
    key: str,
    settings: Sequence[NewSetting] = (),
    back_dated: BackDated | None = None,
) -> Done | Refused:
    """Sets what is not set so already, then puts the procedure in force from `since`; a refusal leaves nothing behind.

    The edition that is in force already, with the same settings, is answered as done `again`. `key` is the idempotency
    key of the whole; its parts take keys that begin with it. Raises ReadError, KeyTaken, Busy.
    """
    procedure = library.load(name)
    unknown = [
        setting.name for setting in settings if setting.name not in {*procedure.settings, *OFFICE_SETTINGS}
    ]
    if unknown:
        return Refused(f"setting/{name}", problems=tuple(_unknown(unknown, tuple(procedure.settings))))
    library.load(
        name, settings={setting.name: setting.value for setting in settings}
    )  # a wrong value is said before anything is written
    directory = directory_of(organisation)
    changed = [
        setting for setting in settings if directory.settings.get(name, {}).get(setting.name) != setting.value
    ]
    if not changed and (standing := _standing(name, library, directory)) is not None:
        return Done(f"edition/{name}", standing, again=True)

    def both() -> Done:
        for place, setting in enumerate(changed):
            facts = {
                "name": setting.name,
                "value": setting.value,
                **({"reason": setting.reason} if setting.reason else {}),
            }
            act = RegisterAct(f"setting/{name}", "set", facts)
            taken(register(act, organisation=organisation, person=person, now=now, key=f"{key}/{place}"))
        return taken(
            put_in_force(
                name,
                library=library,
                organisation=organisation,
                person=person,
                now=now,
                since=since,
                key=key,
                back_dated=back_dated,
            )
        )

    return together(both)


def _unknown(names: Sequence[str], those_there: Sequence[str]) -> Iterator[Text]:
    for name in names:
        en, zh = suggestion(name, those_there)
        yield Text(f"本程序没有设定“{name}”{zh}", f"the procedure has no setting “{name}”{en}")


def _standing(name: str, library: Library, directory: Directory) -> int | None:
    """The entry by which this very text is in force already."""
    settings = settings_in_force(directory, name)
    editions = [one for one in directory.editions.get(name, ()) if one.withdrawn is None]
    if not editions or library.load(name, settings=settings).unset:
        return None
    text = canonical(library, name, settings=settings, edition=editions[-1].edition)
    digest = digest_of_text(text)
    return editions[-1].number if editions[-1].digest == digest else None
