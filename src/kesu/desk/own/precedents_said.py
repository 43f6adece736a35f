"""What ended cases of the same kind got, in words, for the form of a step at which a rule shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kesu.caseload.asking.opened import CaseView
from kesu.caseload.asking.precedents import EndedAlike, Got, ended_alike
from kesu.procedure import words
from kesu.procedure.shapes.abilities import ShowsPrecedents
from kesu.reading.text import Text

from ..said.rows_said import CaseLine, case_lines
from ..who.here import Here


@dataclass(frozen=True, slots=True)
class AlikeSaid:
    """What makes them alike, how many there are, what they got and how often, and the newest with what each got."""

    alike: Text
    cases: int
    got: tuple[tuple[Text, int], ...]
    newest: tuple[tuple[CaseLine, Text], ...]


def precedents_said(view: CaseView, here: Here, step: str) -> list[AlikeSaid]:
    """One for each rule that shows some at this step, once it is known what the case is alike in."""
    shapes = [shape for _, shape in view.procedure.able(ShowsPrecedents) if step in shape.steps]
    return [
        _said(found, here) for shape in shapes if (found := ended_alike(here, view.row, shape)) is not None
    ]


def _said(alike: EndedAlike, here: Here) -> AlikeSaid:
    lines = case_lines([row for row, _ in alike.newest], here)
    return AlikeSaid(
        _listed(alike.alike, titled=True),
        alike.cases,
        tuple((_listed([got], titled=True), times) for got, times in alike.got),
        tuple((line, _listed(got)) for line, (_, got) in zip(lines, alike.newest, strict=True)),
    )


def _listed(values: Iterable[Got], *, titled: bool = False) -> Text:
    """Values by their titles, with the title of the fact where it does not go without saying."""
    parts = []
    for word, value in values:
        fact = words.facts()[word]
        called = fact.choices.get(value, Text(value, value))
        parts.append(
            Text(f"{fact.title.zh}：{called.zh}", f"{fact.title.en}: {called.en}") if titled else called
        )
    return Text("、".join(one.zh for one in parts), ", ".join(one.en for one in parts))
