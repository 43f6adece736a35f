"""The export, and the one-file verifier that reads it with nothing but Python's standard library."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from tests.office.ledger.writers import NINE, entry, write

from kesu.ledger.checkpoint import fingerprint
from kesu.ledger.erase import erase
from kesu.ledger.export import Exported, NothingToExport, checkpoint_line, export_ledger
from kesu.ledger.keys import public_of, signing_key
from kesu.ledger.marked import own_fingerprint
from kesu.ledger.offline import SCRIPT, kesu_verify
from kesu.ledger.oneway import writing
from kesu.ledger.seal import last_checkpoint, seal

Lines = list[dict[str, Any]]


@pytest.fixture
def ledger(db: None) -> None:
    """Files of two organisations; `lab`: seven sealed entries under two checkpoints, one erased value, one unsealed."""
    write(
        "case/1",
        entry("received", personal={"name": "张三", "telephone": "1"}),
        entry(),
        organisation="lab-2",
    )
    write("case/1", entry("received", personal={"name": "张三", "telephone": "1"}), entry())
    write("case/2", entry("received", personal={"name": "李四"}))
    seal("lab", NINE)
    with writing(), transaction.atomic():
        erase(organisation="lab", file="case/1", expected=2, values=[(1, "telephone")], entry=entry("erased"))
    write("case/2", entry(), entry(), entry("closed"), expected=1)
    seal("lab", NINE + timedelta(minutes=1))
    write("case/3", entry("received"))


def exported(tmp_path: Path, **options: Any) -> tuple[Path, Exported]:
    path = tmp_path / "export.jsonl"
    with path.open("wb") as to:
        done = export_ledger(organisation="lab", to=to, **options)
    return path, done


def rewrite(path: Path, change: Callable[[Lines], object]) -> None:
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    change(lines)
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))


def verified(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[str]]:
    status = kesu_verify.main([str(path), "--lang", "en", *options])
    captured = capsys.readouterr()
    return status, (captured.out or captured.err).splitlines()


def test_a_sound_export_verifies(ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, done = exported(tmp_path)
    assert done == Exported(entries=8, checkpoints=2)
    key = public_of(signing_key(settings.LEDGER_SIGNING_KEY))
    assert verified(path, capsys, "--key", key) == (
        0,
        [
            "8 entries (1 unsealed), 2 checkpoints, 0 faults.",
            f"Fingerprint of the key that signed: {fingerprint(key)}.",
        ],
    )
    assert kesu_verify.main([str(path), "--key", key]) == 0
    assert capsys.readouterr().out == (
        "记录 8 条（未封存 1 条），检查点 2 个，发现问题 0 处。\n" + f"签名公钥的指纹 {fingerprint(key)}。\n"
    )
    assert "张三" not in path.read_text()


def test_an_export_with_personal_values_checks_them(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, _ = exported(tmp_path, personal=True)
    assert verified(path, capsys)[0] == 0
    assert '"value":"张三"' in path.read_text()
    rewrite(path, lambda lines: lines[3]["values"]["name"].update(value="王五"))
    assert verified(path, capsys)[1][0] == (
        'organisation lab, file case/1, entry 1: the personal value "name" is not what was committed to'
    )


def test_an_export_of_one_file_proves_that_each_entry_is_in_the_tree(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, done = exported(tmp_path, file="case/2")
    assert done == Exported(entries=4, checkpoints=1)
    assert verified(path, capsys)[0] == 0
    rewrite(path, lambda lines: lines[3]["proof"].reverse())
    assert verified(path, capsys)[1][0] == (
        "organisation lab, file case/2, entry 2: it is not in the tree of the checkpoint"
    )


def test_an_export_of_one_file_before_anything_is_sealed_proves_its_chain_alone(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write("case/1", entry("received"), entry())
    path, done = exported(tmp_path, file="case/1")
    assert done == Exported(entries=2, checkpoints=0)
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [(line["leaf"], line["proof"]) for line in lines[1:3]] == [(None, None)] * 2
    assert verified(path, capsys) == (
        0,
        [
            "2 entries (2 unsealed), 0 checkpoints, 0 faults.",
            "An extract of one file: case/1 up to entry 2. It proves these entries, not that there are no later ones.",
            "Warning: no checkpoint stands here, nothing is sealed.",
        ],
    )
    rewrite(path, lambda lines: lines[2].update(number=3))
    assert verified(path, capsys)[1][0] == (
        "organisation lab, file case/1, entry 3: the bytes are not those of this entry (number)"
    )


def at(place: int, **parts: Any) -> Callable[[Lines], object]:
    """Change parts of the line at this place; the export has a head, two checkpoints, then the entries."""
    return lambda lines: lines[place].update(parts)


def rewritten(lines: Lines) -> None:
    lines[4]["entry"] = lines[4]["entry"].replace('"kind":"noted"', '"kind":"upheld"')


def rehashed(lines: Lines) -> None:
    rewritten(lines)
    lines[4]["digest"] = hashlib.sha256(lines[4]["entry"].encode()).hexdigest()


CHANGES: dict[str, tuple[Callable[[Lines], object], str]] = {
    "bytes changed": (rewritten, "file case/1, entry 2: the bytes do not have the digest"),
    "bytes and digest changed": (rehashed, "checkpoint 1: its root is not that of the entries"),
    "an entry gone, its leaf there": (at(4, entry=None), "file case/1, entry 2: this entry is missing"),
    "a line gone": (lambda lines: lines.pop(4), "file case/2, entry 1: its leaf should be 2"),
    "an unsealed entry gone": (lambda lines: lines.pop(10), "lab: the export is incomplete"),
    "two swapped": (lambda lines: lines.insert(3, lines.pop(4)), "entry 2: its leaf should be 1"),
    "said to be of another file": (
        at(4, file="case/2"),
        "entry 2: the bytes are not those of this entry (file)",
    ),
    "a number changed": (at(4, number=7), "entry 7: the bytes are not those of this entry (number)"),
    "a digest changed": (at(4, digest="00" * 32), "entry 2: the bytes do not have the digest"),
    "a leaf changed": (at(4, leaf=9), "entry 2: its leaf should be 2"),
    "a signature changed": (at(1, signature="00" * 64), "checkpoint 1: the signature does not hold"),
    "a signature that is none": (at(1, signature="none"), "checkpoint 1: the signature does not hold"),
    "bytes that are no entry": (
        lambda lines: lines[10].update(entry="[]", digest=hashlib.sha256(b"[]").hexdigest()),
        "entry 1: the bytes are not those of this entry (not a JSON object / 不是 JSON 对象)",
    ),
    "a checkpoint changed": (
        lambda lines: lines[2].update(body=lines[2]["body"].replace('"size":7', '"size":6')),
        "checkpoint 2: the signature does not hold",
    ),
    "a checkpoint that is none": (at(1, body="{}"), "checkpoint 1: it cannot be read"),
    "a checkpoint gone": (lambda lines: lines.pop(1), "checkpoint 2: its number or size does not grow"),
    "the end cut off": (lambda lines: lines.pop(), "lab: the export is incomplete"),
    "the sealed end cut off": (
        lambda lines: [lines.pop(9) for _ in range(2)],
        "lab: the export is incomplete",
    ),
    "the last checkpoint gone": (lambda lines: lines.pop(2), "entry 3: no checkpoint covers it"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_in_the_export_is_named(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    path, _ = exported(tmp_path)
    act, said = CHANGES[change]
    rewrite(path, act)
    status, lines = verified(path, capsys)
    assert (status, said in lines[0]) == (1, True), lines


def keep(tmp_path: Path) -> Path:
    last = last_checkpoint("lab")
    assert last is not None
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps(checkpoint_line(last)))
    return kept


def test_a_ledger_cut_off_before_it_was_exported_is_found_with_a_checkpoint_kept_elsewhere(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, (path, _) = keep(tmp_path), exported(tmp_path)
    assert verified(path, capsys, "--checkpoint", str(kept))[0] == 0

    def cut(lines: Lines) -> None:
        """As if everything after the first checkpoint had never been."""
        lines[:] = [*lines[:2], *lines[3:6], {"end": {"entries": 3, "checkpoints": 1}}]

    rewrite(path, cut)
    assert verified(path, capsys)[0] == 0
    status, lines = verified(path, capsys, "--checkpoint", str(kept))
    assert (status, lines[0]) == (
        1,
        "organisation lab, checkpoint 2: it covers 7 entries, here are 3: the end was cut off",
    )


@pytest.mark.tampers
def test_a_ledger_written_anew_and_signed_by_another_key_is_found(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    kept = keep(tmp_path)
    settings.LEDGER_SIGNING_KEY = tmp_path / "another-key"
    write("case/1", entry(), organisation="forged")
    seal("forged", NINE)
    path = tmp_path / "forged.jsonl"
    with path.open("wb") as to:
        export_ledger(organisation="forged", to=to)
    assert verified(path, capsys)[0] == 0
    status, lines = verified(path, capsys, "--checkpoint", str(kept))
    assert (status, lines[0]) == (
        1,
        "organisation forged, checkpoint 1: it was not signed by a key that you gave",
    )


def test_a_kept_checkpoint_of_another_history_is_found(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from kesu.ledger.checkpoint import signed

    key = signing_key(settings.LEDGER_SIGNING_KEY)
    body, signature = signed(organisation="lab", number=1, size=3, root=bytes(32), time=NINE, key=key)
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps({"checkpoint": 1, "body": body.decode(), "signature": signature.hex()}))
    path, _ = exported(tmp_path)
    status, lines = verified(path, capsys, "--checkpoint", str(kept))
    assert (status, lines[0]) == (
        1,
        "organisation lab, checkpoint 1: it differs from the checkpoint that you kept",
    )


def test_a_checkpoint_that_was_not_signed_by_its_own_key_is_no_help(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, (path, _) = keep(tmp_path), exported(tmp_path)
    kept.write_text(kept.read_text().replace('size\\":7', 'size\\":6'))
    assert verified(path, capsys, "--checkpoint", str(kept)) == (
        2,
        ["另存的检查点签名不成立 / the checkpoint that you kept is not signed by its own key"],
    )


def test_lines_of_a_later_kesu_are_passed_over(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, _ = exported(tmp_path)
    rewrite(path, lambda lines: lines.insert(3, {"something": "new"}))
    assert verified(path, capsys)[0] == 0


@pytest.mark.parametrize("text", ["", "{}\n", "not json\n", '{"kesu": "ledger", "v": 1}\n[1]\n'])
def test_what_is_not_an_export_is_wrong_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = tmp_path / "export.jsonl"
    path.write_text(text)
    assert verified(path, capsys)[0] == 2
    assert verified(tmp_path / "nowhere", capsys)[0] == 2


def test_the_script_runs_alone_on_the_standard_library(ledger: None, tmp_path: Path) -> None:
    path, _ = exported(tmp_path)
    script = tmp_path / "kesu_verify.py"
    script.write_bytes(SCRIPT.read_bytes())
    run = subprocess.run(
        [sys.executable, "-I", "-S", script, path],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ},
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.splitlines() == [
        "记录 8 条（未封存 1 条），检查点 2 个，发现问题 0 处。",
        "密钥只与导出文件自身核对过：请用 --key 或 --checkpoint 给出你另行保存的。",
        f"签名公钥的指纹 {own_fingerprint()}。",
    ]


def test_nothing_to_export_is_said(ledger: None) -> None:
    with pytest.raises(NothingToExport, match="has no file 'case/9'"):
        export_ledger(organisation="lab", to=io.BytesIO(), file="case/9")


RFC_8032 = [  # section 7.1, tests 1 to 3: secret key, message
    ("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", ""),
    ("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "72"),
    ("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "af82"),
]


@pytest.mark.parametrize(("secret", "message"), RFC_8032)
def test_signatures_are_checked_as_rfc_8032_says(secret: str, message: str) -> None:
    key, text = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)), bytes.fromhex(message)
    public, signature = bytes.fromhex(public_of(key)), key.sign(text)
    assert kesu_verify.signed_by(public, signature, text)
    assert not kesu_verify.signed_by(public, signature, text + b"x")
    for place in (0, 31, 32, 63):
        bent = bytearray(signature)
        bent[place] ^= 1
        assert not kesu_verify.signed_by(public, bytes(bent), text)
    high = signature[:32] + (int.from_bytes(signature[32:], "little") + kesu_verify.L).to_bytes(32, "little")
    assert not kesu_verify.signed_by(public, high, text)
    assert not kesu_verify.signed_by(public, signature[:-1], text)
    for no_point in (b"\xff" * 32, (2).to_bytes(32, "little"), (1 | 1 << 255).to_bytes(32, "little")):
        assert not kesu_verify.signed_by(
            no_point, signature, text
        )  # y beyond P; no root; x of nought is not odd
