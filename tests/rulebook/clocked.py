"""A file in which the clock has looked before every act, as it does whenever somebody acts."""

from __future__ import annotations

from dataclasses import replace

from tests.rulebook.small import filed, when

from kesu.casework.deciding.decide import clock_acts
from kesu.casework.file.case_file import CaseFile
from kesu.procedure.history.act import Act
from kesu.procedure.written.model import Procedure


def clocked(procedure: Procedure, *acts: Act, until: str) -> CaseFile:
    """These acts one after the other, then time up to `until`."""
    file = filed(procedure)
    for one in acts:
        clock_acts(file, one.noted)
        file.apply(replace(one, number=file.number + 1))
    clock_acts(file, when(until))
    return file


def ticks(file: CaseFile) -> list[tuple[str, str, str]]:
    """What the clock put on record: the step, when it became true, and the period or the entry that it concerns."""
    return [
        (one.step, one.at.strftime("%m-%d %H:%M"), str(one.facts.get("period") or one.facts.get("entry")))
        for one in file.history.acts
        if one.by is None
    ]
