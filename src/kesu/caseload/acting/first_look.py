"""What an act has to know before anything else, asked in one round trip: three questions that do not hang on each other."""

from __future__ import annotations

from dataclasses import dataclass

from kesu.ledger.entry import StoredEntry
from kesu.ledger.read import answer_asked, answer_in, entries_asked, entries_in
from kesu.ledger.statements import asked
from kesu.names import FileName, PersonId
from kesu.people.directory import Directory, directory_of, revision_asked

from ..folded.fold import Later, folds


@dataclass(frozen=True, slots=True)
class FirstLook:
    """The directory as it stands, the entry that this key answered before, and what came into the file of late.

    `later` is None for a new file, and for one of which nothing is in memory: that is read whole when it is taken.
    """

    directory: Directory
    earlier: StoredEntry | None
    later: Later | None


def first_look(organisation: str, *, person: PersonId, key: str, file: FileName | None) -> FirstLook:
    """Looks. Raises NoSuchOrganisation."""
    after = 0 if file is None else folds.known_up_to(organisation, file)
    questions = [revision_asked(organisation), answer_asked(organisation, person, key)]
    if file is not None and after:
        questions.append(entries_asked(organisation, file, after=after))
    revision, answer, *later = asked(*questions)
    return FirstLook(
        directory_of(organisation, revision=revision),
        answer_in(organisation, answer),
        Later(after, entries_in(organisation, file, later[0], after=after)) if file and later else None,
    )
