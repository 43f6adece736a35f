"""An example of a rule that counts over many cases: this case among others like it, without an office."""

from __future__ import annotations

from collections.abc import Iterable

from kesu.procedure.history.act import Act
from kesu.procedure.history.of_a_file import History
from kesu.procedure.shapes.abilities import Counts
from kesu.procedure.written.rule import Rule

from ..file.case_file import CaseFile
from .watching import Tally, countings, due_alarms

THIS = "this case"


def alarmed(file: CaseFile, rule: Rule, others: Iterable[Act]) -> bool:
    """Whether this case lies in an alarm of the rule, were `others` the only acts of as many further cases."""
    shape = rule.able(Counts)
    mine = countings(file.history, file.procedure).get(shape.procedure) if shape is not None else None
    if shape is None or mine is None or mine.lacking:
        return False
    tally = Tally({THIS: mine.at})
    for place, act in enumerate(others):
        history = History(calendar=file.calendar)
        history.add(act)
        other = countings(history, file.procedure).get(shape.procedure)
        if other is not None and not other.lacking and other.key == mine.key:
            tally.cases[f"other {place}"] = other.at
    found = due_alarms(tally, ((rule, shape),), zone=file.calendar.zone_info)
    return any(THIS in alarm.files for alarm in found)
