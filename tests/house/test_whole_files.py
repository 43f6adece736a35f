"""A fault of a whole file names the file and no line: every place that raises one is found and made to speak."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from kesu.cli import main as front
from kesu.cli import tongue
from kesu.paper.source import paragraphs
from kesu.procedure.written.canonical import from_canonical
from kesu.procedure.written.catalogue import read_catalogue
from kesu.procedure.written.library import Library
from kesu.reading.strict import ReadError, node_of, read_file
from kesu.ways.kept import read_kept
from kesu.worktime.china import china_calendar
from kesu.worktime.importing import lay_over, read_schedule

SOURCE = Path(front.__file__).parents[1]


def _of_whole_files() -> Iterator[str]:
    """Every function that raises a fault of line 0."""
    for path in sorted(SOURCE.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and any(map(_is_of_line_0, ast.walk(function))):
                yield f"{path.relative_to(SOURCE).with_suffix('')}: {function.name}"


def _is_of_line_0(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and any(
            key.arg == "line" and isinstance(key.value, ast.Constant) and key.value.value == 0
            for key in node.keywords
        )
    )


EDITION = json.dumps(
    {"layers": [{"name": "small", "file": "no mapping", "kind": "own"}], "linked": {}, "settings": {}}
)
RAISED: Mapping[str, tuple[Callable[[Path], object], str]] = {
    "paper/source: _wrong": (
        lambda folder: paragraphs(folder / "paper.pdf"),
        "paper.pdf: a paper is read from Word (.docx) or from text (.txt, .md); save it as one of these",
    ),
    "procedure/written/canonical: _block": (
        lambda folder: from_canonical(EDITION),
        "small: this is no text of a procedure",
    ),
    "procedure/written/canonical: from_canonical": (
        lambda folder: from_canonical("{}"),
        "edition: this is no text of a procedure",
    ),
    "procedure/written/catalogue: read_catalogue": (
        lambda folder: read_catalogue(folder / "clauses.csv"),
        "FOLDER/clauses.csv: cannot be read: No such file or directory",
    ),
    "procedure/written/library: find": (
        lambda folder: Library(folder).find("smal"),
        "smal: no procedure is called “smal”; did you mean “small”?",
    ),
    "reading/strict: node_of": (
        lambda folder: node_of([1], file="calendar"),
        "calendar, 1: text, a list or a mapping is wanted, not 1",
    ),
    "reading/strict: read_file": (
        lambda folder: read_file(folder / "small.yaml"),
        "FOLDER/small.yaml: cannot be read: No such file or directory",
    ),
    "ways/kept: read_kept": (
        lambda folder: read_kept(folder / "small" / "ways.txt"),
        "small/ways.txt: this is not as `kesu ways --write` writes it",
    ),
    "worktime/calendar_text: _decoded": (
        lambda folder: read_schedule(b"\xff\xfe\x00", source="2027.csv", form="csv"),
        "2027.csv: neither UTF-8 nor GB18030 text; save it as UTF-8",
    ),
    "worktime/importing: lay_over": (
        lambda folder: lay_over(
            china_calendar(),
            read_schedule("date,kind\n2099-01-04,off\n", source="2099.csv", form="csv"),
            source="2099.csv",
        ),
        (
            "2099.csv: it settles 2099, but the calendar knows nothing after 2026-12-31; "
            "import the schedule of 2027 first"
        ),
    ),
    "worktime/importing: schedule_of": (
        lambda folder: read_schedule("", source="2027.csv", form="csv"),
        "2027.csv: no day is named; give a line for each day off or worked",
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "procedure.yaml").touch()
    (tmp_path / "small" / "ways.txt").write_text("once upon a time", encoding="utf-8")
    return tmp_path


def test_every_place_that_raises_of_a_whole_file_is_tried_here() -> None:
    assert sorted(_of_whole_files()) == sorted(RAISED)


@pytest.mark.parametrize("place", RAISED)
def test_it_names_the_file_and_no_line(place: str, folder: Path) -> None:
    raising, message = RAISED[place]
    with pytest.raises(ReadError) as caught:
        raising(folder)
    assert caught.value.in_("en") == message.replace("FOLDER", str(folder))
    assert str(caught.value) == caught.value.in_("en")
    assert caught.value.in_("zh") == f"{caught.value.file}：{caught.value.zh}"


@pytest.mark.parametrize(
    "words", [["lint", "nothing/procedure.yaml"], ["lint", "empty"], ["lint", "smal"], ["try", "smal"]]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_commands_say_no_line_0(
    words: list[str],
    lang: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (folder / "empty").mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("KESU_PROCEDURES", str(folder))
    before = tongue.lang()
    try:
        assert front.main([*words, "--lang", lang]) in (1, 2)
    finally:
        tongue.speak(before)
    said = "".join(capsys.readouterr())
    assert said
    assert "line 0" not in said
    assert "第 0 行" not in said
