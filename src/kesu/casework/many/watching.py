"""Counting over many cases, as pure functions (semantics 3.11): where a case counts, what a watch's file says is counted,
and which alarms are due. Caseload does what these say, under the lock of the watch's key.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kesu.names import RuleName
from kesu.procedure.history.act import Act, Missing
from kesu.procedure.history.of_a_file import History
from kesu.procedure.kinds.alike import alike, matched
from kesu.procedure.shapes.abilities import Counts
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import ENDING_ALWAYS
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule

from ..duties.joining import earliest

COUNTED, WITHDRAWN, RAISED, WIDENED = (
    STEP.COUNTED,
    STEP.COUNT_WITHDRAWN,
    STEP.ALARM_RAISED,
    STEP.ALARM_WIDENED,
)
CountingRule = tuple[Rule, Counts]
CASE, FILES, ALARM, WATCHED = FACT.COUNTED_CASE, FACT.FILES, FACT.ALARM, "watched"


def normalised(text: str) -> str:
    """A product or batch as it is compared: composed, half width, one case, without outer or doubled spaces.

    Characters that nobody sees (a zero-width space out of a chat window) are left away.
    """
    return alike("".join(one for one in text if unicodedata.category(one) != "Cf"))


# -- one case --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counting:
    """Where one case counts: in the watch of this procedure, under these values (as they were written), from `at`.

    While a value is not known (None) the case counts nowhere.
    """

    watch: str
    procedure: str
    by: tuple[str, ...]
    values: tuple[str | None, ...]
    at: datetime
    loosely: bool = True  # spellings of one name count together; in editions of Kesu 0.1 only width, case and spaces do not

    @property
    def lacking(self) -> tuple[str, ...]:
        """The facts without which nobody knows where it counts."""
        return tuple(word for word, value in zip(self.by, self.values, strict=True) if value is None)

    @property
    def key(self) -> tuple[str, ...]:
        """What files that count together have in common; only where nothing is lacking."""
        fold = matched if self.loosely else normalised
        return (self.watch, self.procedure, *self.by, *(fold(value or "") for value in self.values))

    @property
    def place(self) -> tuple[tuple[str, ...], datetime]:
        """Key and time, by which countings are told apart."""
        return self.key, self.at


def countings(history: History, procedure: Procedure, *, of_a_log: bool = False) -> Mapping[str, Counting]:
    """Where a case counts as it stands, by the procedure of the watch; nothing for a watch that leaves it out.

    Imported acts count nowhere, since a watch begins with the first day with Kesu; in the review of a log they do.
    """
    found: dict[str, Counting] = {}
    for rule, shape in procedure.able(Counts):
        act = next(iter(history.all(shape.counts)), None)
        if shape.procedure in found or act is None or (act.origin is not None and not of_a_log):
            continue
        if _left_out(shape, history) or rule.when.holds(history, None) is not True:
            continue
        at = earliest(act.at, history) if act.step == STEP.RECEIVED else act.at
        values = tuple(_value(history, word) for word in shape.by)
        loosely = procedure.reckoning.in_full
        found[shape.procedure] = Counting(shape.procedure, procedure.id, shape.by, values, at, loosely)
    return found


def _left_out(shape: Counts, history: History) -> bool:
    """Joined, voided, or a step that the rule leaves out; a reopening brings the case back."""
    again = max((act.number for act in history.all(STEP.REOPENED)), default=0)
    return any(
        act.number > again for step in (*shape.leaves_out, *ENDING_ALWAYS) for act in history.all(step)
    )


def _value(history: History, word: str) -> str | None:
    value = history.value(word)
    if isinstance(value, Missing) or value is None or isinstance(value, list):
        return None
    return str(value) if normalised(str(value)) else None


# -- the file of a watch ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    """What the entries of a watch's file say: the cases that count, from when, and the files of each rule's alarms."""

    cases: dict[str, datetime] = field(default_factory=dict)
    alarmed: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, acts: Iterable[Act]) -> Tally:
        """From the first entry on."""
        made = cls()
        for act in acts:
            made.take(act)
        return made

    def take(self, act: Act) -> None:
        """One more entry."""
        case = str(act.facts.get(CASE, ""))
        if act.step == COUNTED:
            self.cases[case] = act.at
        elif act.step == WITHDRAWN:
            self.cases.pop(case, None)
        elif act.step in (RAISED, WIDENED):
            self.alarmed.setdefault(str(act.facts.get(ALARM)), set()).update(act.facts.get(FILES) or ())


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm that is due: `counted` is the most in any window, `files` are new to it. `wider`: it was raised before."""

    rule: RuleName
    counted: int
    files: tuple[str, ...]
    first: date
    last: date
    wider: bool


def due_alarms(tally: Tally, rules: Iterable[CountingRule], *, zone: ZoneInfo) -> list[Alarm]:
    """What each rule's limit calls for as things stand, in the order of rules and of days; none twice.

    Windows that reach the limit and share cases are one run; a run gives one alarm, which later cases widen.
    """
    days = sorted((at.astimezone(zone).date(), case) for case, at in tally.cases.items())
    found = []
    for rule, shape in rules:
        known = tally.alarmed.get(rule.name, set())
        for run, most in _runs(days, shape.days, shape.least):
            cases = {case for _, case in run}
            if cases - known:
                new, wider = tuple(sorted(cases - known)), bool(cases & known)
                found.append(Alarm(rule.name, most, new, run[0][0], run[-1][0], wider))
    return found


def _runs(
    days: Sequence[tuple[date, str]], length: int, least: int
) -> list[tuple[Sequence[tuple[date, str]], int]]:
    """The stretches of days in which every case lies in a window of `length` days with `least` cases, with the most in one."""
    runs: list[tuple[int, int, int]] = []  # first place, place after the last, most
    end = 0
    for start, (day, _) in enumerate(days):
        end = max(end, start)
        while end < len(days) and days[end][0] - day < timedelta(days=length):
            end += 1
        if end - start < least:
            continue
        if runs and start < runs[-1][1]:
            runs[-1] = (runs[-1][0], end, max(runs[-1][2], end - start))
        else:
            runs.append((start, end, end - start))
    return [(days[first:after], most) for first, after, most in runs]
