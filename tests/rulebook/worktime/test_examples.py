"""The worked examples: date, moment and the whole explanation in both languages."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.rulebook.worktime.times import counted, span

from kesu.worktime.due import Deemed, Policy, Roll

EXAMPLES = yaml.safe_load((Path(__file__).parent / "examples.yaml").read_text("utf-8"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_a_span_runs_out_as_worked_out_by_hand(example: dict[str, Any]) -> None:
    chosen = example.get("policy", {})
    policy = Policy.default_for(span(example["span"]).unit)
    policy = replace(
        policy, roll=Roll(chosen.get("roll", policy.roll)), deemed=Deemed(chosen.get("deemed", "actual"))
    )
    found = counted(example["from"], example["span"], policy)
    assert {
        "due_date": found.date.isoformat(),
        "due_at": found.at.isoformat(),
        "provisional": found.provisional,
        "zh": found.explain("zh"),
        "en": found.explain("en"),
    } == {
        "due_date": example["due_date"],
        "due_at": example["due_at"],
        "provisional": False,
        "zh": example["zh"].splitlines(),
        "en": example["en"].splitlines(),
    }
