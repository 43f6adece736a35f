"""条款核对: what the rules say of this case so far, clause by clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kesu.caseload.asking.opened import CaseView
from kesu.forms.standing_of_a_person.refusal import reason_in_words
from kesu.procedure.history.verdict import Finding, Verdict
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.written.rule import Rule
from kesu.reading.text import Text
from kesu.review.judging import Bench, judge_case

STATES: Final = {
    "kept": Text("符合", "Kept"),
    "waived": Text("免办", "Waived"),
    "broken": Text("不符合", "Broken"),
    "ahead": Text("未到", "Not yet"),
    "none": Text("不适用", "Not applicable"),
    "cannot tell": Text("无法判断", "Cannot tell"),
}
SIGNS: Final = {"kept": "✓", "waived": "—", "broken": "✗", "ahead": "○", "cannot tell": "?"}
LOOKS: Final = {"kept": "kept", "broken": "missed", "cannot tell": "unsure"}  # classes of the style sheet
WORST: Final = ("broken", "cannot tell", "waived", "kept", "ahead", "none")


@dataclass(frozen=True, slots=True)
class Checked:
    """One rule of the procedure against this case. `why` is the reason of a breach or of a doubt."""

    rule: str
    clauses: tuple[str, ...]
    sentence: Text
    state: str
    state_said: Text
    why: Text
    manner: Text

    @property
    def sign(self) -> str:
        """The state as one sign."""
        return SIGNS.get(self.state, "—")

    @property
    def looks(self) -> str:
        """The class of its label in the style sheet."""
        return LOOKS.get(self.state, "")


MANNERS: Final = {
    "late": Text("逾期", "late"),
    "overridden": Text("特批放行", "let pass by two persons"),
}


def checklist(view: CaseView, *, now: datetime) -> list[Checked]:
    """Every rule that names a clause, in the order of the procedure."""
    case = view.case
    bench = Bench(procedure=view.procedure, calendar=case.calendar, as_of=now, in_full=True)
    findings: dict[str, list[Finding]] = {}
    for finding in judge_case(case.history.acts, bench=bench).findings:
        findings.setdefault(finding.rule, []).append(finding)
    return [
        _checked(rule, findings.get(rule.name, []), view) for rule in view.procedure.rules if rule.clauses
    ]


def numbers(checked: list[Checked]) -> list[tuple[str, Text, int]]:
    """How many rules stand how, in the order in which they are shown."""
    return [(name, title, sum(rule.state == name for rule in checked)) for name, title in STATES.items()]


def _checked(rule: Rule, findings: list[Finding], view: CaseView) -> Checked:
    state, finding = _state(rule, findings, view)
    tells = finding is not None and state in ("broken", "cannot tell")
    why = (
        reason_in_words(view.readable(finding), view.case, view.directory)
        if finding and tells
        else Text("", "")
    )
    return Checked(
        rule=rule.name,
        clauses=rule.clauses,
        sentence=Text(sentence(rule, view.procedure, "zh"), sentence(rule, view.procedure, "en")),
        state=state,
        state_said=STATES[state],
        why=why,
        manner=MANNERS.get(finding.manner, Text("", "")) if finding else Text("", ""),
    )


def _state_of(finding: Finding) -> str:
    """What was left out for a reason is kept as to its verdict, and shown apart from what was done."""
    match finding.verdict:
        case Verdict.KEPT:
            return "waived" if finding.manner == "reasoned" else "kept"
        case Verdict.BROKEN:
            return "broken"
        case Verdict.OPEN:
            return "ahead"
        case _:
            return "cannot tell"


def _state(rule: Rule, findings: list[Finding], view: CaseView) -> tuple[str, Finding | None]:
    by_state: dict[str, Finding] = {}
    for finding in findings:
        by_state[_state_of(finding)] = finding
    for name in WORST:
        if name in by_state:
            return name, by_state[name]
    over = view.case.ended or rule.when.holds(view.case.history, None) is False
    return ("none" if over else "ahead"), None
