"""Rules of one procedure that count in the same watch have to mean the same files."""

from __future__ import annotations

from collections.abc import Sequence

from kesu.reading.strict import Block, Scalar, fault

from ..shapes.watch import Watch
from .rule import Rule


def watched_alike(rules: Sequence[Rule], own: Block) -> None:
    """Raises ReadError when two rules name one watch, but not the same step, facts, conditions and files left out."""
    first: dict[str, Rule] = {}
    for rule in rules:
        if not isinstance(rule.shape, Watch):
            continue
        known = first.setdefault(rule.shape.procedure, rule)
        if _counted(known) != _counted(rule):
            raise fault(
                Scalar(rule.name, own.file, rule.line),
                en=f"“{known.name}” and “{rule.name}” count in one watch, so “counts”, “by”, “leaves out” and “when” have to be the same",
                zh=f"“{known.name}”和“{rule.name}”计入同一个跟踪案卷，counts、by、leaves out 和 when 必须相同",
            )


def _counted(rule: Rule) -> tuple[object, ...]:
    shape = rule.shape
    assert isinstance(shape, Watch)
    return shape.counts, shape.by, set(shape.leaves_out), set(rule.when.conditions)
