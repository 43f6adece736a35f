"""One duty: what calls for it, by when it is due, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from kesu.names import RuleName
from kesu.worktime.due import Due, Pause
from kesu.worktime.until import Until, until

Key = tuple[RuleName, int, str]  # the rule, the entry that called for it, the thing
RUNNING: Final = ("open", "late")


@dataclass(slots=True)
class Duty:
    """What one rule wants after one entry, for one thing. Worked out from the acts of its file, after each of them.

    Only a running duty ever changes, and the ledger holds none (decision 0008): a correction, a strike or another edition
    makes other duties.

    - `rule`, `number`, `thing`: the rule, the entry that called for it, and the thing (empty without `for each`; of a
      period that wants it several times “1”, “2” …). Together its name, `key`, which never changes.
    - `start`: from when its time is counted (aware). `steps`: any of them answers it.
    - `owner`: the post that owes it; empty: whoever may take the step. `person`: the one who has to do it himself.
    - `due`, `aim`: when it runs out, and the earlier moment aimed at; None where none is set. `calendar`: the digest of
      the version by which both are counted.
    - `opened_by`: the entry that made it apply, which may be later than the one that called for it: late at birth then.
    - `state`: one of these, of which the first two are running.

      | state | since |
      | --- | --- |
      | open | it was called for; or a new calendar or edition gave it more time |
      | late | the clock noted *fell late*; it can still be answered |
      | met | an act answered it in time |
      | met late | an act answered it when its time was over |
      | reasoned | somebody said with a reason that it is not possible or not needed |
      | void | inside its limit its `when` ceased to hold, its `until` came, the complainant withdrew; or nothing calls for it any more |
      | taken over | inside its limit its file was joined to another |
      | void late | the same came when its time was over: it stays late, and nobody owes it any more (semantics 8.5) |
      | ran out | of a span that is not owed: the clock has put the fact on record |

    - `answered_by`, `answered_at`: the act that answered it, and that act's `at`; 0 and None before.
    - `pauses`: stretches that do not count; the last one may have no end yet.
    - `owed`: False for a span at which the clock alone looks.
    - `unseen`, `unseen_relief`: in a foreign log, the steps that it does not show and that would have answered the duty;
      or stopped it, or let it stand still. With any of these nobody can tell that it is late.
    """

    rule: RuleName
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
    unseen: tuple[str, ...] = ()
    unseen_relief: tuple[str, ...] = ()

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
        """When its time runs out; None when it does not run, or nobody could tell that it ran out."""
        runs = self.state == "open" and not self.paused and self.can_be_late
        return self.due.at if self.due is not None and runs else None

    @property
    def can_be_late(self) -> bool:
        """Whether everything that could keep it from being late would be on record."""
        return not (self.unseen or self.unseen_relief)

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
