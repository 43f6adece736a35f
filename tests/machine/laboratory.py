"""The laboratory in which the machine works: who holds which post, and the stories that show the way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kesu.casework.examples import exemplified
from kesu.procedure.history import Act
from kesu.procedure.library import here
from kesu.procedure.model import Procedure

HOLDERS = {
    "customer service specialist": "zhou",
    "quality manager": "gu",
    "technical manager": "shen",
    "general manager": "lu",
    "quality service department": "zhao",
    "supervisor": "han",
    "internal auditor": "nie",
    "records administrator": "ma",
    "external reviewer": "he",
}
PERSONS = (*HOLDERS.values(), "tang", "wu")
UNITS = {"wu": ("laboratory", "testing room one"), "shen": ("laboratory",)}
STORIES = ("upheld", "no responsibility", "conduct", "both branches")


@dataclass(frozen=True)
class Laboratory:
    """`lab-pd-007` with the settings of its examples, and its stories as acts."""

    procedure: Procedure
    stories: dict[str, tuple[Act, ...]]

    @property
    def steps(self) -> list[str]:
        """Every step that a person may try, those of the house too, which have to be refused."""
        return [name for name, step in self.procedure.steps.items() if not step.clock]


@cache
def laboratory() -> Laboratory:
    procedure, examples = exemplified(here(), "lab-pd-007")
    return Laboratory(procedure, {name: tuple(examples.story(name)) for name in STORIES})
