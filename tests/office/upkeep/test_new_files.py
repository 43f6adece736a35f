"""What a command writes is there whole under the name that was asked for, or not at all, and takes no name that is taken."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from kesu.cli import main as front
from kesu.upkeep.new_file import NameTaken, free, new_file, new_folder

CLI = Path(front.__file__).parent


def writes_a_file(path: Path) -> None:
    with new_file(path) as to:
        to.write(b"new")


def writes_a_folder(path: Path) -> None:
    with new_folder(path) as folder:
        (folder / "one").write_bytes(b"new")


BOTH = pytest.mark.parametrize("writes", [writes_a_file, writes_a_folder])


def test_a_file_is_there_whole_with_its_mode_and_nothing_beside_it(tmp_path: Path) -> None:
    with new_file(tmp_path / "a.json", mode=0o600) as to:
        to.write(b"half")
        to.flush()
        assert [path.name.split(".")[1] for path in tmp_path.iterdir()] == ["a"]
        assert not (tmp_path / "a.json").exists()
        to.write(b" and half")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.json": b"half and half"}
    assert (tmp_path / "a.json").stat().st_mode & 0o777 == 0o600


def test_a_folder_is_there_with_all_that_is_in_it(tmp_path: Path) -> None:
    with new_folder(tmp_path / "a", mode=0o700) as folder:
        (folder / "one").write_text("1")
        assert not (tmp_path / "a").exists()
        (folder / "two").write_text("2")
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")) == ["a", "a/one", "a/two"]
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o700


def _file(path: Path) -> None:
    path.write_bytes(b"old")


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "old").write_bytes(b"old")


def _nowhere(path: Path) -> None:
    path.symlink_to(path.with_name("nothing"))


@BOTH
@pytest.mark.parametrize("there", [_file, _folder, _nowhere, Path.mkdir])
def test_what_has_the_name_is_left_as_it_is(
    writes: Callable[[Path], None], there: Callable[[Path], None], tmp_path: Path
) -> None:
    there(tmp_path / "a")
    before = _all(tmp_path)
    with pytest.raises(NameTaken) as taken:
        writes(tmp_path / "a")
    assert _all(tmp_path) == before
    assert taken.value.in_("en") == (
        f"{tmp_path / 'a'} exists already and was left as it is; choose another name or move it away first"
    )
    assert taken.value.in_("zh") == f"{tmp_path / 'a'} 已经存在，没有改动它；请换一个文件名，或先把它移走"


@pytest.mark.parametrize("links", [True, False], ids=["links", "a medium without links"])
@pytest.mark.parametrize("begins", [new_file, new_folder])
def test_whoever_was_quicker_keeps_the_name(
    begins: Callable[[Path], AbstractContextManager[Any]],
    links: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not links:
        monkeypatch.setattr("os.link", _no_links)
    with pytest.raises(NameTaken), begins(tmp_path / "a"):
        (tmp_path / "a").write_bytes(b"theirs")
    assert _all(tmp_path) == {"a": b"theirs"}


def test_a_medium_without_links_takes_a_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.link", _no_links)
    writes_a_file(tmp_path / "a")
    assert _all(tmp_path) == {"a": b"new"}


@pytest.mark.parametrize("begins", [new_file, new_folder])
def test_what_cannot_be_finished_leaves_nothing_behind(
    begins: Callable[[Path], AbstractContextManager[Any]], tmp_path: Path
) -> None:
    with pytest.raises(OSError, match="no room"), begins(tmp_path / "a"):
        raise OSError("no room")
    assert _all(tmp_path) == {}


def test_a_draft_of_somebody_who_was_killed_bars_nobody(tmp_path: Path) -> None:
    (tmp_path / ".a.00000000.unfinished").write_bytes(b"ha")
    writes_a_file(tmp_path / "a")
    assert _all(tmp_path) == {".a.00000000.unfinished": b"ha", "a": b"new"}


# Functions of commands that write into files by themselves, and why that may be.
BY_THEMSELVES = {
    "docs.py: run": "pages of this repository, written over on purpose",
    "export_ledger.py: _copy_files": "into a folder that is still a draft",
    "failure.py: write_down": "a line of the log",
    "new.py: run": "into a folder that is still a draft",
    "ways_kept.py: kept_ways": "a text beside its procedure, written over on purpose",
}


def test_no_command_writes_into_a_file_by_itself() -> None:
    found = {
        f"{path.name}: {function.name}"
        for path in CLI.glob("*.py")
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef) and any(map(_writes, ast.walk(function)))
    }
    assert found == set(BY_THEMSELVES)


def _writes(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    modes = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return called in ("write_text", "write_bytes") or (
        called == "open" and any({*mode} & {*"wax"} and len(mode) < 4 for mode in modes)
    )


def _no_links(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def _all(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): None if path.is_dir() or path.is_symlink() else path.read_bytes()
        for path in folder.rglob("*")
    }


def test_the_path_is_the_one_that_was_asked_for(tmp_path: Path) -> None:
    assert free(os.fspath(tmp_path / "b")) == tmp_path / "b"
