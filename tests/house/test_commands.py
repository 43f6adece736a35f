"""The front of the `kesu` command: one language a run, every answer in words, and an exit status."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from jsonschema import Draft202012Validator

from kesu.cli import main as front
from kesu.cli import tongue
from kesu.cli.wrong_use import WrongUse

SCHEMAS = Path(front.__file__).parent / "schemas"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Each test leaves the language as it found it."""
    before = tongue.lang()
    yield
    tongue.speak(before)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A stand-in for the module of `kesu lint`; `run` is what a test wants it to do."""

    def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
        parser = commands.add_parser("lint")
        parser.add_argument("path", metavar="PATH")
        return parser

    module = SimpleNamespace(add_parser=add_parser, run=lambda args: 0)
    monkeypatch.setattr(front, "module_of", lambda name: module)
    return module


def test_the_front_loads_neither_django_nor_anything_else_that_is_slow() -> None:
    slow = "{'django', 'yaml', 'asyncio', 'importlib.metadata', 'kesu.ledger', 'kesu.site'}"
    code = f"import sys, kesu.cli.main; print(sorted({slow} & set(sys.modules)))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )


@pytest.mark.parametrize("name", front.COMMANDS)
def test_every_command_has_a_module_a_parser_in_both_languages_and_a_shape_of_its_json(name: str) -> None:
    for lang in ("zh", "en"):
        tongue.speak(lang)
        commands = argparse.ArgumentParser(prog="kesu").add_subparsers()
        assert front.module_of(name).add_parser(commands).prog == f"kesu {name}"
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert {"title", "description"} <= set(schema)


def test_every_shape_of_json_belongs_to_a_command() -> None:
    assert {path.stem for path in SCHEMAS.glob("*.json")} == set(front.COMMANDS)


def test_a_mistyped_command_is_answered_with_the_nearest_right_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert front.main(["--lang", "en", "reviw"]) == 2
    assert capsys.readouterr().err == "kesu: there is no command “reviw”; did you mean “review”?\n"
    assert front.main(["--lang", "zh", "reviw"]) == 2
    assert capsys.readouterr().err == "kesu：没有“reviw”这个命令；是不是“review”？\n"


def test_no_command_at_all_shows_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert front.main(["--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert [name for name in front.COMMANDS if f"\n    {name}" not in said] == []


def test_a_missing_argument_is_said_in_chinese(
    command: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert front.main(["--lang", "zh", "lint"]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "kesu lint：用法不对：缺少必填参数：PATH"


@pytest.mark.parametrize(
    ("asked", "environment", "lang"),
    [
        (["--lang", "en", "due"], {"KESU_LANG": "zh"}, "en"),
        (["due", "--lang=zh"], {"LANG": "en_GB.UTF-8"}, "zh"),
        (["due"], {"KESU_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        (["due"], {"LC_ALL": "C.UTF-8", "LANG": "en_US.UTF-8"}, "en"),
        (["due"], {"LANG": "zh_CN.UTF-8"}, "zh"),
        (["due"], {"LANG": "C.UTF-8"}, "zh"),
        (["due"], {}, "zh"),
    ],
)
def test_the_language_is_the_one_asked_for_then_the_environments_then_chinese(
    asked: list[str], environment: dict[str, str], lang: str
) -> None:
    assert tongue.wanted(asked, environment) == lang


@pytest.mark.parametrize("words", [["lint", "a", "--json"], ["--json", "lint", "a"]])
def test_common_options_may_stand_before_or_after_the_command(
    command: SimpleNamespace, words: list[str]
) -> None:
    seen = []
    command.run = lambda args: seen.append((args.json, args.debug, args.lang)) or 0
    assert front.main([*words, "--lang", "en"]) == 0
    assert seen == [(True, False, "en")]


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (WrongUse(zh="甲", en="a"), 2, "kesu: a\n"),
        (
            FileNotFoundError(2, "No such file or directory", "x.yaml"),
            2,
            "cannot open x.yaml: No such file or directory",
        ),
        (
            UnicodeDecodeError("utf-8", b"\xb1", 0, 1, "invalid start byte"),
            2,
            "is not UTF-8; save it as UTF-8",
        ),
        (KeyboardInterrupt(), 130, "kesu: interrupted\n"),
    ],
)
def test_an_error_is_one_line_in_words(
    command: SimpleNamespace, capsys: pytest.CaptureFixture[str], error: BaseException, status: int, said: str
) -> None:
    def run(args: argparse.Namespace) -> int:
        raise error

    command.run = run
    assert front.main(["--lang", "en", "lint", "a"]) == status
    shown = capsys.readouterr().err
    assert said in shown
    assert len(shown.splitlines()) == 1


def test_a_failure_of_kesu_itself_says_where_its_trace_is_and_shows_it_only_when_asked(
    command: SimpleNamespace,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def run(args: argparse.Namespace) -> int:
        raise ZeroDivisionError("by nought")

    command.run = run
    monkeypatch.setenv("KESU_HOME", str(tmp_path))
    log = tmp_path / "kesu.log"
    said = f"kesu: Kesu itself failed: ZeroDivisionError: by nought; the trace is in {log}\n"
    assert front.main(["--lang", "en", "lint", "a"]) == 3
    assert capsys.readouterr().err == said
    assert "Traceback" in log.read_text()
    assert front.main(["--lang", "en", "--debug", "lint", "a"]) == 3
    shown = capsys.readouterr().err
    assert shown.startswith("Traceback")
    assert shown.endswith(said)


def test_a_reader_that_stops_early_is_no_error() -> None:
    """`kesu --help | head -1`: the pipe closes before everything is written."""
    line = f"'{sys.executable}' -m kesu.cli.main --lang en docs --help | head -n 1"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == (
        "usage: kesu docs [-h] [--to FOLDER] [--check] [--lang {zh,en}] [--json]\n",
        "",
    )
