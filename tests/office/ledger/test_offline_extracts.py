"""What an export holder may try: an extract for the whole, strange lines, keys that signed nothing; each is named in words."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from tests.office.ledger.backdating import backdated
from tests.office.ledger.test_offline_verifier import exported, keep, rewrite, verified
from tests.office.ledger.trees import root_by_definition
from tests.office.ledger.writers import NINE, entry, write

from kesu.ledger.keys import public_of, signing_key
from kesu.ledger.merkle import NotInTree, Tree
from kesu.ledger.offline.kesu_verify import consistent
from kesu.ledger.seal import last_checkpoint, seal

Lines = list[dict[str, Any]]
EXTRACT = (
    "An extract of one file: case/1 up to entry 3. When checkpoint 2 was signed (2025-03-03 01:01:00 UTC), 3 of its"
    " entries were sealed, which are here."
)


@pytest.fixture
def ledger(db: None) -> None:
    """Two files, sealed twice: three leaves, then five."""
    write("case/1", entry("received"), entry())
    write("case/2", entry("received"))
    seal("lab", NINE)
    write("case/1", entry(minute=1), expected=2)
    write("case/2", entry(minute=1), expected=1)
    seal("lab", NINE + timedelta(minutes=1))


def own_key() -> str:
    return public_of(signing_key(settings.LEDGER_SIGNING_KEY))


def forged(path: Path) -> None:
    """As somebody without the key would: no checkpoint, nothing sealed."""

    def strip(lines: Lines) -> None:
        entries = [line | {"leaf": None} for line in lines if "leaf" in line]
        lines[:] = [lines[0], *entries, {"end": {"entries": len(entries), "checkpoints": 0}}]

    rewrite(path, strip)


def test_a_key_by_which_nothing_was_signed_is_a_fault_and_without_one_nothing_sealed_is_said(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, _ = exported(tmp_path)
    forged(path)
    assert verified(path, capsys, "--key", own_key()) == (
        1,
        [
            "lab: nothing here was signed by the key that you gave",
            "5 entries (5 unsealed), 0 checkpoints, 1 faults.",
            "Warning: no checkpoint stands here, nothing is sealed.",
        ],
    )
    assert verified(path, capsys) == (
        0,
        [
            "5 entries (5 unsealed), 0 checkpoints, 0 faults.",
            "Warning: no checkpoint stands here, nothing is sealed.",
        ],
    )


@pytest.mark.parametrize("place", [0, 1, 3, -1])
def test_a_key_that_stands_twice_in_a_line_is_named_with_its_line(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], place: int
) -> None:
    path, _ = exported(tmp_path)
    lines = path.read_text().splitlines()
    name = next(iter(json.loads(lines[place])))
    lines[place] = f'{{"{name}":0,{lines[place][1:]}'
    path.write_text("\n".join(lines) + "\n")
    number = range(1, len(lines) + 1)[place]
    assert verified(path, capsys) == (
        2,
        [
            f"第 {number} 行读不出 / line {number} cannot be read: “{name}” stands here twice / 这里有两个“{name}”"
        ],
    )


STRANGE = {
    "text for the leaf": {"leaf": "1"},
    "a number for the digest": {"digest": 5},
    "a list for the entry": {"entry": ["x"]},
    "no text for the file": {"file": None, "entry": None},
    "text for the number": {"number": "first"},
}


@pytest.mark.parametrize("strange", STRANGE)
@pytest.mark.parametrize("file", [None, "case/1"])
def test_a_line_with_something_else_in_it_is_a_fault_and_not_a_trace(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], strange: str, file: str | None
) -> None:
    path, _ = exported(tmp_path, file=file)
    first = 2 if file else 3
    rewrite(path, lambda lines: lines[first].update(STRANGE[strange]))
    status, lines = verified(path, capsys)
    assert status == 1, lines
    assert "Traceback" not in "\n".join(lines)


@pytest.mark.parametrize("part", ["leaf", "digest", "file", "number"])
def test_a_line_in_which_something_is_missing_is_named(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], part: str
) -> None:
    path, _ = exported(tmp_path)
    rewrite(path, lambda lines: lines[4].pop(part))
    status, _ = verified(path, capsys)
    assert status == 1


def test_a_line_nested_too_deep_is_named(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, _ = exported(tmp_path)
    text = path.read_text().splitlines()
    text[3] = "[" * 200_000
    path.write_text("\n".join(text))
    assert verified(path, capsys) == (
        2,
        ["第 4 行读不出 / line 4 cannot be read: nested too deep / 嵌套太深"],
    )


def test_an_extract_says_so_and_up_to_where(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, _ = exported(tmp_path, file="case/1")
    assert verified(path, capsys, "--key", own_key())[1][1] == EXTRACT


def test_an_entry_of_another_file_in_an_extract_is_named(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, _ = exported(tmp_path, file="case/1")
    rewrite(path, lambda lines: lines[0].update(file="case/2"))
    status, lines = verified(path, capsys)
    assert (status, lines[0]) == (
        1,
        "organisation lab, file case/1, entry 1: it does not belong to the file of this extract",
    )


def test_a_kept_checkpoint_is_compared_with_an_extract_as_well(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = keep(tmp_path)
    path, _ = exported(tmp_path, file="case/1")
    assert verified(path, capsys, "--checkpoint", str(now))[0] == 0
    write("case/1", entry(minute=2), expected=3)
    seal("lab", NINE + timedelta(minutes=2))
    later = keep(tmp_path)
    status, lines = verified(path, capsys, "--checkpoint", str(later))
    assert (status, lines[0]) == (
        1,
        "organisation lab, checkpoint 3: it covers 6 entries, here are 5: the end was cut off",
    )


def test_an_extract_proves_that_it_continues_a_checkpoint_that_was_kept_or_says_that_it_does_not(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = keep(tmp_path)
    write("case/1", entry(minute=2), entry(minute=2), expected=3)
    seal("lab", NINE + timedelta(minutes=2))
    path, _ = exported(tmp_path, file="case/1")
    status, lines = verified(path, capsys, "--checkpoint", str(kept))
    assert (status, lines[0]) == (
        1,
        (
            "organisation lab, checkpoint 2: it was not compared: the extract holds no proof of consistency with it"
            " (give it to the export by --kept)"
        ),
    )
    path, _ = exported(tmp_path, file="case/1", kept=[5])
    assert verified(path, capsys, "--checkpoint", str(kept))[0] == 0
    rewrite(path, lambda lines: lines[2]["consistency"]["proof"].reverse())
    status, lines = verified(path, capsys, "--checkpoint", str(kept))
    assert (status, lines[0]) == (
        1,
        "organisation lab, checkpoint 2: the proof of consistency does not hold: the history was rewritten since",
    )


def test_consistency_is_proved_between_any_two_sizes_and_between_no_other() -> None:
    leaves = [bytes([number]) * 32 for number in range(20)]
    roots = [root_by_definition(leaves[:size]).hex() for size in range(1, 21)]
    for new in range(1, 21):
        tree = Tree(leaves[:new])
        for old in range(1, new):
            proof = [step.hex() for step in tree.consistency(old)]
            assert consistent(old, new, roots[old - 1], roots[new - 1], proof)
            assert not consistent(old, new, roots[old], roots[new - 1], proof)
            assert not consistent(old, new, roots[old - 1], roots[new - 2], proof)
            assert not consistent(old, new, roots[old - 1], roots[new - 1], proof[:-1])
        for none in (0, new + 1):
            with pytest.raises(NotInTree):
                tree.consistency(none)


@pytest.mark.tampers
def test_times_that_fall_are_named(ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Signed so, by a clock that was wrong: the chain holds, and the times tell."""
    backdated()
    path, _ = exported(tmp_path)
    status, lines = verified(path, capsys)
    assert (status, lines[:2]) == (
        1,
        [
            "organisation lab, checkpoint 3: its time is before that of the checkpoint before it",
            "organisation lab, file case/1, entry 4: it was noted before the entry that it follows",
        ],
    )
    assert last_checkpoint("lab") is not None
