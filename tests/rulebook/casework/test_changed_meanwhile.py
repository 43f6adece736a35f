"""“Changed meanwhile” watches whatever a rule speaks of, in whichever shape it is written."""

from __future__ import annotations

import pytest
from tests.rulebook.small import act, filed, written

from kesu.casework.file.roles_in_file import touched
from kesu.procedure.history.act import Act


def meanwhile(rule: str, step: str, *acts: Act) -> list[str]:
    """The steps taken since entry 1 that whoever fills in the form of `step` is told of."""
    file = filed(written(rule), act("received"), *acts)
    return [one.step for one in touched(file, step, since=1)]


@pytest.mark.parametrize(
    "rule",
    ["at: found\nby: {not who did: investigated}", "keep apart: [{who did: investigated}]\nfrom: found"],
)
def test_one_prohibition_is_watched_alike_in_two_shapes(rule: str) -> None:
    assert meanwhile(rule, "found", act("investigated"), act("note", text="x")) == ["investigated"]


def test_facts_are_watched_wherever_they_come_from() -> None:
    rule = "keep apart: [named]\nfrom: found"
    assert meanwhile(rule, "found", act("named", persons=["bo"]), act("note", text="x")) == ["named"]
    assert meanwhile("at: found\nonly if: {grade: major}", "found", act("accepted", grade="major")) == [
        "accepted"
    ]


def test_whoever_a_fact_names_anew_does_not_change_what_another_step_hangs_on() -> None:
    rule = "keep apart: [named]\nfrom: found\nassigned as: [team]"
    assert meanwhile(rule, "found", act("team appointed", team=["bo"])) == []


def test_the_things_that_a_rule_goes_through_are_watched() -> None:
    rule = "for each: topic\nbefore: found\nmust have: investigated"
    assert meanwhile(rule, "found", act("registered", topic=["conduct"])) == ["registered"]
