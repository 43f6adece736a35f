"""No shape can say something false of itself without the contract noticing it."""

from __future__ import annotations

import pytest
from tests.rulebook.procedure.falsified import mutants, noticed

from kesu.procedure.shapes import shapes


@pytest.mark.parametrize("sign", sorted(shapes()))
def test_every_declaration_of_a_shape_is_noticed_when_it_is_falsified(sign: str) -> None:
    names = list(mutants(sign))
    assert names
    assert [name for name in names if not noticed(sign, name)] == []
