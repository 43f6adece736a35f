"""Everybody of an organisation against its pages, its files and the steps of one file: what each may now, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kesu.casework.file.edition_move import MOVING
from kesu.names import FileName, PersonId, StepName
from kesu.people.directory import Directory
from kesu.people.permissions import CASE_POST, PART, SIGNED_IN, Permission

from ..acting.edition_move import movers
from ..folded.fold import folds
from ..models import CaseRow
from ..rows.case import parts
from ..sight.reader import Reader
from ..sight.seeing import visible
from .opened import CaseView, opened


class Here(StrEnum):
    """How a person stands to a page, a file, a command or a step."""

    MAY = "may"
    NO = "no"
    HIDDEN = "hidden"  # for him the file does not exist


@dataclass(frozen=True, slots=True)
class Everybody:
    """The persons of an organisation that have not left, each as a reader at one moment."""

    readers: Mapping[PersonId, Reader]

    @classmethod
    def of(cls, directory: Directory, now: datetime) -> Everybody:
        """All persons of an organisation at a moment."""
        present = [PersonId(person) for person in directory.persons if directory.present(person, now)]
        return cls({person: Reader(person, directory, now) for person in present})

    def may(self, permission: Permission) -> dict[PersonId, Here]:
        """Whether each may what a row of the table is about; not for rows of one file."""
        return {
            person: Here.MAY if reader.may(permission) else Here.NO for person, reader in self.readers.items()
        }

    def sees(self) -> dict[str, dict[PersonId, Here]]:
        """For each file, by its label, whether it exists for a person."""
        seen = {
            person: set(visible(reader).values_list("file", flat=True))
            for person, reader in self.readers.items()
        }
        organisation = next(iter(self.readers.values())).organisation
        rows = CaseRow.objects.filter(organisation=organisation).order_by("received", "label")
        return {
            row.label: {
                person: Here.MAY if row.file in files else Here.HIDDEN for person, files in seen.items()
            }
            for row in rows
        }

    def reads(self, file: FileName, rows: Iterable[Permission]) -> dict[str, dict[PersonId, Here]]:
        """For each row of the table that hangs on a file, whether a person may it here, by his posts and his part in the file.

        What a row adds in words (an hour after a reason, until a consent) is not asked: whoever may not here never may.
        """
        organisation = next(iter(self.readers.values())).organisation
        having_part = parts(folds.take(organisation, file))
        stands = {
            person: _columns(view, has_part=person in having_part)
            for person, reader in self.readers.items()
            for view in [opened(file, reader)]
        }
        return {row.name: {person: _reads(row, own) for person, own in stands.items()} for row in rows}

    def takes(self, file: FileName) -> dict[StepName, dict[PersonId, Here]]:
        """For each step of a file that people take, whether a person may: by his posts, by what he did, by who stays out.

        What else is missing does not matter here. Where the file does not exist for him, no step of it does.
        """
        views = {person: opened(file, reader) for person, reader in self.readers.items()}
        steps = _steps(list(views.values()))
        stands = {step: {person: _stands(view, step) for person, view in views.items()} for step in steps}
        if MOVING in stands:  # by the table of permissions, whether he sees the file or not
            stands[MOVING] = {person: _moves(reader) for person, reader in self.readers.items()}
        return stands


def _columns(view: CaseView | None, *, has_part: bool) -> frozenset[str] | None:
    """The columns of the table in which a person stands to a file; None where it does not exist for him."""
    if view is None:
        return None
    handles = bool(view.actors) or not view.reader.posts.isdisjoint(view.procedure.posts)
    more = {SIGNED_IN, *((CASE_POST,) if handles else ()), *((PART,) if has_part else ())}
    return view.reader.posts | more


def _reads(row: Permission, columns: frozenset[str] | None) -> Here:
    if columns is None:
        return Here.HIDDEN
    return Here.MAY if row.allows(columns) else Here.NO


def _steps(views: Sequence[CaseView | None]) -> list[StepName]:
    view = next((one for one in views if one is not None), None)
    return (
        [] if view is None else [step.name for step in view.procedure.steps.values() if step.word.by_people]
    )


def _moves(reader: Reader) -> Here:
    return Here.MAY if movers(reader.person, reader.directory, reader.now) else Here.NO


def _stands(view: CaseView | None, step: StepName) -> Here:
    if view is None:
        return Here.HIDDEN
    may_follow = not view.case.ended or view.procedure.steps[step].word.may_follow_end
    able = may_follow and any(view.takers.may(step, actor) for actor in view.actors)
    return Here.MAY if able else Here.NO
