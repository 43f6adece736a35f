"""The published description of a procedure: how complaints are received, confirmed, investigated, decided and ended.

Made from the procedure alone: no case, no person. Anybody may read it (A03-4.3.3.1, A06-6).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kesu.names import StepName
from kesu.reading.text import Text

from .. import words
from ..words.parts import described as described_steps
from ..written.model import Procedure, Step
from .sentence import sentence

PARTS: Final[
    Mapping[str, Text]
] = {  # the parts by which the words sort their steps, in the order of the description
    "receiving": Text("接收", "Receiving"),
    "confirming": Text("确认与受理", "Confirming"),
    "investigating": Text("调查", "Investigating"),
    "deciding": Text("作出决定", "Deciding"),
    "telling": Text("告知与结束", "Telling and ending"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the description: the steps in their order, and what the procedure says of them."""

    name: str
    title: Text
    steps: list[Text]
    sentences: list[tuple[Text, tuple[str, ...]]]


def described(procedure: Procedure) -> list[Part]:
    """The parts that this procedure has steps for."""
    parts = []
    for name, title in PARTS.items():
        steps = described_steps(name)
        titles = [
            step.title
            for step in in_order_of_the_paper(procedure)
            if step.name in steps and is_a_step_of_the_way(step)
        ]
        if titles:
            parts.append(Part(name, title, titles, _sentences(procedure, steps)))
    return parts


def in_order_of_the_paper(procedure: Procedure) -> list[Step]:
    """The steps as the procedure's own file lists them, in the order of its paper; then those that lie beneath it."""
    own = {procedure.steps[name].origin for name in procedure.ends}
    return sorted(procedure.steps.values(), key=lambda step: (step.origin not in own, step.line))


def is_a_step_of_the_way(step: Step) -> bool:
    """Arrival and own work are told as steps; what every file knows is told by its rules alone."""
    return step.word.own_work or step.word.part is words.Part.ARRIVAL


def _sentences(procedure: Procedure, steps: frozenset[StepName]) -> list[tuple[Text, tuple[str, ...]]]:
    sentences = []
    for rule in sorted(procedure.rules, key=lambda rule: rule.origin != procedure.id):  # its own come first
        if rule.clauses and rule.shape.chief_step() in steps and rule.shape.published:
            text = Text(sentence(rule, procedure, "zh"), sentence(rule, procedure, "en"))
            sentences.append((text, rule.clauses))
    return sentences
