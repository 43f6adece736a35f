"""What a procedure says of clauses beside its rules: a clause of which it says that a rule holds it needs that rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kesu.reading.text import Text

from .catalogue import PARTLY
from .fault import Fault
from .model import Procedure
from .rule import Rule

BY_RULES: Final = ("enforced", "timed", "recorded", "measured", "attested", PARTLY)


def held_by_nothing(procedure: Procedure) -> Iterator[Fault]:
    """Clauses under “clauses” that are said to be held as only rules (of what is partly held, or a test) can hold them."""
    cited = {clause for rule in procedure.rules for clause in rule.clauses}
    for name, note in procedure.clauses.items():
        if note.how in BY_RULES and name not in cited and not (note.how == PARTLY and note.test):
            yield Fault(
                note.origin or procedure.id,
                note.line,
                Text(
                    f"条款 {name} 标为“{note.how}”，却没有规则引用它",
                    f"the clause {name} is said to be “{note.how}”, and no rule cites it",
                ),
            )


def without_clause(procedure: Procedure) -> tuple[Rule, ...]:
    """The own rules of a procedure that cite no clause: what it asks for beside the paper, with its reading where it has one."""
    return tuple(
        rule
        for rule in procedure.rules
        if not rule.clauses and rule.origin == procedure.id and not rule.of_steps
    )
