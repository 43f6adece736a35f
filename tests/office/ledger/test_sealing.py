"""The sealer: a leaf for each committed entry, a signed checkpoint over all leaves."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from tests.office.ledger.trees import root_by_definition
from tests.office.ledger.writers import NINE, entry, write

from kesu.ledger.checkpoint import signature_holds
from kesu.ledger.entry import StoredEntry
from kesu.ledger.keys import KeyFileBroken, KeyFileOpen, public_of, signing_key, trusted_keys, vouch
from kesu.ledger.models import Checkpoint, Leaf, Unsealed
from kesu.ledger.oneway import writing
from kesu.ledger.seal import CheckpointBroken, last_checkpoint, seal, seal_due
from kesu.ledger.verify import verify


def root_of(*entries: StoredEntry) -> str:
    return root_by_definition([bytes.fromhex(entry.digest) for entry in entries]).hex()


def leaves(organisation: str = "lab") -> list[tuple[int, str, int]]:
    rows = Leaf.objects.filter(organisation=organisation).order_by("number")
    return list(rows.values_list("number", "file", "entry"))


@pytest.mark.django_db
def test_what_is_committed_is_sealed_in_order_and_signed() -> None:
    first, second = write("case/2", entry(), entry())
    (third,) = write("case/1", entry())
    said = seal("lab", NINE)
    assert leaves() == [(1, "case/1", 1), (2, "case/2", 1), (3, "case/2", 2)]
    assert said is not None
    assert (said.organisation, said.number, said.size, said.time) == ("lab", 1, 3, NINE)
    assert said.root == root_of(third, first, second)
    last = last_checkpoint("lab")
    assert last is not None
    assert last.statement == said
    assert signature_holds(body=last.body, signature=last.signature, key=said.key)
    assert not signature_holds(body=last.body + b" ", signature=last.signature, key=said.key)
    assert not Unsealed.objects.exists()


@pytest.mark.django_db
def test_later_entries_get_later_leaves_and_a_checkpoint_of_their_own() -> None:
    everything = []
    for number in range(1, 12):
        everything += write("case/1", entry(minute=number), expected=number - 1)
        said = seal("lab", NINE + timedelta(minutes=number))
        assert said is not None
        assert (said.number, said.size) == (number, number)
        assert said.root == root_of(*everything)
    assert seal("lab", NINE) is None
    assert Checkpoint.objects.count() == 11
    assert (verify().leaves, verify().checkpoints, verify().unsealed) == (11, 11, 0)


@pytest.mark.django_db
def test_each_organisation_has_a_tree_of_its_own() -> None:
    write("case/1", entry())
    write("case/1", entry(), entry(), organisation="lab-2")
    seal("lab-2", NINE)
    assert (leaves("lab"), leaves("lab-2")) == ([], [(1, "case/1", 1), (2, "case/1", 2)])
    seal("lab", NINE)
    assert leaves("lab") == [(1, "case/1", 1)]


@pytest.mark.django_db
def test_a_thousand_entries_are_sealed_at_once_and_fewer_after_a_minute() -> None:
    write("case/1", entry())
    assert [s.size for s in seal_due(NINE)] == [1]
    write("case/1", entry(), expected=1)
    assert seal_due(NINE + timedelta(seconds=59)) == []
    assert [s.size for s in seal_due(NINE + timedelta(seconds=60))] == [2]
    assert seal_due(NINE + timedelta(days=1)) == []
    write("case/1", *[entry()] * 999, expected=2)
    assert seal_due(NINE + timedelta(seconds=61)) == []
    write("case/2", *[entry()] * 1)
    assert [s.size for s in seal_due(NINE + timedelta(seconds=61))] == [1002]


@pytest.mark.django_db
def test_verification_says_how_much_is_unsealed_and_since_when() -> None:
    write("case/1", entry())
    seal("lab", NINE)
    write("case/1", entry(minute=3), entry(minute=4), expected=1)
    report = verify()
    assert (report.unsealed, report.unsealed_since) == (2, NINE + timedelta(minutes=3))
    assert (verify().leaves, Leaf.objects.count()) == (1, 1)
    assert report.faults == ()


NOT_OURS: dict[str, dict[str, bytes]] = {
    "another signature": {"signature": bytes(64)},
    "bytes that are no checkpoint": {"body": b"{}"},
    "peaks of another tree": {"peaks": b""},
}


@pytest.mark.django_db
@pytest.mark.tampers
@pytest.mark.parametrize("change", NOT_OURS)
def test_nothing_is_sealed_on_top_of_a_checkpoint_that_is_not_ours(change: str) -> None:
    write("case/1", entry())
    seal("lab", NINE)
    write("case/1", entry(), expected=1)
    row = Checkpoint.objects.get()
    columns = {"body": row.body, "signature": row.signature, "peaks": row.peaks, **NOT_OURS[change]}
    with writing(), transaction.atomic():
        Checkpoint.objects.create(organisation="lab", number=2, size=1, **columns)
    with pytest.raises(CheckpointBroken) as broken:
        seal("lab", NINE)
    path = settings.LEDGER_SIGNING_KEY
    assert [broken.value.in_(lang) for lang in ("zh", "en")] == [
        f"lab：最近的检查点与签名不符，或签名密钥不在 {path}；不再往上封存，请先运行 kesu verify",
        (
            f"lab: the last checkpoint is not what was signed, or was signed by a key that is not at {path};"
            " nothing is sealed on top of it; run kesu verify"
        ),
    ]
    assert leaves() == [(1, "case/1", 1)]


def test_sealers_and_writers_at_the_same_time_leave_no_gap_and_no_double(fresh_database: None) -> None:
    failed: list[BaseException] = []

    def in_thread(act: object) -> None:
        try:
            act()  # type: ignore[operator]
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    def writer(name: str) -> None:
        for number in range(15):
            write(f"case/{name}", entry(), expected=number)

    def sealer() -> None:
        for _ in range(15):
            seal("lab", NINE)

    acts = [lambda: writer("a"), lambda: writer("b"), sealer, sealer]
    threads = [threading.Thread(target=in_thread, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seal("lab", NINE)
    assert failed == []
    assert [number for number, _, _ in leaves()] == list(range(1, 31))
    report = verify()
    assert (report.entries, report.leaves, report.unsealed, report.faults) == (30, 30, 0, ())


def test_what_commits_late_is_sealed_late(fresh_database: None) -> None:
    if connection.vendor == "sqlite":  # one writer at a time: nothing can commit between
        write("case/1", entry())
        seal("lab", NINE)
        assert leaves() == [(1, "case/1", 1)]
        return
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            write("case/1", entry())
            begun.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert begun.wait(10)
    write("case/2", entry())
    seal("lab", NINE)
    go_on.set()
    thread.join()
    seal("lab", NINE)
    assert leaves() == [(1, "case/2", 1), (2, "case/1", 1)]


def test_the_signing_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "signing-key"
    assert trusted_keys(path) == frozenset()
    first, again = signing_key(path), signing_key(path)
    assert public_of(first) == public_of(again)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["signing-key"]
    vouch(path, "ab" * 32)
    assert trusted_keys(path) == {public_of(first), "ab" * 32}


def test_processes_that_start_together_agree_on_the_key(tmp_path: Path) -> None:
    path, found = tmp_path / "signing-key", list[str]()
    threads = [threading.Thread(target=lambda: found.append(public_of(signing_key(path)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [public_of(signing_key(path))] * 8


def test_a_key_that_others_can_read_or_that_is_damaged_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "signing-key"
    signing_key(path)
    path.chmod(0o644)
    with pytest.raises(KeyFileOpen) as readable:
        signing_key(path)
    assert [readable.value.in_(lang) for lang in ("zh", "en")] == [
        f"{path}：他人可以读到这个密钥；请执行 chmod 600 {path}",
        f"{path}: others can read this secret; run: chmod 600 {path}",
    ]
    path.chmod(0o600)
    path.write_text("half")
    with pytest.raises(KeyFileBroken) as damaged:
        signing_key(path)
    assert [damaged.value.in_(lang) for lang in ("zh", "en")] == [
        f"{path}：不是密钥（64 位十六进制数）；请从备份恢复",
        f"{path}: not a key (64 hexadecimal digits); restore it from your backup",
    ]
