"""What an entry does to what stands already: a correction, a lateness, a new calendar, another edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from kesu.names import RuleName
from kesu.procedure.history.act import Act
from kesu.procedure.history.of_a_file import History
from kesu.procedure.kinds.instant import instant_of
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.model import Procedure
from kesu.worktime.calendar import Calendar

from ..duties.calling import PERIOD
from ..duties.of_a_file import Duties
from .edition_move import MOVING, moved_duties
from .promoting import PROMOTED
from .taking_out import entry_of

LATE, RESCHEDULED = STEP.FELL_LATE, STEP.RESCHEDULED


def by_clock(act: Act) -> bool:
    """Whether time alone put it on record, so that it counts from its `at`: nobody noted it then."""
    if act.by is not None:
        return False
    return act.step in (LATE, PERIOD, RESCHEDULED) or (act.step == PROMOTED and FACT.ENTRY in act.facts)


class Evolving(Protocol):
    """What an effect may touch of a file."""

    calendar: Calendar
    history: History
    duties: Duties

    @property
    def calendars(self) -> Mapping[str, Calendar]: ...
    @property
    def editions(self) -> Mapping[str, Procedure]: ...
    def anew(self, procedure: Procedure) -> Any: ...
    def judge_by(self, procedure: Procedure) -> None: ...


def _correct(file: Evolving, act: Act) -> None:
    word, value = str(act.facts.get(FACT.WORD)), act.facts.get(FACT.VALUE)
    if word == "at":
        value = instant_of(value, file.calendar.zone)
    if word != "at" or value is not None:
        file.history.correct(entry=entry_of(act.facts.get(FACT.ENTRY)), word=word, value=value, by=act.number)


def _send_back(file: Evolving, act: Act) -> None:
    """The act no longer counts as taken: its step has to be taken anew before whoever decides on it can."""
    meant = file.history.standing_act(entry_of(act.facts.get(FACT.ENTRY)))
    if meant is not None and meant.by is not None:
        file.history.spent.add(meant.number)
        file.history.suspended.add(meant.number)


def _fall_late(file: Evolving, act: Act) -> None:
    key = (
        RuleName(str(act.facts.get(FACT.RULE))),
        entry_of(act.facts.get(FACT.ENTRY)),
        str(act.facts.get("thing", "")),
    )
    duty = file.duties.by_key.get(key)
    if duty is not None and duty.state == "open":
        duty.state = "late"


def _run_out(file: Evolving, act: Act) -> None:
    """What the clock promoted is said once; what a rule or a watch promoted names no entry."""
    duty = file.duties.by_key.get(
        (RuleName(str(act.facts.get(FACT.RULE))), entry_of(act.facts.get(FACT.ENTRY)), "")
    )
    if duty is not None and not duty.owed:
        duty.state = "ran out"


def _reschedule(file: Evolving, act: Act) -> None:
    calendar = file.calendars.get(str(act.facts.get("calendar")))
    if calendar is not None:
        file.calendar = file.history.calendar = calendar
        file.duties.rescheduled(calendar)


def _move(file: Evolving, act: Act) -> None:
    """History and duties as the other edition sees them, settled duties as they were."""
    procedure = file.editions.get(str(act.facts.get(FACT.EDITION_DIGEST)))
    if procedure is not None:
        anew = file.anew(procedure)
        duties = moved_duties(file.duties, anew.duties, by=act.number)
        file.judge_by(procedure)
        file.history, file.duties = anew.history, duties


EFFECTS: Final[Mapping[str, Callable[[Evolving, Act], None]]] = {
    STEP.CORRECTED: _correct,
    STEP.SENT_BACK: _send_back,
    LATE: _fall_late,
    PROMOTED: _run_out,
    RESCHEDULED: _reschedule,
    MOVING: _move,
}
