"""The published description of a procedure: how complaints are received, confirmed, investigated, decided and ended.

Made from the procedure alone: no case, no person. Anybody may read it (A03-4.3.3.1, A06-6).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kesu.procedure.saying.sentence import sentence
from kesu.procedure.shapes.attest import Attest
from kesu.procedure.shapes.measure import Measure
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule
from kesu.reading.text import Text

PARTS: Final[tuple[tuple[str, Text, frozenset[str]], ...]] = (
    (
        "receiving",
        Text("接收", "Receiving"),
        frozenset({"received", "registered", "acknowledged", "written form received", "window extended", "attested"}),
    ),
    (
        "confirming",
        Text("确认与受理", "Confirming"),
        frozenset({"handed to quality manager", "relevance decided", "graded", "instructed", "accepted", "not accepted"}),
    ),
    (
        "investigating",
        Text("调查", "Investigating"),
        frozenset(
            {"department informed", "analysed", "information collected", "evidence added", "evidence verified", "data checked"}
            | {"validity checked", "retest decided", "investigated", "facts confirmed", "record completed", "submitted"}
        ),
    ),
    (
        "deciding",
        Text("作出决定", "Deciding"),
        frozenset({"found", "handling proposed", "handling report made", "consented", "compensation agreed"}),
    ),
    (
        "telling",
        Text("告知与结束", "Telling and ending"),
        frozenset(
            {"result notified", "settled", "views recorded", "loss negotiated", "progress told", "end notice given"}
            | {"replied", "resolved", "closed", "withdrawn"}
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the description: the steps in their order, and what the procedure says of them."""

    name: str
    title: Text
    steps: list[Text]
    sentences: list[tuple[Text, tuple[str, ...]]]


def described(procedure: Procedure) -> list[Part]:
    """The parts that this procedure has steps for."""
    found = []
    for name, title, words in PARTS:
        steps = [step for step in procedure.steps.values() if step.name in words and not step.clock]
        if any(not step.free or step.name in ("received", "registered") for step in steps):
            titles = [
                step.title for step in steps if not step.free or step.name in ("received", "registered")
            ]
            found.append(Part(name, title, titles, _sentences(procedure, words)))
    return found


def _sentences(procedure: Procedure, words: frozenset[str]) -> list[tuple[Text, tuple[str, ...]]]:
    said = []
    for rule in procedure.rules:
        if rule.clauses and _first(rule) in words and not isinstance(rule.shape, Attest | Measure):
            text = Text(sentence(rule, procedure, "zh"), sentence(rule, procedure, "en"))
            said.append((text, rule.clauses))
    return said


def _first(rule: Rule) -> str:
    """The step that a rule is chiefly about: what it answers in time, else the first at which it is asked."""
    timed = rule.shape.timed
    if timed is not None and timed.answers:
        return timed.answers[0]
    steps = getattr(rule.shape, "steps", ())
    return str(steps[0]) if steps else next(iter(rule.shape.asked()), "")
