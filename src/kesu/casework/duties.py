"""Duties with their whole life: called for, due, answered, late, reasoned, void, paused, recomputed (semantics 2.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from kesu.procedure.history import MISSING, Act, History
from kesu.procedure.model import Procedure, Rule
from kesu.procedure.shapes.timed import Timed
from kesu.procedure.shapes.within import moment
from kesu.procedure.verdict import Finding, Outcome, Verdict
from kesu.worktime.calendar import Calendar
from kesu.worktime.due import Due, Pause, delay, in_time

RUNNING = ("open", "late")


@dataclass(slots=True)
class Duty:
    """What one rule wants after one entry, for one thing. States: open, met, late, met late, reasoned, void."""

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

    @property
    def key(self) -> tuple[str, int, str]:
        """One duty for each rule, entry and thing."""
        return (self.rule, self.number, self.thing)

    @property
    def running(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in RUNNING

    @property
    def paused(self) -> bool:
        """Whether its clock stands still now."""
        return bool(self.pauses) and self.pauses[-1].end is None


class Duties:
    """All duties of one file. `renewed` is called after every entry; `falling_due` tells the clock what ran out."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.by_key: dict[tuple[str, int, str], Duty] = {}
        self._rules_of = _index(procedure)
        self._by_words = frozenset(word for rule in procedure.timed for word in rule.when.words)

    def __iter__(self) -> Iterator[Duty]:
        return iter(self.by_key.values())

    def copy(self) -> Duties:
        """An independent copy, for trying an act."""
        made = Duties.__new__(Duties)
        made.procedure, made._rules_of, made._by_words = self.procedure, self._rules_of, self._by_words
        made.by_key = {key: replace(duty) for key, duty in self.by_key.items()}
        return made

    def renewed(self, history: History, act: Act, calendar: Calendar) -> list[Finding]:
        """Opens, answers, voids and pauses what this entry touches; gives the findings on what it settled."""
        found: list[Finding] = []
        for rule in self._touched(act):
            found.extend(self._answered(rule, history, act, calendar))
            self._pause(rule, act, calendar)
            self._called(rule, history, act, calendar)
        return found

    def _touched(self, act: Act) -> tuple[Rule, ...]:
        if act.step in ("corrected", "struck", "not possible", "promoted") or not self._by_words.isdisjoint(
            act.facts
        ):
            return self.procedure.timed
        return self._rules_of.get(act.step, ())

    # -- calling -----------------------------------------------------------------------------------------------------

    def _called(self, rule: Rule, history: History, act: Act, calendar: Calendar) -> None:
        timed = rule.shape.timed
        assert timed is not None
        wanted: set[tuple[str, int, str]] = set()
        for caller, start in _callers(timed, history, calendar):
            for thing in history.things(rule.each) if rule.each else [""]:
                key = (rule.name, caller.number, thing)
                if rule.when.holds(history, None, thing or None) is not True or _over(timed, history, caller):
                    continue
                wanted.add(key)
                if key not in self.by_key or (
                    self.by_key[key].state == "void" and not _over(timed, history, caller)
                ):
                    self.by_key[key] = _opened(rule, timed, key, start, act, calendar)
        for key, duty in self.by_key.items():
            if duty.rule == rule.name and key not in wanted and duty.running:
                duty.state = "void"

    # -- answering ---------------------------------------------------------------------------------------------------

    def _answered(self, rule: Rule, history: History, act: Act, calendar: Calendar) -> Iterator[Finding]:
        timed = rule.shape.timed
        assert timed is not None
        reasoned = act.step == "not possible" and act.facts.get("instead of") in (*timed.answers, rule.name)
        if act.step not in timed.answers and not (reasoned and rule.force == "reason"):
            return
        if act.step in history.joint and not history.done(act.step):
            return
        duty = self._oldest(rule, act, history)
        if duty is None:
            return
        duty.answered_by, duty.answered_at = act.number, act.at
        if reasoned:
            duty.state = "reasoned"
            yield finding(rule, duty, Verdict.KEPT, at=act.at, manner="reasoned")
            return
        late = duty.due is not None and not in_time(due=duty.due, moment=act.at)
        duty.state = "met late" if late else "met"
        yield finding(
            rule,
            duty,
            Verdict.BROKEN if late else Verdict.KEPT,
            at=act.at,
            manner="late" if late else "",
            calendar=calendar,
        )

    def _oldest(self, rule: Rule, act: Act, history: History) -> Duty | None:
        named = act.facts.get("answers entry")
        for duty in self.by_key.values():
            if duty.rule != rule.name or not duty.running or duty.number >= act.number:
                continue
            if duty.thing and rule.each and not history.concerns(act, rule.each, duty.thing):
                continue
            if named is not None and str(duty.number) != str(named):
                continue
            return duty
        return None

    # -- clocks ------------------------------------------------------------------------------------------------------

    def _pause(self, rule: Rule, act: Act, calendar: Calendar) -> None:
        timed = rule.shape.timed
        assert timed is not None
        for duty in self.by_key.values():
            if duty.rule != rule.name or not duty.running or duty.number >= act.number:
                continue
            if act.step in timed.pause_from and not duty.paused:
                duty.pauses = (
                    *duty.pauses,
                    Pause(start=act.at, end=None, reason=str(act.facts.get("reason") or act.step)),
                )
            elif act.step in timed.pause_to and duty.paused:
                duty.pauses = (*duty.pauses[:-1], replace(duty.pauses[-1], end=act.at))
                duty.due = timed.limit.due(calendar=calendar, start=duty.start, pauses=duty.pauses)
                duty.aim = timed.limit.aimed(calendar=calendar, start=duty.start, pauses=duty.pauses)

    def falling_due(self, until: datetime) -> list[Duty]:
        """Open duties whose time has run out by `until`, the earliest first."""
        ran_out = [
            duty
            for duty in self.by_key.values()
            if duty.state == "open"
            and duty.due is not None
            and not duty.paused
            and not in_time(due=duty.due, moment=until)
        ]
        return sorted(ran_out, key=lambda duty: (duty.due.at if duty.due else duty.start, duty.key))

    def rescheduled(self, calendar: Calendar) -> None:
        """Counts the running duties anew with another calendar; what is met, reasoned or void stays as it is."""
        for duty in self.by_key.values():
            if duty.running:
                timed = self.procedure.by_name[duty.rule].shape.timed
                assert timed is not None
                duty.due = timed.limit.due(calendar=calendar, start=duty.start, pauses=duty.pauses)
                duty.aim = timed.limit.aimed(calendar=calendar, start=duty.start, pauses=duty.pauses)
                duty.calendar = calendar.digest
                duty.state = "open"


def finding(
    rule: Rule,
    duty: Duty,
    verdict: Verdict,
    *,
    at: datetime,
    manner: str = "",
    calendar: Calendar | None = None,
) -> Finding:
    """The finding on a duty: in time, late with its delay, or still open."""
    slots: dict[str, object] = {"steps": ("steps", duty.steps), "due": ("due", duty.due)}
    why = {"": "in time", "late": "late", "reasoned": "reasoned"}[manner]
    if verdict is Verdict.OPEN:
        why = "open"
    elif verdict is Verdict.BROKEN and calendar is not None and duty.due is not None:
        slots["delay"] = ("delay", delay(calendar=calendar, due=duty.due, moment=at))
    return Finding(
        rule=rule.name,
        clauses=rule.clauses,
        verdict=verdict,
        number=duty.number,
        at=at,
        outcome=Outcome(verdict, why, slots, duty.steps if duty.running else ()),
        manner=manner,
        thing=duty.thing,
    )


def _index(procedure: Procedure) -> dict[str, tuple[Rule, ...]]:
    table: dict[str, list[Rule]] = {}
    for rule in procedure.timed:
        timed = rule.shape.timed
        assert timed is not None
        steps = {*timed.calls, *timed.answers, *timed.until, *timed.pause_from, *timed.pause_to}
        if timed.fact is not None:
            steps |= set(procedure.steps)
        for step in steps:
            table.setdefault(step, []).append(rule)
    return {step: tuple(rules) for step, rules in table.items()}


def _callers(timed: Timed, history: History, calendar: Calendar) -> Iterator[tuple[Act, datetime]]:
    if timed.fact is not None:
        for act in history.acts:
            if act.number not in history.struck and act.facts.get(timed.fact) is not None:
                start = (
                    moment(history.value(timed.fact), calendar.zone)
                    if history.value(timed.fact) is not MISSING
                    else None
                )
                if start is not None:
                    yield act, start
        return
    for step in (*timed.calls, *timed.answers) if timed.again else timed.calls:
        for act in history.all(step):
            if act.step not in history.joint or act is history.all(step)[-1]:
                yield act, act.at


def _over(timed: Timed, history: History, caller: Act) -> bool:
    """Whether a later step has made the duty pointless."""
    return any(act.number > caller.number for step in timed.until for act in history.all(step))


def _opened(
    rule: Rule, timed: Timed, key: tuple[str, int, str], start: datetime, act: Act, calendar: Calendar
) -> Duty:
    return Duty(
        rule=rule.name,
        number=key[1],
        thing=key[2],
        start=start,
        steps=timed.answers,
        owner=timed.owner or "",
        calendar=calendar.digest,
        due=timed.limit.due(calendar=calendar, start=start),
        aim=timed.limit.aimed(calendar=calendar, start=start),
        opened_by=act.number,
    )
