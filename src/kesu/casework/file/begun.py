"""The history of a file in which nothing has happened yet, as its procedure has it."""

from __future__ import annotations

from kesu.procedure.history.act import Shown
from kesu.procedure.history.of_a_file import History
from kesu.procedure.words.parts import ENDING_UNDONE
from kesu.procedure.written.gate import end_is_one_gate
from kesu.procedure.written.model import Procedure
from kesu.worktime.calendar import Calendar


def history_of(procedure: Procedure, *, calendar: Calendar, shown: Shown) -> History:
    """What counts in it, what waits, and how it is reckoned."""
    return History(
        calendar=calendar,
        shown=shown,
        joint=procedure.joint,
        resorts=procedure.resorts,
        unheard=procedure.unheard,
        hearing=procedure.hearing,
        hearsay=procedure.hearsay,
        reckoning=procedure.reckoning,
        written_in=procedure.words,
        undone=ENDING_UNDONE if end_is_one_gate(procedure.language) else frozenset(),
    )
