"""Findings as one reader gets them: no figures of what is kept back from him, no names of files that he does not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kesu.procedure.history.verdict import Finding
from kesu.procedure.written.rule import Rule

from .gate import Gate

NOT_TOLD = "—"


def told_finding(finding: Finding, rule: Rule, *, gate: Gate, labels: Mapping[str, str]) -> Finding | None:
    """The finding with the numbers of the files that the reader sees; None where its reason would tell what is kept back.

    `labels`: file -> its number, for those that he sees. The verdict and the rule may be told in either case.
    """
    outcome = finding.outcome
    reckoned = outcome.amounts is not None or outcome.differences is not None
    values = frozenset({outcome.things.of}) if outcome.things is not None else frozenset()
    about = frozenset({*outcome.facts, *rule.shape.reads()}) if reckoned else values
    if not gate.kept_back.isdisjoint(about):
        return None
    if not outcome.files:
        return finding
    files = tuple(labels.get(file, NOT_TOLD) for file in outcome.files)
    return replace(finding, outcome=outcome._replace(files=files))
