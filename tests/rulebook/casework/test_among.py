"""Examples of a rule that counts over many cases: the other cases stand beside the story (`others`)."""

from __future__ import annotations

import pytest
from tests.rulebook.small import written

from kesu.casework.examples.stories import Examples
from kesu.casework.examples.trying import try_examples
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import Block, ReadError, read_text
from kesu.worktime.china import china_calendar

PROCEDURE = written(
    "rule: three\nwatch: w\ncounts: received\nby: [product, batch]\nat least: '3'\nin: 7 natural days\nfollows: {grade: major}",
    "rule: received first\nfirst: received",
)
STORY = """
stories:
  one:
    - {at: 2026-03-09 09:00, step: received, by: an, product: milk, batch: A1}
    - {at: 2026-03-10 09:00, step: registered, by: an, batch: B2}
examples:
  - {rule: RULE, story: one, as of: 2026-03-09 12:00, others: OTHERS, kept: two are not enough, broken: three are, change: CHANGE}
"""
TWO = '{count: "1", at: 2026-03-03 08:00, product: milk, batch: a1}'


def tried(others: str, change: str, rule: str = "three", procedure: Procedure = PROCEDURE) -> list[str]:
    """Why each side does not hold; empty where it does."""
    text = STORY.replace("RULE", rule).replace("OTHERS", others).replace("CHANGE", change)
    node = read_text(text, file="examples.yaml")
    assert isinstance(node, Block)
    examples = Examples(node, procedure)
    return [one.fault for one in try_examples(procedure, examples, calendar=china_calendar())]


def test_a_pair_shows_the_limit_from_both_sides() -> None:
    assert tried(TWO, '{others: "2"}') == ["", ""]


def test_what_does_not_reach_the_limit_is_no_broken_side_and_what_reaches_it_no_kept_one() -> None:
    said = tried(TWO, '{others: "1"}')
    assert (said[0], said[1] != "") == ("", True)
    assert (
        tried(TWO.replace('"1"', '"2"'), '{others: "3"}')[0] == "nothing should be broken, but three: broken"
    )


@pytest.mark.parametrize(
    "others",
    [
        TWO.replace("03-03 08:00", "03-02 23:59"),
        TWO.replace("batch: a1", "batch: a2"),
        TWO.replace("product: milk", "product: yoghurt"),
        TWO.replace("batch: a1", "batch: not known"),
    ],
)
def test_others_of_another_week_or_key_do_not_count(others: str) -> None:
    assert tried(others, '{others: "9"}')[1] != ""


def test_the_story_is_taken_as_it_stands_at_that_moment() -> None:
    later = STORY.replace("2026-03-09 12:00", "2026-03-10 12:00")
    text = later.replace("RULE", "three").replace("OTHERS", TWO).replace("CHANGE", '{others: "2"}')
    node = read_text(text, file="examples.yaml")
    assert isinstance(node, Block)
    found = list(try_examples(PROCEDURE, Examples(node, PROCEDURE), calendar=china_calendar()))
    assert [one.holds for one in found] == [True, False]  # by then it is of another batch


@pytest.mark.parametrize(("others", "rule"), [(TWO, "received first"), (TWO.replace('"1"', "some"), "three")])
def test_others_are_a_number_of_cases_for_a_rule_that_counts_them(others: str, rule: str) -> None:
    with pytest.raises(ReadError) as error:
        tried(others, '{others: "2"}', rule)
    assert "“others” are so many further cases" in error.value.en
    assert "“others”写其余案件的件数" in error.value.zh
