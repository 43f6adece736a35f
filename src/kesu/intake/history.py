"""A sheet or log of past cases, read through a mapping and handed to caseload, which brings it in (semantics 3.7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kesu.caseload.acting.answers import Refused
from kesu.caseload.acting.imported_history import Imported, import_history
from kesu.caseload.folded.books import procedure_by_digest
from kesu.people.directory import Directory, NoSuchOrganisation, directory_of
from kesu.people.in_whose_name import NotInThatName, who_acts
from kesu.people.models import Organisation
from kesu.people.permissions import IMPORT
from kesu.people.posts import PROCEDURE_OWNER
from kesu.procedure.written.canonical import canonical, digest
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import suggestion
from kesu.reading.text import Lang, Text
from kesu.registry.editions import OFFICE_SETTINGS, put_in_force
from kesu.registry.medium import present_medium
from kesu.review.log import open_log
from kesu.review.mapping_reading import read_mapping


class CannotImport(Exception):
    """Nothing can be brought in as things stand: why, and what to do first."""

    def __init__(self, *reasons: Text) -> None:
        super().__init__("; ".join(one.en for one in reasons))
        self.reasons = reasons

    def in_(self, lang: Lang) -> str:
        """The whole answer in one language."""
        return "\n".join(one.in_(lang) for one in self.reasons)


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of it. `notes` were made while the file was read; `first` and `last` are its instants."""

    organisation: str
    imported: Imported
    notes: list[Text] = field(default_factory=list)
    first: datetime | None = None
    last: datetime | None = None


def bring_in(
    path: Path,
    *,
    mapping: Path,
    procedure: str,
    now: datetime,
    organisation: str | None = None,
    by: str | None = None,
    dry_run: bool = False,
) -> Brought:
    """Brings the cases of a file in for an organisation (the only one, when none is named), by its importer.

    `by`: the sign-in name or id of the importer; may be left out where there is only one.

    With `dry_run` nothing is written and the answer is what would be. Raises CannotImport, ReadError (the mapping)
    or LogError (the file), and then nothing was written either.
    """
    directory = _directory(organisation, now)
    try:
        importer = who_acts(directory, by, IMPORT, now)
    except NotInThatName as why:
        raise CannotImport(why.text) from None
    book = _book(procedure, directory)
    log = open_log(path, mapping=read_mapping(mapping, procedure=book))
    try:
        if not dry_run and procedure not in directory.editions:
            _put_in_force(procedure, directory, now=now)  # not before the file was read to its end
        answer = import_history(
            log.cases(),
            procedure=procedure,
            digest=log.digest,
            organisation=directory.organisation.organisation,
            person=importer,
            now=now,
            dry_run=dry_run,
            draft=book,
            medium=present_medium(),
        )
    finally:
        log.close()
    if isinstance(answer, Refused):
        raise CannotImport(*answer.problems)
    return Brought(
        directory.organisation.organisation,
        answer,
        [*log.notes, *log.sentences(now=now)],
        log.first,
        log.last,
    )


def _directory(organisation: str | None, now: datetime) -> Directory:
    """The organisation named; else the only one there is, or the only one that has an importer."""
    names = list(Organisation.objects.order_by("organisation").values_list("organisation", flat=True))
    if organisation is None:
        able = [name for name in names if len(names) == 1 or directory_of(name).holders_who_may(IMPORT, now)]
        if len(able) == 1:
            return directory_of(able[0])
    if not names:
        raise CannotImport(
            Text(
                "还没有建立任何机构；想先试用，可运行 kesu demo 建立演示机构",
                "no organisation has been founded yet; kesu demo makes one to try things out",
            )
        )
    if organisation is None:
        raise CannotImport(
            Text(
                f"有 {len(names)} 个机构，请用 --organisation 指明：{'、'.join(names)}",
                f"there are {len(names)} organisations; name one with --organisation: {', '.join(names)}",
            )
        )
    try:
        return directory_of(organisation)
    except NoSuchOrganisation:
        en, zh = suggestion(organisation, names)
        raise CannotImport(
            Text(f"没有机构“{organisation}”{zh}", f"there is no organisation “{organisation}”{en}")
        ) from None


def _book(name: str, directory: Directory) -> Procedure:
    """The newest edition in force: cases are judged by the one of their receipt, the words are the same.

    Where none is in force yet, the procedure of the library, with what the organisation has set.
    """
    editions = directory.editions.get(name)
    organisation = directory.organisation.organisation
    if editions:
        return procedure_by_digest(organisation, editions[-1].digest)
    library = here()
    if name not in library.names():
        en, zh = suggestion(name, {*directory.editions, *library.names()})
        raise CannotImport(
            Text(
                f"程序“{name}”在本机构没有生效的版本，请先使它生效{zh}",
                f"no edition of “{name}” is in force in this organisation; put it in force first{en}",
            )
        )
    return library.load(name, settings=_settings(name, directory))


def _settings(name: str, directory: Directory) -> dict[str, str]:
    settings = directory.settings.get(name, {})
    return {word: value for word, value in settings.items() if word not in OFFICE_SETTINGS}


def _put_in_force(name: str, directory: Directory, *, now: datetime) -> None:
    """The procedure of the library, by the procedure's owner, as it stands; refused while something in it is to be set."""
    library, organisation = here(), directory.organisation.organisation
    owner = next(iter(directory.holders(PROCEDURE_OWNER, now)), None)
    if owner is None:
        raise CannotImport(
            Text(
                f"程序“{name}”还没有生效，也没有人担任“程序负责人”；请先登记任职",
                f"“{name}” is not in force and nobody holds the post “procedure owner”; give it to somebody first",
            )
        )
    text = canonical(library, name, settings=_settings(name, directory))
    key = f"in force for import: {digest(text)[:32]}"
    answer = put_in_force(
        name, library=library, organisation=organisation, person=owner, now=now, since=now, key=key
    )
    if isinstance(answer, Refused):
        raise CannotImport(*answer.problems)
