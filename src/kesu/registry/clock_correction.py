"""Correcting the clock: an administrator proposes, another person confirms, and files go on that a wrong clock had shut.

It is the one act that is noted while the clock is in doubt, since it is what ends the doubt. When the second person's entry
is committed, the marks beside the key say from when on times count again, the clock is relied on as it is now, and what waits
is sealed.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from kesu.caseload.acting.answers import Busy, Done, KeyTaken, Refused, digest_of_plain, plain_data, refused
from kesu.caseload.acting.perform import ATTEMPTS
from kesu.caseload.rows.register import as_noted
from kesu.caseload.sight.reader import Reader
from kesu.ledger import machine_clock
from kesu.ledger.append import TOLERANCE, Conflict
from kesu.ledger.clock_doubt import Doubt
from kesu.ledger.clock_watch import clock_doubt, correcting_the_clock, rely_on
from kesu.ledger.corrections import (
    FILE,
    Correction,
    newest_instant,
    read_corrections,
    take_up_corrections,
)
from kesu.ledger.marked import marks_path, newest_checkpoints
from kesu.ledger.marks import read_marks
from kesu.ledger.oneway import writing
from kesu.ledger.read import answered, entries_of
from kesu.ledger.seal import seal
from kesu.names import PersonId
from kesu.people.directory import directory_of
from kesu.people.registers import REGISTERS, Noted
from kesu.people.registers.clock import CORRECTED, PROPOSED, open_proposal
from kesu.procedure.kinds.typed_times import moment
from kesu.reading.text import Text

from .register_acts import RegisterAct, as_written, note

log = logging.getLogger(__name__)
NO_CURE: Final = ("database",)  # doubts that no word of people ends: the two servers have to be set alike
WITH_YEAR: Final = re.compile(r"\s{0,9}\d{4} ?[-./年]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStanding:
    """How the clock stands for an organisation: what it says, the doubt there is, and up to when a wrong clock wrote, if one did.

    `newest` is the latest time that any entry bears; `proposal` waits for a second person; `corrections` are those that were made.
    """

    now: datetime
    doubt: Doubt | None
    written_ahead: datetime | None
    newest: datetime | None
    proposal: Noted | None
    corrections: tuple[Correction, ...]

    @property
    def is_wrong(self) -> bool:
        """Whether there is anything to correct."""
        return self.doubt is not None or self.written_ahead is not None


def clock_standing(organisation: str, now: datetime) -> ClockStanding:
    """As it is now. Reads every entry of the organisation, for the latest time that one bears."""
    newest = newest_instant(organisation)
    corrections = tuple(read_corrections(organisation))
    ahead = newest if newest is not None and newest - now > TOLERANCE else None
    if ahead is not None and corrections and _is_allowed_for(organisation, ahead):
        ahead = None
    entries = [as_noted(entry) for entry in entries_of(organisation, FILE)]
    return ClockStanding(
        now=now,
        doubt=clock_doubt(),
        written_ahead=ahead,
        newest=newest,
        proposal=open_proposal(entries),
        corrections=corrections,
    )


def _is_allowed_for(organisation: str, ahead: datetime) -> bool:
    """Whether a correction that was made speaks of this time already."""
    marks = read_marks(marks_path())
    line = marks.corrected.get(organisation) if marks else None
    return line is not None and ahead <= line.until


def propose_correction(
    *, organisation: str, person: str, reason: str, watch: datetime, now: datetime, key: str
) -> Done | Refused:
    """The administrator says that the clock is right now, what had happened, and what his watch shows.

    Refused to others, and where there is nothing to correct. Raises KeyTaken, Busy.
    """
    standing = clock_standing(organisation, now)
    wrong = _not_to_be_corrected(standing)
    if wrong is not None:
        return Refused(FILE, problems=(wrong,))
    facts = {"reason": reason, "watch": as_written(watch)}
    return _noted(organisation, person, PROPOSED, facts, now, key)


def confirm_correction(
    *, organisation: str, person: str, watch: datetime, now: datetime, key: str
) -> Done | Refused:
    """Another person says so too, with what his own watch shows: from the proposal on, times count again.

    Refused to who proposed it, and where nothing waits. Raises KeyTaken, Busy; what the sealer says is logged.
    """
    standing = clock_standing(organisation, now)
    wrong = _not_to_be_corrected(standing)
    if wrong is not None:
        return Refused(FILE, problems=(wrong,))
    last = newest_checkpoints(organisation)
    facts = {
        "entry": standing.proposal.number if standing.proposal else 0,
        "watch": as_written(watch),
        "until": as_written(max(standing.newest or now, *(one.time for one in last), now)),
        "checkpoint": last[0].number if last else 0,
    }
    answer = _noted(organisation, person, CORRECTED, facts, now, key)
    if isinstance(answer, Done):
        take_up_corrections(organisation)
        rely_on(machine_clock.reading())
        try:
            seal(organisation, now)
        except (
            Exception
        ):  # the correction is on record; what is in the sealer's way is the loop's next matter
            log.exception("%s: the clock was corrected, but nothing is sealed yet", organisation)
    return answer


def watch_time(text: str, *, zone: str, now: datetime) -> datetime | None:
    """What somebody's watch shows, written with its year: the server's clock may have the year wrong."""
    return moment(text, now=now, zone=zone) if WITH_YEAR.match(text) else None


def _not_to_be_corrected(state: ClockStanding) -> Text | None:
    if not state.is_wrong:
        return Text(
            zh="时钟没有可疑之处，不需要更正",
            en="nothing is wrong with the clock; there is nothing to correct",
        )
    if state.doubt is not None and state.doubt.what in NO_CURE:
        return Text(
            zh="服务器和数据库服务器的时钟不同，这不是确认能解决的：请把两台机器都接上同一个时间服务",
            en="the clocks of this server and of the database server differ, which no confirmation mends: have both kept by the"
            " same time service",
        )
    return None


def _noted(
    organisation: str, person: str, step: str, facts: Mapping[str, Any], now: datetime, key: str
) -> Done | Refused:
    register = REGISTERS["clock"]
    command = digest_of_plain({"file": FILE, "step": step, "facts": plain_data(facts)})
    for _ in range(ATTEMPTS):
        try:
            with correcting_the_clock(), writing(), transaction.atomic():
                earlier = answered(organisation, person, key)
                if earlier is not None:
                    if earlier.command != command:
                        raise KeyTaken("this key has answered another command; send it with a new key")
                    return Done(earlier.file, earlier.number, again=True)
                reader = Reader(PersonId(person), directory_of(organisation), now)
                if not reader.may(register.permission(step)):
                    return refused(
                        FILE, zh="更正时钟由管理员提出", en="a correction is proposed by the administrator"
                    )
                return note(
                    RegisterAct(FILE, step, facts),
                    register,
                    register.forms[step],
                    organisation=organisation,
                    person=person,
                    now=now,
                    key=key,
                    command=command,
                )
        except Conflict:
            continue
    raise Busy("others kept writing to this register; nothing was written, please try again")
