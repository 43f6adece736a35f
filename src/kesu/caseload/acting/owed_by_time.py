"""What time owes a file: lateness and promotions that came true, periods that began, and the calendar that came in meanwhile, in the order of their instants."""

from __future__ import annotations

from datetime import datetime

from kesu.casework.deciding.clock import next_instant
from kesu.casework.deciding.decide import clock_acts
from kesu.casework.file.case_file import CaseFile
from kesu.people.directory import Directory
from kesu.procedure.history.act import Act
from kesu.procedure.words.names import FACT, STEP


def owed(case: CaseFile, *, directory: Directory, calendar: str, site: str, now: datetime) -> list[Act]:
    """The clock's acts up to `now`; applies them to `case`, which has to be the caller's own copy.

    `calendar` is the version by which the file counts so far. What fell due before a new version was noted fell due
    by the old one; from then on running duties are counted anew. A file that has ended is left alone, unless a limit
    still runs in it, such as that of the archiving which the end itself called for.
    """
    if case.ended and next_instant(case) is None:
        return []
    present = directory.calendar_at(site or None)
    if present is None or present.digest == calendar:
        return clock_acts(case, now)
    acts = clock_acts(case, min(present.noted, now))
    since = max(present.noted, case.history.acts[-1].at) if case.history.acts else present.noted
    facts = {"calendar": present.digest, FACT.FROM: f"{present.file}#{present.number}"}
    act = Act(number=case.number + 1, step=STEP.RESCHEDULED, at=min(since, now), noted=now, facts=facts)
    case.apply(act)
    return [*acts, act, *clock_acts(case, now)]
