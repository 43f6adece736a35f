"""Moving an open file to another edition of its procedure: the procedure's owner does it, with a reason (semantics 4.9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Actor
from kesu.casework.file.edition_move import MOVING
from kesu.names import PersonId
from kesu.people.directory import Directory
from kesu.people.permissions import MOVE_EDITION
from kesu.procedure.words.names import FACT
from kesu.reading.text import Text

from ..folded.fold import Folded


def movers(person: PersonId, directory: Directory, now: datetime) -> list[Actor]:
    """Every way in which a person can act as owner of procedures now."""
    units = directory.units_above(person, now)
    return [
        Actor(person, one.post, one.behalf, units)
        for one in directory.seats_of(person, now)
        if one.post in MOVE_EDITION.to
    ]


def with_edition(command: Command, *, fold: Folded, directory: Directory, now: datetime) -> Command | Text:
    """The command with the digest of the edition it names, or why the file is not moved. Other steps pass as they are."""
    if command.step != MOVING:
        return command
    if command.post not in MOVE_EDITION.to:
        return Text(
            zh="案卷改用另一版程序，由程序负责人办理",
            en="a file is moved to another edition by the procedure owner",
        )
    if fold.case.ended:
        return Text(
            zh="案卷已办结，不再改用另一版程序", en="the file has ended; a closed case is never moved"
        )
    digests = {
        edition.edition: edition.digest
        for edition in directory.editions.get(fold.procedure.id, ())
        if edition.withdrawn is None and edition.since <= now and edition.digest != fold.edition
    }
    name = command.facts.get(FACT.EDITION)
    if name is None:
        return command  # the rule says what is lacking
    if name not in digests:
        return Text(
            zh=f"不能改用第 {name} 版；可改用的版号：{'、'.join(digests) or '没有'}",
            en=f"edition {name} is none that this file can be moved to; there are: {', '.join(digests) or 'none'}",
        )
    return replace(command, facts={**command.facts, FACT.EDITION_DIGEST: digests[str(name)]})
