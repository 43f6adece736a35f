"""What of the paper was done on a way, and what was not: clause by clause, judged as a finished case is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kesu.procedure.history.act import Act
from kesu.procedure.history.verdict import Finding, Verdict
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule
from kesu.review.judging import Bench, judge_case
from kesu.worktime.calendar import Calendar

from .search import Way


class Standing(StrEnum):
    """How a rule stands at the end of a way."""

    DONE = "done"
    WAIVED = "waived"
    NOT_TOLD = "cannot tell"
    BROKEN = "broken"
    NEVER_ASKED = "never asked"


@dataclass(frozen=True, slots=True)
class Account:
    """The rules with a clause by how they stand; each clause stands as the best of its rules, and is named once."""

    rules: Mapping[str, Standing]
    clauses: Mapping[str, Standing]

    def clauses_that_are(self, so: Standing) -> list[str]:
        """The clauses that stand so, in the order of the procedure."""
        return [clause for clause, how in self.clauses.items() if how is so]


ORDER = tuple(Standing)  # from the best to the worst


def account(procedure: Procedure, way: Way, *, calendar: Calendar) -> Account:
    """How each rule that cites a clause stands once the way was gone."""
    findings: dict[str, list[Finding]] = {}
    for finding in all_findings(procedure, way.acts, calendar=calendar):
        findings.setdefault(finding.rule, []).append(finding)
    cited = [rule for rule in procedure.rules if rule.clauses]
    rules: dict[str, Standing] = {rule.name: _standing(findings.get(rule.name, ())) for rule in cited}
    return Account(rules, _by_clause(cited, rules))


def all_findings(procedure: Procedure, acts: Sequence[Act], *, calendar: Calendar) -> list[Finding]:
    """What every rule says of these acts, the last of which is over when the case is."""
    as_of = acts[-1].at
    bench = Bench(procedure=procedure, calendar=calendar, as_of=as_of, in_full=True, complete=True)
    return judge_case(acts, bench=bench).findings


def _standing(findings: Iterable[Finding]) -> Standing:
    told = {_of(finding) for finding in findings if finding.verdict is not Verdict.OPEN}
    return max(told, key=ORDER.index) if told else Standing.NEVER_ASKED


def _of(finding: Finding) -> Standing:
    match finding.verdict:
        case Verdict.KEPT:
            return Standing.WAIVED if finding.manner == "reasoned" else Standing.DONE
        case Verdict.BROKEN:
            return Standing.BROKEN
        case _:
            return Standing.NOT_TOLD


def _by_clause(cited: Iterable[Rule], rules: Mapping[str, Standing]) -> dict[str, Standing]:
    """A clause that one rule held and another broke is broken; one that only some of its rules were asked about was asked."""
    told: dict[str, list[Standing]] = {}
    for rule in cited:
        for clause in rule.clauses:
            told.setdefault(clause, []).append(rules[rule.name])
    return {clause: _worst(standings) for clause, standings in told.items()}


def _worst(standings: list[Standing]) -> Standing:
    asked = [standing for standing in standings if standing is not Standing.NEVER_ASKED]
    return max(asked, key=ORDER.index) if asked else Standing.NEVER_ASKED
