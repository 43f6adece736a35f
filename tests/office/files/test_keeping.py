"""What every store keeps to: the disk of the house, and S3 at a real server."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from kesu.files.on_disk import OnDisk
from kesu.files.store import NotKept, Store, digest_of

CONTENT = b"\x00\xffas it came\r\n" * 200_000
DIGEST = sha256(CONTENT).hexdigest()


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """The address of an S3 server of its own."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["disk", "S3"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    if request.param == "disk":
        return OnDisk(tmp_path / "files")
    import boto3

    from kesu.files.s3 import InS3

    for name, value in (("ACCESS_KEY_ID", "a"), ("SECRET_ACCESS_KEY", "b"), ("DEFAULT_REGION", "us-east-1")):
        monkeypatch.setenv(f"AWS_{name}", value)
    endpoint, bucket = request.getfixturevalue("s3"), f"b{os.urandom(6).hex()}"
    boto3.client("s3", endpoint_url=endpoint).create_bucket(Bucket=bucket)
    return InS3.of(f"{bucket}/kesu", endpoint=endpoint)


def test_what_is_kept_comes_back_byte_for_byte_for_its_own_organisation_alone(store: Store) -> None:
    store.put("hengce", DIGEST, BytesIO(CONTENT))
    store.put("hengce", DIGEST, BytesIO(CONTENT))
    with store.open("hengce", DIGEST) as content:
        assert content.read() == CONTENT
        assert digest_of(content) == (DIGEST, len(CONTENT))
    assert (list(store.digests("hengce")), list(store.digests("heng")), list(store.digests("qingmu"))) == (
        [DIGEST],
        [],
        [],
    )
    with pytest.raises(NotKept):
        store.open("qingmu", DIGEST)


def test_what_is_destroyed_is_gone_and_may_be_destroyed_again(store: Store) -> None:
    store.put("hengce", DIGEST, BytesIO(CONTENT))
    store.remove("hengce", DIGEST)
    store.remove("hengce", DIGEST)
    with pytest.raises(NotKept):
        store.open("hengce", DIGEST)
    assert list(store.digests("hengce")) == []


def test_on_the_disk_everything_is_the_owners_alone_whatever_the_organisation_is_called(
    tmp_path: Path,
) -> None:
    OnDisk(tmp_path / "files").put("../恒测", DIGEST, BytesIO(CONTENT))
    made = sorted((tmp_path / "files").rglob("*"))
    assert [stat.S_IMODE(path.stat().st_mode) for path in made] == [0o700, 0o700, 0o600]
    assert [path.parent.parent.parent for path in made[-1:]] == [tmp_path / "files"]


def test_what_cannot_be_written_whole_leaves_nothing(tmp_path: Path) -> None:
    class Broken(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError("the medium is gone")

    with pytest.raises(OSError, match="the medium"):
        OnDisk(tmp_path).put("hengce", DIGEST, Broken(CONTENT))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
