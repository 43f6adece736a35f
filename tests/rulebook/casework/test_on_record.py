"""Complaints and what is done about them are tracked and recorded (A03-4.3.3.2, A06-11)."""

from __future__ import annotations

from kesu.casework.deciding.replay import replay
from kesu.casework.examples.trying import exemplified
from kesu.casework.file.case_file import CaseFile
from kesu.procedure.history.act import Act
from kesu.procedure.written.library import here
from kesu.worktime.china import china_calendar


def test_every_act_stays_on_record_with_its_measures_also_when_struck() -> None:
    procedure, examples = exemplified(here(), "lab-pd-007")
    told = examples.story("upheld")
    file = CaseFile(procedure, calendar=china_calendar())
    list(replay(file, told))
    strike = Act(
        number=file.number + 1,
        step="struck",
        at=told[-1].at,
        noted=told[-1].noted,
        by=told[-1].by,
        post=told[-1].post,
        facts={"entry": str(file.number), "reason": "entered in the wrong file"},
    )
    list(replay(file, [strike]))
    recorded = [act for act in file.history.acts if act.by is not None]
    given = [act for act in (*told, strike) if act.by is not None]
    assert [(act.step, act.at, act.by, act.facts) for act in recorded] == [
        (act.step, act.at, act.by, act.facts) for act in given
    ]
