"""Clauses that an end is reached without though their row says that something is refused, or comes before: each a fault.

Or the paper has it so: then `ways.yaml` beside the procedure says for which end, which clauses and why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from kesu.procedure.shapes.abilities import WantsFacts
from kesu.procedure.written.catalogue import Clause
from kesu.procedure.written.fault import Fault
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule
from kesu.reading.text import Text

from .stated import FILE, Passed
from .survey import KeptWay

MUST: Final = "M"  # of the modalities of a clause
HOW: Final = "enforced"  # of a rule that holds one


def faults_of_ways(
    procedure: Procedure, ways: Iterable[KeptWay], clauses: Iterable[Clause], passed: Collection[Passed]
) -> Iterator[Fault]:
    """Each clause that a way passes over and that nothing excuses, and each excuse that nothing needs. A way to an end that no
    longer is there is no way.
    """
    barring = {clause.id: clause for clause in clauses if clause.bars and clause.modality.startswith(MUST)}
    excused = {(str(one.end), str(clause)): clause for one in passed for clause in one.clauses}
    needed, told = set[tuple[str, str]](), set[tuple[str, str]]()
    for way in ways:
        for clause in _passed_over(procedure, way, barring):
            needed.add((str(way.goal), clause))
            if (str(way.goal), clause) not in excused and (way.goal, clause) not in told:
                told.add((way.goal, clause))
                yield _fault(procedure, way, barring[clause])
    for (end, name), clause in excused.items():
        if (end, name) not in needed:
            yield Fault(
                clause.file,
                clause.line,
                Text(
                    f"到“{end}”并没有越过条款 {name}，这一条理由不再需要",
                    f"no way to “{end}” leaves the clause {name} out; its reading is not needed",
                ),
            )


def _passed_over(procedure: Procedure, way: KeptWay, barring: Collection[str]) -> list[str]:
    """The clauses that bar something, that a rule always enforces, and that were not done on the way."""
    held = {
        clause
        for rule in procedure.rules
        if rule.origin == procedure.id and _always_bars(rule)
        for clause in rule.clauses
    }
    undone = dict.fromkeys(clause for _, clauses in way.undone for clause in clauses)
    return [clause for clause in undone if clause in barring and clause in held]


def _always_bars(rule: Rule) -> bool:
    """Whether a rule bars in every case, for what was done or not: not for who somebody is or what a form lacks."""
    about_form = rule.shape.about_persons or rule.able(WantsFacts) is not None
    return rule.how == HOW and rule.bars and not rule.when.conditions and not about_form


def _fault(procedure: Procedure, way: KeptWay, clause: Clause) -> Fault:
    title = procedure.steps[way.goal].title
    return Fault(
        procedure.id,
        0,
        Text(
            f"不经条款 {clause.id}（{clause.text}）就能到“{title.zh}”，而这一条写的是不得越过；"
            f"把口子堵上，或在 {FILE} 里写明为什么",
            f"“{title.en}” can be reached without the clause {clause.id} ({clause.text}), whose row lets nothing pass before "
            f"or without it; shut that, or say in {FILE} why it is so",
        ),
    )
