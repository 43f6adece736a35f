"""Files in S3 or in what speaks like it. Credentials come from the environment, as boto3 reads them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast
from urllib.parse import quote

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from .store import PIECE, NotKept

GONE = ("404", "NoSuchKey")


class InS3:
    """One object a file: PREFIX/ORGANISATION/ab/abcd…. The server itself refuses bytes of another digest."""

    def __init__(self, client: Any, bucket: str, prefix: str) -> None:
        self._client, self._bucket, self._prefix = client, bucket, prefix

    @classmethod
    def of(cls, bucket: str, *, endpoint: str) -> InS3:
        """`bucket` is BUCKET or BUCKET/PREFIX; `endpoint` is empty for Amazon's own."""
        name, _, prefix = bucket.partition("/")
        config = Config(connect_timeout=5, read_timeout=30, retries={"max_attempts": 3})
        return cls(boto3.client("s3", endpoint_url=endpoint or None, config=config), name, prefix)

    def put(self, organisation: str, digest: str, content: BinaryIO) -> None:
        """One request, with the digest as its checksum."""
        content.seek(0)
        checksum = b64encode(bytes.fromhex(digest)).decode()
        self._client.put_object(
            Bucket=self._bucket, Key=self._key(organisation, digest), Body=content, ChecksumSHA256=checksum
        )

    def open(self, organisation: str, digest: str) -> BinaryIO:
        """A copy on the disk of this machine while it is open. Raises NotKept."""
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=self._key(organisation, digest))
        except ClientError as refused:
            if refused.response["Error"]["Code"] in GONE:
                raise NotKept(digest) from None
            raise
        copy = SpooledTemporaryFile(max_size=PIECE)  # noqa: SIM115  whoever asks closes it
        for piece in answer["Body"].iter_chunks(PIECE):
            copy.write(piece)
        copy.seek(0)
        return cast(BinaryIO, copy)

    def remove(self, organisation: str, digest: str) -> None:
        """A bucket that keeps older versions keeps this one too: see the how-to."""
        self._client.delete_object(Bucket=self._bucket, Key=self._key(organisation, digest))

    def digests(self, organisation: str) -> Iterator[str]:
        """In the order of their names."""
        pages = self._client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self._bucket, Prefix=self._folder(organisation)):
            for found in page.get("Contents", ()):
                yield found["Key"].rpartition("/")[2]

    def _folder(self, organisation: str) -> str:
        parts = (self._prefix, quote(organisation, safe=""))
        return "/".join([*filter(None, parts), ""])

    def _key(self, organisation: str, digest: str) -> str:
        return f"{self._folder(organisation)}{digest[:2]}/{digest}"
