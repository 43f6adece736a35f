"""`organisation/ID`: the house itself, its tree of units, and its sites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from kesu.reading.text import Text

from ..models import Organisation, Site, Unit
from ..permissions import KEEP_HOUSE
from .register import Form, Noted, Register, Row


class OrganisationRegister(Register):
    """Founded once; units form a tree, which may change; every site works by a calendar."""

    kind = "organisation"
    by = KEEP_HOUSE
    forms: ClassVar[Mapping[str, Form]] = {
        "founded": Form({"title": "text", "zone": "text"}),
        "retitled": Form({"title": "text"}),
        "unit added": Form({"unit": "text", "title": "text"}, {"under": "text", "site": "text"}),
        "unit moved": Form({"unit": "text"}, {"under": "text", "site": "text"}),
        "unit closed": Form({"unit": "text"}),
        "site set": Form({"site": "text", "title": "text", "calendar": "text"}),
    }

    def problem(self, *, name: str, before: Sequence[Noted], act: Noted) -> Text | None:
        """A house is founded first and once; a unit stands once in the tree, and never below itself."""
        if act.step == "founded":
            return Text(zh="本单位已经登记", en="the organisation is founded already") if before else None
        if not before:
            return Text(zh="先登记单位", en="found the organisation first")
        if not act.step.startswith("unit "):
            return None
        tree = _tree(before)
        unit, under = act.facts["unit"], act.facts.get("under")
        if (act.step == "unit added") == (unit in tree):
            there = act.step == "unit added"
            return Text(
                zh=f"部门“{unit}”{'已经有了' if there else '不存在'}",
                en=f"the unit “{unit}” {'exists' if there else 'does not exist'}",
            )
        if under is not None and (under not in tree or unit in _above(tree, under)):
            return Text(zh=f"“{under}”不能作为“{unit}”的上级", en=f"“{under}” cannot stand above “{unit}”")
        if act.step == "unit closed" and unit in tree.values():
            return Text(
                zh=f"“{unit}”还有下级部门，先撤下级",
                en=f"“{unit}” still has units below it; close those first",
            )
        return None

    def rows(self, *, name: str, entries: Sequence[Noted]) -> list[Row]:
        """One organisation, a row for each place a unit had in the tree, a row for each site."""
        house: dict[str, Any] = {}
        units: list[dict[str, Any]] = []
        sites: dict[str, dict[str, Any]] = {}
        for entry in entries:
            facts = entry.facts
            if entry.step == "founded":
                house = {"title": facts["title"], "zone": facts["zone"], "founded": entry.at}
            elif entry.step == "retitled":
                house["title"] = facts["title"]
            elif entry.step == "site set":
                sites[facts["site"]] = dict(facts)
            else:
                _place(units, entry)
        return [
            (Organisation, house),
            *((Unit, unit) for unit in units),
            *((Site, site) for site in sites.values()),
        ]


def _place(units: list[dict[str, Any]], entry: Noted) -> None:
    """A unit that moves leaves its old place in the tree at the instant it takes the new one."""
    unit, title = entry.facts["unit"], entry.facts.get("title")
    for row in units:
        if row["unit"] == unit and row["until"] is None:
            row["until"], title = entry.at, row["title"]
    if entry.step != "unit closed":
        place = {word: entry.facts.get(word) for word in ("under", "site")}
        units.append({"unit": unit, "title": title, **place, "since": entry.at, "until": None})


def _tree(entries: Sequence[Noted]) -> dict[str, str | None]:
    """Unit -> the unit above it, as it stands after these entries."""
    tree: dict[str, str | None] = {}
    for entry in entries:
        if entry.step in ("unit added", "unit moved"):
            tree[entry.facts["unit"]] = entry.facts.get("under")
        elif entry.step == "unit closed":
            del tree[entry.facts["unit"]]
    return tree


def _above(tree: dict[str, str | None], unit: str | None) -> list[str]:
    """The unit and all above it."""
    path: list[str] = []
    while unit is not None and unit not in path:
        path.append(unit)
        unit = tree.get(unit)
    return path
