"""How a state of the clause checklist looks: a sign, so that none of them tells by colour alone, and a class of `parts.css`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kesu.review.clause_panel import State

SIGNS: Final[Mapping[State, str]] = {
    State.KEPT: "✓",
    State.BROKEN: "✗",
    State.AHEAD: "○",
    State.CANNOT_TELL: "?",
}
LOOKS: Final[Mapping[State, str]] = {
    State.KEPT: "kept",
    State.BROKEN: "missed",
    State.CANNOT_TELL: "unsure",
}


def state_sign(state: State) -> str:
    """The sign before its word."""
    return SIGNS.get(state, "—")


def state_looks(state: State) -> str:
    """The class of its label."""
    return LOOKS.get(state, "")
