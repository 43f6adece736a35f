"""One duty: what calls for it, by when it is due, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from kesu.worktime.due import Due, Pause
from kesu.worktime.until import Until, until

Key = tuple[str, int, str]  # the rule, the entry that called for it, the thing
RUNNING: Final = ("open", "late")


@dataclass(slots=True)
class Duty:
    """What one rule wants after one entry, for one thing. States: open, met, late, met late, reasoned, void, taken over.

    `person` is set where one certain person has to do it; `due` is None where no limit is set. What is not `owed` by
    anybody is a span that the clock alone looks at; when it is over its state is “ran out”.
    """

    rule: str
    number: int
    thing: str
    start: datetime
    steps: tuple[str, ...]
    owner: str
    calendar: str
    due: Due | None
    aim: Due | None
    opened_by: int
    state: str = "open"
    answered_by: int = 0
    answered_at: datetime | None = None
    pauses: tuple[Pause, ...] = field(default=())
    person: str = ""
    owed: bool = True

    @property
    def key(self) -> Key:
        """One duty for each rule, entry and thing."""
        return (self.rule, self.number, self.thing)

    @property
    def running(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in RUNNING

    @property
    def open_until(self) -> datetime | None:
        """When its time runs out; None when it does not run."""
        return self.due.at if self.due is not None and self.state == "open" and not self.paused else None

    @property
    def until(self) -> Until | None:
        """The end of its limit, None where none is set; it may still change only while the duty runs."""
        if self.due is None:
            return None
        provisional = self.running and self.due.provisional
        return until(
            self.due.at, zone=self.due.calendar.zone_info, provisional=provisional, late=self.state == "late"
        )

    @property
    def paused(self) -> bool:
        """Whether its clock stands still now."""
        return bool(self.pauses) and self.pauses[-1].end is None
