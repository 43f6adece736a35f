"""What a person has sent in: looked at, kept as his draft, taken from there by the act that puts it on record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO, Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet, Sum

from kesu.reading.text import Text

from .keeping import store
from .models import Draft
from .names import cleaned
from .store import digest_of
from .types import TAKEN, type_of

KEPT: Final = timedelta(days=1)
MEGABYTE: Final = 10**6
VISITORS: Final = 20  # from outside may leave as much lying about as one may, at the same time
ALL_OUTSIDE: Final = Text(
    "现在上传的人太多，文件没有收下；文字可以先提交，文件请一天以内再补",
    "too many files are being sent just now and this one was not taken; send the text, and add the file within a day",
)

File = Mapping[str, str]  # digest, name, size and type, as a fact has them


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose draft it is, and when it came; `visitor`: which of those from outside, by a digest, for whom alone space is counted."""

    organisation: str
    person: str
    now: datetime
    visitor: str = ""


def keep_draft(content: BinaryIO, *, name: str, sender: Sender) -> File | Text:
    """Keeps what was sent in as a draft of the sender; a Text says why it is not taken, and nothing is kept then.

    Too large, empty, of a type that is not taken, or more than a person may leave lying about.
    """
    digest, size = digest_of(content)
    type_ = type_of(content) if size else None
    if (wrong := _wrong(name, size, type_)) is not None:
        return wrong
    assert type_ is not None
    kept = cleaned(name, type_=type_)
    with transaction.atomic():
        hold(sender.organisation, digest)
        if (wrong := _too_much(sender, size)) is not None:
            return wrong
        store().put(sender.organisation, digest, content)
        Draft.objects.update_or_create(
            organisation=sender.organisation,
            person=sender.person,
            digest=digest,
            name=kept,
            defaults={"type": type_, "size": size, "when": sender.now, "visitor": sender.visitor},
        )
    return {"digest": digest, "name": kept, "size": str(size), "type": type_}


def too_large(name: str) -> Text:
    """What to say of a file over the limit."""
    most = settings.FILE_SIZE
    return Text(
        f"“{_short(name)}”超过 {most} MB，没有收下；请压缩或分开再传",
        f"“{_short(name)}” is over {most} MB and was not taken; make it smaller, or send it in parts",
    )


def _wrong(name: str, size: int, type_: str | None) -> Text | None:
    if not size:
        return Text(
            f"“{_short(name)}”是空的，没有收下；请重新选择",
            f"“{_short(name)}” is empty and was not taken; choose it again",
        )
    if size > settings.FILE_SIZE * MEGABYTE:
        return too_large(name)
    if type_ is None:
        return Text(
            f"“{_short(name)}”的内容不是能收的类型，没有收下；能收 {TAKEN}",
            f"what “{_short(name)}” holds is of no type that is taken; taken are {TAKEN.replace('、', ', ')}",
        )
    return None


def _too_much(sender: Sender, size: int) -> Text | None:
    """What one may leave lying about; and what all from outside may together, so that many addresses fill no disk."""
    drafts = Draft.objects.filter(organisation=sender.organisation, person=sender.person)
    most = settings.FILES_UNFILED * MEGABYTE
    if _lying(drafts.filter(visitor=sender.visitor)) + size > most:
        return _yours() if sender.visitor else _mine()
    if sender.visitor and _lying(drafts) + size > most * VISITORS:
        return ALL_OUTSIDE
    return None


def _lying(drafts: QuerySet[Draft]) -> int:
    return drafts.aggregate(total=Sum("size"))["total"] or 0


def _mine() -> Text:
    return Text(
        f"你上传了还没有登记的文件已有 {settings.FILES_UNFILED} MB；先把它们登记下来，或一天以后再传",
        f"you have {settings.FILES_UNFILED} MB of files that you sent and never put on record; do that first, or wait a day",
    )


def _yours() -> Text:
    return Text(
        f"您这里上传了还没有提交的文件已有 {settings.FILES_UNFILED} MB；请先提交，或一天以后再传",
        f"{settings.FILES_UNFILED} MB of files came from you and were not sent in; send them in first, or wait a day",
    )


def _short(name: str) -> str:
    """A name as a message shows it, whatever stands in it."""
    shown = "".join(one for one in name.replace("\\", "/").rpartition("/")[2] if one.isprintable())
    return shown if len(shown) <= 60 else f"{shown[:40]}…{shown[-15:]}"


def not_drafts(files: Iterable[File], *, organisation: str, person: str) -> list[File]:
    """Those that are no drafts of this person as they are described. The drafts are locked until the transaction ends."""
    wanted = list(files)
    rows = Draft.objects.select_for_update().filter(
        organisation=organisation, person=person, digest__in=[file["digest"] for file in wanted]
    )
    there = {(row.digest, row.name, str(row.size), row.type) for row in rows}
    return [
        file for file in wanted if (file["digest"], file["name"], file["size"], file["type"]) not in there
    ]


def draft_of(sender: Sender, digest: str) -> File | None:
    """What this person has sent in with these bytes and not put on record; None where there is nothing of his."""
    mine = Draft.objects.filter(organisation=sender.organisation, person=sender.person, digest=digest)
    row = mine.order_by("when").last()
    if row is None:
        return None
    return {"digest": row.digest, "name": row.name, "size": str(row.size), "type": row.type}


def take_drafts(digests: Iterable[str], *, organisation: str, person: str) -> None:
    """They are on record now."""
    Draft.objects.filter(organisation=organisation, person=person, digest__in=list(digests)).delete()


def is_draft(organisation: str, digest: str) -> bool:
    """Whether somebody's draft has these bytes."""
    return Draft.objects.filter(organisation=organisation, digest=digest).exists()


def take_old(organisation: str, digest: str, *, now: datetime) -> None:
    """Forgets the drafts of these bytes that nobody put on record within a day."""
    old = Draft.objects.filter(organisation=organisation, digest=digest, when__lt=now - KEPT)
    old.delete()


def old_digests(now: datetime) -> list[tuple[str, str]]:
    """Organisation and digest of each draft that nobody put on record within a day."""
    old = Draft.objects.filter(when__lt=now - KEPT)
    return sorted(set(old.values_list("organisation", "digest")))


def hold(organisation: str, digest: str) -> None:
    """One at a time keeps or destroys the bytes of a digest, until the transaction ends; SQLite has one writer anyway."""
    if connection.vendor != "postgresql":
        return
    name = hashlib.sha256(f"kesu file\n{organisation}\n{digest}".encode()).digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(name[:8], "big", signed=True)])
