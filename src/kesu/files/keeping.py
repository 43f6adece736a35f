"""Where this installation keeps its files: on its disk, or in S3 where the settings name a bucket."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from .on_disk import OnDisk
from .store import Store


def store() -> Store:
    """The store of this installation: S3 where the settings name a bucket, else the disk."""
    return _store(settings.FILES_IN_S3, Path(settings.FILES_FOLDER))


@cache
def _store(bucket: str, folder: Path) -> Store:
    if not bucket:
        return OnDisk(folder)
    from .s3 import InS3  # boto3 is there only where somebody asked for it

    return InS3.of(bucket, endpoint=settings.FILES_S3_ENDPOINT)
