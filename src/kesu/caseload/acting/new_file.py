"""A case file before its first act: by which edition, calendar and site it counts, and whose child it is."""

from __future__ import annotations

from dataclasses import dataclass

from kesu.casework.file.case_file import CaseFile
from kesu.names import FileName, StepName
from kesu.people.directory import Directory
from kesu.procedure.shapes.abilities import BeginsFile
from kesu.procedure.words.names import STEP
from kesu.procedure.words.parts import BEGINNING
from kesu.procedure.written.model import Procedure

from ..folded.books import calendar_by_digest, procedure_by_digest
from ..folded.fold import new_file
from ..folded.recorded import SYSTEM, new_entry
from .changes import Changes, Sender


@dataclass(frozen=True, slots=True)
class NewFile:
    """What the first entry says of the file itself.

    - `procedure`: the edition by which the file is judged, and `edition`, the digest of its text.
    - `calendar`: the digest of the version by which it counts, `site` the site whose days those are (None: the house's).
    - `parent`: the file that opens it, if one does.
    - `source`: the register entry or the entry of the parent that it follows from, as “file#number”; or empty.
    """

    procedure: Procedure
    edition: str
    calendar: str
    site: str | None = None
    parent: FileName | None = None
    source: str = ""

    def facts(self) -> dict[str, str]:
        """What the first entry carries beside the facts of the act."""
        own = {
            "calendar": self.calendar,
            "site": self.site,
            "parent": self.parent,
            "standing": self.source or None,
        }
        return {word: value for word, value in own.items() if value is not None}

    def empty(self, organisation: str) -> CaseFile:
        """The file before anything has happened in it. Raises NotInForce when the calendar is not on record."""
        site = self.site or ""
        calendar = calendar_by_digest(organisation, self.calendar, site)
        return new_file(organisation=organisation, procedure=self.procedure, calendar=calendar, site=site)


def new_file_of(
    directory: Directory,
    edition: str,
    *,
    site: str | None,
    parent: FileName | None = None,
    source: str = "",
) -> NewFile:
    """A new file by the edition of this digest and the present calendar of the site. Raises NotInForce."""
    procedure = procedure_by_digest(directory.organisation.organisation, edition)
    calendar = directory.calendar_at(site)
    assert calendar is not None, "every organisation is founded with a calendar"
    return NewFile(procedure, edition, calendar.digest, site, parent, source)


def empty_file(procedure: Procedure, directory: Directory) -> CaseFile:
    """What a file of the procedure would be before its first act, by the house's own calendar: for asking about it."""
    calendar = directory.calendar_at(None)
    assert calendar is not None, "every organisation is founded with a calendar"
    return NewFile(procedure, "", calendar.digest).empty(directory.organisation.organisation)


def first_step(procedure: Procedure) -> StepName:
    """The step that a file of this procedure begins with."""
    for _, shape in procedure.able(BeginsFile):
        return StepName(shape.step)
    return next((step for step in BEGINNING if step in procedure.steps), STEP.RECEIVED)


def open_file(
    changes: Changes,
    new: NewFile,
    case: CaseFile,
    *,
    sender: Sender,
    name: FileName | None = None,
) -> FileName:
    """Opens the file with all acts of `case`: `sender` sent the first, what follows is the house's; gives its name."""
    first, *later = case.history.acts
    entries = [
        new_entry(first, by=sender.by, edition=new.edition, key=sender.key, command=sender.command, also=new.facts()),
        *(new_entry(act, by=SYSTEM, edition=new.edition) for act in later),
    ]  # fmt: skip
    return changes.open(case, entries, site=new.site, name=name)
