"""What the fields of a form choose from in this organisation: persons with their posts, units, entries, cases."""

from __future__ import annotations

from functools import partial

from kesu.caseload.asking.listing import cases
from kesu.caseload.asking.narrowing import Wanted
from kesu.caseload.asking.opened import CaseView
from kesu.caseload.sight.face import faces
from kesu.casework.file.roles_in_file import apart
from kesu.forms.fields.fields import Around, Choice
from kesu.procedure.kinds.typed_times import in_full
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text, listed

from ..who.here import Here

STAYS_OUT = Text("须回避", "has to stay out")


def around(here: Here, procedure: Procedure, view: CaseView | None = None) -> Around:
    """For a form in a file, or for a new one."""
    return Around(
        procedure=procedure,
        history=view.case.history if view else None,
        persons=persons(here),
        apart=_apart(view, here) if view else {},
        units=units(here),
        entries=_entries(view) if view else (),
        cases=partial(_cases, here, view) if view else tuple,
    )


def persons(here: Here) -> list[Choice]:
    """Everybody who has not left, with the posts he holds now."""
    choices = []
    for person, row in here.directory.persons.items():
        if here.directory.present(person, here.now):
            titles = [
                here.title_of(seat.post)
                for seat in here.directory.seats_of(person, here.now)
                if seat.behalf is None
            ]
            posts = Text(
                listed([title.zh for title in titles], "zh"), listed([title.en for title in titles], "en")
            )
            choices.append(Choice(person, Text(row.name, row.name), posts))
    return choices


def units(here: Here) -> list[Choice]:
    """The units of today, in the order of the tree as it was noted."""
    now = [
        unit
        for unit in here.directory.units
        if unit.since <= here.now and (unit.until is None or here.now < unit.until)
    ]
    return [Choice(unit.unit, Text(unit.title, unit.title)) for unit in now]


def _apart(view: CaseView, here: Here) -> dict[str, Text]:
    kept = apart(view.case)
    reasons = dict.fromkeys(kept.persons, STAYS_OUT)
    for person in here.directory.persons:
        if kept.units.intersection(here.directory.units_above(person, here.now)):
            reasons[person] = STAYS_OUT
    return reasons


def _entries(view: CaseView) -> list[Choice]:
    """The entries that can be corrected, struck or confirmed: those of people, not struck, the newest first."""
    zone = view.case.calendar.zone
    choices = []
    for line in reversed(view.lines):
        if line.person is not None and not line.struck:
            at = in_full(line.at, zone=zone)
            title = Text(f"{line.number} · {line.title.zh}", f"{line.number} · {line.title.en}")
            choices.append(
                Choice(str(line.number), title, Text(f"{line.by}，{at.zh}", f"{line.by}, {at.en}"))
            )
    return choices


def _cases(here: Here, view: CaseView) -> list[Choice]:
    """Open cases of the same procedure that this one could be joined to."""
    wanted = Wanted(open=True, procedure=view.row.procedure)
    rows = [row for row in cases(here, wanted=wanted, limit=100).rows if row.file != view.row.file]
    titles = faces(rows)
    return [
        Choice(row.file, Text(f"{row.label} {titles[row.file].zh}", f"{row.label} {titles[row.file].en}"))
        for row in rows
    ]
