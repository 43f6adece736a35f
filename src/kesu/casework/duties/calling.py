"""What calls for a duty, what makes it pointless, and which act answers it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kesu.names import StepName
from kesu.procedure.history.act import MISSING, Act
from kesu.procedure.history.of_a_file import History
from kesu.procedure.kinds.instant import instant_of
from kesu.procedure.shapes.timed import Timed
from kesu.procedure.words import per_thing
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import ARRIVAL, ENDING_ALWAYS
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule
from kesu.worktime.calendar import Calendar

from .duty import Duty, Key
from .joining import earliest
from .promised import dated, promises

PERIOD = STEP.PERIOD_BEGAN


def timed_of(rule: Rule) -> Timed:
    """What a rule that calls for duties says of them."""
    assert rule.shape.timed is not None
    return rule.shape.timed


def callers(rule: Rule, history: History, calendar: Calendar) -> Iterator[tuple[Act, datetime]]:
    """The standing acts that call for a duty of the rule, each with the instant from which its time is counted."""
    timed = timed_of(rule)
    if timed.period is not None:
        yield from ((act, act.at) for act in history.all(PERIOD) if act.facts.get(FACT.RULE) == rule.name)
    elif timed.on_paper:
        yield from ((act, act.at) for act in history.noted_by_others() if act.step not in timed.answers)
    elif timed.fact is not None and history.reckoning.in_full:
        yield from dated(rule, history, calendar)
    elif timed.fact is not None:
        yield from _by_date(timed.fact, history, calendar)
    else:
        for act in _by_steps(rule, history):
            yield act, _start(act, history)


def counted_from(
    rule: Rule, caller: Act, thing: str, start: datetime, history: History, calendar: Calendar
) -> datetime | None:
    """From when the time counts that an act calls for, for one thing; None where another act calls for that one.

    `start` is what holds where no thing has a date of its own.
    """
    if timed_of(rule).fact is None or not history.reckoning.in_full:
        return start
    return promises(rule, history, calendar, thing).get(caller.number)


def _by_date(word: str, history: History, calendar: Calendar) -> Iterator[tuple[Act, datetime]]:
    value = history.value(word)
    start = None if value is MISSING or value is None else instant_of(value, calendar.zone)
    for act in history.all_standing():
        if start is not None and act.facts.get(word) is not None:
            yield act, start


def _by_steps(rule: Rule, history: History) -> Iterator[Act]:
    timed = timed_of(rule)
    for step in timed.calls:
        acts = history.all(step)
        if timed.late_of is not None:
            acts = [act for act in acts if act.facts.get(FACT.RULE) == timed.late_of]
        if history.reckoning.in_full and step in ARRIVAL:
            acts = acts[
                :1
            ]  # what is registered anew came once: it calls for nothing that was called for before
        yield from acts[-1:] if step in history.joint else _first_time(rule, step, acts, history)
    if timed.again:
        first = min((act.number for step in timed.calls for act in history.all(step)), default=None)
        yield from () if first is None else _rounds(rule, history, first)


def _first_time(rule: Rule, step: StepName, acts: list[Act], history: History) -> list[Act]:
    """Of the acts of a step those that call: what is done over again calls for nothing unless its rule says so (`anew`).

    What was sent back, or is done after a reopening, is done for the first time once more.
    """
    timed = timed_of(rule)
    if len(acts) < 2 or timed.anew or rule.each is not None or not history.reckoning.once_calls(step):
        return acts
    reopened, begun, calling = history.all(STEP.REOPENED), set[int](), []
    for act in acts:
        turn = sum(again.number < act.number for again in reopened)
        if act.number in history.spent or turn not in begun:
            calling.append(act)
        if act.number not in history.spent:
            begun.add(turn)
    return calling


def _rounds(rule: Rule, history: History, first: int) -> Iterator[Act]:
    """What carries a periodic duty on: each time it was done, or waived with a reason, and a reopening."""
    for step in (*timed_of(rule).answers, STEP.NOT_POSSIBLE, STEP.REOPENED):
        for act in history.all(step):
            if act.number > first and (step != STEP.NOT_POSSIBLE or reasons(rule, act, history)):
                yield act


def _start(caller: Act, history: History) -> datetime:
    """The caller's own time, for a receipt the earliest of all files that joined; after a reopening, from there (semantics 5.6)."""
    reopened = history.last(STEP.REOPENED)
    if reopened is not None and reopened.number > caller.number:
        return reopened.at
    return earliest(caller.at, history) if caller.step == STEP.RECEIVED else caller.at


def things_called_for(rule: Rule, caller: Act, history: History) -> list[str]:
    """The things for which an act calls for a duty: those that it names, else all there are; or so many times."""
    if rule.each is None:
        period = timed_of(rule).period
        times = 1 if period is None else period.times
        return [""] if times == 1 else [str(time) for time in range(1, times + 1)]
    named = caller.facts.get(per_thing(rule.each))
    return [
        thing
        for thing in history.things(rule.each)
        if named is None or (thing in named if isinstance(named, list) else thing == named)
    ]


def new_duty(rule: Rule, caller: Act, key: Key, start: datetime, act: Act, calendar: Calendar) -> Duty:
    """The duty that the caller calls for, as it opens with the act that made it apply."""
    timed = timed_of(rule)
    limit = timed.limit_at(start=start, calendar=calendar)
    return Duty(
        rule=rule.name,
        number=key[1],
        thing=key[2],
        start=start,
        steps=timed.answers,
        owner=timed.owner or (caller.post or "" if timed.on_paper else ""),
        person=caller.by or "" if timed.on_paper else "",
        calendar=calendar.digest,
        due=limit.due(calendar=calendar, start=start),
        aim=limit.aimed(calendar=calendar, start=start),
        opened_by=act.number,
        owed=timed.owed,
    )


def over(rule: Rule, caller: Act, history: History, procedure: Procedure) -> bool:
    """Whether something later has made the duty pointless: its `until`, the end, a withdrawal, a joining."""
    timed, since = timed_of(rule), caller.number
    if timed.period is not None or not timed.owed:
        return _stopped(rule, caller, history, procedure)
    if any(_later(history, step, since) for step in (*timed.until, *ENDING_ALWAYS)):
        return True
    if timed.again:
        since = _began(timed, history, caller)
        if any(_later(history, step, since) for step in (*timed.until, *procedure.ends)):
            return True
    elif caller.step in procedure.ends and _later(history, STEP.REOPENED, since):
        return True
    return _told_to_complainant(timed, procedure) and _withdrawn(history, since)


def _stopped(rule: Rule, caller: Act, history: History, procedure: Procedure) -> bool:
    """What the clock alone carries on stops with its `until` and with the file, and goes on when the file is reopened.

    What ran out before that stays stopped.
    """
    timed, since = timed_of(rule), caller.number
    if all(acts[0].number > since for step in timed.calls if (acts := history.all(step))):
        return True  # what began it was struck
    begun = begun_by(timed, history)
    if begun is not None and begun.number > since and _still_runs(timed, caller, begun, history):
        since = begun.number
    return any(_later(history, step, since) for step in (*timed.until, *procedure.ends, *ENDING_ALWAYS))


def _still_runs(timed: Timed, caller: Act, begun: Act, history: History) -> bool:
    if timed.period is None:
        return True  # it is counted anew from there
    assert history.calendar is not None, "duties are kept by a file, which has a calendar"
    due = timed.limit_at(start=caller.at, calendar=history.calendar).due(
        calendar=history.calendar, start=caller.at
    )
    return due is not None and due.at > begun.at


def begun_by(timed: Timed, history: History) -> Act | None:
    """The act by which the rule last began to speak: one of its own, or a reopening after one of these."""
    own = [acts[-1] for step in timed.calls if (acts := history.all(step))]
    again = history.last(STEP.REOPENED) if own else None
    return max((*own, *((again,) if again else ())), key=lambda act: act.number, default=None)


def stands_still(timed: Timed, begun: Act, history: History, procedure: Procedure) -> bool:
    """Whether something after its beginning has stopped it: its `until`, the end, a joining."""
    return any(
        _later(history, step, begun.number) for step in (*timed.until, *procedure.ends, *ENDING_ALWAYS)
    )


def _later(history: History, step: str, since: int) -> bool:
    acts = history.all(step)
    return bool(acts) and acts[-1].number > since


def _began(timed: Timed, history: History, caller: Act) -> int:
    """The last act that began the round to which this one belongs; an answer only carries it on."""
    begins = [act.number for step in (*timed.calls, STEP.REOPENED) for act in history.all(step)]
    return max((number for number in begins if number <= caller.number), default=caller.number)


def _told_to_complainant(timed: Timed, procedure: Procedure) -> bool:
    steps = [procedure.steps.get(step) for step in timed.answers]
    return bool(steps) and all(step is not None and step.audience == "complainant" for step in steps)


def _withdrawn(history: History, since: int) -> bool:
    """The complainant's word voids what is owed to him, until the file is reopened."""
    word, again = history.last(STEP.WITHDRAWN), history.last(STEP.REOPENED)
    return word is not None and word.number > since and (again is None or again.number < word.number)


def answers(rule: Rule, act: Act, history: History) -> bool:
    """Whether an act answers a duty of the rule, or discharges it with a reason."""
    timed = timed_of(rule)
    if (fulfilled := rule.shape.fulfilled(history)) is not None:
        return fulfilled
    if act.step in timed.answers:
        return act.step not in history.joint or history.done(act.step)
    return reasons(rule, act, history)


def reasons(rule: Rule, act: Act, history: History) -> bool:
    """Whether an act discharges a duty of the rule as not possible or not needed, by whom and for what the rule allows."""
    if act.step != STEP.NOT_POSSIBLE or rule.waiver is None:
        return False
    names = (*timed_of(rule).answers, rule.name)
    return act.facts.get(FACT.INSTEAD_OF) in names and rule.waiver.frees(history, act)


def answered_by_hand(rule: Rule, act: Act) -> str | None:
    """The entry whose duty an act says it answers, if it names one."""
    named = act.facts.get(FACT.ENTRY if timed_of(rule).on_paper else FACT.ANSWERS_ENTRY)
    return None if named is None else str(named)
