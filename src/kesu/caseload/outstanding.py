"""What a file waits for next, whether a limit runs or not: a step that can be taken now on the way to its usual end.

Asked backwards: what does the end lack, what do those steps lack, and so on, until steps are reached that lack nothing
but what their own form asks. The answers are the rules' own (`judge`), so pages and rules cannot differ. Of several
the one on which the longest chain of steps waits is meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kesu.casework.decide import asked_facts
from kesu.casework.file import CaseFile
from kesu.casework.standing import posts_for
from kesu.procedure.history import MISSING, Act
from kesu.procedure.model import Procedure
from kesu.procedure.verdict import Finding

DEEPEST: Final = 40  # a chain of steps longer than this goes round in a circle
NOT_OURS: Final = frozenset(
    {"linked", "link ended", "link reopened", "item noted", "withdrawn"}
)  # recorded by the house, or the complainant's own word: nobody here can be asked for it


def outstanding(case: CaseFile) -> tuple[str, str] | None:
    """The step that can be taken now and on which the end waits longest, with the rule that wants it."""
    procedure = case.procedure
    if case.ended or not procedure.ends or not case.history.acts:
        return None
    needs: dict[
        str, list[tuple[str, str]] | None
    ] = {}  # step -> what it lacks first; None: it waits for something else
    depths: dict[str, int] = {}
    wanted_by: dict[str, str] = {}
    asked = [(procedure.ends[0], "", 0)]
    while asked:
        step, rule, depth = asked.pop()
        if depth <= depths.get(step, -1) or depth > DEEPEST:
            continue
        depths[step] = depth
        wanted_by.setdefault(step, rule or _rule_at(procedure, step))
        if step not in needs:
            needs[step] = _needs(case, step)
        asked += [(other, why, depth + 1) for other, why in needs[step] or ()]
    ready = [step for step in procedure.steps if needs.get(step) == []]
    first = max(ready, key=lambda step: depths[step], default=None)
    return None if first is None else (first, wanted_by[first])


def _needs(case: CaseFile, step: str) -> list[tuple[str, str]] | None:
    """The steps that have to come before this one, each with the rule that says so; None when something else bars it."""
    barring = case.barring(_tried(case, step))
    if not barring:
        return []
    own = asked_facts(case, case.procedure.steps[step])
    before = [(other, finding.rule) for finding in barring for other in _lacking(case, own, finding)]
    if not before and not all(_on_the_form(own, finding) for finding in barring):
        return None
    return before


def _tried(case: CaseFile, step: str) -> Act:
    """The step as somebody of the right post would take it, with an empty form."""
    last = case.history.acts[-1]
    joint = case.procedure.joint.get(step)
    posts = (joint.lacking(case.history.all(step)) if joint else None) or posts_for(case, step)
    post = posts[0] if posts else None
    return Act(number=last.number + 1, step=step, at=last.noted, noted=last.noted, post=post)


def _lacking(case: CaseFile, own: tuple[str, ...], finding: Finding) -> Iterator[str]:
    """The earlier steps that would settle a finding: those it names, or those whose form asks the fact it lacks."""
    procedure = case.procedure
    for word in finding.outcome.missing:
        if word in procedure.steps:
            if word not in NOT_OURS and not procedure.steps[word].clock:
                yield word
        elif word not in own and case.history.value(word) is MISSING:
            yield from (other for other in procedure.askers.get(word, ()) if not case.history.done(other))


def _on_the_form(own: tuple[str, ...], finding: Finding) -> bool:
    """Whether what a finding lacks is asked by the step's own form."""
    return bool(finding.outcome.missing) and all(word in own for word in finding.outcome.missing)


def _rule_at(procedure: Procedure, step: str) -> str:
    """Some rule that speaks of this very step, for a step that nothing else calls for."""
    asked = (rule for rule in procedure.asked.get(step, ()) if step in rule.shape.asked())
    return next((rule.name for rule in asked), "")
