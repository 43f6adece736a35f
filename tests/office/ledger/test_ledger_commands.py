"""`kesu verify`, `kesu checkpoint` and `kesu export-ledger`, from the words typed to what is printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from jsonschema import Draft202012Validator
from tests.office.ledger.tampering import without_triggers
from tests.office.ledger.writers import NINE, entry, write

from kesu.cli import main as front
from kesu.cli.office import account
from kesu.desk.models import Access
from kesu.ledger.marked import own_fingerprint
from kesu.ledger.models import Checkpoint
from kesu.ledger.oneway import writing
from kesu.ledger.seal import seal

pytestmark = pytest.mark.django_db
SCHEMAS = Path(front.__file__).parent / "schemas"
NO_MARKS = {
    "zh": "密钥旁还没有标记：只核对了数据库自己说的，旧库放回或检查点被删看不出来",
    "en": (
        "no marks are kept beside the signing key: only what the database says of itself was compared,"
        " an older copy put back would not be seen"
    ),
}


@pytest.fixture
def ledger(db: None) -> None:
    """Three entries of `lab`, two of them sealed; a look-alike beside it."""
    write("case/1", entry("received"), entry(minute=1))
    write("case/1", entry("received"), organisation="lab-2")
    seal("lab", NINE)
    write("case/1", entry("closed", minute=2), expected=2)


def kesu(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Exit status, and what was printed (or, when it failed, said)."""
    status = front.main([*words])
    captured = capsys.readouterr()
    return status, captured.out or captured.err


def document(capsys: pytest.CaptureFixture[str], name: str, *words: str) -> tuple[int, dict[str, Any]]:
    status, printed = kesu(capsys, name, "--json", *words)
    found = json.loads(printed)
    Draft202012Validator(json.loads((SCHEMAS / f"{name}.json").read_text())).validate(found)
    return status, found


def test_a_sound_ledger_is_said_to_be_so(ledger: None, capsys: pytest.CaptureFixture[str]) -> None:
    status, printed = kesu(capsys, "verify", "--organisation", "lab", "--lang", "zh")
    first, waiting, newest, key, unmarked, verdict = printed.splitlines()
    assert (status, verdict) == (0, "台账完好，与写入时一致。")
    assert first.startswith("卷宗 1 个，记录 3 条，已封存 2 条，检查点 1 个；用时 ")
    assert waiting == "尚未封存 1 条，最早一条记于 2025-03-03 09:02:00。"
    assert newest == "机构 lab：最近的检查点 1，前 2 条，2025-03-03 09:00:00。"
    assert key == f"公钥指纹 {own_fingerprint()}。"
    assert unmarked == NO_MARKS["zh"]
    status, printed = kesu(capsys, "verify", "--lang", "en")
    assert (status, printed.splitlines()[-1]) == (0, "The ledger is as it was written.")
    assert printed.startswith("2 files, 4 entries, 2 sealed, 1 checkpoints;")


def test_verification_for_programs(ledger: None, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = document(capsys, "verify")
    assert status == 0
    assert found.pop("seconds") >= 0
    assert found == {
        "organisation": None,
        "entries": 4,
        "files": 2,
        "leaves": 2,
        "checkpoints": 1,
        "key": own_fingerprint(),
        "newest": [
            {"organisation": "lab", "number": 1, "size": 2, "time": NINE.isoformat()},
        ],
        "notices": [NO_MARKS],
        "unsealed": 2,
        "unsealed_since": "2025-03-03T01:00:00+00:00",
        "fault_count": 0,
        "first": None,
        "faults": [],
    }


@pytest.mark.tampers
def test_the_first_broken_entry_is_named_first(ledger: None, capsys: pytest.CaptureFixture[str]) -> None:
    without_triggers()
    with writing(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET kind = 'upheld' WHERE organisation = 'lab' AND number = 2")
    status, printed = kesu(capsys, "verify", "--lang", "zh")
    assert (status, printed.splitlines()[0]) == (
        1,
        "case/1，第 2 条“noted”，2025-03-03，li；机构 lab，卷宗 case/1 第 2 条：列“kind”与记录的字节不符",
    )
    status, found = document(capsys, "verify")
    assert (status, found["first"]["organisation"], found["first"]["file"], found["first"]["number"]) == (
        1,
        "lab",
        "case/1",
        2,
    )


def test_an_organisation_that_nobody_knows_is_wrong_use(
    ledger: None, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "kesu: the ledger knows no organisation “lob”; it knows lab, lab-2\n"
    out = {"export-ledger": ["--out", "/nowhere/x"]}
    for name in ("verify", "checkpoint", "export-ledger"):
        words = [name, "--organisation", "lob", "--lang", "en", *out.get(name, [])]
        assert kesu(capsys, *words) == (2, said)


def test_a_checkpoint_seals_prints_and_is_kept(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, old = document(capsys, "checkpoint", "--organisation", "lab", "--no-seal")
    assert (old["number"], old["size"], old["out"]) == (1, 2, None)
    kept = tmp_path / "kept.json"
    status, new = document(capsys, "checkpoint", "--organisation", "lab", "--out", str(kept))
    row = Checkpoint.objects.get(organisation="lab", number=2)
    assert (status, new["number"], new["size"], new["out"]) == (0, 2, 3, str(kept))
    assert json.loads(kept.read_text()) == {
        "checkpoint": 2,
        "body": bytes(row.body).decode(),
        "signature": bytes(row.signature).hex(),
    }
    status, printed = kesu(capsys, "checkpoint", "--organisation", "lab", "--lang", "zh")
    assert printed.splitlines()[1:] == [
        f"树根 {new['root']}",
        f"公钥 {new['key']}",
        f"公钥指纹 {own_fingerprint()}",
    ]


def test_without_a_checkpoint_there_is_none_to_print(
    ledger: None, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = kesu(capsys, "checkpoint", "--organisation", "lab-2", "--no-seal", "--lang", "zh")
    assert (status, said) == (2, "kesu：机构“lab-2”还没有检查点；去掉 --no-seal 即可签出一个\n")


def test_an_export_is_written_whole_with_its_verifier(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "lab.jsonl"
    status, found = document(
        capsys, "export-ledger", "--organisation", "lab", "--out", str(out), "--verifier"
    )
    assert (status, found) == (
        0,
        {
            "out": str(out),
            "entries": 3,
            "checkpoints": 1,
            "key": own_fingerprint(),
            "verifier": str(tmp_path / "kesu_verify.py"),
        },
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kesu_verify.py", "lab.jsonl"]
    assert len(out.read_text().splitlines()) == 1 + 1 + 3 + 1


@pytest.mark.parametrize("there", ["a file", "a folder", "a link that leads nowhere"])
@pytest.mark.parametrize("command", ["export-ledger", "checkpoint"])
def test_nothing_that_is_there_is_written_over(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, there: str
) -> None:
    out = tmp_path / "kesu.sqlite3"
    match there:
        case "a file":
            out.write_text("of great value")
        case "a folder":
            out.mkdir()
        case _:
            out.symlink_to(tmp_path / "nowhere")
    for lang, message in (
        ("zh", f"kesu：{out} 已经存在，没有改动它；请换一个文件名，或先把它移走\n"),
        (
            "en",
            f"kesu: {out} exists already and was left as it is; choose another name or move it away first\n",
        ),
    ):
        words = [command, "--organisation", "lab", "--out", str(out), "--lang", lang]
        assert kesu(capsys, *words) == (2, message)
    assert [path.name for path in tmp_path.iterdir()] == ["kesu.sqlite3"]
    assert there != "a file" or out.read_text() == "of great value"


def test_another_file_where_the_verifier_goes_is_left_as_it_is(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kesu_verify.py").write_text("mine")
    words = [
        "export-ledger",
        "--organisation",
        "lab",
        "--out",
        str(tmp_path / "x"),
        "--verifier",
        "--lang",
        "en",
    ]
    assert kesu(capsys, *words)[0] == 2
    assert [path.name for path in tmp_path.iterdir()] == ["kesu_verify.py"]
    assert (tmp_path / "kesu_verify.py").read_text() == "mine"


@pytest.mark.parametrize(
    ("more", "what", "file"),
    [
        ([], "ledger exported", ""),
        (["--personal"], "exported with personal values", ""),
        (["--file", "case/1"], "ledger exported", "case/1"),
    ],
)
def test_every_export_stands_in_the_log_of_look_ups(
    ledger: None, capsys: pytest.CaptureFixture[str], tmp_path: Path, more: list[str], what: str, file: str
) -> None:
    status, _ = kesu(capsys, "export-ledger", "--organisation", "lab", "--out", str(tmp_path / "x"), *more)
    (line,) = Access.objects.all()
    assert (status, line.organisation, line.what, line.file) == (0, "lab", what, file)
    assert line.address == f"command line, {account()}"


def test_an_export_from_a_database_that_is_only_read_says_that_it_is_not_logged(
    ledger: None, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**_: object) -> None:
        raise OperationalError("attempt to write a readonly database")

    monkeypatch.setattr("kesu.desk.who.access.note_export", refused)
    out = tmp_path / "x"
    assert front.main(["--lang", "en", "export-ledger", "--organisation", "lab", "--out", str(out)]) == 0
    assert capsys.readouterr().err == "the database can only be read here: this export is not logged\n"
    assert out.exists()


def test_an_export_that_fails_leaves_nothing_behind(
    ledger: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["export-ledger", "--organisation", "lab", "--out", str(tmp_path / "x"), "--file", "case/9"]
    status, said = kesu(capsys, *words, "--lang", "en")
    assert (status, said) == (2, "kesu: organisation “lab” has no file “case/9”; names look like case/0001\n")
    assert list(tmp_path.iterdir()) == []
