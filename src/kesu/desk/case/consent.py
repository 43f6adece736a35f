"""What whoever consents reads before he does: the matter, the amounts, the very words, and who may decide instead of him."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kesu.caseload.asking.opened import CaseView
from kesu.caseload.sight.disclosure import Disclosed
from kesu.forms.said.capitals import in_capitals
from kesu.forms.said.values import Said, fact_said
from kesu.names import StepName
from kesu.procedure import words
from kesu.procedure.history.act import MISSING
from kesu.procedure.kinds.money import MONEY
from kesu.procedure.kinds.number import summand
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.model import Step


@dataclass(frozen=True, slots=True)
class Consent:
    """What is consented to, in the order in which it is read.

    - `matter`: what was said when it came in. `amounts`: sums on record, each also in capitals where it is known.
    - `words`: what will be told, word for word; `draft`: whether it carries the mark of what may not be told yet.
    - `deputy`: who else may decide now; empty where nobody may. `passing_on`: the step by which it goes to him.
    """

    matter: list[Said]
    amounts: list[tuple[Said, str]]
    words: list[Said]
    draft: bool
    deputy: str
    deputy_name: str
    passing_on: StepName = STEP.PASSED_ON


def consent_to(view: CaseView, step: Step, behind: list[Disclosed]) -> Consent | None:
    """What this step consents to; None for one that settles nothing about what stands behind the gate."""
    if not step.word.decides or step.name not in view.gate.steps:
        return None
    said = [fact_said(fact, view.directory) for fact in behind]
    deputy = _deputy(view, step)
    return Consent(
        matter=[fact_said(fact, view.directory) for fact in view.as_they_stand([FACT.ACCOUNT])],
        amounts=_amounts(view),
        words=[replace(one, draft=False) for one in said],
        draft=any(one.draft for one in said),
        deputy=deputy,
        deputy_name=view.directory.name_of(deputy) if deputy else "",
    )


def _amounts(view: CaseView) -> list[tuple[Said, str]]:
    """The sums that somebody said, as they stand for this reader; what is added up from others is left out."""
    money = [name for name, word in words.facts().items() if word.kind is MONEY and word.derived is None]
    known = [name for name in money if view.case.history.value(name) is not MISSING]
    return [(fact_said(fact, view.directory), _capitals(fact)) for fact in view.as_they_stand(known)]


def _deputy(view: CaseView, step: Step) -> str:
    """The first who may take the step beside this reader; empty where nobody may."""
    others = (actor.person for actor in view.takers.of(step.name) if actor.person != view.reader.person)
    return next(others, "")


def _capitals(fact: Disclosed) -> str:
    """Of a sum that is known: it stands in an entry as it was typed."""
    amount = summand(fact.value)
    return in_capitals(amount) if amount is not None else ""
