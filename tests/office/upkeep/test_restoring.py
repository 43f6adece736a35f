"""What a backup is refused for, and what a restore says of a backup that is older than what somebody kept."""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import io
import json
import signal
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.office.upkeep.homes import ANOTHER, ROOT, Home, new_home, small_home


@pytest.fixture(scope="module")
def home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A small home, which no test changes."""
    return small_home(tmp_path_factory.mktemp("restoring") / "home", request.config.getoption("--database"))


@pytest.fixture(scope="module")
def backup(home: Home) -> Path:
    """A backup of it."""
    out = home.folder.parent / "backup.tar.gz"
    home.kesu("backup", "--to", str(out))
    return out


def test_a_backup_says_what_is_in_it_and_what_has_to_be_kept_apart(home: Home, tmp_path: Path) -> None:
    said = home.ran("backup", "--to", str(tmp_path), lang="zh").stdout
    assert "含密钥 mac-key、secret-key、signing-key" in said
    assert "没有加密：谁拿到它，就有了个人信息，也有了密钥" in said
    assert "另存一个检查点（kesu checkpoint --out），恢复时用 --kept 比对" in said
    (made,) = tmp_path.iterdir()
    assert made.stat().st_mode & 0o777 == 0o600
    with tarfile.open(made) as tar:
        names = tar.getnames()
        assert {entry.mode for entry in tar.getmembers()} == {0o600}
    assert names[0] == "manifest.json"
    assert {"home/ledger-marks", "home/mac-key", "home/secret-key", "home/signing-key"} < set(names)


def test_a_backup_overwrites_nothing_and_does_not_lie_in_the_home(home: Home, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("mine")
    assert "exists already and was left as it is" in home.refused("backup", "--to", str(there))
    assert there.read_text() == "mine"
    before = sorted(home.folder.rglob("*"))
    assert "what takes the home takes the backup too" in home.refused("backup", "--to", str(home.folder))
    assert sorted(home.folder.rglob("*")) == before


def test_an_encrypted_backup_is_opened_by_its_own_key_and_by_no_other(
    home: Home, database: str, tmp_path: Path
) -> None:
    mine, other = tmp_path / "mine", tmp_path / "other"
    public = home.told("backup", "--new-identity", str(mine))["public"]
    home.kesu("backup", "--new-identity", str(other))
    assert mine.stat().st_mode & 0o777 == 0o600
    out = Path(home.told("backup", "--to", str(tmp_path), "--encrypt", public)["out"])
    assert out.name.endswith(".tar.gz.age")
    assert b"signing-key" not in out.read_bytes()
    there = new_home(tmp_path / "there", database)
    assert "is encrypted; give the file of the key" in there.refused("restore", str(out))
    assert "does not open" in there.refused("restore", str(out), "--identity", str(other))
    assert "holds no key" in there.refused("restore", str(out), "--identity", str(out))
    assert list(there.folder.iterdir()) == []
    assert there.told("restore", str(out), "--identity", str(mine))["sound"]
    assert "is no public key" in home.refused("backup", "--to", str(tmp_path), "--encrypt", "age1nobody")


def _cut(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def _flipped(whole: bytes) -> bytes:
    """One byte of a member is another one, in an archive that is whole."""
    text = gzip.decompress(whole)
    place = text.rindex(b"home/mac-key") + 512
    return gzip.compress(text[:place] + bytes([text[place] ^ 1]) + text[place + 1 :])


def _again(whole: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Packed again, with other members."""
    with tarfile.open(fileobj=io.BytesIO(whole)) as tar:
        members = {name: tar.extractfile(name).read() for name in tar.getnames()}  # type: ignore[union-attr]
    change(members)
    members["manifest.sha256"] = hashlib.sha256(members["manifest.json"]).hexdigest().encode()
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def _of_another_day(whole: bytes) -> bytes:
    """One digit of the manifest is another one."""
    text = gzip.decompress(whole)
    place = text.index(b'"taken": "') + len(b'"made": "202')
    return gzip.compress(text[:place] + bytes([text[place] ^ 1]) + text[place + 1 :])


def _without_key(whole: bytes) -> bytes:
    return _again(whole, lambda members: members.pop("home/mac-key") and None)


def _with_more(whole: bytes) -> bytes:
    return _again(whole, lambda members: members.update({"home/more": b"x"}))


def _told_otherwise(whole: bytes, **said: object) -> bytes:
    def change(members: dict[str, bytes]) -> None:
        members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | said).encode()

    return _again(whole, change)


def _astray(whole: bytes) -> bytes:
    members = [{"name": "home/../../mac-key", "size": 1, "sha256": "0" * 64}]
    return _told_otherwise(whole, members=members)


def _of_later(whole: bytes) -> bytes:
    return _told_otherwise(whole, migrations=[["ledger", "0001_initial"], ["ledger", "9999_of_tomorrow"]])


def _of_other_format(whole: bytes) -> bytes:
    return _told_otherwise(whole, **{"kesu backup": 2})


DAMAGED = {
    _cut: "cannot be read",
    _flipped: "home/mac-key has another digest than the manifest says",
    _of_another_day: "manifest.sha256 has another digest than the manifest says",
    _without_key: "home/mac-key is missing",
    _with_more: "home/more is not what the manifest says",
    _astray: "it names a file outside the home",
    _of_other_format: "its format is 2, this release reads 1",
    _of_later: "was written by a later release (ledger 9999_of_tomorrow)",
    lambda whole: b"no archive": "cannot be read",
    lambda whole: b"": "cannot be read",
}


@pytest.mark.parametrize(("harm", "why"), DAMAGED.items(), ids=DAMAGED.values())
def test_a_damaged_backup_is_refused_and_leaves_the_home_empty(
    harm: Callable[[bytes], bytes], why: str, backup: Path, database: str, tmp_path: Path
) -> None:
    harmed = tmp_path / "harmed"
    harmed.write_bytes(harm(backup.read_bytes()))
    there = new_home(tmp_path / "there", database)
    assert why in there.refused("restore", str(harmed))
    assert list(there.folder.iterdir()) == []


def test_a_home_that_is_not_empty_stays_as_it_is(backup: Path, database: str, tmp_path: Path) -> None:
    there = new_home(tmp_path / "there", database)
    there.folder.mkdir()
    (there.folder / "mine").write_text("mine")
    assert "is not empty and was left as it is" in there.refused("restore", str(backup))
    assert [path.name for path in there.folder.iterdir()] == ["mine"]


def test_a_backup_goes_back_into_the_same_kind_of_database_only(
    backup: Path, database: str, tmp_path: Path
) -> None:
    other = Home(tmp_path / "there", "postgresql://nobody@/none" if database == "sqlite" else None)
    assert "it goes back into the same kind only" in other.refused("restore", str(backup))
    assert list(other.folder.iterdir()) == []


def test_where_the_database_cannot_be_reached_the_home_is_empty_again(
    backup: Path, database: str, tmp_path: Path
) -> None:
    if database == "sqlite":
        return  # its database is a file of the backup
    there = Home(tmp_path / "there", f"postgresql://kesu@/kesu?host={tmp_path}")
    assert "cannot reach the database" in there.refused("restore", str(backup))
    assert list(there.folder.iterdir()) == []


def test_a_full_disk_during_a_restore_leaves_the_home_empty(backup: Path, tmp_path: Path) -> None:
    there = Home(tmp_path / "there", "postgresql://kesu@/kesu" if _of_postgres(backup) else None)
    limit = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))"
    done = subprocess.run(
        [sys.executable, "-c", f"{limit}\nfrom kesu.cli.main import main\nsys.exit(main(sys.argv[1:]))",
         "--lang", "en", "restore", str(backup)],
        cwd=ROOT, env=there.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, "the disk takes nothing more" in done.stderr) == (2, True), done.stderr
    assert list(there.folder.iterdir()) == []


def _of_postgres(backup: Path) -> bool:
    with tarfile.open(backup) as tar:
        return any(name.startswith("tables/") for name in tar.getnames())


def test_a_database_that_is_not_empty_stays_as_it_is(
    backup: Path, home: Home, database: str, tmp_path: Path
) -> None:
    if database == "sqlite":
        assert home.address is None  # the database is a file of the home, which has to be empty
        return
    there = Home(tmp_path / "there", home.address)
    assert "is not empty and was left as it is" in there.refused("restore", str(backup))
    assert home.told("verify")["fault_count"] == 0


def test_an_old_backup_is_a_roll_back_that_names_what_is_lost_and_waits_until_somebody_wrote_down_why(
    database: str, tmp_path: Path
) -> None:
    home = small_home(tmp_path / "home", database)
    old, kept = tmp_path / "old.tar.gz", tmp_path / "kept.json"
    sealed = home.told("backup", "--to", str(old))["organisations"][0]["size"]
    home.python(ANOTHER)
    newest = home.told("checkpoint", "--organisation", "hengce", "--out", str(kept))

    there = new_home(tmp_path / "there", database)
    said = there.kesu("restore", str(old), "--kept", str(kept), status=1)
    assert f"entries {sealed + 1} to {newest['size']} are lost" in said
    assert "kesu marks --accept hengce --reason WHY" in said
    prepared = there.prepared()
    assert prepared.returncode == 2
    assert "kesu marks --accept hengce --reason" in prepared.stderr
    there.kesu("marks", "--accept", "hengce", "--reason", "磁盘坏了，恢复了三月的备份")
    assert there.prepared().returncode == 0
    notices = [one["zh"] for one in there.told("verify")["notices"]]
    assert any("恢复备份后认下的，原因：磁盘坏了，恢复了三月的备份" in one for one in notices)
    assert any("的备份恢复（SHA-256" in one for one in notices)

    again = new_home(tmp_path / "again", database)
    told = again.told("restore", str(old), "--kept", str(home.folder / "ledger-marks"), status=1)
    assert told["behind"] == [
        {
            "organisation": "hengce",
            "checkpoint": newest["number"],
            "size": newest["size"],
            "restored": sealed,
            "other": False,
        }
    ]


def test_a_checkpoint_of_another_history_is_named_and_one_that_is_reached_is_good(
    backup: Path, home: Home, database: str, tmp_path: Path
) -> None:
    own, others = tmp_path / "own.json", tmp_path / "other.json"
    home.kesu("checkpoint", "--organisation", "hengce", "--no-seal", "--out", str(own))
    stranger = small_home(tmp_path / "stranger", database)
    stranger.kesu("checkpoint", "--organisation", "hengce", "--no-seal", "--out", str(others))
    good = new_home(tmp_path / "good", database)
    assert "It is sound and may be served" in good.kesu("restore", str(backup), "--kept", str(own))
    there = new_home(tmp_path / "there", database)
    said = there.kesu("restore", str(backup), "--kept", str(others), status=1)
    assert "this is another history, and nothing is served from it" in said
    assert there.prepared().returncode == 2
    refused = new_home(tmp_path / "refused", database)
    assert "is neither a checkpoint" in refused.refused("restore", str(backup), "--kept", str(backup))
    assert not refused.folder.exists()


def test_a_ledger_that_was_altered_is_put_back_to_be_looked_at_and_never_served(
    database: str, tmp_path: Path
) -> None:
    home = small_home(tmp_path / "home", database)
    home.python(
        "from django.db import connection\n"
        "from kesu.ledger.oneway import writing\n"
        "with writing(), connection.cursor() as cursor:\n"
        "    cursor.execute(\"UPDATE caseload_caserow SET label = 'TS-2026-0009'\")"
    )
    out = tmp_path / "out.tar.gz"
    home.kesu("backup", "--to", str(out))
    there = new_home(tmp_path / "there", database)
    said = there.kesu("restore", str(out), status=1)
    assert "it must not be served" in said
    prepared = there.prepared()
    assert (prepared.returncode, "was restored and not found sound yet" in prepared.stderr) == (2, True)


KILLED = """
import os, signal, sys
from kesu.cli.main import main
from kesu.upkeep import {module}
def end(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
{module}.{function} = end
main(["restore", sys.argv[1]])
"""


def killed(there: Home, backup: Path, *, module: str, function: str) -> None:
    """A restore that is killed before this function of it."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED.format(module=module, function=function), str(backup)],
        cwd=ROOT, env=there.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, ""), done.stderr


def test_a_restore_that_is_killed_is_never_served_and_is_begun_again(
    backup: Path, database: str, tmp_path: Path
) -> None:
    early = new_home(tmp_path / "early", database)
    killed(early, backup, module="archive", function="_put")
    assert early.told("restore", str(backup))["sound"]
    late = new_home(tmp_path / "late", database)
    killed(late, backup, module="restoring", function="finished")
    prepared = late.prepared()
    assert (prepared.returncode, "was restored and not found sound yet" in prepared.stderr) == (2, True)
    assert "is not empty and was left as it is" in late.refused("restore", str(backup))


WRITTEN_MEANWHILE = (
    """
from datetime import datetime, UTC
from pathlib import Path
from django.conf import settings
from kesu.upkeep import backing_up, database_postgres, database_sqlite
from tests.office.caseload.office import Office, at
from kesu.ledger.seal import seal
office = object.__new__(Office)
office.organisation, office.persons = "hengce", {name: f"p-{name}" for name in ("zhou", "gu", "shen")}
def write(hour):
    office.accepted(f"2026-03-09 {hour}:00")
    seal("hengce", at(f"2026-03-09 {hour}:30"))
kinds = {"sqlite": database_sqlite, "postgresql": database_postgres}
kind = kinds[backing_up.connection.vendor]
whole = kind.copy_out
def copied(folder):
    if kind is database_sqlite:
        write(10)
    found = whole(folder)
    return found
kind.copy_out = copied
gathered = backing_up.files_to_keep
def others(home):
    write(12)
    return gathered(home)
backing_up.files_to_keep = others
"""
    "backing_up.back_up(settings.HOME, Path({out!r}), now=datetime.now(UTC))"
)


def test_what_is_written_and_sealed_while_the_backup_is_taken_does_not_tear_it(
    database: str, tmp_path: Path
) -> None:
    """Entries are sealed after the marks were copied and before the database is, and once more before the keys are."""
    home, out = small_home(tmp_path / "home", database), tmp_path / "out.tar.gz"
    home.python(WRITTEN_MEANWHILE.replace("{out!r}", repr(str(out))))
    there = new_home(tmp_path / "there", database)
    told = there.told("restore", str(out))
    assert (told["sound"], told["faults"]) == (True, [])
    assert told["entries"] < home.told("verify")["entries"]


def test_what_a_killed_backup_left_in_the_home_is_taken_away_by_the_next_and_goes_into_none(
    database: str, tmp_path: Path
) -> None:
    home = small_home(tmp_path / "home", database)
    left, busy = home.folder / ".backup-left", home.folder / ".backup-busy"
    for folder in (left, busy):
        folder.mkdir()
        (folder / "lock").touch()
    with (busy / "lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        told = home.told("backup", "--to", str(tmp_path))
    assert (left.exists(), busy.exists()) == (False, True)
    assert [one["name"] for one in told["files"] if "backup" in one["name"]] == []


def test_a_link_in_the_home_is_not_followed_and_said(home: Home, tmp_path: Path) -> None:
    link = home.folder / "link"
    link.symlink_to("/etc/hostname")
    try:
        told = home.told("backup", "--to", str(tmp_path))
    finally:
        link.unlink()
    assert told["left_out"] == ["link"]
    assert [one["name"] for one in told["files"] if "link" in one["name"]] == []
