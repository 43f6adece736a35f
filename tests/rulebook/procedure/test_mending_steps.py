"""Which steps a shape says mend a breach, and for which a reason can stand: steps of the procedure and nothing else."""

from __future__ import annotations

from typing import Final

import pytest
from tests.rulebook.procedure.one_of_each import RULES
from tests.rulebook.small import written

MENDED_BY: Final = {
    "same content": [("consented",)],
    "waits": [("consented", "progress told")],
    "within": [("window extended",)],
}
WAIVABLE: Final = {"after", "must have", "within", "every", "in order", "after each", "confirm", "record"}


@pytest.mark.parametrize("sign", sorted(RULES))
def test_a_breach_is_mended_by_steps_of_the_procedure(sign: str) -> None:
    """A ladder has conditions under `unless` and no step there: its refusal names none."""
    procedures = [written(text) for text in RULES[sign]]
    told = [(one, one.by_name["the rule"].shape.mended_by()) for one in procedures]
    assert [steps for one, steps in told if not set(steps) <= one.steps.keys()] == []
    assert sorted({steps for _, steps in told if steps}) == MENDED_BY.get(sign, [])


@pytest.mark.parametrize("sign", sorted(RULES))
def test_a_reason_can_stand_for_steps_of_the_procedure(sign: str) -> None:
    procedures = [written(text) for text in RULES[sign]]
    told = [(one, one.by_name["the rule"].shape.waivable()) for one in procedures]
    assert [steps for one, steps in told if not set(steps) <= one.steps.keys()] == []
    assert any(steps for _, steps in told) is (sign in WAIVABLE)
