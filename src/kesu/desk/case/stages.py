"""Where a case is: the chapters of its paper, else the usual parts, from arrival to end, as one strip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from kesu.caseload.asking.opened import CaseView
from kesu.names import StepName
from kesu.procedure.saying.described import PARTS
from kesu.procedure.written.chapters import chapters
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

ENDED: Final = Text("办结", "Ended")
DONE, HERE, AHEAD = "done", "here", "ahead"


@dataclass(frozen=True, slots=True)
class Stage:
    """One part. `state`: done, here or ahead."""

    title: Text
    state: str

    @property
    def sign(self) -> str:
        """The state as one sign."""
        return {DONE: "●", HERE: "◐"}.get(self.state, "○")


def length_said(length: timedelta) -> Text:
    """How much later something was noted than it happened: 晚 12 分钟登记."""
    minutes = int(length.total_seconds()) // 60
    days, hours = minutes // 1440, minutes // 60
    zh = f"{days} 天" if days else f"{hours} 小时" if hours else f"{minutes} 分钟"
    en = f"{days} d" if days else f"{hours} h" if hours else f"{minutes} min"
    return Text(f"晚 {zh}登记", f"noted {en} later")


def stages(view: CaseView) -> list[Stage]:
    """The chapters of the paper, else the usual parts, for which the procedure has steps; it is in the last in which anything was done.

    None where there is but one.
    """
    parts = [(one.title, one.steps) for one in chapters(view.procedure)] or _usual(view.procedure)
    if len(parts) < 2:
        return []
    begun = [place for place, (_, names) in enumerate(parts) if any(map(view.case.history.done, names))]
    now = len(parts) if view.case.ended else max(begun, default=0)
    titles = [*(title for title, _ in parts), ENDED]
    return [
        Stage(title, DONE if place < now or view.case.ended else HERE if place == now else AHEAD)
        for place, title in enumerate(titles)
    ]


def _usual(procedure: Procedure) -> list[tuple[Text, frozenset[StepName]]]:
    """The parts of every way of handling a complaint, where the paper has no chapters that are one."""
    steps = procedure.steps
    parts = [
        (title, frozenset(StepName(name) for name, step in steps.items() if step.word.described == part))
        for part, title in PARTS.items()
    ]
    return [(title, names) for title, names in parts if names]
