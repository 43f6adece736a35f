"""条款核对: how the rules stand in a case, in both columns and in words, as one reader gets them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kesu.caseload.asking.opened import CaseView
from kesu.procedure.saying.sentence import sentence
from kesu.reading.text import Text
from kesu.review.clause_panel import Column, Mark, Row, State, panel

from .refusal import reason_in_words

STATES: Final[Mapping[State, Text]] = {
    State.KEPT: Text("符合", "Kept"),
    State.WAIVED: Text("免办", "Waived"),
    State.BROKEN: Text("不符合", "Broken"),
    State.AHEAD: Text("未到", "Not yet"),
    State.NONE: Text("不适用", "Not applicable"),
    State.CANNOT_TELL: Text("无法判断", "Cannot tell"),
}
MARKS: Final[Mapping[Mark, Text]] = {
    Mark.LATE: Text("逾期", "late"),
    Mark.WAIVED: Text("有说明理由不办的", "left out with a reason"),
    Mark.NOT_KNOWN: Text("有答“不清楚”的", "with an answer “not known”"),
    Mark.UNCONFIRMED: Text("代记，本人未确认", "noted by another, not confirmed"),
    Mark.BACK_DATED: Text("补记", "noted later"),
    Mark.OVERRIDDEN: Text("特批放行", "let pass by two persons"),
}
WHOLE_STATE: Final = {State.WAIVED: Mark.WAIVED}  # the mark that a state says already
TELLS_WHY: Final = (State.BROKEN, State.CANNOT_TELL)


@dataclass(frozen=True, slots=True)
class Reading:
    """A rule in one column. `why` is the reason of a breach or of a doubt."""

    state: State
    title: Text
    marks: tuple[Text, ...]
    why: Text


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule of the procedure against this case: as recorded, and as now known."""

    rule: str
    clauses: tuple[str, ...]
    sentence: Text
    recorded: Reading
    today: Reading

    @property
    def worst(self) -> State:
        """The state under which it is listed: the graver of both, so that neither column hides the other."""
        return min(self.recorded.state, self.today.state, key=list(State).index)


@dataclass(frozen=True, slots=True)
class Numbered:
    """How many rules stand so, in each column, and how many are listed under it; `counted` among the five verdicts."""

    state: State
    title: Text
    recorded: int
    today: int
    listed: int

    @property
    def counted(self) -> bool:
        """Whether it is a verdict: what was left out with a reason is neither kept nor broken, and stands beside them."""
        return self.state is not State.WAIVED


def clauses_of(view: CaseView, *, now: datetime) -> list[Clause]:
    """Every rule that names a clause or sets a limit, in the order of the procedure."""
    return [
        _clause(row, view) for row in panel(view.case, as_of=now, readings=view.readings, number=view.number)
    ]


def numbers(clauses: list[Clause]) -> list[Numbered]:
    """How many rules stand how, in the order in which they are shown."""
    return [
        Numbered(
            state,
            title,
            recorded=sum(one.recorded.state is state for one in clauses),
            today=sum(one.today.state is state for one in clauses),
            listed=sum(one.worst is state for one in clauses),
        )
        for state, title in STATES.items()
    ]


def _clause(row: Row, view: CaseView) -> Clause:
    rule = row.rule
    return Clause(
        rule=rule.name,
        clauses=view.procedure.own_clauses(rule.clauses),
        sentence=Text(sentence(rule, view.procedure, "zh"), sentence(rule, view.procedure, "en")),
        recorded=_reading(row.recorded, view),
        today=_reading(row.today, view),
    )


def _reading(column: Column, view: CaseView) -> Reading:
    state, finding = column.state, column.finding
    why = Text("", "")
    if finding is not None and state in TELLS_WHY:
        why = reason_in_words(view.readable(finding), view.case, view.directory)
    marks = tuple(MARKS[mark] for mark in column.marks if mark is not WHOLE_STATE.get(state))
    return Reading(state, STATES[state], marks, why)
