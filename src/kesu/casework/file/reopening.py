"""A file that is opened again: what its procedure asks for anew no longer counts as taken (semantics 5.6)."""

from __future__ import annotations

from kesu.procedure.history.of_a_file import History
from kesu.procedure.shapes.abilities import StartsAnew
from kesu.procedure.written.model import Procedure


def renew_spent(procedure: Procedure, history: History) -> None:
    """After a reopening: the acts before it that have to be taken again count no longer."""
    for rule, shape in procedure.able(StartsAnew):
        if rule.when.holds(history, None) is not False:
            since = max((act.number for step in shape.steps for act in history.all(step)), default=0)
            history.spent |= {
                act.number for step in shape.anew for act in history.all(step) if act.number < since
            }
    history.suspended |= history.spent
