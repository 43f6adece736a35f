"""`kesu review`: exit status, JSON by its schema, and a table that lines up."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from kesu.cli import main as front
from kesu.cli import tongue
from kesu.cli.printed import as_json_with_list
from kesu.cli.review_print import SHOWN
from kesu.cli.table import lined_up

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((Path(front.__file__).parent / "schemas" / "review.json").read_text(encoding="utf-8"))
END = [
    "",
    "Days were counted by the calendar china-2026",
    "Nothing of the file was left out or taken together.",
]
Written = Callable[[str, str], Path]
REPLIES = """留言编号,留言用户,留言时间,留言详情,答复意见,答复时间
1,甲,2025/1/24 16:40:00,路灯损坏,已修复,2025/2/20 17:59:00
2,乙,2025/1/24 16:40:00,站点太远,已研究,2025/2/21 0:00:00
3,丙,2025/2/10 9:00:00,噪声扰民,,
"""


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The procedures of the repository, and the language as it was."""
    monkeypatch.chdir(ROOT)
    before = tongue.lang()
    yield
    tongue.speak(before)


@pytest.fixture
def words(written: Written) -> list[str]:
    """The command for the replies above."""
    mapping = (ROOT / "mappings" / "tipdm-replies.yaml").read_text(encoding="utf-8")
    as_csv = written("map.yaml", mapping.replace("kind: xlsx", "kind: csv"))
    log = written("replies.csv", REPLIES)
    return ["review", "--procedure", "public-replies", "--log", str(log), "--map", str(as_csv)]


def test_the_json_is_what_its_schema_says_and_something_broken_is_status_one(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert front.main([*words, "--json", "--lang", "zh"]) == 1
    said = json.loads(capsys.readouterr().out)
    Draft202012Validator(SCHEMA).validate(said)
    assert said.pop("seconds") >= 0
    because = [one.pop("because") for one in said["findings"]]
    assert all(because)
    assert said == {
        "procedure": "public-replies",
        "edition": "1",
        "as_of": "2025-02-21T00:00:00+08:00",
        "cases": 3,
        "events": 5,
        "calendar": "china-2026",
        "totals": {"kept": 1, "broken": 1, "cannot_tell": 0, "open": 1},
        "by_rule": [
            {
                "rule": "reply in time",
                "clauses": ["PR-1"],
                "kept": 1,
                "broken": 1,
                "cannot_tell": 0,
                "open": 1,
            }
        ],
        "by_month": [
            {"month": "2025-01", "kept": 1, "broken": 1, "cannot_tell": 0, "open": 0},
            {"month": "2025-02", "kept": 0, "broken": 0, "cannot_tell": 0, "open": 1},
        ],
        "findings": [
            {
                "case": "2",
                "rule": "reply in time",
                "clauses": ["PR-1"],
                "verdict": "broken",
                "at": "2025-02-21T00:00:00+08:00",
            },
            {
                "case": "3",
                "rule": "reply in time",
                "clauses": ["PR-1"],
                "verdict": "open",
                "at": "2025-02-21T00:00:00+08:00",
            },
        ],
        "remarks": [
            "“答复时间”列有 1 格没有时间，按映射不算动作（if empty: skip）",
        ],
    }


def test_days_are_counted_by_the_calendar_that_is_named_and_else_it_is_said(
    written: Written, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    mapping = Path(words[-1])
    mapping.write_text(mapping.read_text("utf-8").replace("Asia/Shanghai", "Europe/Rome"), "utf-8")
    front.main([*words, "--json", "--lang", "en"])
    reviewed = json.loads(capsys.readouterr().out)
    assert (reviewed["calendar"], reviewed["remarks"][-1].partition(",")[0]) == (
        "china-2026, Europe/Rome",
        "the zone of the log is not China's",
    )
    days = written("days.csv", "日期,类型,名称\n2025-02-05,休,节\n")
    front.main([*words, "--json", "--calendar", str(days), "--lang", "en"])
    named = json.loads(capsys.readouterr().out)
    assert [remark for remark in named["remarks"] if "China" in remark] == []
    mapping.write_text(mapping.read_text("utf-8") + "calendar: days.csv\n", "utf-8")
    front.main([*words, "--json", "--lang", "en"])
    by_mapping = json.loads(capsys.readouterr().out)
    assert {**by_mapping, "seconds": 0} == {**named, "seconds": 0}


def test_details_and_all_keep_to_the_schema_too(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert front.main([*words, "--json", "--details", "--all"]) == 1
    said = json.loads(capsys.readouterr().out)
    Draft202012Validator(SCHEMA).validate(said)
    assert [one["verdict"] for one in said["findings"]] == ["kept", "broken", "open"]
    assert said["details"]["apart"] == {
        "late": 1,
        "reasoned": 0,
        "overridden": 0,
        "kept_only_by_back_dating": 0,
    }
    assert said["details"]["as_now_known"]["totals"] == said["totals"]


@pytest.mark.parametrize("more", [[], ["--details"], ["--as-of", "2025-01-24 17:00", "--details"]])
def test_the_json_reads_as_any_other_though_its_findings_waited_in_a_file(
    words: list[str], capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    front.main([*words, "--json", *more])
    out = capsys.readouterr().out
    assert out == json.dumps(json.loads(out), ensure_ascii=False, indent=2) + "\n"


def test_a_list_without_items_is_empty_there_too(capsys: pytest.CaptureFixture[str]) -> None:
    as_json_with_list({"a": 1}, "items", [], {"b": {"c": ["d"]}})
    assert capsys.readouterr().out == json.dumps({"a": 1, "items": [], "b": {"c": ["d"]}}, indent=2) + "\n"


def test_the_first_findings_are_shown_and_all_of_them_when_asked(
    written: Written, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"{n},甲,2025/1/24 16:40:00,路灯,已修,2025/2/21 0:00:00\n" for n in range(SHOWN + 3)]
    log = written("many.csv", REPLIES.splitlines(keepends=True)[0] + "".join(rows))
    front.main([*words, "--log", str(log), "--lang", "en"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[-4:] == ["… and 3 more; --all or --json shows them", *END]
    assert [line[:2].strip() for line in lines[-SHOWN - 4 : -4]] == [str(n) for n in range(SHOWN)]
    assert lines[-SHOWN - 5] == ""
    front.main([*words, "--log", str(log), "--lang", "en", "--all"])
    assert [line[:2].strip() for line in capsys.readouterr().out.splitlines()[-SHOWN - 6 : -3]] == [
        str(n) for n in range(SHOWN + 3)
    ]


def test_nothing_broken_is_status_nought(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert front.main([*words, "--as-of", "2025-02-20", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["totals"] == {
        "kept": 1,
        "broken": 0,
        "cannot_tell": 0,
        "open": 2,
    }


def test_another_time_limit_can_be_tried(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert front.main([*words, "--set", "reply time=16 working days", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["totals"]["kept"] == 2


def test_people_get_a_table_in_their_language(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert front.main([*words, "--lang", "en"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Replies to citizens' messages (public-replies, edition 1), as of 2025-02-21 00:00"
    assert lines[3:6] == [
        "rule           clause  kept  broken  cannot tell  open",
        "reply in time  PR-1       1       1            0     1",
        "all                       1       1            0     1",
    ]
    assert front.main([*words, "--lang", "zh"]) == 1
    assert "收到月份  守规  违反  无法判定  未到期" in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ("--procedure", "public-replys"),
            "no procedure is called “public-replys”; did you mean “public-replies”?",
        ),
        (("--log", "nowhere.csv"), "cannot open nowhere.csv: No such file or directory"),
        (("--set", "reply time"), "--set wants NAME=VALUE, not “reply time”"),
        (("--as-of", "tomorrow"), "“tomorrow” is no moment; write 2025-06-30 or 2025-06-30T18:00"),
        (("--as-of", "0001-01-01"), "“0001-01-01” is no moment; write 2025-06-30 or 2025-06-30T18:00"),
        (
            ("--calendar", "days.txt"),
            "days.txt is no calendar file; give one that ends in .csv, .json or .yaml",
        ),
        (
            ("--procedure", "lab-pd-007"),
            "lab-pd-007 has settings to be set: ",
        ),
    ],
)
def test_wrong_use_is_answered_in_words_with_status_two(
    words: list[str], capsys: pytest.CaptureFixture[str], change: tuple[str, str], said: str
) -> None:
    assert front.main(["--lang", "en", *words, *change]) == 2
    answer = capsys.readouterr().err
    assert said in answer
    assert "Traceback" not in answer


def test_columns_line_up_with_wide_characters() -> None:
    assert list(lined_up([["月份", "守规"], ["2025-01", 3]])) == ["月份     守规", "2025-01     3"]
