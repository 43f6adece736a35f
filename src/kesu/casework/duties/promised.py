"""Times that are counted from a date on record: which act calls, for which thing, and which date stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kesu.procedure.history.act import Act
from kesu.procedure.history.of_a_file import History
from kesu.procedure.kinds.instant import instant_of
from kesu.procedure.shapes.timed import Timed
from kesu.procedure.words import per_thing
from kesu.procedure.written.rule import Rule
from kesu.worktime.calendar import Calendar
from kesu.worktime.due import in_time


def promises(rule: Rule, history: History, calendar: Calendar, thing: str) -> dict[int, datetime]:
    """The entries that call for a duty of the rule for one thing (or the file: ""), each with the date that stands for it.

    Whoever says a date calls once; a date that is said after it moves that one, and a later one only while the time had not
    run out. Once it was answered a date calls anew.
    """
    timed, found = rule.shape.timed, dict[int, datetime]()
    assert timed is not None
    caller = 0
    for act in history.all_standing():
        if caller and act.step in timed.answers and _concerns(rule, act, thing, history):
            caller = 0
        when = _said(rule, timed, act, thing, history, calendar)
        if when is None:
            continue
        if not caller:
            caller = act.number
            found[caller] = when
        elif when < found[caller] or _still_time(timed, found[caller], act, calendar):
            found[caller] = when
    return found


def dated(rule: Rule, history: History, calendar: Calendar) -> Iterator[tuple[Act, datetime]]:
    """The acts that call for a duty of the rule, for whatever thing, in order."""
    things = history.things(rule.each) if rule.each is not None else [""]
    calling: dict[int, datetime] = {}
    for thing in things:
        calling.update(promises(rule, history, calendar, thing))
    for number in sorted(calling):
        act = history.standing_act(number)
        if act is not None:
            yield act, calling[number]


def _still_time(timed: Timed, start: datetime, act: Act, calendar: Calendar) -> bool:
    due = timed.limit.due(calendar=calendar, start=start)
    return due is None or in_time(due=due, moment=act.at)


def _said(
    rule: Rule, timed: Timed, act: Act, thing: str, history: History, calendar: Calendar
) -> datetime | None:
    """The date that an act says of the thing, if it says one that counts."""
    value = act.facts.get(timed.fact or "")
    if value is None or timed.fact in history.unheard.get(act.step, ()):
        return None
    return instant_of(value, calendar.zone) if _names(rule, act, thing) else None


def _names(rule: Rule, act: Act, thing: str) -> bool:
    """A date is said of the thing that the act is about or brings itself; one without a thing is said of all of them."""
    each = rule.each or ""
    named = act.facts.get(per_thing(each), act.facts.get(each))
    return named is None or (thing in named if isinstance(named, list) else thing == named)


def _concerns(rule: Rule, act: Act, thing: str, history: History) -> bool:
    return rule.each is None or history.concerns(act, rule.each, thing)
