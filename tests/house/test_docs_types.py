"""Each type of the page of types tells every field of its own: units, states, when it is empty."""

from __future__ import annotations

import ast
import re

import pytest

from kesu.cli.reference_types import TYPES, class_in, fields_of


@pytest.mark.parametrize(("place", "name"), TYPES)
def test_a_type_that_has_to_be_known_tells_each_of_its_fields(place: str, name: str) -> None:
    node = class_in(place, name)
    told = set(re.findall(r"`(\w+)`", ast.get_docstring(node) or ""))
    assert [name for name, _ in fields_of(node) if name not in told] == []
