"""A procedure to be tried: the least ways through it, and how a foreign rule stands at the end of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kesu.names import RuleName, StepName
from kesu.procedure.history.act import Act, Value
from kesu.procedure.history.verdict import Verdict
from kesu.procedure.shapes.shape import END
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule
from kesu.ways.account import Standing, account, all_findings
from kesu.ways.people import everybody
from kesu.ways.search import Way, shortest
from kesu.ways.survey import START
from kesu.worktime.calendar import Calendar

FOREIGN: Final = RuleName(
    "§"
)  # the rule of the standard among those of the procedure; no rule of a file has such a name
AT_ANY: Final = ("*", "* own")

Branch = Mapping[str, Value]


@dataclass(frozen=True)
class Trial:
    """Ways are searched once for each goal and branch. Every rule that is tried holds a clause."""

    procedure: Procedure
    calendar: Calendar
    _ways: dict[tuple[StepName, tuple[tuple[str, str], ...]], Way] = field(default_factory=dict)

    def goals(self, rule: Rule) -> tuple[StepName, ...]:
        """The steps of the procedure at which the rule is asked: the ends for one of the end, or of every step."""
        found: dict[StepName, None] = {}
        for step in rule.shape.asked():
            ends = step == END or step in AT_ANY
            found.update(dict.fromkeys(map(StepName, self.procedure.ends if ends else (step,))))
        return tuple(goal for goal in found if goal in self.procedure.steps and goal not in rule.excepted)

    def way(self, goal: StepName, branch: Branch) -> Way:
        """The least that leads to a step in a branch."""
        key = goal, tuple(sorted((name, str(value)) for name, value in branch.items()))
        if key not in self._ways:
            self._ways[key] = shortest(
                self.procedure,
                goal,
                calendar=self.calendar,
                actors=everybody(self.procedure),
                start=START,
                branch=branch,
            )
        return self._ways[key]

    def judged(self, rule: Rule, way: Way) -> Standing:
        """How the rule stands once a way was gone."""
        return account(self._with(rule), way, calendar=self.calendar).rules[FOREIGN]

    def breaks(self, rule: Rule, acts: Sequence[Act]) -> frozenset[RuleName]:
        """The rules that these acts break, or leave in doubt, were they all taken; the foreign one is `FOREIGN`."""
        found = all_findings(self._with(rule), acts, calendar=self.calendar)
        return frozenset(one.rule for one in found if one.verdict in (Verdict.BROKEN, Verdict.CANNOT_TELL))

    def barring(self, names: Iterable[RuleName]) -> tuple[Rule, ...]:
        """Those of the named rules that bar, in the order of the procedure."""
        named = frozenset(names)
        return tuple(one for one in self.procedure.rules if one.name in named and one.bars)

    def _with(self, rule: Rule) -> Procedure:
        return replace(self.procedure, rules=(*self.procedure.rules, replace(rule, name=FOREIGN)))
