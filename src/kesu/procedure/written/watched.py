"""Rules of one procedure that count in the same watch have to mean the same files."""

from __future__ import annotations

from collections.abc import Sequence

from kesu.reading.strict import Block, Scalar, fault

from ..shapes.abilities import Counts
from .rule import Rule


def watched_alike(rules: Sequence[Rule], own: Block) -> None:
    """Raises ReadError when two rules name one watch, but not the same step, facts, conditions and files left out."""
    first: dict[str, tuple[Rule, Counts]] = {}
    for rule in rules:
        shape = rule.able(Counts)
        if shape is None:
            continue
        known, its = first.setdefault(shape.procedure, (rule, shape))
        if _counted(known, its) != _counted(rule, shape):
            raise fault(
                Scalar(rule.name, own.file, rule.line),
                en=f"“{known.name}” and “{rule.name}” count in one watch, so “counts”, “by”, “leaves out” and “when” have to be the same",
                zh=f"“{known.name}”和“{rule.name}”计入同一个跟踪案卷，counts、by、leaves out 和 when 必须相同",
            )


def _counted(rule: Rule, shape: Counts) -> tuple[object, ...]:
    return shape.counts, shape.by, set(shape.leaves_out), set(rule.when.conditions)
