"""What a file has used up: values that are used once in the whole organisation (semantics 4.2)."""

from __future__ import annotations

from kesu.procedure.history.act import Act
from kesu.procedure.kinds.alike import spellings
from kesu.procedure.shapes.abilities import UsedOnce
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.rule import Rule

from ..file.case_file import CaseFile

Use = tuple[str, str]  # the word, and what all spellings of the value have in common


def used(file: CaseFile) -> dict[Use, bool]:
    """Every value that standing acts of the file use; True where that keeps it from everybody else.

    It does not for what came in with history, which no rule refused, and for what two persons let pass.
    """
    found: dict[Use, bool] = {}
    for rule, shape in file.procedure.able(UsedOnce):
        for act in (act for step in shape.steps for act in file.history.all(step)):
            keeps = act.origin is None and not _let_pass(file, rule, act)
            for value in shape.uses(file.history, act):
                for key in spellings(value, loosely=file.history.reckoning.in_full):
                    found[shape.word, key] = found.get((shape.word, key), False) or keeps
    return found


def _let_pass(file: CaseFile, rule: Rule, act: Act) -> bool:
    """Whether two persons let the act pass this rule, or the correction that brought the value in."""
    corrections = file.history.all(STEP.CORRECTED)
    mending = [one for one in corrections if str(one.facts.get(FACT.ENTRY)) == str(act.number)]
    return any(rule.name in one.overridden for one in (act, *mending))


def would_use(file: CaseFile, act: Act) -> frozenset[Use]:
    """The values that this act, which is not applied yet, would use up."""
    return frozenset(
        (shape.word, key)
        for _, shape in file.procedure.able(UsedOnce)
        for value in shape.uses(file.history, act)
        for key in spellings(value, loosely=file.history.reckoning.in_full)
    )
