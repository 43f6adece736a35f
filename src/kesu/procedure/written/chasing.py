"""Rules by which a lateness calls for something: the rule that they name has to be there, and to be one that can fall late."""

from __future__ import annotations

from collections.abc import Iterator

from kesu.reading.text import Text

from .fault import Fault
from .model import Procedure
from .rule import Rule


def late_of_nothing(procedure: Procedure) -> Iterator[Fault]:
    """Rules whose `once late` names none that anybody owes anything by, or themselves: they would never speak."""
    for rule in procedure.timed:
        name = rule.shape.timed.late_of if rule.shape.timed is not None else None
        if name is not None and (name == rule.name or not _falls_late(procedure.by_name.get(name))):
            yield _fault(rule, name)


def _falls_late(named: Rule | None) -> bool:
    timed = named.shape.timed if named is not None else None
    return timed is not None and timed.owed


def _fault(rule: Rule, name: str) -> Fault:
    return Fault(
        rule.origin,
        rule.line,
        Text(
            f"规则“{rule.name}”写了 once late: {name}，而没有另一条叫这个名字、会逾期的规则；请写上有期限的规则的名字",
            f"the rule “{rule.name}” says “once late: {name}”, and no other rule of this name can fall late; name one with a time limit",
        ),
    )
