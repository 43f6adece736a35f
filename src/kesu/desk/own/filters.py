"""By what the list of cases can be narrowed: drawn from the procedures in force, the persons, units and sites of the house."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kesu.forms.fields.fields import Choice
from kesu.procedure import words
from kesu.procedure.words.names import FACT
from kesu.procedure.words.parts import STAGES
from kesu.reading.text import Text

from ..who.here import Here
from .asked_list import Asked


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice among values: its name in the address, its title, the choices, the chosen one."""

    name: str
    title: str
    choices: list[Choice]
    chosen: str

    @property
    def chosen_title(self) -> Text | None:
        """The chosen value in words; None where nothing is chosen."""
        return next((one.title for one in self.choices if one.value == self.chosen), None)


def filters(asked: Asked, here: Here) -> list[Filter]:
    """The choices that have anything to choose between."""
    facts = words.facts()
    titled = [
        ("state", _("Stage"), _stages(here)),
        ("topic", _("Topic"), _choices(FACT.TOPIC)),
        ("grade", _("Grade"), _choices(FACT.GRADE)),
        ("unit", facts[FACT.RESPONSIBLE_UNIT].title.in_(here.lang), _units(here)),
        ("person", _("Has part in it"), _persons(here)),
        ("worker", _("Tested, checked or signed"), _persons(here)),
        ("owner", _("With"), _posts(here)),
        ("site", _("Site"), _sites(here)),
        ("procedure", _("Procedure"), [Choice(one.id, one.title) for one in here.procedures]),
        ("kind", _("Kind of file"), _kinds(here)),
    ]
    made = [Filter(name, title, choices, asked.query.get(name, "")) for name, title, choices in titled]
    return [one for one in made if len(one.choices) > 1 or one.chosen]


def traits(here: Here) -> list[tuple[Text, list[Choice]]]:
    """Every other fact with choices that a procedure in force asks: its title, and its choices as `fact=value`."""
    known, asked = words.facts(), dict.fromkeys(_asked(here))
    return [
        (
            known[name].title,
            [Choice(f"{name}={value}", title) for value, title in known[name].choices.items()],
        )
        for name in asked
        if name in known and known[name].kind.chosen and name not in (FACT.TOPIC, FACT.GRADE)
    ]


def _asked(here: Here) -> Iterator[str]:
    for procedure in here.procedures:
        for step in procedure.steps.values():
            yield from step.asks


def _stages(here: Here) -> list[Choice]:
    steps = {
        step.name: step.title
        for procedure in here.procedures
        for step in procedure.steps.values()
        if step.word.own_work or step.name in STAGES or step.name in procedure.ends
    }
    return [Choice(name, title) for name, title in steps.items()]


def _choices(word: str) -> list[Choice]:
    return [Choice(name, title) for name, title in words.facts()[word].choices.items()]


def _kinds(here: Here) -> list[Choice]:
    kinds = {one.kind: words.kind_said(one.kind, one.title) for one in here.procedures}
    return [Choice(name, title) for name, title in kinds.items()]


def _units(here: Here) -> list[Choice]:
    units = {unit.unit: unit.title for unit in here.directory.units}
    return [Choice(name, Text(title, title)) for name, title in units.items()]


def _sites(here: Here) -> list[Choice]:
    return [Choice(name, Text(site.title, site.title)) for name, site in here.directory.sites.items()]


def _persons(here: Here) -> list[Choice]:
    """Also who has left: his cases are there."""
    return [
        Choice(person, Text(row.name, row.name)) for person, row in here.directory.persons.items() if row.name
    ]


def _posts(here: Here) -> list[Choice]:
    posts = {
        post.name: post.title for one in here.procedures for post in one.posts.values() if not post.external
    }
    return [Choice(name, title) for name, title in posts.items()]
