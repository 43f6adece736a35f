"""What commands print with `--json` has the shape that the repository promises."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from kesu.cli import main as front

ROOT = Path(__file__).parents[2]
SCHEMAS = Path(front.__file__).parent / "schemas"
KESU = Path(sys.executable).with_name("kesu")

LOG = "number,received,replied\n1,2026-03-02 09:00:00,2026-03-05 10:00:00\n2,2026-03-02 09:00:00,2026-04-05 10:00:00\n"
MAPPING = """
mapping: replies
title: {zh: 答复, en: Replies}
procedure: public-replies
times: {zone: Asia/Shanghai, written: ["%Y-%m-%d %H:%M:%S"]}
case: number
acts:
  - {step: received, at: received}
  - {step: replied, at: replied, if empty: skip}
ends: by a step
"""
EARLIER = "number,received\n1,2020-03-02 09:00:00\n"
EARLIER_MAPPING = """
mapping: earlier
title: {zh: 以往投诉, en: Earlier complaints}
procedure: lab-pd-007
times: {zone: Asia/Shanghai, written: ["%Y-%m-%d %H:%M:%S"]}
case: number
acts:
  - {step: received, at: received}
ends: by a step
"""
YEAR = "date,kind\n2027-01-01,festival\n"
FILES = {
    "log.csv": LOG,
    "map.yaml": MAPPING,
    "paper.txt": "商场投诉办法\n1 投诉应在 2 个工作日内答复。\n",
    "earlier.csv": EARLIER,
    "earlier.yaml": EARLIER_MAPPING,
    "year.csv": YEAR,
}

# Each command with arguments, and the exit status that they lead to. `serve` is started in test_serve.py.
RULE_BOOK = {
    "clauses": (["--document", "A03"], 0),
    "try": (["public-replies"], 0),
    "lint": (["lab-pd-007"], 0),
    "show": (["public-replies"], 0),
    "ways": (["public-replies"], 0),
    "gaps": (["public-replies", "--against", "iso-17025-7-9"], 1),
    "posts": (["lab-pd-007"], 0),
    "words": (["回访"], 0),
    "schema": ([], 0),
    "due": (["--from", "2025-01-24T10:00", "--span", "8 to 16 working hours"], 0),
    "review": (
        ["--procedure", "public-replies", "--log", "{folder}/log.csv", "--map", "{folder}/map.yaml"],
        1,
    ),
    "map": (["{folder}/log.csv", "--procedure", "public-replies"], 0),
    "new": (["mall-complaint", "--from", "{folder}/paper.txt", "--to", "{folder}"], 0),
    "docs": (["--to", "{folder}"], 0),
}
# In this order, on one home.
IN = ["--organisation", "hengce"]
EARLIER_CASES = ["{folder}/earlier.csv", "--map", "{folder}/earlier.yaml", "--procedure", "lab-pd-007", *IN]
OFFICE = [
    ("demo", [], 0),
    ("demo", [], 0),
    ("verify", [], 0),
    ("posts", ["lab-pd-007", *IN], 0),
    ("permissions", IN, 0),
    ("permissions", ["--case", "TS-2026-0001", *IN], 0),
    ("rebuild", ["--check"], 0),
    ("figures", [], 0),
    ("case-clauses", ["TS-2026-0001", *IN], 0),
    ("review", ["--ledger", *IN], 1),
    ("calendar", ["import", "{folder}/year.csv", *IN], 0),
    ("enforce", ["public-replies", *IN, "--by", "qinyue"], 0),
    ("import", [*EARLIER_CASES, "--dry-run"], 0),
    ("import", EARLIER_CASES, 0),
    ("checkpoint", IN, 0),
    ("export-ledger", [*IN, "--out", "{folder}/ledger"], 0),
    ("verify", [], 0),
    ("marks", [], 0),
    ("clock", [], 0),
    ("key", [], 0),
    ("backup", ["--new-identity", "{folder}/identity"], 0),
    ("backup", ["--to", "{folder}/backup"], 0),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Small data of our own."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def printed(command: str, arguments: list[str], *, home: Path, status: int, typed: str = "") -> object:
    """What a command prints for programs, after seeing that it has its shape."""
    ran = subprocess.run(
        [KESU, command, *arguments, "--json"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        | {"KESU_HOME": str(home)},
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (command, ran.returncode, ran.stderr) == (command, status, ""), ran.stdout
    answer = json.loads(ran.stdout)
    schema = json.loads((SCHEMAS / f"{command}.json").read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(answer)] == []
    return answer


@pytest.mark.parametrize("command", RULE_BOOK)
def test_a_command_of_the_rule_book_prints_its_shape_and_makes_no_home(command: str, folder: Path) -> None:
    arguments, status = RULE_BOOK[command]
    home = folder / "home"
    printed(command, [one.format(folder=folder) for one in arguments], home=home, status=status)
    assert not home.exists()


def test_every_command_of_the_office_prints_its_shape_on_a_home_of_its_own(folder: Path) -> None:
    home = folder / "home"
    for command, arguments, status in OFFICE:
        printed(command, [one.format(folder=folder) for one in arguments], home=home, status=status)
    assert home.is_dir()
    printed("restore", [str(folder / "backup")], home=folder / "again", status=0)


def test_founding_an_organisation_prints_its_shape(folder: Path) -> None:
    told = ["--title", "恒信检测", "--id", "hengxin", "--administrator", "秦越", "--sign-in", "qin"]
    printed("init", told, home=folder / "home", status=0, typed="Zug-Kanne-Mond-7\n" * 2)


def test_every_command_is_tried_here() -> None:
    elsewhere = {"serve", "restore", "init"}
    assert {*RULE_BOOK, *(command for command, _, _ in OFFICE), *elsewhere} == set(front.COMMANDS)
