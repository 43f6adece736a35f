"""The editions that are in force, for forms and pages."""

from __future__ import annotations

from datetime import datetime

from kesu.caseload.folded.books import procedure_by_digest
from kesu.forms.standing_of_a_person.beginning import begun_by_people
from kesu.people.directory import Directory
from kesu.procedure.words.names import STEP
from kesu.procedure.written.model import Procedure


def in_force(directory: Directory, now: datetime) -> list[Procedure]:
    """Every procedure with an edition in force, those whose files are complaints first."""
    organisation = directory.organisation.organisation
    editions = [
        edition for name in directory.editions if (edition := directory.edition_at(name, now)) is not None
    ]
    found = [procedure_by_digest(organisation, edition.digest) for edition in editions]
    return sorted(found, key=lambda one: (one.kind != "complaint", one.id))


def beginnable(procedures: list[Procedure]) -> list[Procedure]:
    """Those whose files somebody can begin at the desk."""
    return [one for one in procedures if begun_by_people(one)]


def arriving(procedures: list[Procedure]) -> list[Procedure]:
    """Those whose files begin with something that arrives from outside, so that anybody may register one."""
    return [one for one in procedures if STEP.RECEIVED in one.steps]
