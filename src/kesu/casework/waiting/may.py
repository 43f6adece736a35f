"""Whether one person may take a step, as the rules about persons and posts alone say."""

from __future__ import annotations

from datetime import datetime

from kesu.names import StepName
from kesu.procedure.history.verdict import Verdict
from kesu.procedure.written.prepared import ABOUT_PERSONS

from ..deciding.command import Command
from ..deciding.decide import Actor
from ..file.case_file import CaseFile


def may(case: CaseFile, step: str, actor: Actor, now: datetime) -> bool:
    """Whether no rule about persons and posts bars this actor from the step; what else is missing does not matter."""
    command = Command(
        step=StepName(step), by=actor.person, post=actor.post, behalf=actor.behalf, units=actor.units
    )
    for finding in case.judge(command.act(number=case.number + 1, now=now)):
        shape = case.procedure.by_name[finding.rule].shape
        if shape.sign in ABOUT_PERSONS and finding.bars and finding.verdict is Verdict.BROKEN:
            return False  # where a rule cannot tell, that says nothing against this actor
    return True
