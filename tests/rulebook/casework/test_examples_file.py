"""A file of examples: what cannot be read is named with its line, what does not hold says why."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rulebook.small import act, when, written

from kesu.casework.examples.stories import Examples, read_examples
from kesu.casework.examples.trying import tried, try_examples
from kesu.procedure.history.act import Act
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import Block, ReadError, read_text
from kesu.worktime.china import china_calendar

PROCEDURE = written(
    "rule: looked into\nat: found\nafter: investigated",
    "rule: by the lead\nat: found\nby: lead",
    "rule: grave\nwhen: {topic: conduct}\nfollows: {grade: major}",
    "rule: told in time\nwithin: 2 working days\nfrom: found\nto: result notified",
)
STORY = """\
stories:
  plain:
    - {at: 2026-03-02 09:00, step: received, by: an}
    - {at: 2026-03-02 10:00, step: investigated, by: an, as: clerk}
    - {at: 2026-03-03 10:00, step: found, by: bo, as: lead, finding: upheld}
"""


def examples(text: str, procedure: Procedure = PROCEDURE) -> Examples:
    node = read_text(text, file="examples.yaml")
    assert isinstance(node, Block)
    return Examples(node, procedure)


def listing(*listed: str, story: str = STORY) -> str:
    return story + "examples:\n" + "".join(f"  - {{{one}}}\n" for one in listed)


def said(*listed: str, story: str = STORY, procedure: Procedure = PROCEDURE) -> list[str]:
    """Why each side does not hold; empty where it does."""
    read = examples(listing(*listed, story=story), procedure)
    return [one.fault for one in try_examples(procedure, read, calendar=china_calendar())]


PAIR = "rule: looked into, story: plain, at: found, kept: somebody looked, broken: nobody looked"


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        (
            listing(PAIR.replace("looked into", "looked in", 1) + ", change: {without: investigated}"),
            "examples.yaml, line 7: no rule is called “looked in”; did you mean “looked into”?",
            "examples.yaml 第 7 行：没有规则“looked in”；是不是“looked into”？",
        ),
        (
            listing(PAIR.replace("plain", "plane")),
            "examples.yaml, line 7: no story is called “plane”; did you mean “plain”?",
            "examples.yaml 第 7 行：没有故事“plane”；是不是“plain”？",
        ),
        (
            listing(PAIR),
            "examples.yaml, line 7: a broken example needs its one “change”",
            "examples.yaml 第 7 行：违反的例子要写明唯一的“change”",
        ),
        (
            listing(PAIR + ", change: {without: investigated, as of: 2026-03-04 09:00}"),
            "examples.yaml, line 7: a change is exactly one thing, so that the pair is minimal",
            "examples.yaml 第 7 行：change 只能改一处，成对的例子才是最小差别",
        ),
        (
            listing(PAIR + ", change: {until: investigated}"),
            "examples.yaml, line 7: the sides of a pair differ by one of without, set, unset, insert, as of, others",
            "examples.yaml 第 7 行：成对例子的 change 只能是 without、set、unset、insert、as of、others 之一",
        ),
        (
            listing(PAIR + ", change: {set: {line: found, as: clerk, by: an}}"),
            "examples.yaml, line 7: “set” changes one fact of one line",
            "examples.yaml 第 7 行：“set”只改一行里的一项",
        ),
        (
            listing(PAIR + ", change: {unset: {line: found, fact: amount}}"),
            "examples.yaml, line 7: the line has no “amount”",
            "examples.yaml 第 7 行：这一行没有“amount”",
        ),
        (
            listing(PAIR, story=STORY.replace("step: found", "step: fond")).replace("at: found", "at: fond"),
            "examples.yaml, line 5: the procedure has no step “fond”; did you mean “found”?",
            "examples.yaml 第 5 行：程序没有“fond”这一步；是不是“found”？",
        ),
        (
            listing(PAIR, story=STORY.replace("2026-03-02 10:00", "on Monday")),
            "examples.yaml, line 4: “on Monday” is no time; write 2026-03-09 10:20",
            "examples.yaml 第 4 行：“on Monday”不是时间；请写成 2026-03-09 10:20",
        ),
        (
            listing(PAIR, story=STORY.replace("finding: upheld", "findings: upheld")),
            "examples.yaml, line 5: there is no fact “findings”; did you mean “finding”?",
            "examples.yaml 第 5 行：没有“findings”这一项；是不是“finding”？",
        ),
        (
            "stories: {plain: none}\nexamples: []\n",
            "examples.yaml, line 1: the story “plain” is a list of lines",
            "examples.yaml 第 1 行：故事“plain”应是若干行",
        ),
        (
            "settings: none\nexamples: []\n",
            "examples.yaml, line 1: settings are `name: value`",
            "examples.yaml 第 1 行：设定应写成“名称: 值”",
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line_and_the_nearest_word(text: str, en: str, zh: str) -> None:
    with pytest.raises(ReadError) as caught:
        list(examples(text))
    assert (caught.value.in_("en"), caught.value.in_("zh")) == (en, zh)


def test_a_file_that_is_a_list_is_none_of_examples(tmp_path: Path) -> None:
    path = tmp_path / "examples.yaml"
    path.write_text("- rule: looked into\n", encoding="utf-8")
    with pytest.raises(ReadError) as caught:
        read_examples(path, PROCEDURE)
    assert (caught.value.in_("en"), caught.value.in_("zh")) == (
        "examples.yaml, line 1: examples are a mapping",
        "examples.yaml 第 1 行：例子文件应是“键: 值”的形式",
    )


def test_settings_are_texts_lists_or_carry_their_value_beside_a_reading() -> None:
    text = "settings: {limit: 5, days: [Monday, Tuesday], amount: {value: 100, reading: why}}\n"
    assert examples(text).settings == {"limit": "5", "days": "Monday, Tuesday", "amount": "100"}
    assert examples("examples: []\n").settings == {}


def test_a_line_says_who_in_which_post_for_whom_and_of_which_unit() -> None:
    text = (
        "people: {an: {units: [lab]}}\nstories:\n  one:\n"
        "    - {at: 2026-03-02 09:00, step: received, by: an, as: clerk}\n"
        "    - {at: 2026-03-02T09:00+00:00, noted: 2026-03-03 09:00, step: found, by: bo, as: boss, for: lead, "
        "recorder: an, medium: phone, in: [sales, lab], finding: upheld}\n"
    )
    received, found = examples(text).story("one")
    assert received == Act(1, "received", when("2026-03-02 09:00"), when("2026-03-02 09:00"), "an", "clerk", units=("lab",))  # fmt: skip
    assert found == Act(
        number=2,
        step="found",
        at=when("2026-03-02 17:00"),
        noted=when("2026-03-03 09:00"),
        by="bo",
        post="boss",
        behalf="lead",
        recorder="an",
        medium="phone",
        units=("sales", "lab"),
        facts={"finding": "upheld"},
    )


# -- what does not hold ----------------------------------------------------------------------------------------------

CHANGE = ", change: {without: investigated}"


def test_a_pair_that_shows_its_rule_holds_on_both_sides() -> None:
    assert said(PAIR + CHANGE) == ["", ""]


def test_a_story_of_which_a_line_is_refused_is_none() -> None:
    clerk = STORY.replace("as: lead", "as: clerk") + "    - {at: 2026-03-04 10:00, step: note, by: an}\n"
    lacking = "rule: looked into, story: plain, at: note, kept: noted"
    (why,) = said(lacking, story=clerk.replace("step: investigated", "step: accepted"))
    assert why == (
        "the line “found” of 03-03 10:00 is itself refused: looked into (broken: lacking investigated); "
        "by the lead (broken: other post)"
    )


def test_a_judged_line_that_is_no_command_shows_no_rule() -> None:
    late = STORY.replace("2026-03-03 10:00", "2026-03-03T10:00, noted: 2026-03-03 09:00")
    assert said(PAIR + CHANGE, story=late)[0].startswith("the judged line is no command: ")


def test_only_the_rule_that_is_shown_may_be_broken_and_nothing_on_the_kept_side() -> None:
    other = PAIR.replace("looked into", "by the lead", 1)
    assert said(other + CHANGE)[1] == "only “by the lead” should be broken, but looked into: broken"
    assert said(other + ", always: {set: {line: found, as: clerk}}" + CHANGE)[0] == (
        "nothing should be broken, but by the lead: broken"
    )
    assert said(PAIR + ", change: {set: {line: found, finding: no responsibility}}")[1] == (
        "only “looked into” should be broken, but nothing broken"
    )


def test_a_kept_example_alone_makes_its_rule_speak_and_one_of_a_rule_that_only_records_need_not() -> None:
    alone = "rule: {}, story: plain, at: {}, kept: so, kept only: 'yes'"
    assert said(
        alone.format("looked into", "found"),
        alone.format("looked into", "investigated"),
        alone.format("grave", "found"),
        "rule: told in time, story: plain, as of: 2026-03-04 09:00, kept: so, kept only: 'yes'",
    ) == ["", "“looked into” says nothing of it", "", ""]


def test_an_example_of_a_rule_that_was_left_out_says_so() -> None:
    (alone,) = examples(listing("rule: looked into, story: plain, at: found, kept: so, kept only: 'yes'"))
    assert tried(PROCEDURE, alone, calendar=china_calendar()) == ""
    without = written("rule: by the lead\nat: found\nby: lead")
    assert tried(without, alone, calendar=china_calendar()) == "“looked into” says nothing of it"


def test_both_ways_have_to_come_to_the_same() -> None:
    backdated = STORY.replace(
        "step: investigated, by: an", "step: investigated, by: an, noted: 2026-03-05 09:00"
    )
    assert said(PAIR + CHANGE, story=backdated) != ["", ""]


def test_one_act_is_one_object_in_all_stories_that_begin_with_it() -> None:
    read = examples(listing(PAIR + CHANGE))
    kept, broken = read
    assert (kept.acts[0] is broken.acts[0], kept.acts[:1], [one.step for one in broken.acts]) == (
        True,
        (act("received", number=1),),
        ["received", "found"],
    )


def test_an_example_may_have_a_broken_side_alone() -> None:
    alone = "rule: looked into, story: plain, at: found, broken: nobody looked"
    assert said(alone + CHANGE) == [""]
