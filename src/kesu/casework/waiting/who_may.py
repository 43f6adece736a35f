"""Who may take a step of a file as it stands, as far as the file itself tells: posts or persons, and who is left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kesu.procedure.shapes.by import By

from ..file.case_file import CaseFile
from ..file.roles_in_file import posts_for

Taker = tuple[str, str]  # a post, or a person
NOBODY: Final[tuple[Taker, ...]] = (("", ""),)  # no post and no person is named for it


def takers(case: CaseFile, steps: Sequence[str]) -> tuple[Taker, ...]:
    """The posts, or the persons, that may take these steps now."""
    posts: dict[str, None] = {}
    persons: set[str] = set()
    for step in steps:
        posts |= dict.fromkeys(_due_jointly(case, step) or posts_for(case, step))
        persons |= case.history.persons(_doers(case, step))
    if posts:
        return tuple((post, "") for post in posts)
    return tuple(("", person) for person in sorted(persons)) or NOBODY


def _due_jointly(case: CaseFile, step: str) -> list[str]:
    """The posts that a joint act still wants; where they act in order, the next of them."""
    joint = case.procedure.joint.get(step)
    lacking = joint.lacking(case.history.all(step)) if joint else []
    return lacking[:1] if joint is not None and joint.ordered else lacking


def _doers(case: CaseFile, step: str) -> tuple[str, ...]:
    """The steps whose takers alone may take this one, by the rules that apply."""
    return tuple(
        doer
        for rule in case.procedure.seats.get(step, ())
        if isinstance(rule.shape, By) and not rule.shape.apart and rule.when.holds(case.history, None) is True
        for doer in rule.shape.doers
    )


def left_out(case: CaseFile, steps: Sequence[str]) -> tuple[str, ...]:
    """The persons who may take none of these steps for what they did in the file, whatever post they hold.

    Whoever the matter is about is not among them: from those the whole file is hidden.
    """
    out = [_left_out_of(case, step) for step in steps]
    return tuple(sorted(set.intersection(*out))) if out else ()


def _left_out_of(case: CaseFile, step: str) -> set[str]:
    history, out = case.history, set()
    for rule, doers in case.procedure.bars_doers.get(step, ()):
        if rule.when.holds(history, None) is not False:
            out |= history.persons(doers)
    joint = case.procedure.joint.get(step)
    return out | joint.givers(history.all(step)) if joint else out
