"""Which of the procedures in force somebody can begin at the desk."""

from __future__ import annotations

from kesu.forms.standing_of_a_person.beginning import begun_by_people
from kesu.procedure.words.names import STEP
from kesu.procedure.written.model import Procedure


def beginnable(procedures: list[Procedure]) -> list[Procedure]:
    """Those whose files somebody can begin at the desk."""
    return [procedure for procedure in procedures if begun_by_people(procedure)]


def arriving(procedures: list[Procedure]) -> list[Procedure]:
    """Those whose files begin with something that arrives from outside, so that anybody may register one."""
    return [procedure for procedure in procedures if STEP.RECEIVED in procedure.steps]
