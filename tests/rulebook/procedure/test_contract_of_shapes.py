"""Every shape keeps what it promises, over small files drawn by lot and the stories of real procedures."""

from __future__ import annotations

import os

import pytest
from tests.rulebook.procedure.contract import shape_keeps_its_promises

from kesu.procedure.shapes import shapes

SEEDS = (
    250 if os.environ.get("CI") == "true" else 60
)  # situations of each rule, and of a real one of the shape


@pytest.mark.parametrize("sign", sorted(shapes()))
def test_a_shape_keeps_its_promises(sign: str) -> None:
    shape_keeps_its_promises(sign, seeds=SEEDS)
