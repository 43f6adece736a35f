"""Why a step is refused in a case, as the person at the screen reads it."""

from __future__ import annotations

from collections.abc import Iterable

from kesu.caseload.asking.opened import CaseView
from kesu.forms.standing_of_a_person.refusal import Refusal, refusal
from kesu.names import StepName
from kesu.procedure.history.verdict import Finding

from ..who.here import Here


def reasons_of(findings: Iterable[Finding], *, step: StepName, view: CaseView, here: Here) -> list[Refusal]:
    """Each finding that bars the step, in their order; what he may not read is kept back."""
    return [
        refusal(
            finding,
            readable=view.readable(finding),
            step=step,
            takers=view.takers,
            directory=view.directory,
            person=here.person,
        )
        for finding in findings
    ]
