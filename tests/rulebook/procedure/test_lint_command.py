"""`kesu lint`: a procedure by its name or its path, what is to be mended, and where."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.rulebook.small import text_of

from kesu.cli import main as front
from kesu.cli import tongue
from kesu.procedure.written.library import Library
from kesu.reading.strict import ReadError

SCHEMA = json.loads((Path(front.__file__).parent / "schemas" / "lint.json").read_text(encoding="utf-8"))


def by_everybody(text: str) -> str:
    """A small file whose steps are taken by everybody."""
    return text.replace(": {}", ": {by: everybody}").replace("{outside", "{by: everybody, outside")


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A library with a right procedure, one with a wrong word, and one whose file cannot be read."""
    for name, text in (
        ("small", by_everybody(text_of("rule: the rule\nat: found\nafter: investigated"))),
        ("wrong", text_of("rule: the rule\nat: fond\nafter: investigated").replace("small", "wrong")),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "procedure.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "gone").mkdir()
    monkeypatch.setenv("KESU_PROCEDURES", str(tmp_path))
    before = tongue.lang()
    yield tmp_path
    tongue.speak(before)


def ran(capsys: pytest.CaptureFixture[str], procedure: str, lang: str = "en") -> tuple[int, str]:
    """The exit status, and what is printed."""
    status = front.main(["lint", procedure, "--lang", lang])
    return status, capsys.readouterr().out


@pytest.mark.parametrize("path", ["small", "{library}/small", "{library}/small/procedure.yaml"])
def test_a_procedure_is_named_or_a_path_leads_to_it(
    path: str, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "small: 2 rules, nothing to mend; 0 settings to be set\n"
    assert ran(capsys, path.format(library=library)) == (0, said)


def test_a_step_of_which_nothing_says_who_takes_it_is_told_with_its_line(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = library / "small" / "procedure.yaml"
    text = path.read_text(encoding="utf-8").replace("consented: {by: everybody}", "consented: {}")
    path.write_text(text, encoding="utf-8")
    line = next(place for place, one in enumerate(text.splitlines(), 1) if "consented" in one)
    said = "nothing says who takes the step “consented”; write “by: posts” there, or “by: everybody”"
    assert ran(capsys, "small") == (1, f"small/procedure.yaml, line {line}: {said}\n")


def test_a_fault_has_its_file_its_line_and_the_nearest_right_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "wrong") == (
        1,
        "wrong/procedure.yaml, line 63: the rule “the rule” speaks of the step “fond”, which no line under “steps” names; did you mean “found”?\n",
    )
    assert ran(capsys, "wrong", "zh") == (
        1,
        "wrong/procedure.yaml 第 63 行：规则“the rule”里的步骤“fond”在“steps”里没有；是不是“found”？\n",
    )


def test_a_file_that_cannot_be_read_is_named_without_a_line(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = library / "gone"
    reason = "cannot be read: No such file or directory"
    assert ran(capsys, str(path)) == (1, f"{path}/procedure.yaml: {reason}\n")
    assert front.main(["lint", str(path), "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    Draft202012Validator(SCHEMA).validate(data)
    zh = "读不了：No such file or directory"
    fault = {"file": f"{path}/procedure.yaml", "line": None, "zh": zh, "en": reason}
    assert data == {"procedure": None, "faults": [fault], "unset": []}


def test_a_name_that_is_none_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert front.main(["lint", "smal", "--lang", "en"]) == 2
    error = "kesu: smal: no procedure is called “smal”; did you mean “small”?\n"
    assert capsys.readouterr().err == error


def test_all_that_is_wrong_is_told_at_once_with_file_and_line(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = text_of(
        "rule: the rule\nat: fond\nafter: investigated", "rule: another\nat: found\nafterr: investigated"
    )
    text = text.replace("  accepted: {}", "  acepted: {}").replace("  found: {}", "  found: {ask: [grade]}")
    text += "settings: {limit: {value: 3 workng days, kind: span}}\nclauses: {A-1: {how: outside}}\n"
    (library / "five").mkdir()
    (library / "five" / "procedure.yaml").write_text(text.replace("small", "five"), encoding="utf-8")
    status, out = ran(capsys, "five")
    lines = out.strip().splitlines()
    assert status == 1
    assert [line.split(": ")[0].split(", line ")[0] for line in lines] == ["five/procedure.yaml"] * 6
    assert [line.split(": ", 1)[1][:34] for line in lines] == [
        "the step “acepted” is not known; d",
        "the step “found” does not know the",
        "the rule “the rule” speaks of the ",
        "the rule “another” does not know t",
        "“workng days” is no unit of time; ",
        "the clause A-1 is “outside”, so it",
    ]


def test_any_other_command_tells_the_first_and_how_many_more_there_are(library: Path) -> None:
    text = text_of("rule: the rule\nat: fond\nafter: investigated").replace("  accepted: {}", "  acepted: {}")
    (library / "two").mkdir()
    (library / "two" / "procedure.yaml").write_text(text.replace("small", "two"), encoding="utf-8")
    with pytest.raises(ReadError) as caught:
        Library(library).load("two")
    assert caught.value.en.endswith("did you mean “accepted”? (and 1 more: “kesu lint” lists them)")


def test_a_setting_of_which_nothing_speaks_is_told(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = by_everybody(text_of("rule: in time\nwithin: <used>\nfrom: received\nto: found")).replace(
        "small", "set"
    )
    text += "settings:\n  used: {value: 3 working days, kind: span}\n  idle: {value: 5, kind: number}\n"
    text += "  paper: {value: 7, kind: number, clause: [A-1]}\n"
    (library / "set").mkdir()
    (library / "set" / "procedure.yaml").write_text(text, encoding="utf-8")
    line = text.splitlines().index("  idle: {value: 5, kind: number}") + 1
    assert ran(capsys, "set") == (
        1,
        f"set/procedure.yaml, line {line}: no rule and no step speaks of the setting “idle”; write <idle> where it belongs, or leave it out\n",
    )
