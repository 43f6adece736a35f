"""Time limits side by side: the procedure's limit for the same answer, and whether it is at least as short."""

from __future__ import annotations

from kesu.procedure.shapes.timed import Timed
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule
from kesu.worktime.span import Span

from .point import Cover, Point


def of_limit(procedure: Procedure, rule: Rule, timed: Timed) -> Point:
    """A rule with a limit: covered by one for the same answer that is as short; partly by a longer one, or one not to be compared."""
    same = [
        (one, mine)
        for one in procedure.timed
        if (mine := one.shape.timed) is not None and _same_answer(mine, timed)
    ]
    shorter = tuple(one.name for one, mine in same if _as_short(mine, timed))
    if shorter:
        return Point(rule, Cover.COVERED, by=shorter)
    if same:
        return Point(rule, Cover.PARTLY, by=tuple(one.name for one, _ in same))
    return Point(rule, Cover.LACKING)


def _same_answer(mine: Timed, other: Timed) -> bool:
    if not other.answers or mine.owed != other.owed:
        return mine.on_paper == other.on_paper and bool(set(mine.calls) & set(other.calls))
    return bool(set(mine.answers) & set(other.answers)) and (mine.again or not other.again)


def _as_short(mine: Timed, other: Timed) -> bool:
    """Whether the one is never later than the other; a standard that leaves its limit open is met by any."""
    theirs, ours = other.limit.span, mine.limit.span
    if theirs is None:
        return True
    return isinstance(ours, Span) and ours.unit is theirs.unit and ours.amount <= theirs.amount
