"""`kesu due`: the answer as text and as JSON, and wrong use."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kesu.cli import main as front
from kesu.cli import tongue

SCHEMA = json.loads((Path(front.__file__).parent / "schemas" / "due.json").read_text("utf-8"))


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("KESU_LANG", "zh")
    before = tongue.lang()
    yield
    tongue.speak(before)


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """What `kesu due --json` answers; its shape is checked."""
    assert front.main(["due", "--json", *words]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert list(Draft202012Validator(SCHEMA).iter_errors(found)) == []
    return found


def test_the_answer_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "--from", "2025-01-24T10:00", "--span", "5 working days") == {
        "due_date": "2025-02-07",
        "due_at": "2025-02-08T00:00:00+08:00",
        "provisional": False,
        "explanation": [
            "自2025年1月24日（周五）起算，当日不计入。",
            "2025年1月25日（周六）：周末，不计。",
            "2025年1月26日（周日）：春节调休上班，第1个工作日。",
            "2025年1月27日（周一）：第2个工作日。",
            "2025年1月28日（周二）至2月4日（周二）：春节假期，不计（8天）。",
            "2025年2月5日（周三）至2月7日（周五）：第3至第5个工作日。",
            "到期：2025年2月7日（周五）24:00。",
        ],
    }


def test_the_answer_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["due", "--from", "2026-02-13T16:00", "--span", "8 working hours", "--lang", "en"]
    assert front.main(words) == 0
    assert capsys.readouterr().out == (
        "2026-02-14  2026-02-14T16:00:00+08:00\n"
        "  Runs from Fri 13 Feb 2026 16:00 in working time only.\n"
        "  Fri 13 Feb 2026 16:00–18:00: 2 h, 2 h in all.\n"
        "  Sat 14 Feb 2026 09:00–12:00, 13:00–16:00: make-up working day for Spring Festival, 6 h, 8 h in all.\n"
        "  Due: Sat 14 Feb 2026 16:00.\n"
    )


@pytest.mark.parametrize(
    ("words", "due_date", "due_at"),
    [
        (["--from", "2025-09-26", "--span", "7 calendar days"], "2025-10-09", "2025-10-10T00:00:00+08:00"),
        (
            ["--from", "2025-09-26", "--span", "7 calendar days", "--roll", "none"],
            "2025-10-03",
            "2025-10-04T00:00:00+08:00",
        ),
        (
            ["--from", "2025-09-26", "--span", "7 calendar days", "--roll", "backward"],
            "2025-09-30",
            "2025-10-01T00:00:00+08:00",
        ),
        (["--from", "2025-09-26", "--span", "7 natural days"], "2025-10-03", "2025-10-04T00:00:00+08:00"),
        (
            ["--from", "2025-09-26", "--span", "7 natural days", "--roll", "forward"],
            "2025-10-09",
            "2025-10-10T00:00:00+08:00",
        ),
        (
            ["--from", "2025-09-26", "--span", "7 calendar days", "--roll-on", "festival_days"],
            "2025-10-04",
            "2025-10-05T00:00:00+08:00",
        ),
        (
            ["--from", "2025-09-27", "--span", "3 working days", "--deemed", "next"],
            "2025-10-09",
            "2025-10-10T00:00:00+08:00",
        ),
        (
            ["--from", "2025-09-27", "--span", "3 working days", "--cutoff", "close"],
            "2025-09-30",
            "2025-09-30T18:00:00+08:00",
        ),
        (
            ["--from", "2025-09-28", "--span", "3 working days", "--first-day"],
            "2025-09-30",
            "2025-10-01T00:00:00+08:00",
        ),
        (
            ["--from", "2025-10-08T17:00Z", "--span", "1 working day"],
            "2025-10-10",
            "2025-10-11T00:00:00+08:00",
        ),
        (["--from", "2025-10-01T09:30", "--span", "24小时"], "2025-10-02", "2025-10-02T09:30:00+08:00"),
        (
            [
                "--from",
                "2026-03-02T09:00",
                "--span",
                "5 working hours",
                "--shifts",
                "08:30-11:30,14:00-17:30",
            ],
            "2026-03-02",
            "2026-03-02T16:30:00+08:00",
        ),
    ],
)
def test_each_option_changes_the_answer(
    capsys: pytest.CaptureFixture[str], words: list[str], due_date: str, due_at: str
) -> None:
    found = answer(capsys, *words)
    assert (found["due_date"], found["due_at"]) == (due_date, due_at)


def test_a_range_gives_its_target_too(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "--from", "2026-09-21T10:00", "--span", "5 to 12 calendar days")
    assert (found["due_date"], found["target"]["due_date"]) == ("2026-10-08", "2026-09-24")


def test_a_schedule_makes_a_provisional_date_a_settled_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked = ["--from", "2026-12-28", "--span", "5 working days"]
    file = tmp_path / "2027.csv"
    file.write_text("date,kind,name\n2027-01-04,off,元旦\n2027-01-09,work,元旦\n", "utf-8")
    before, after = answer(capsys, *asked), answer(capsys, *asked, "--calendar", str(file))
    assert (before["due_date"], before["provisional"]) == ("2027-01-05", True)
    assert (after["due_date"], after["provisional"]) == ("2027-01-06", False)


def test_a_calendar_of_ones_own_with_a_site(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(
        "zone: Europe/Berlin\nversion: own\nknown_until: 2027-12-31\nshifts: [08:00-16:00]\n"
        "week: {monday: standard, friday: standard}\nsites:\n  east:\n    week: {saturday: standard}\n",
        "utf-8",
    )
    asked = ["--from", "2026-03-05T10:00", "--span", "8 working hours", "--calendar", str(file)]
    assert answer(capsys, *asked)["due_at"] == "2026-03-06T16:00:00+01:00"
    assert answer(capsys, *asked, "--site", "east")["due_at"] == "2026-03-07T16:00:00+01:00"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--from", "x", "--span", "5 working days"],
            "kesu：“x”不是时间；请写 2025-01-24 或 2025-01-24T10:00",
        ),
        (
            ["--from", "2025-01-24", "--span", "5 workng days"],
            "kesu：没有“workng days”这个时间单位；是不是“working days”？",
        ),
        (["--from", "2025-01-24", "--span", "101 years"], "kesu：期限超过100年；缩短期限"),
        (
            ["--from", "2025-01-24", "--span", "1 week", "--shifts", "09:00"],
            "kesu：“09:00”不是一段上班时间；写明起止，如 09:00-12:00",
        ),
        (
            ["--from", "2025-01-24", "--span", "1 week", "--site", "east"],
            "kesu：日历没有场所“east”；先在 sites 下写上",
        ),
        (
            ["--from", "2025-01-24", "--span", "1 week", "--calendar", "a.docx"],
            "kesu：a.docx 不是日历文件；请给出 .csv、.json 或 .yaml 文件",
        ),
        (
            ["--from", "2025-01-24", "--span", "1 week", "--calendar", "missing.csv"],
            "kesu：打不开 missing.csv：No such file or directory",
        ),
    ],
)
def test_wrong_use_is_said_in_words(capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    assert front.main(["due", *words]) == 2
    assert capsys.readouterr().err == f"{said}\n"
