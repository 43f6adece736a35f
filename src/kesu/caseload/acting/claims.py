"""What a person claims of himself is checked against the registers before any rule is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import ONLINE
from kesu.casework.file.case_file import CaseFile
from kesu.names import OUTSIDER, PersonId
from kesu.people.directory import Directory
from kesu.people.posts import READING_POSTS
from kesu.procedure import words
from kesu.procedure.words.parts import BY_THE_HOUSE
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

from ..sight.seats import left_alone
from .signatures import with_signature


@dataclass(frozen=True, slots=True)
class Claim:
    """A checked command: units filled in, and the register entry that the post follows from."""

    command: Command
    source: str = ""
    unit: str | None = None


def checked(
    command: Command,
    *,
    person: PersonId,
    directory: Directory,
    procedure: Procedure,
    case: CaseFile | None,
    now: datetime,
) -> Claim | Text:
    """The command with what the registers say of its actor; a Text when a claim is not true.

    `case` is the file in which it is taken; None where there is none yet, and nobody is called upon for want of others.
    """
    if OUTSIDER in (person, command.by):
        return _of_the_complainant(command, person, directory, now)
    if not directory.present(person, now):
        return Text(
            zh="你已不在本单位的人员名册中，不能办理",
            en="you are no longer on this organisation's list of persons",
        )
    if command.step in BY_THE_HOUSE:
        return Text(
            zh="这一步由系统记录，不能由人办理",
            en="this step is recorded by the house itself, not by a person",
        )
    if _reads(command, person, directory, procedure, now):
        return Text(
            zh="评审员只看不办，也不代别人登记",
            en="assessors read; they take no step, and note none for others",
        )
    for_other = command.by != person
    if for_other and (wrong := _wrong_record(command, directory, now)) is not None:
        return wrong
    if (unknown := unknown_names(command.facts, directory, now)) is not None:
        return unknown
    at = (command.at or now) if for_other else now
    command = replace(
        command,
        recorder=person if for_other else None,
        units=directory.units_above(command.by, at),
        facts=dict(command.facts),
    )
    signed = with_signature(
        command, directory=directory, procedure=procedure, history=case.history if case else None, now=now
    )
    if isinstance(signed, Text):
        return signed
    if signed.post is None:
        return Claim(signed)
    return _post(signed, directory, procedure, case, at)


def _of_the_complainant(
    command: Command, person: PersonId, directory: Directory, now: datetime
) -> Claim | Text:
    """What somebody from outside does himself: his own word, in no post, and noted by nobody but him."""
    word = words.steps().get(command.step)
    alone = (person, command.by, command.post, command.behalf) == (OUTSIDER, OUTSIDER, None, None)
    if not alone or word is None or not word.complainants:
        return Text(
            zh="这一步不由投诉人自己办；投诉人可以反映、补充，说明自己的意见",
            en="this step is not the complainant's own; he brings a matter, adds to it and says what he thinks",
        )
    if command.medium != ONLINE:
        return Text(zh="投诉人自己办的，只能在网上", en="what the complainant does himself he does online")
    if (unknown := unknown_names(command.facts, directory, now)) is not None:
        return unknown
    return Claim(replace(command, recorder=None, units=(), signed=None, facts=dict(command.facts)))


def _reads(
    command: Command, person: PersonId, directory: Directory, procedure: Procedure, now: datetime
) -> bool:
    """Whether whoever acts, or whoever notes it, is here to read, or acts in a post that reads (semantics 5.10)."""
    return command.post in READING_POSTS or any(
        directory.only_reads(one, procedure.posts, now) for one in {person, command.by}
    )


def _wrong_record(command: Command, directory: Directory, now: datetime) -> Text | None:
    if not directory.present(command.by, command.at or now):
        return Text(zh="名册中没有这位经办人", en="the person who acted is not on the list of persons")
    if command.medium == "system":
        return Text(
            zh="替别人登记时，要写明他是怎样办的：签字纸件、电话、当面或微信",
            en="when you note another's act, say how it was given: signed paper, phone, face to face or WeChat",
        )
    return None


def _post(
    command: Command, directory: Directory, procedure: Procedure, case: CaseFile | None, at: datetime
) -> Claim | Text:
    post, behalf = str(command.post), command.behalf
    name = directory.name_of(command.by)
    if behalf is not None and behalf in procedure.posts:
        return _last_resort(command, directory, procedure, case, at)
    found = directory.seat(command.by, post, behalf, at)
    if found is not None:
        return Claim(command, found.source, found.unit)
    title = procedure.title_of(post)
    if behalf is not None:
        return Text(
            zh=f"{name}此时没有代理{directory.name_of(behalf)}的{title.zh}岗位；请管理员登记代理，或由{directory.name_of(behalf)}本人办",
            en=f"{name} does not stand in for {directory.name_of(behalf)} as {title.en} at this time; the administrator can name a stand-in",
        )
    return Text(
        zh=f"{name}此时不任{title.zh}；请由任此岗位的人办",
        en=f"{name} does not hold the post of {title.en} at this time; somebody who does has to act",
    )


def _last_resort(
    command: Command, directory: Directory, procedure: Procedure, case: CaseFile | None, at: datetime
) -> Claim | Text:
    """`post` acts for the post `behalf`, when all who could act in that have to stay out of this file."""
    post, place = str(command.post), str(command.behalf)
    seat = directory.seat(command.by, post, None, at)
    if seat is None or procedure.posts[place].last_resort != post:
        return Text(
            zh=f"{directory.name_of(command.by)}不是{procedure.title_of(place).zh}的最后人选",
            en=f"{directory.name_of(command.by)} is no last resort of the {procedure.title_of(place).en}",
        )
    if case is None or not left_alone(case, place, directory, at):
        return Text(
            zh=f"还有人可以办{procedure.title_of(place).zh}的事，不需要最后人选",
            en=f"somebody can still act as {procedure.title_of(place).en}; the last resort is not called upon",
        )
    return Claim(command, seat.source, seat.unit)


def unknown_names(facts: Mapping[str, Any], directory: Directory, at: datetime) -> Text | None:
    """The first person or unit among the facts that the registers do not know."""
    for name, value in facts.items():
        word = words.facts().get(name)
        if word is None:
            continue
        items = [named for named in (value if isinstance(value, list) else [value]) if isinstance(named, str)]
        if word.kind.of_persons:
            for named in items:
                if named not in directory.persons:
                    return Text(
                        zh=f"名册中没有“{named}”这个人", en=f"“{named}” is no person of this organisation"
                    )
        elif word.kind.of_units:
            for named in items:
                if not directory.has_unit(named, at):
                    return Text(zh=f"没有“{named}”这个部门", en=f"“{named}” is no unit of this organisation")
    return None
