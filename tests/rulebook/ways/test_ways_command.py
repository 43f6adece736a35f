"""`kesu ways`: the way as lines, what was not done on it, and what stood in the way."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kesu.cli.main import main
from kesu.procedure.written.library import here
from kesu.reading.strict import ReadError
from kesu.ways.account import Standing
from kesu.ways.kept import FILE, read_kept
from kesu.ways.survey import KeptWay, People, Taken


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


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("base", "public-replies", "it-help-desk"):
        shutil.copytree(here().find(name), tmp_path / name, ignore=shutil.ignore_patterns(FILE))
    monkeypatch.setenv("KESU_PROCEDURES", str(tmp_path))
    return tmp_path


def test_the_ways_are_written_beside_the_procedure_and_read_back(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "--lang", "en", "ways", "it-help-desk", "--write") == (
        0,
        "it-help-desk: ways.txt written\n",
    )
    assert said(capsys, "--lang", "en", "ways", "it-help-desk", "--write") == (
        0,
        "every ways.txt is up to date\n",
    )
    survey = read_kept(library / "it-help-desk" / FILE)
    assert survey is not None
    assert survey.ways[0] == KeptWay(
        "closed",
        People.EVERYBODY,
        steps=(
            Taken("received", "technician"),
            Taken("resolved", "technician"),
            Taken("closed", "closing desk"),
        ),
        undone=((Standing.NEVER_ASKED, ("HD-1", "HD-3", "HD-4", "HD-9")),),
    )


def test_a_change_of_a_rule_shows_as_another_way(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ways", "--write"]) == 0
    assert said(capsys, "ways", "--check", "--lang", "en")[0] == 0
    text = library / "public-replies" / "procedure.yaml"
    text.write_text(
        text.read_text(encoding="utf-8").replace("ends: [replied]", "ends: [replied, received]"),
        encoding="utf-8",
    )
    status, told = said(capsys, "ways", "--check", "--json")
    assert (status, json.loads(told)) == (1, {"stale": ["public-replies"], "written": False})
    status, told = said(capsys, "ways", "--check", "--lang", "en")
    assert (
        status,
        "other ways to “replied, received” now" in told,
        "run kesu ways public-replies --write" in told,
    ) == (1, True, True)


def test_a_text_that_is_none_of_ways_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("once upon a time", encoding="utf-8")
    with pytest.raises(ReadError, match="is not as `kesu ways --write` writes it"):
        read_kept(tmp_path / FILE)
    assert read_kept(tmp_path / "nothing") is None


def test_without_a_name_it_asks_for_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "ways"]) == 2
    assert "name the procedure" in capsys.readouterr().err
