"""What has to be signed: an override, each part of what two persons take together, and what a rule wants a signature with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kesu.names import StepName
from kesu.procedure.history.act import Value
from kesu.procedure.history.of_a_file import History
from kesu.procedure.shapes.abilities import WantsFacts
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.model import Procedure

from ..file.taking_out import entry_of

OF_OVERRIDES: Final = frozenset({STEP.OVERRIDE_PROPOSED, STEP.OVERRIDE_AGREED})
OF_SIGNATURES: Final = (FACT.SIGNATURE, FACT.SIGNATURE_MEANING, FACT.SIGNED_VERSION)  # said by the house


def wants_signature(procedure: Procedure, step: StepName) -> bool:
    """Whether whoever takes the step in his own sign-in signs it."""
    wanting = (shape for rule, shape in procedure.able_at(step, WantsFacts) if rule.bars)
    return (
        step in OF_OVERRIDES
        or step in procedure.joint
        or any(FACT.SIGNATURE in shape.wanted() for shape in wanting)
    )


def signs(procedure: Procedure, history: History | None, step: StepName, facts: Mapping[str, Value]) -> bool:
    """The same of a command; who confirms in person what another noted for him signs it as if he had taken it."""
    if step != STEP.CONFIRMED_IN_PERSON or history is None:
        return wants_signature(procedure, step)
    number = entry_of(facts.get(FACT.ENTRY))
    return any(act.number == number and wants_signature(procedure, act.step) for act in history.acts)
