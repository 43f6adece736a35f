"""Examples of what time alone does: a pair that differs by the moment at which somebody looks."""

from __future__ import annotations

import textwrap

from tests.rulebook.small import written

from kesu.casework.examples.stories import Examples
from kesu.casework.examples.trying import try_examples
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import Block, read_text
from kesu.worktime.china import china_calendar

PROCEDURE = written(
    "rule: by time\npromote: {grade: major}\nover: 5 natural days\nfrom: received\nuntil: result notified",
    "rule: mondays\nevery: week, Monday\nfrom: received\ndo: progress told",
    "rule: head told\nwhen: {grade: major}\nat: closed\nafter: investigated",
)
STORY = """
stories:
  unsolved:
    - {at: 2026-03-04 09:00, step: received, by: an, grade: ordinary}
    - {at: 2026-03-06 09:00, step: result notified, by: an, noted: 2026-03-06 10:00}
    - {at: 2026-03-09 10:00, step: progress told, by: an}
    - {at: 2026-03-12 10:00, step: closed, by: an}
"""


def outcome(text: str, procedure: Procedure = PROCEDURE) -> list[str]:
    """What is wrong with each side; empty where it holds."""
    node = read_text(STORY + textwrap.dedent(text), file="examples.yaml")
    assert isinstance(node, Block)
    return [
        one.fault for one in try_examples(procedure, Examples(node, procedure), calendar=china_calendar())
    ]


def test_a_promotion_is_shown_by_the_moment_at_which_one_looks() -> None:
    assert outcome("""
        examples:
          - rule: by time
            story: unsolved
            always: [{without: result notified}]
            as of: 2026-03-09 23:59
            kept: on the fifth day the grade stays as it was
            broken: when the fifth day is over it is major
            change: {as of: 2026-03-10 00:00}
        """) == ["", ""]


def test_a_side_that_does_not_come_out_as_it_says_is_named() -> None:
    assert outcome("""
        examples:
          - rule: by time
            story: unsolved
            as of: 2026-05-01 00:00
            kept: solved on the second day it never becomes major
            broken: and an hour later neither
            change: {as of: 2026-05-01 01:00}
        """) == ["", "only “by time” should be broken, but by time: open"]


def test_what_follows_from_a_promotion_is_shown_at_a_line() -> None:
    assert outcome("""
        examples:
          - rule: head told
            story: unsolved
            at: closed
            kept: a complaint solved in time ends without more
            broken: one that became major by time does not
            change: {without: result notified}
        """) == ["", ""]


def test_a_period_is_kept_until_its_day_is_over() -> None:
    assert outcome("""
        examples:
          - rule: mondays
            story: unsolved
            always: [{without: progress told}]
            as of: 2026-03-09 23:59
            kept: on Monday there is time until midnight
            broken: on Tuesday it is late
            change: {as of: 2026-03-10 00:00}
          - rule: mondays
            story: unsolved
            at: progress told
            kept: told on Monday
            broken: told on Tuesday
            change: {set: {line: progress told, at: 2026-03-10 00:00}}
        """) == ["", "", "", ""]
