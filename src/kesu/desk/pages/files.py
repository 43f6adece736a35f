"""证据文件: a file of a case, to take away or to look at, never with the rights of this site."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from kesu.caseload.asking.evidence import EvidenceFile, evidence_file
from kesu.caseload.asking.opened import CaseView
from kesu.files.keeping import store
from kesu.files.previews import preview as drawn
from kesu.files.store import NotKept
from kesu.files.types import TYPES
from kesu.people.permissions import FILE

from ..frame.page import file_page
from ..frame.render import not_found, render
from ..who.access import FILE_OPENED, note_access
from ..who.here import Here

ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # in a place of its own, where nothing runs


@require_GET
@file_page(FILE)
def evidence(request: HttpRequest, here: Here, view: CaseView, digest: str) -> HttpResponse:
    """The bytes as they came: safe pictures to look at, everything else to take away. Who opened what is written down first.

    404 where this person sees no such file in the case; 410 where the bytes are gone, or are not those of the digest.
    """
    file = evidence_file(view, digest)
    if file is None:
        return not_found(request, here)
    content = _whole(here.organisation, digest)
    if content is None:
        return render(request, here, "file_gone.html", status=410, file=file, view=view)
    note_access(
        request,
        FILE_OPENED,
        organisation=here.organisation,
        person=here.person,
        file=f"{view.row.file} {digest[:16]}",
        now=here.now,
    )
    return _answer(content, file, to_look_at="save" not in request.GET)


def _whole(organisation: str, digest: str) -> bytes | None:
    """The bytes of this digest and no others; a file is small enough to be looked at whole first."""
    try:
        with store().open(organisation, digest) as content:
            found = content.read()
    except NotKept:
        return None
    return found if sha256(found).hexdigest() == digest else None


def _answer(content: bytes, file: EvidenceFile, *, to_look_at: bool) -> HttpResponse:
    known = TYPES.get(file.type)
    taken_away = not (to_look_at and known is not None and known.safe)
    response = HttpResponse(content, content_type=file.type)
    response["Content-Disposition"] = (
        content_disposition_header(taken_away, file.name or "file") or "attachment"
    )
    response["Content-Security-Policy"] = ALONE
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
@file_page(FILE)
def preview(request: HttpRequest, here: Here, view: CaseView, digest: str) -> HttpResponse:
    """A small picture of it, drawn by another process; 404 where there is none."""
    file = evidence_file(view, digest)
    if file is None:
        return not_found(request, here)
    try:
        picture = drawn(here.organisation, digest, type_=file.type)
    except NotKept:
        picture = None
    if picture is None:
        return not_found(request, here)
    response = HttpResponse(picture, content_type="image/png")
    response["Content-Security-Policy"] = ALONE
    return response
