"""The JSON schema of procedure files: every file of the house fits it, and the mistakes of novices do not."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kesu.cli.schema import schema
from kesu.procedure.written.library import here
from kesu.reading.strict import Block, Series


def plain(node: Any) -> Any:
    if isinstance(node, Block):
        return {key: plain(value) for key, value in node.items()}
    return [plain(one) for one in node] if isinstance(node, Series) else str(node) or None


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    lexicon = here().words()
    made = schema(lexicon.step_titles, lexicon.fact_titles)
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


@pytest.mark.parametrize("name", here().names())
def test_every_procedure_of_the_house_fits(validator: Draft202012Validator, name: str) -> None:
    assert [error.message for error in validator.iter_errors(plain(here().own(name)))] == []


HEAD = {"procedure": "p", "title": {"zh": "甲", "en": "A"}, "edition": "1", "kind": "complaint"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"stepps": {}},
        {"title": {"zh": "甲"}},
        {"steps": {"received": {"ask": ["account"]}}},
        {"rules": [{"rule": "r", "at": "closed", "afterr": "accepted"}]},
        {"rules": [{"at": "closed", "after": "accepted"}]},
    ],
)
def test_a_mistake_of_a_novice_does_not(validator: Draft202012Validator, wrong: dict[str, Any]) -> None:
    assert list(validator.iter_errors(HEAD)) == []
    assert list(validator.iter_errors({**HEAD, **wrong})) != []


def test_a_step_shows_what_it_means(validator: Draft202012Validator) -> None:
    steps = validator.schema["properties"]["steps"]["properties"]
    assert steps["closed"]["description"] == "结案 · Closed"
