"""What is said of an act that somebody else noted and that whoever acted has not confirmed (semantics 5.7)."""

from __future__ import annotations

from dataclasses import replace

from kesu.procedure.history.verdict import Finding, General, Verdict, cannot_tell, lacking_steps
from kesu.procedure.words.names import STEP


def unconfirmed(finding: Finding) -> Finding:
    """Nobody can tell whether it is kept; what would be broken all the same stays so, and bars. The doubt itself bars nothing."""
    if finding.verdict is not Verdict.KEPT:
        return finding
    outcome = cannot_tell(General.UNCONFIRMED, lacks=lacking_steps(STEP.CONFIRMED_IN_PERSON))
    return replace(finding, verdict=Verdict.CANNOT_TELL, outcome=outcome)
