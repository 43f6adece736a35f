"""What B21 leaves open is a setting of fmcg-emergency: the same story comes out differently under another reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Barred, clock_acts, decide
from kesu.casework.examples.stories import read_examples, settings_of
from kesu.casework.file.case_file import CaseFile
from kesu.procedure.history.act import Act, Value
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import Block, read_file
from kesu.worktime.china import china_calendar

NAME = "fmcg-emergency"
ZONE = ZoneInfo("Asia/Shanghai")


@cache
def read_as(*other: tuple[str, str]) -> tuple[Procedure, Mapping[str, tuple[Act, ...]]]:
    """The procedure with the settings of its examples and these over them, and its stories."""
    path = here().find(NAME) / "examples.yaml"
    node = read_file(path)
    assert isinstance(node, Block)
    procedure = here().load(NAME, settings={**settings_of(node.get("settings")), **dict(other)})
    examples = read_examples(path, procedure)
    return procedure, {name: tuple(examples.story(name)) for name in examples.stories}


def settling(*settings: tuple[str, str], **facts: Value) -> tuple[str, ...]:
    """The rules that refuse a settlement on the spot with these facts: two bottles of 6.00 yuan are complained of."""
    procedure, stories = read_as(*settings)
    file = CaseFile(procedure, calendar=china_calendar())
    for act in stories["field"]:
        if act.step == "settled on the spot":
            given = {word.replace("_", " "): value for word, value in facts.items()}
            act = replace(act, facts={"remedy kind": "goods", **given})
        answer = decide(file, _command(act), now=act.noted)
        if act.step == "settled on the spot":
            return tuple(finding.rule for finding in answer.findings if finding.bars)
        assert not isinstance(answer, Barred)
        for one in answer.acts:
            file.apply(one)
    raise AssertionError("the story has no settlement")


def _command(act: Act) -> Command:
    assert act.by is not None
    return Command(step=act.step, by=act.by, post=act.post, facts=act.facts)


def bottles(quantity: str, price: str) -> list[Value]:
    return [{"article": "oat drink 200 ml", "quantity": quantity, "price": price}]


@pytest.mark.parametrize(
    ("steps", "price", "refused"),
    [
        ("exchange made", "15.00", ()),
        ("exchange made, settled on the spot", "12.50", ()),
        ("exchange made, settled on the spot", "12.51", ("value of an exchange",)),
        ("exchange made, settled on the spot", "15.00", ("value of an exchange",)),
    ],
)
def test_two_for_one_worth_60_yuan_is_refused_where_the_cap_covers_settling_on_the_spot(
    steps: str, price: str, refused: tuple[str, ...]
) -> None:
    assert settling(("capped steps", steps), settlement_lines=bottles("4", price)) == refused


@pytest.mark.parametrize(
    ("basis", "quantity", "price", "refused"),
    [
        ("units", "4", "12.00", ()),  # two for one, whatever they cost
        ("price", "4", "9.00", ()),  # 36 yuan for 12
        ("price", "4", "9.01", ("sales settle up to the ratio",)),
        ("price", "8", "4.50", ()),  # four for one, and cheap
        ("units", "8", "4.50", ("sales settle up to the ratio",)),
    ],
)
def test_the_ratio_counts_pieces_or_prices(
    basis: str, quantity: str, price: str, refused: tuple[str, ...]
) -> None:
    assert settling(("ratio basis", basis), settlement_lines=bottles(quantity, price)) == refused


@pytest.mark.parametrize("basis", ["units", "price"])
def test_a_line_without_a_price_where_one_is_needed_names_what_is_missing(basis: str) -> None:
    without: list[Value] = [{"article": "oat drink 200 ml", "quantity": "4"}]
    refused = settling(("ratio basis", basis), settlement_lines=without)
    assert refused == (
        *(("sales settle up to the ratio",) if basis == "price" else ()),
        "no settlement on the spot from the major amount",
    )


@pytest.mark.parametrize(
    ("over", "since"),
    [
        ("5 natural days", datetime(2025, 10, 6, 0, 0, tzinfo=ZONE)),  # the day of receipt is not counted
        ("4 natural days", datetime(2025, 10, 5, 0, 0, tzinfo=ZONE)),  # it is counted
        ("120 clock hours", datetime(2025, 10, 5, 10, 0, tzinfo=ZONE)),
    ],
)
def test_a_complaint_of_30_september_is_major_from_here_on_though_nobody_acts(
    over: str, since: datetime
) -> None:
    procedure, stories = read_as(("unsolved time", over))
    received = stories["quality"][0]
    file = CaseFile(procedure, calendar=china_calendar())
    at = datetime(2025, 9, 30, 10, 0, tzinfo=ZONE)
    file.apply(replace(received, at=at, noted=at, number=1))
    minute = timedelta(minutes=1)
    assert [act.step for act in clock_acts(file, since - minute) if act.step == "promoted"] == []
    promoted = [act for act in clock_acts(file, since + minute) if act.step == "promoted"]
    assert [(act.at, act.facts["grade"]) for act in promoted] == [(since, "major")]
    assert [act for act in clock_acts(file, since + timedelta(days=30)) if act.step == "promoted"] == []


def test_nothing_is_put_in_force_while_the_scale_of_compensation_is_empty() -> None:
    assert {"agent limit", "manager limit"} <= set(here().load(NAME).unset)
