"""Bytes that no case and no draft has any more are destroyed: after an erasure, and when nobody put them on record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from kesu.files.drafts import hold, is_draft, old_digests, take_old
from kesu.files.keeping import store
from kesu.files.previews import forget_preview
from kesu.ledger.read import organisations

from ..models import AttachedRow


def tidy_files(now: datetime) -> None:
    """Forgets drafts that are a day old, and what a crash has left between an entry and its bytes."""
    for organisation, digest in old_digests(now):
        with transaction.atomic():
            hold(organisation, digest)
            take_old(organisation, digest, now=now)
            _destroy(organisation, digest)


def destroy_strays() -> None:
    """Looks through the whole store for what nobody has: at the start of a server."""
    for organisation in organisations():
        rows = AttachedRow.objects.filter(organisation=organisation)
        destroy_unused(
            organisation, set(store().digests(organisation)).difference(rows.values_list("digest", flat=True))
        )


def destroy_unused(organisation: str, digests: Iterable[str]) -> None:
    """Destroys those of these that no case and no draft has."""
    for digest in sorted(digests):
        with transaction.atomic():
            hold(organisation, digest)
            _destroy(organisation, digest)


def _destroy(organisation: str, digest: str) -> None:
    held = AttachedRow.objects.filter(organisation=organisation, digest=digest).exists()
    if not held and not is_draft(organisation, digest):
        store().remove(organisation, digest)
        forget_preview(organisation, digest)
