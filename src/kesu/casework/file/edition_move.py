"""A file that is moved to another edition: later judging is by that one, what was settled stays (semantics 4.9)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kesu.procedure.words.names import STEP

from ..duties.of_a_file import Duties, Duty

MOVING: Final = STEP.EDITION_MOVED
SETTLED: Final = ("met", "met late", "reasoned", "taken over", "void late")
AS_DONE: Final = {
    "met late": "met",
    "void late": "void",
}  # by an edition that did not hold then nothing was late


def moved_duties(before: Duties, anew: Duties, *, by: int) -> Duties:
    """The duties after entry `by` moved the file. `anew`: as if it had been judged by the other edition from the start.

    Settled duties stay. Running ones are counted by the other edition, or fall away with their rule. What only the other
    edition wants is wanted from now on; where it was done before, it counts as done and never as late.
    """
    made = Duties(anew.procedure)
    made.began = dict(anew.began)
    for key, duty in before.by_key.items():
        other = anew.by_key.get(key)
        if duty.state in SETTLED or (other is None and not duty.running):
            made.keep(key, duty)
        elif other is None:
            made.keep(key, replace(duty, state="void"))
        else:
            made.keep(key, _renewed(other, duty, by))
    for key, other in anew.by_key.items():
        if key not in before.by_key:
            made.keep(key, _renewed(other, None, by))
    return made


def _renewed(other: Duty, before: Duty | None, by: int) -> Duty:
    """A duty of the other edition; one that is not due when it was before is open again, whatever the clock has said."""
    if not other.running:
        return replace(other, state=AS_DONE.get(other.state, other.state))
    if before is not None and before.running and before.due == other.due:
        return replace(other, state=before.state, opened_by=before.opened_by)
    return replace(other, state="open", opened_by=by)
