"""The how-to of a shape tells every member that one can have."""

from __future__ import annotations

import re
from pathlib import Path

from kesu.procedure.shapes.shape import Shape

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-shape.md"


def test_every_member_of_a_shape_is_told() -> None:
    members = {name for name in {*vars(Shape), *Shape.__annotations__} if not name.startswith("_")}
    cells = re.findall(r"^\| ([^|]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    told = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert members - told == set()
    assert told - members == set()
