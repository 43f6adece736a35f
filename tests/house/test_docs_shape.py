"""The how-to of a shape tells every member and every ability that one can have."""

from __future__ import annotations

import re
from pathlib import Path

from kesu.procedure.shapes import abilities
from kesu.procedure.shapes.shape import Shape

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-shape.md"


def told(heading: str) -> set[str]:
    """The names in the first column of the tables under a heading."""
    part = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| ([^|]+) \|", part, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


def test_every_member_of_a_shape_is_told() -> None:
    members = {name for name in {*vars(Shape), *Shape.__annotations__} if not name.startswith("_")}
    assert told("What a shape has to say") | told("What it says where it differs from the usual") == members


def test_every_ability_is_told() -> None:
    assert told("What else it can do") == set(abilities.__all__)
