"""`kesu new`: what it drafts from a paper can be read and tried at once, and claims nothing that is not held."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kesu.cli import main as front
from kesu.cli import tongue
from kesu.procedure.written.catalogue import clauses_of
from kesu.procedure.written.library import Library, here

PAPER = (
    "青山商场投诉办法\n1 由客服部接待顾客。\n2 客服部应在2个工作日内答复。\n3 未经总经理批准，不得拒绝。\n"
)


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A library of one's own before that of the house, with a paper beside it."""
    (tmp_path / "own").mkdir()
    (tmp_path / "paper.txt").write_text(PAPER, encoding="utf-8")
    monkeypatch.setenv("KESU_PROCEDURES", f"{tmp_path / 'own'}:{here().find('base').parent}")
    before = tongue.lang()
    yield tmp_path / "own"
    tongue.speak(before)


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    """The exit status and the lines of both streams."""
    status = front.main([*arguments, "--lang", "en"])
    said = capsys.readouterr()
    return status, (said.out + said.err).splitlines()


def test_a_draft_of_a_paper_has_nothing_to_mend_and_its_example_holds(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = library / "mall-complaint"
    assert ran(capsys, "new", "mall-complaint", "--from", str(library.parent / "paper.txt")) == (
        0,
        [
            f"drafted: {folder}",
            "3 clauses, 3 of them binding, 1 limits",
            f"next: kesu lint {folder}, kesu try mall-complaint, kesu clauses --document mall-complaint --missing",
        ],
    )
    assert sorted(path.name for path in folder.iterdir()) == ["examples.yaml", "paper.csv", "procedure.yaml"]
    assert ran(capsys, "lint", "mall-complaint")[0] == 0
    assert ran(capsys, "try", "mall-complaint") == (0, ["mall-complaint: 2 examples, 2 hold"])
    drafted = Library(library, *here().roots).load("mall-complaint")
    assert {name: post.title.zh for name, post in drafted.posts.items()} == {
        "客服部": "客服部",
        "总经理": "总经理",
    }
    assert "  # limit of 2: {value: 2 working days, kind: span, " in (folder / "procedure.yaml").read_text(
        encoding="utf-8"
    )


def test_every_clause_of_the_paper_is_listed_as_held_by_nothing_until_a_rule_cites_it(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran(capsys, "new", "mall-complaint", "--from", str(library.parent / "paper.txt"))
    own = [one.id for one in clauses_of(here()) if one.document == "mall-complaint"]
    assert own == ["mall-complaint-1", "mall-complaint-2", "mall-complaint-3"]
    status, lines = ran(capsys, "clauses", "--document", "mall-complaint", "--missing")
    assert (status, [line.split()[0] for line in lines if line.startswith("mall-")]) == (1, own)


def test_the_words_of_the_paper_stand_under_the_rule_that_cites_them(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran(capsys, "new", "mall-complaint", "--from", str(library.parent / "paper.txt"))
    path = library / "mall-complaint" / "procedure.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("clause: []", "clause: [mall-complaint-2]"), encoding="utf-8"
    )
    _, lines = ran(capsys, "show", "mall-complaint")
    assert "    Paper: 客服部应在2个工作日内答复。" in lines


@pytest.mark.parametrize(
    ("arguments", "en"),
    [
        (
            ["Mall"],
            "“Mall” is no name of a procedure; use small letters, digits and hyphens, such as mall-complaint",
        ),
        (["taken"], "/taken exists already and was left as it is; choose another name"),
        (["mall", "--from", "{folder}/none.txt"], "has no numbered clause"),
        (["mall", "--base", "bse"], "no procedure is called “bse”; did you mean “base”?"),
    ],
)
def test_what_cannot_be_begun_is_said_and_nothing_is_written(
    arguments: list[str], en: str, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (library / "taken").mkdir()
    (library / "none.txt").write_text("尊敬的顾客，您好。", encoding="utf-8")
    status, lines = ran(capsys, "new", *(one.format(folder=library) for one in arguments))
    assert status == 2
    assert en in " ".join(lines)
    assert sorted(path.name for path in library.iterdir()) == ["none.txt", "taken"]
