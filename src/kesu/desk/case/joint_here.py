"""A step that several persons take together: whose part is given, and whose is lacking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kesu.caseload.asking.opened import CaseView
from kesu.names import StepName
from kesu.reading.text import Text

from ..said.timeline import TimelineEntry


@dataclass(frozen=True, slots=True)
class Parts:
    """The entries by which parts of the step were given, as this person gets them, and the posts whose part is lacking."""

    given: list[TimelineEntry]
    lacking: list[Text]


def parts_of(view: CaseView, step: StepName, lines: Sequence[TimelineEntry]) -> Parts | None:
    """The parts of a joint step that has begun and is not complete; None for any other. `lines`: the timeline as he gets it."""
    joint, acts = view.procedure.joint.get(step), view.case.history.all(step)
    if joint is None or not acts or joint.complete(acts):
        return None
    givers = joint.givers(acts)
    numbers = {act.number for act in acts if act.by in givers}
    return Parts(
        [line for line in lines if line.number in numbers],
        [view.procedure.title_of(post) for post in joint.lacking(acts)],
    )
