"""`kesu try`: what fails and why, the course of one example line by line, and a line that says how far it is."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.rulebook.small import text_of

from kesu.cli import main as front
from kesu.cli import tongue

SCHEMA = json.loads((Path(front.__file__).parent / "schemas" / "try.json").read_text(encoding="utf-8"))
PROCEDURE = text_of(
    "rule: looked into\nat: found\nafter: investigated",
    "rule: told in time\nwithin: 2 working days\nfrom: found\nto: result notified",
    "rule: by the lead\nat: found\nby: lead",
    "rule: three of a kind\nwatch: w\ncounts: received\nby: [product]\nat least: '3'\nin: 7 natural days\nfollows: {grade: major}",
)
EXAMPLES = """\
stories:
  plain:
    - {at: 2026-03-02 09:00, step: received, by: an, product: milk}
    - {at: 2026-03-02 10:00, step: investigated, by: an, as: clerk}
    - {at: 2026-03-03 10:00, step: found, by: bo, as: lead, finding: upheld}
    - {at: 2026-03-09 10:00, step: result notified, by: an, as: clerk}
examples:
  - {rule: looked into, story: plain, at: found, kept: somebody looked, broken: nobody looked, change: {without: investigated}}
  - {rule: told in time, story: plain, as of: 2026-03-05 12:00, kept: still two days, broken: two days are over, change: {as of: 2026-03-06 09:00}}
  - {rule: by the lead, story: plain, at: found, kept: the lead finds, broken: the clerk is said to be no lead, change: {set: {line: found, finding: no responsibility}}}
  - {rule: three of a kind, story: plain, as of: 2026-03-02 09:30, others: {count: "1", at: 2026-03-01 08:00, product: milk}, kept: two are few, broken: three are many, change: {others: "2"}}
"""


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A library with one procedure, one of whose broken sides breaks nothing; and the language as it was."""
    for name in ("small", "smaller"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "procedure.yaml").write_text(PROCEDURE.replace("small", name), encoding="utf-8")
    (tmp_path / "small" / "examples.yaml").write_text(EXAMPLES, encoding="utf-8")
    monkeypatch.setenv("KESU_PROCEDURES", str(tmp_path))
    before = tongue.lang()
    yield
    tongue.speak(before)


def ran(capsys: pytest.CaptureFixture[str], *words: str, lang: str = "en") -> tuple[int, list[str]]:
    """The exit status, and what is printed line by line."""
    status = front.main(["try", *words, "--lang", lang])
    return status, capsys.readouterr().out.splitlines()


def test_what_does_not_hold_is_named_with_its_line_and_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "small") == (
        1,
        [
            "✗ small, 10: the clerk is said to be no lead",
            "    only “by the lead” should be broken, but nothing broken",
            "small: 8 examples, 7 hold",
        ],
    )


def test_several_procedures_may_be_named_and_without_a_name_all_are_tried(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sums = ["small: 8 examples, 7 hold", "smaller: 0 examples, 0 hold"]
    assert ran(capsys, "small", "smaller")[1][2:] == sums
    assert ran(capsys)[1][2:] == sums
    assert ran(capsys, "smaller") == (0, sums[1:])


def test_the_examples_that_notice_a_rule_that_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    status, lines = ran(capsys, "small", "--without", "looked into")
    assert (status, lines[0], lines[-1]) == (
        1,
        "✗ small, 8: nobody looked",
        "without “looked into”: 2 examples notice",
    )
    assert front.main(["try", "small", "--without", "looked", "--lang", "en"]) == 2
    error = "kesu: small has no rule “looked”; did you mean “looked into”?\n"
    assert capsys.readouterr().err == error


def test_the_course_of_one_example_is_shown_line_by_line_and_both_ways(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ran(capsys, "small", "--only", "nobody looked") == (
        0,
        [
            "✓ nobody looked (small, line 8; “looked into” broken)",
            "  2026-03-02 09:00  received  an",
            "      both ways   nothing to say",
            "  2026-03-03 10:00  found  bo, lead  ← judged",
            "      as command  refused: looked into broken: “Finding made” has to wait for “Investigated”",
            "      as log      looked into broken: “Finding made” has to wait for “Investigated”; kept: by the lead",
        ],
    )
    assert ran(capsys, "small", "--only", "nobody looked", lang="zh")[1] == [
        "✓ nobody looked（small，第 8 行；“looked into”违反）",
        "  2026-03-02 09:00  received  an",
        "      两种都  没有规则要说的",
        "  2026-03-03 10:00  found  bo, lead  ← 所判",
        "      办理时  已拒绝：“looked into”违反：“作出认定”之前要先有“调查核实”",
        "      记录中  “looked into”违反：“作出认定”之前要先有“调查核实”；守规：by the lead",
    ]


def test_a_line_of_the_file_names_both_sides_of_its_pair_and_a_rule_all_of_its_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for only in ("9", "told in time"):
        status, lines = ran(capsys, "small", "--only", only)
        assert (status, [line for line in lines if not line.startswith("  2026")]) == (
            0,
            [
                "✓ still two days (small, line 9; “told in time” kept)",
                "      both ways   nothing to say",
                "      both ways   nothing to say",
                "      both ways   kept: looked into, by the lead",
                "  as of 2026-03-05 12:00",
                "      as command  told in time open",
                "      as log      told in time open",
                "✓ two days are over (small, line 9; “told in time” broken)",
                "      both ways   nothing to say",
                "      both ways   nothing to say",
                "      both ways   kept: looked into, by the lead",
                "  as of 2026-03-06 09:00",
                "      as command  told in time broken",
                "      as log      told in time broken",
            ],
        )


def test_the_course_tells_the_count_among_further_cases(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "small", "--only", "three are many")[1][-3:] == [
        "  counted with 2 more",
        "      as command  three of a kind broken",
        "      as log      three of a kind broken",
    ]


def test_the_course_of_an_example_that_does_not_hold_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    status, lines = ran(capsys, "small", "--only", "the clerk is said to be no lead")
    assert (status, lines[0], lines[-1]) == (
        1,
        "✗ the clerk is said to be no lead (small, line 10; “by the lead” broken)",
        "  does not hold: only “by the lead” should be broken, but nothing broken",
    )


def test_what_the_clock_records_meanwhile_is_told_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example = (
        "  - {rule: by the lead, story: plain, at: result notified, kept: told late, kept only: 'yes'}\n"
    )
    (tmp_path / "small" / "examples.yaml").write_text(EXAMPLES + example, encoding="utf-8")
    _, lines = ran(capsys, "small", "--only", "told late")
    assert lines[-2].startswith("      both ways   told in time broken (late): ")
    assert lines[-2].endswith("; on record besides: fell late (told in time)")


def test_a_pair_that_is_not_there_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert front.main(["try", "small", "--only", "nobody lookd", "--lang", "en"]) == 2
    assert (
        capsys.readouterr().err == "kesu: there is no example “nobody lookd”; did you mean “nobody looked”?\n"
    )


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--only", "x"], "--only goes with the name of one procedure"),
        (["small", "smaller", "--only", "x"], "--only goes with the name of one procedure"),
        (["small", "--only", "x", "--without", "y"], "--without does not go with --only"),
    ],
)
def test_options_that_do_not_go_together(
    capsys: pytest.CaptureFixture[str], words: list[str], why: str
) -> None:
    assert front.main(["try", *words, "--lang", "en"]) == 2
    assert capsys.readouterr().err == f"kesu: {why}\n"


def test_the_json_of_a_course_has_its_shape(capsys: pytest.CaptureFixture[str]) -> None:
    assert front.main(["try", "small", "--only", "nobody looked", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    Draft202012Validator(SCHEMA).validate(data)
    (course,) = data["courses"]
    assert {key: value for key, value in course.items() if key != "course"} == {
        "example": "nobody looked",
        "rule": "looked into",
        "line": 8,
        "said": "",
    }
    assert [(line["step"], line["refused"]) for line in course["course"]] == [
        ("received", False),
        ("found", True),
    ]
    assert course["course"][1]["as_log"] == {
        "zh": "“looked into”违反：“作出认定”之前要先有“调查核实”；守规：by the lead",
        "en": "looked into broken: “Finding made” has to wait for “Investigated”; kept: by the lead",
    }


def test_a_terminal_is_told_how_far_it_is_and_a_pipe_is_not(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(capsys)
    front.main(["try", "--lang", "en"])
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    front.main(["try", "--lang", "en"])
    assert capsys.readouterr().err == "\r\x1b[K1/2  small\r\x1b[K2/2  smaller\r\x1b[K"
