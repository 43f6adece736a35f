"""Heads of files are signed: one file proves that it is all there was of it; keys that retire are signed by the next."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from tests.office.ledger.tampering import tamper, without_triggers
from tests.office.ledger.test_offline_verifier import Lines, exported, rewrite, verified
from tests.office.ledger.trees import root_by_definition
from tests.office.ledger.writers import NINE, entry, write

from kesu.cli import main as front
from kesu.ledger import heads
from kesu.ledger import seal as sealing
from kesu.ledger.checkpoint import fingerprint, signed
from kesu.ledger.keys import public_of, signing_key, succeed, trusted_keys, unsigned_retired, vouch
from kesu.ledger.models import Leaf
from kesu.ledger.seal import last_checkpoint, seal
from kesu.ledger.verify import verify

WHOLE = (
    "An extract of one file: case/1 up to entry {0}. When checkpoint 2 was signed (2025-03-03 01:01:00 UTC), 3 of its"
    " entries were sealed, which are here."
)


@pytest.fixture
def ledger(db: None) -> None:
    """Three files; of the first three entries are sealed, in two seals."""
    write("case/1", entry("received"), entry())
    write("case/2", entry("received"))
    seal("lab", NINE)
    write("case/1", entry(minute=1), expected=2)
    write("case/3", entry("received"), entry())
    seal("lab", NINE + timedelta(minutes=1))


def extract(
    tmp_path: Path, change: Callable[[Lines], object] = lambda lines: None, file: str = "case/1"
) -> Path:
    path, _ = exported(tmp_path, file=file)
    rewrite(path, change)
    return path


def without_the_end(lines: Lines) -> None:
    place = max(at for at, line in enumerate(lines) if "leaf" in line)
    del lines[place]
    lines[-1]["end"]["entries"] -= 1


def as_if_the_end_waited(lines: Lines) -> None:
    lines[max(at for at, line in enumerate(lines) if "leaf" in line)]["leaf"] = None


def without_the_head(lines: Lines) -> None:
    lines[:] = [line for line in lines if "head" not in line]


def head(lines: Lines) -> dict[str, Any]:
    return next(line["head"] for line in lines if "head" in line)


def cut_with_its_head(lines: Lines) -> None:
    without_the_end(lines)
    head(lines)["number"] = 2


CHANGES: dict[str, tuple[Callable[[Lines], object], str]] = {
    "the end cut off": (
        without_the_end,
        "when the checkpoint was signed 3 of its entries were sealed, here are 2: the end was cut off",
    ),
    "the end unsealed": (
        as_if_the_end_waited,
        "when the checkpoint was signed 3 of its entries were sealed, here are 2: the end was cut off",
    ),
    "the head left out": (
        without_the_head,
        "the line that proves its head is missing: it does not show that there are no later entries",
    ),
    "the end cut off with its number in the head": (
        cut_with_its_head,
        "the proof of its head does not hold: it does not show that this is the last entry of the file",
    ),
    "another place": (
        lambda lines: head(lines).update(place=1),
        "the proof of its head does not hold: it does not show that this is the last entry of the file",
    ),
    "a proof that is none": (
        lambda lines: head(lines).update(proof=["zz", 3]),
        "the proof of its head does not hold: it does not show that this is the last entry of the file",
    ),
    "a head without a place": (
        lambda lines: head(lines).pop("place"),
        "the proof of its head does not hold: it does not show that this is the last entry of the file",
    ),
}


def test_one_file_proves_that_it_is_whole(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, lines = verified(extract(tmp_path), capsys)
    assert (status, lines[1]) == (0, WHOLE.format(3))
    write("case/1", entry(minute=2), expected=3)
    status, lines = verified(extract(tmp_path), capsys)
    assert (status, lines[0], lines[1]) == (
        0,
        "4 entries (1 unsealed), 1 checkpoints, 0 faults.",
        WHOLE.format(4),
    )


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_left_out_of_one_file_is_named(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    act, sentence = CHANGES[change]
    status, lines = verified(extract(tmp_path, act), capsys)
    assert (status, lines[0]) == (1, f"organisation lab, checkpoint 2: {sentence}")
    assert "It proves these entries, not that there are no later ones." in "\n".join(lines)


def test_the_head_of_another_file_proves_nothing(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = json.loads(extract(tmp_path, file="case/3").read_text().splitlines()[-2])
    path = extract(tmp_path, lambda lines: head(lines).update(other["head"], number=3))
    assert verified(path, capsys)[0] == 1


def test_a_file_of_which_nothing_is_sealed_needs_no_head(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write("case/4", entry("received"))
    status, lines = verified(extract(tmp_path, file="case/4"), capsys)
    assert (status, lines[0]) == (0, "1 entries (1 unsealed), 1 checkpoints, 0 faults.")


def test_checkpoints_of_before_say_nothing_of_heads_and_the_extract_says_so(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "signed", lambda **parts: signed(**{**parts, "heads": None}))
    write("case/1", entry("received"))
    seal("lab", NINE)
    last = last_checkpoint("lab")
    assert last is not None
    assert (b'"v":1' in last.body, last.statement.heads, last.statement.files) == (True, None, None)
    status, lines = verified(extract(tmp_path), capsys)
    assert (status, lines[1]) == (
        0,
        "An extract of one file: case/1 up to entry 1. It proves these entries, not that there are no later ones.",
    )
    assert verified(exported(tmp_path)[0], capsys)[0] == 0
    monkeypatch.undo()
    write("case/1", entry(minute=1), expected=1)
    seal("lab", NINE + timedelta(minutes=1))
    assert verify().faults == ()
    assert verified(exported(tmp_path)[0], capsys)[0] == 0


def by_definition(organisation: str) -> tuple[int, str]:
    """How many files have something sealed, and the root over their heads, from the leaves alone."""
    rows: dict[str, tuple[int, bytes]] = {}
    for leaf in Leaf.objects.filter(organisation=organisation).order_by("file", "entry"):
        rows[leaf.file] = (leaf.entry, bytes(leaf.digest))
    data = [digest + f"{number} {file}".encode() for file, (number, digest) in sorted(rows.items())]
    return len(rows), root_by_definition(data).hex()


@pytest.mark.parametrize("memory", ["kept", "lost"])
def test_what_is_signed_is_the_root_over_the_heads_of_all_sealed_files(db: None, memory: str) -> None:
    for turn in range(6):
        for number in range(turn + 1):
            write(f"case/{number}", entry(minute=turn), expected=turn - number)
        if memory == "lost":
            heads._kept.clear()
        seal("lab", NINE + timedelta(minutes=turn))
        assert seal("lab", NINE + timedelta(minutes=turn)) is None
        last = last_checkpoint("lab")
        assert last is not None
        assert (last.statement.files, last.statement.heads) == by_definition("lab")
    assert verify().faults == ()


def test_a_seal_that_was_taken_back_leaves_nothing_in_memory(
    fresh_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("case/1", entry())
    seal("lab", NINE)
    write("case/2", entry(minute=1))
    monkeypatch.setattr(sealing, "_sign", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        seal("lab", NINE + timedelta(minutes=1))
    monkeypatch.undo()
    seal("lab", NINE + timedelta(minutes=1))
    last = last_checkpoint("lab")
    assert last is not None
    assert (last.statement.files, last.statement.heads) == by_definition("lab")


@pytest.mark.tampers
def test_heads_that_were_signed_falsely_are_named_by_both_verifiers(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By whoever has the key: the host's owner, or a Kesu that somebody changed."""
    last = last_checkpoint("lab")
    assert last is not None
    statement = last.statement
    body, signature = signed(
        organisation="lab",
        number=2,
        size=statement.size,
        root=bytes.fromhex(statement.root),
        time=statement.time,
        key=signing_key(settings.LEDGER_SIGNING_KEY),
        heads=(2, bytes(32)),
    )
    without_triggers()
    tamper("UPDATE ledger_checkpoint SET body = %s, signature = %s WHERE number = 2", body, signature)
    first = verify().first
    assert first is not None
    assert (first.what, first.checkpoint) == ("heads", 2)
    assert verified(exported(tmp_path)[0], capsys)[1][0] == (
        "organisation lab, checkpoint 2: the heads of files that it signs are not those of the entries"
    )


@pytest.mark.tampers  # the key is another one afterwards
def test_a_key_that_was_replaced_is_signed_by_the_one_that_follows_it(
    ledger: None, settings: Any, tmp_path: Path
) -> None:
    settings.LEDGER_SIGNING_KEY = path = tmp_path / "signing-key"
    first = public_of(signing_key(path))
    write("case/9", entry("received"), organisation="lab-2")
    seal("lab-2", NINE)
    second, third = succeed(path), succeed(path)
    assert public_of(signing_key(path)) == third
    assert trusted_keys(path) == {first, second, third}
    assert sorted(one.name for one in tmp_path.iterdir()) == ["signing-key", "signing-key.retired"]
    assert [path.stat().st_mode & 0o777 for path in tmp_path.iterdir()] == [0o600, 0o600]
    write("case/9", entry(minute=1), organisation="lab-2", expected=1)
    seal("lab-2", NINE + timedelta(minutes=1))
    assert verify("lab-2").faults == ()


def test_the_command_shows_replaces_and_vouches(
    db: None, settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.LEDGER_SIGNING_KEY = path = tmp_path / "signing-key"
    assert front.main(["key", "--lang", "en"]) == 2
    assert "there is no key yet" in capsys.readouterr().err
    first = public_of(signing_key(path))
    assert front.main(["key", "--lang", "en"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"key {first}",
        f"fingerprint of the key {fingerprint(first)}",
    ]
    assert front.main(["key", "--new", "--lang", "zh"]) == 0
    second = public_of(signing_key(path))
    assert capsys.readouterr().out.splitlines() == [
        f"公钥 {second}",
        f"公钥指纹 {fingerprint(second)}",
        f"停用，已由后继签认：{first}",
    ]
    path.with_name("signing-key.retired").write_text("ab" * 32 + "\n")
    assert front.main(["key", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {
        "key": second,
        "fingerprint": fingerprint(second),
        "retired": [],
        "unsigned": ["ab" * 32],
    }
    assert front.main(["key", "--lang", "en"]) == 1
    assert "retired, signed by nobody, does not count" in capsys.readouterr().out
    assert front.main(["key", "--vouch", "AB" * 32, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["retired"] == ["ab" * 32]
    assert front.main(["key", "--vouch", "12", "--lang", "en"]) == 2
    assert capsys.readouterr().err == "kesu: “12” is no public key; give 64 hexadecimal digits\n"


@pytest.mark.tampers
def test_a_line_that_nobody_signed_counts_nothing_and_is_named(
    db: None, settings: Any, tmp_path: Path
) -> None:
    settings.LEDGER_SIGNING_KEY = path = tmp_path / "signing-key"
    signing_key(path)
    foreign = Ed25519PrivateKey.generate()
    public = public_of(foreign)
    itself = foreign.sign(
        b"kesu: this key is followed by the one that signs here: " + bytes.fromhex(public)
    ).hex()
    retired = path.with_name("signing-key.retired")
    own = public_of(signing_key(path))
    for line in (
        public,
        f"{public} {public} {itself}",
        f"{public} {own} {itself}",
        f"{public} {own} zz",
        "nonsense x y",
    ):
        retired.write_text(line + "\n")
        assert trusted_keys(path) == {own}
        assert unsigned_retired(path) == [line.split()[0]]
        assert [fault.sentence("en") for fault in verify().faults] == [
            f"the retired key {line.split()[0][:16]}… is not signed by one that followed it, and does not count"
        ]
    vouch(path, public)
    assert trusted_keys(path) == {own, public}
    with pytest.raises(ValueError, match="not a public key"):
        vouch(path, "abcd")
