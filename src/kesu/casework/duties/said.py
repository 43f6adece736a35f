"""What is said of a duty: in time, late with its delay, still open; or that nobody can tell."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from kesu.procedure.history.act import Act
from kesu.procedure.history.of_a_file import History
from kesu.procedure.history.verdict import Finding, General, Outcome, Reason, Times, Verdict, lacking_steps
from kesu.procedure.shapes.timed import OfDuty
from kesu.procedure.written.rule import Rule
from kesu.worktime.calendar import Calendar
from kesu.worktime.due import delay, in_time

from .duty import Duty

WHY: Final = {
    "": OfDuty.IN_TIME,
    "late": OfDuty.LATE,
    "reasoned": OfDuty.REASONED,
}  # by the manner of a verdict


def finding(
    rule: Rule,
    duty: Duty,
    verdict: Verdict,
    *,
    at: datetime,
    manner: str = "",
    calendar: Calendar | None = None,
    why: Reason | None = None,
) -> Finding:
    """The finding on a duty; `why` where it is another reason than that of its verdict and manner."""
    late_by = None
    if verdict is Verdict.BROKEN and calendar is not None and duty.due is not None:
        late_by = delay(calendar=calendar, due=duty.due, moment=at)
    still_open = verdict in (Verdict.OPEN, Verdict.CANNOT_TELL)
    return Finding(
        rule=rule.name,
        clauses=rule.clauses,
        verdict=verdict,
        number=duty.number,
        at=at,
        outcome=Outcome(
            verdict,
            why or (OfDuty.OPEN if still_open else WHY[manner]),
            lacks=lacking_steps(*duty.steps) if duty.running else (),
            steps=duty.steps,
            times=Times(duty.due, delay=late_by),
        ),
        manner=manner,
        thing=duty.thing,
    )


def late(rule: Rule, duty: Duty, *, at: datetime, calendar: Calendar, why: Reason = OfDuty.LATE) -> Finding:
    """Broken, with the delay up to `at`; where a log would not show what could have kept it, nobody can tell."""
    if duty.can_be_late:
        return finding(rule, duty, Verdict.BROKEN, at=at, manner="late", calendar=calendar, why=why)
    return _unclear(rule, duty, (*duty.unseen, *duty.unseen_relief), at, General.NOT_SHOWN)


def running(
    rule: Rule, duty: Duty, *, as_of: datetime, calendar: Calendar, answered_backward: bool = False
) -> Finding:
    """How a duty that nobody has met stands at a moment: open inside its limit, broken past it, or nobody can tell.

    `answered_backward`: the row of a log that called for it has the answer too, but at an earlier time.
    """
    if answered_backward:
        return _unclear(rule, duty, (), as_of, General.BACKWARD)
    if duty.due is not None and not duty.paused and not in_time(due=duty.due, moment=as_of):
        return late(rule, duty, at=as_of, calendar=calendar)
    if duty.unseen:
        return _unclear(rule, duty, duty.unseen, as_of, General.NOT_SHOWN)
    return finding(rule, duty, Verdict.CANNOT_TELL if duty.person else Verdict.OPEN, at=as_of)


def _unclear(rule: Rule, duty: Duty, lacks: tuple[str, ...], at: datetime, why: Reason) -> Finding:
    return Finding(
        rule=rule.name,
        clauses=rule.clauses,
        verdict=Verdict.CANNOT_TELL,
        number=duty.number,
        at=at,
        outcome=Outcome(
            Verdict.CANNOT_TELL,
            why,
            lacks=lacking_steps(*dict.fromkeys(lacks)),
            steps=duty.steps,
            times=Times(duty.due),
        ),
        thing=duty.thing,
    )


def answered_backward(duty: Duty, history: History) -> bool:
    """Whether the row of a log that called for the duty has an answer to it, at an earlier time."""
    caller = history.standing_act(duty.number)
    if caller is None or caller.origin is None:
        return False
    return any(
        act.origin == caller.origin and act.at < duty.start
        for step in duty.steps
        for act in history.all(step)
    )


def bars_end(rule: Rule, duty: Duty, act: Act) -> bool:
    """Whether a running duty has to be met before the act ends its file.

    Not where its rule says that it may outlive the end or only shows, where the end answers it or ends it by its own `until`,
    and of what is owed again and again only where it is late: the next round falls away with the end.
    """
    timed = rule.shape.timed
    if timed is None or rule.outlives_end or rule.force == "show":
        return False
    if act.step in (*duty.steps, *timed.until):
        return False
    again = timed.again or timed.period is not None
    return not again or (duty.due is not None and not in_time(due=duty.due, moment=act.at))


def still_owed(rule: Rule, duty: Duty, act: Act) -> Finding:
    """The finding on the act that would end the file; where a log would not show what answers the duty, nobody can tell."""
    verdict = Verdict.CANNOT_TELL if duty.unseen else Verdict.BROKEN
    return Finding(
        rule=rule.name,
        clauses=rule.clauses,
        verdict=verdict,
        number=act.number,
        at=act.at,
        outcome=Outcome(
            verdict,
            General.STILL_OWED,
            lacks=lacking_steps(*duty.steps),
            steps=duty.steps,
            times=Times(duty.due),
        ),
        bars=True,
        thing=duty.thing,
    )
