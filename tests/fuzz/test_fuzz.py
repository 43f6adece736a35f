"""A share of `make fuzz`: whatever becomes of a file, its reader answers in words, soon, and always the same."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.fuzz.files import failure_of, failures, mutated
from tests.fuzz.reader import Reader
from tests.fuzz.readers import MANIFEST, READERS

from kesu.procedure.written.canonical import from_canonical
from kesu.reading.strict import ReadError
from kesu.upkeep.manifest import NotABackup, read_manifest

SHARE = 2_000
ROOT = Path(__file__).parents[2]


def test_mutated_files_are_read_or_refused_in_words(tmp_path: Path) -> None:
    # In a process of its own: the most memory that a process ever took counts, and this one has run other tests.
    command = [sys.executable, "-m", "tests.fuzz", f"--files={SHARE}", "--seed=1000000", f"--keep={tmp_path}"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.returncode) == (f"{SHARE} files from seed 1000000: 0 failures\n", 0), ran.stderr


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.title)
def test_the_files_themselves_are_read(reader: Reader, tmp_path: Path) -> None:
    for content in reader.contents():
        path = tmp_path / reader.name
        path.write_bytes(content)
        reader.read(path)


def test_a_seed_makes_the_same_file_again() -> None:
    assert [mutated(reader, 7) for reader in READERS] == [mutated(reader, 7) for reader in READERS]
    assert mutated(READERS[4], 7) != mutated(READERS[4], 8)


def test_a_reader_that_fails_or_hangs_is_named_with_the_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(path: Path) -> object:
        return {}[path.name]

    def hangs(path: Path) -> object:
        while True:
            path.exists()

    failure = failure_of(replace(READERS[4], read=fails), 7, tmp_path)
    assert failure is not None
    assert str(failure).startswith("CSV, seed 7: ")
    assert "KeyError: 'log.csv'" in failure.what
    monkeypatch.setattr("tests.fuzz.files.HANGS", 1)
    assert str(failure_of(replace(READERS[4], read=hangs), 7, tmp_path)) == (
        "CSV, seed 7: does not come to an end within 1 seconds"
    )


def test_the_file_of_a_failure_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(path: Path) -> object:
        raise ValueError(path.name)

    monkeypatch.setattr("tests.fuzz.files.READERS", (replace(READERS[4], read=fails),))
    assert [failure.seed for failure in failures(2, 5, tmp_path)] == [5, 6]
    assert (tmp_path / "CSV-5-log.csv").read_bytes() == mutated(READERS[4], 5)


@pytest.mark.parametrize(
    ("before", "after"),
    [(b'"size": 9, "sha256"', b'"size": 1e999, "sha256"'), (b'"sequences": {', b'"sequences": [1], "x": {')],
)
def test_a_manifest_with_what_cannot_be_is_refused_in_words(before: bytes, after: bytes) -> None:
    plain = json.dumps(json.loads(MANIFEST)).encode()
    assert plain.count(before) == 1
    with pytest.raises(NotABackup):
        read_manifest(plain.replace(before, after))


def test_json_nested_without_end_is_refused_in_words() -> None:
    deep = "[" * 100_000
    with pytest.raises(NotABackup):
        read_manifest(deep.encode())
    with pytest.raises(ReadError):
        from_canonical(deep)
