"""What time alone puts on record in a file: a duty fell late, a span was over, a period began (semantics 2.2).

One entry after the other, each from the file as it stands with those before it: what the clock records may call for
more. So it makes no difference whether it looked every minute or not for a month.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from kesu.names import StepName
from kesu.procedure.history.act import Act
from kesu.procedure.history.periods import Period
from kesu.procedure.shapes.abilities import Promotes
from kesu.procedure.words.names import FACT
from kesu.procedure.written.rule import Rule
from kesu.worktime.due import in_time

from ..duties.calling import PERIOD, begun_by, stands_still, timed_of
from ..duties.duty import Duty
from ..file.case_file import CaseFile
from ..file.effects import LATE
from ..file.promoting import PROMOTED

MOST_PERIODS: Final = 4_000  # of one rule in one file, more than ten years of days; then it calls for no more

Candidate = tuple[
    datetime, int, str, Act
]  # when it became true, in which order at one instant, of which rule


def next_of_clock(file: CaseFile, until: datetime) -> Act | None:
    """The next entry that the clock owes the file up to `until`; to be applied before the next one is asked for."""
    duty = file.duties.falling_due(until)
    found = [] if duty is None else [_late(file, duty, until)]
    if file.procedure.promoting or file.procedure.periodic:
        found += (*_promotions(file, until), *_periods(file, until))
    return min(found, key=lambda one: one[:3])[3] if found else None


def next_instant(file: CaseFile) -> datetime | None:
    """When time acts next in the file, whatever happens meanwhile; None when it never does."""
    limit = file.duties.next_limit()
    return min(
        [
            *([] if limit is None else [limit]),
            *(duty.due.at for _, duty in _to_promote(file) if duty.due is not None),
            *(
                began[0]
                for rule in file.procedure.periodic
                if (began := _next_period(file, rule)) is not None
            ),
        ],
        default=None,
    )


def next_change(file: CaseFile, after: datetime) -> datetime | None:
    """The first instant after `after` from which a rule will say something else of a step that people take.

    Nothing is put on record then; what can be taken is another. None when time alone changes nothing any more.
    """
    acts = file.history.acts
    changes = [
        rule.shape.changes_at(file.history, act)
        for step, rules in file.procedure.changing.items()
        if (known := file.procedure.steps.get(step)) is not None and known.word.by_people
        for act in (Act(number=acts[-1].number + 1 if acts else 1, step=known.name, at=after, noted=after),)
        for rule in rules
        if rule.when.holds(file.history, act) is not False
    ]
    return min((at for at in changes if at is not None), default=None)


# -- spans that ran out ----------------------------------------------------------------------------------------------


def _late(file: CaseFile, duty: Duty, until: datetime) -> Candidate:
    facts: dict[str, object] = {FACT.RULE: duty.rule, FACT.ENTRY: str(duty.number)}
    if duty.thing:
        facts["thing"] = duty.thing
    return _entry(file, LATE, 0, duty.rule, facts, at=_became_true(file, duty), until=until)


def _promotions(file: CaseFile, until: datetime) -> Iterator[Candidate]:
    for shape, duty in _to_promote(file):
        if duty.due is not None and not in_time(due=duty.due, moment=until):
            said = file.history.standing_act(file.history.changed(shape.fact))
            at = max(_became_true(file, duty), said.at if said else duty.start)
            facts: dict[str, object] = {
                shape.fact: shape.value,
                FACT.RULE: duty.rule,
                FACT.ENTRY: str(duty.number),
            }
            yield _entry(file, PROMOTED, 1, duty.rule, facts, at=at, until=until)


def _to_promote(file: CaseFile) -> Iterator[tuple[Promotes, Duty]]:
    """The spans that run, or are over, whose fact does not stand already."""
    for duty in file.duties.spans():
        shape = file.procedure.by_name[duty.rule].able(Promotes)
        if (
            shape is not None
            and duty.open_until is not None
            and file.history.value(shape.fact) != shape.value
        ):
            yield shape, duty


def _became_true(file: CaseFile, duty: Duty) -> datetime:
    """When its time was over; for a duty that was late at birth, when it was born."""
    assert duty.due is not None
    opener = file.history.standing_act(duty.opened_by)
    return max(duty.due.at, duty.start, opener.at if opener else duty.start)


def _entry(
    file: CaseFile,
    step: StepName,
    order: int,
    rule: str,
    facts: dict[str, object],
    *,
    at: datetime,
    until: datetime,
) -> Candidate:
    act = Act(number=file.number + 1, step=step, at=min(at, until), noted=until, facts=facts)
    return act.at, order, rule, act


# -- periods ---------------------------------------------------------------------------------------------------------


def _periods(file: CaseFile, until: datetime) -> Iterator[Candidate]:
    for rule in file.procedure.periodic:
        found = _next_period(file, rule)
        if found is not None and found[0] <= until:
            at, first = found
            yield _entry(file, PERIOD, 2, rule.name, _said(rule, first), at=at, until=until)


def _next_period(file: CaseFile, rule: Rule) -> tuple[datetime, date] | None:
    """The next period of the rule that the file has not noted: when it begins, and its first day."""
    timed, history = timed_of(rule), file.history
    begun = begun_by(timed, history)
    if begun is None or stands_still(timed, begun, history, file.procedure):
        return None
    if rule.when.holds(history, None) is not True:
        return None  # a period calls for something only where the rule applies as it begins
    before, count = file.duties.began.get(rule.name, (None, 0))
    if count >= MOST_PERIODS:
        return None
    period, zone = _recurring(rule), file.calendar.zone_info
    told = (
        begun.at
        if file.last_by_people is None or file.last_by_people.number <= begun.number
        else file.last_by_people.noted
    )
    since = told if file.ticked is None else max(told, file.ticked)
    day = since.astimezone(zone).date()
    last = None if before is None else before.at.astimezone(zone).date()
    if period.running_counts and (last is None or last.year < day.year):
        return since, day
    first = period.after(max(told.astimezone(zone).date(), last or date.min))
    if _midnight(first, zone) < since:
        first = period.first_of(day)
        # not “<=”: at the very instant at which it begins the clock may have made another entry already
        if _midnight(first, zone) < since:
            first = period.after(day)
    return _midnight(first, zone), first


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _recurring(rule: Rule) -> Period:
    period = timed_of(rule).period
    assert period is not None, "only rules with a period are periodic"
    return period


def _said(rule: Rule, first: date) -> dict[str, object]:
    period = _recurring(rule)
    last = period.last_of(first)
    return {
        FACT.RULE: rule.name,
        FACT.PERIOD: period.label(first),
        FACT.FROM: first.isoformat(),
        FACT.TO: last.isoformat(),
    }
