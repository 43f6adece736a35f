"""`kesu ways`: the way as lines, what was not done on it, and what stood in the way."""

from __future__ import annotations

import json

import pytest

from kesu.cli.main import main


def said(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    status = main([*args])
    return status, capsys.readouterr().out


def test_it_says_the_steps_who_takes_them_and_what_was_never_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert said(capsys, "--lang", "en", "ways", "satisfied-before-closing") == (
        0,
        (
            "“Closed”: 6 steps\n"
            "    1 Complaint received  Service staff\n"
            "    2 Investigated  Service staff\n"
            "    3 Agreement reached  Service staff\n"
            "    4 Result notified  Service staff\n"
            "    5 Views asked and recorded  Service staff\n"
            "    6 Closed  Service staff\n"
        ),
    )
    status, text = said(capsys, "--lang", "zh", "ways", "it-help-desk")
    assert (status, "没有用到的 4: HD-1, HD-3, HD-4, HD-9" in text) == (0, True)


def test_where_no_way_is_found_it_says_what_stands_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    status, text = said(capsys, "--lang", "zh", "ways", "lab-pd-007", "--to", "closed", "--as", "supervisor")
    assert (status, text.splitlines()[0]) == (1, "“结案”：没有找到办法")
    assert len(text.splitlines()) > 1


def test_for_programs_it_says_each_clause(capsys: pytest.CaptureFixture[str]) -> None:
    status, text = said(capsys, "ways", "public-replies", "--json")
    (told,) = json.loads(text)
    assert (status, told["reached"], [one["step"] for one in told["steps"]]) == (
        0,
        True,
        ["received", "replied"],
    )
    assert set(told["clauses"].values()) == {"done"}


@pytest.mark.parametrize(
    "asked", [["--to", "closd"], ["--as", "boss of all"], ["--branch", "finding"], ["--branch", "x=y"]]
)
def test_what_it_does_not_know_is_answered_with_what_to_write(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "en", "ways", "lab-pd-007", *asked]) == 2
    assert "no " in capsys.readouterr().err
